"""In which forms a list can be taken along: by what its kind declares."""

from django.urls import NoReverseMatch, reverse

from entraide.programme.domain.kinds import Kind


def list_exports(kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return the names of the forms of a kind's list and their addresses, to which its filters are added.

    Every table has CSV and JSON; a list of what has a day or covers years has a calendar, one of what is shown on pages
    a feed.
    """
    found = [("CSV", reverse("exports:download", args=[kind.table, "csv"]))]
    found.append(("JSON", reverse("exports:download", args=[kind.table, "json"])))
    for label, name in (("ICS", f"feeds:{kind.table}_calendar"), ("Atom", f"feeds:{kind.table}_feed")):
        try:
            found.append((label, reverse(name)))
        except NoReverseMatch:
            continue
    return tuple(found)
