"""A missing year from the plans: a conference reviews the plan of one year and signs that of the next."""

from entraide.communiques.domain.reader.deeds import Deed
from entraide.communiques.domain.reader.events import Event
from entraide.communiques.domain.reader.facts import Facts
from entraide.kernel.partial_dates import DateBasis, PartialDate

_EARLY, _LATE = 4, 10


def infer_years(facts: Facts, meetings: list[Event], deeds: list[Deed]) -> None:
    """Replace the unknown year of meetings and signed instruments where the plans' periods say it."""
    if facts.context.year is not None:
        return
    signed = {
        int(deed.period[:4]) for deed in deeds if deed.period and deed.status == "signed" and len(deed.period) == 4
    }
    reviewed = {int(deed.period[:4]) for deed in deeds if deed.period and deed.status == "reviewed"}
    if len(signed) != 1 or (reviewed and reviewed != {min(signed) - 1}):
        return
    year = min(signed)
    items: list[Event | Deed] = [*meetings, *deeds]
    for item in items:
        if item.date is not None and item.date.value.startswith("XXXX-"):
            month = int(item.date.value[5:7])
            chosen = year if month <= _EARLY else year - 1 if month >= _LATE else None
            if chosen:
                item.date = PartialDate(item.date.value.replace("XXXX", f"{chosen:04}"), DateBasis.INFERRED)
                if "date" in item.marks:
                    item.marks["date"] = item.marks["date"]._replace(
                        basis="inferred", reason="the year follows from the plans' years"
                    )
