"""Days and moments in words: the day as ministries write it, the time of the node's place with its zone named.

These filters are known to every template without a `load`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_datetime
from django import template
from django.utils.timezone import localtime

from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import load_numerals
from entraide.web.language import reader_language

register = template.Library()

TIMES = {"fr": "H 'h' mm"}
"""How a time of the day is written where it is not `15:05`."""


@register.filter
def on_day(value: date | datetime | None) -> str:
    """Return a day in words: « 1er février 2025 »; of a moment the day at the node's place."""
    if not value:
        return ""
    day = localtime(value).date() if isinstance(value, datetime) else value
    return load_numerals(reader_language()).day(PartialDate(day.isoformat()))


@register.filter
def moment(value: datetime | None) -> str:
    """Return a moment at the node's place, with its zone: « 8 décembre 2025, 15 h 05 (heure d’Indochine) »."""
    if not value:
        return ""
    local = localtime(value)
    offset = offset_of(local)
    zone = offset if offset == "UTC" else f"({zone_name(local)})"
    return f"{_clock(local)} {zone}"


@register.filter
def moment_short(value: datetime | None) -> str:
    """Return a moment at the node's place, with how far its clocks are from UTC: for tables."""
    if not value:
        return ""
    local = localtime(value)
    return f"{_clock(local)} {offset_of(local)}"


def _clock(local: datetime) -> str:
    language = reader_language()
    time = format_datetime(local, TIMES.get(language, "HH:mm"), tzinfo=local.tzinfo, locale=language)
    return f"{on_day(local)}, {time}"


def zone_name(local: datetime) -> str:
    """Return what the reader calls the zone of a local moment, « heure d’Indochine »; how far it is from UTC for want
    of a name.
    """
    key = str(getattr(local.tzinfo, "key", ""))
    zone = _metazones().get(key, "")
    names = Locale.parse(reader_language()).meta_zones.get(zone, {}).get("long", {})
    return str(names.get("daylight" if local.dst() else "standard") or names.get("generic") or offset_of(local))


@cache
def _metazones() -> Mapping[str, str]:
    """Return by the id of a zone the one under which CLDR names its time; CLDR keeps the old ids of some zones."""
    known = dict(get_global("meta_zones"))
    return {new: known[old] for old, new in get_global("zone_aliases").items() if old in known} | known


def offset_of(local: datetime) -> str:
    """Return how far a local moment is from UTC: `UTC+7`, `UTC`."""
    offset = local.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
