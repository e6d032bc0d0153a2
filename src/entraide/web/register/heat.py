"""Domains by pair of States, as a table whose cells count commitments and lead to them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from entraide.programme.api import CommitmentStatus, PairDomainCount, count_domains_by_pair, load_kinds
from entraide.web.http import node_of
from entraide.web.register.filters import ListFilter
from entraide.web.templatetags.programme import domain_name, state_title

MOST_PAIRS = 22
"""Pairs that are shown side by side; a State is chosen to see those left out."""
STEPS = "abcde"
BODY = "XX"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many commitments, the step of its colour (a letter, empty for none), and the list of them.

    `name` says to whom cannot see the table what is counted: a number alone is no name of a link.
    """

    count: int
    step: str
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A domain with its cells in the order of the pairs, and its sum."""

    name: str
    href: str
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two States: a name, the list of their commitments, and how many."""

    name: str
    href: str
    total: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The table; `hidden` pairs are left out; `legend` gives each step with the counts that it stands for."""

    pairs: tuple[Pair, ...]
    rows: tuple[Row, ...]
    hidden: int
    legend: tuple[tuple[str, str], ...]


def show_map(request: HttpRequest) -> HttpResponse:
    """Show which pairs of States made how many commitments in which domain."""
    chosen = ListFilter(request, load_kinds().get("commitment"), ("state", "status"))
    if chosen.untidy:
        return redirect(chosen.permalink)
    asked = chosen.codes["status"]
    status = CommitmentStatus(asked) if asked else None
    counts = [
        item
        for item in count_domains_by_pair(node_of(request), status=status)
        if set(chosen.states) <= set(item.states)
    ]
    title = gettext("Domains by pair of States")
    context = {
        "title": title,
        "cite_title": f"{title} ({chosen.title})" if chosen.title else title,
        "filter": chosen,
        "map": draw_map(counts, status=asked, most=MOST_PAIRS),
        "trail": [{"label": gettext("Register"), "href": reverse("register:home")}, {"label": title}],
    }
    return render(request, "register/map.html", context)


def draw_map(
    counts: Sequence[PairDomainCount], *, status: str = "", most: int, most_domains: int | None = None
) -> HeatMap:
    """Return the table of `counts`: the `most` pairs with the most commitments, `most_domains` by their sum.

    A body of many States (`XX`) is no State, so its pairs are left out.
    """
    counts = [item for item in counts if BODY not in item.states]
    by_pair: Counter[tuple[str, str]] = Counter()
    for item in counts:
        by_pair[item.states] += item.count
    ranked = sorted(by_pair, key=lambda pair: (-by_pair[pair], pair))
    pairs = ranked[:most]
    shown = {(item.domain, item.states): item.count for item in counts if item.states in set(pairs)}
    by_domain: Counter[str] = Counter()
    for (domain, _), count in shown.items():
        by_domain[domain] += count
    highest = max(shown.values(), default=0)
    ordered = sorted(by_domain, key=lambda code: (-by_domain[code], domain_name(code).casefold()))
    rows = tuple(
        Row(
            name=domain_name(domain),
            href=_href((), domain, status),
            cells=tuple(_cell(shown.get((domain, pair), 0), highest, pair, domain, status) for pair in pairs),
            total=by_domain[domain],
        )
        for domain in ordered[:most_domains]
    )
    columns = tuple(Pair(pair_name(pair), _href(pair, "", status), by_pair[pair]) for pair in pairs)
    return HeatMap(columns, rows, len(ranked) - len(pairs), _legend(highest))


def step_of(count: int, highest: int) -> str:
    """Return the step of a count: five steps, even on a scale of ratios, the last of which holds `highest`."""
    if count < 1:
        return ""
    if highest < len(STEPS):
        return STEPS[count - 1]
    return STEPS[min(len(STEPS) - 1, int(len(STEPS) * log(count) / log(highest)))]


def _legend(highest: int) -> tuple[tuple[str, str], ...]:
    """Return the steps that occur with the counts that each stands for."""
    spans: dict[str, list[int]] = {}
    count = 1
    while count <= highest:
        spans.setdefault(step_of(count, highest), []).append(count)
        count += max(1, count // 200)
    return tuple(
        (step, str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}") for step, found in spans.items()
    )


def _cell(count: int, highest: int, pair: tuple[str, str], domain: str, status: str) -> Cell:
    if not count:
        return Cell(0, "", "", "")
    told = ngettext("%(domain)s, %(pair)s: %(count)s commitment", "%(domain)s, %(pair)s: %(count)s commitments", count)
    name = told % {"domain": domain_name(domain), "pair": pair_name(pair), "count": count}
    return Cell(count, step_of(count, highest), _href(pair, domain, status), name)


def pair_name(pair: tuple[str, ...]) -> str:
    """Return what two States together are called."""
    return " – ".join(map(state_title, pair))


def _href(pair: tuple[str, ...], domain: str, status: str) -> str:
    query = QueryDict(mutable=True)
    query.setlist("state", list(pair))
    for name, value in (("domain", domain), ("status", status)):
        if value:
            query[name] = value
    return f"{reverse('register:commitments')}?{query.urlencode()}"
