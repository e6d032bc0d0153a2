"""Reasons in words: what spoke most for a decision, as a person reads it beside the passage."""

from collections.abc import Iterable
from functools import lru_cache

_WORDS = {
    "verb": "a verb of the class “{0}”",
    "verb+tense": "a verb of the class “{0}”, {1}",
    "tense": "a verb in the tense “{0}”",
    "main": "the sentence's verb of the class “{0}”",
    "main+tense": "the sentence's verb of the class “{0}”, {1}",
    "parent": "a verb above it of the class “{0}”",
    "parent+tense": "a verb above it of the class “{0}”, {1}",
    "main+verb": "verbs of the classes “{0}” and “{1}”",
    "nominal": "a noun of the deed “{0}”",
    "nominal+verb": "a noun of the deed “{0}” with a verb “{1}”",
    "slot": "as the {0} of its verb",
    "verb+slot": "as the {1} of a verb of the class “{0}”",
    "preposition": "after a preposition of {0}",
    "outer": "in a phrase of {0}",
    "verb+outer": "a phrase of {1} beside a verb of the class “{0}”",
    "kind": "in a {0} clause",
    "place": "in the {0} of the report",
    "where": "found in its {0}",
    "form": "written as a {0}",
    "is": "named by a {0}",
    "is+word": "the word “{0}”",
    "determiner": "with a {0} article",
    "turn": "with a word that means “{0}”",
    "date": "its day lies “{0}” to the report's",
    "beside": "beside {0}",
    "head": "in the phrase of {0}",
    "domain": "the subject “{0}”",
    "home": "the {0} of the States in the report",
    "times": "named {0} times",
    "numbered": "with a number",
    "counterpart": "with a counterpart",
    "both_sides": "both sides are named",
    "post": "a post that is {0}",
    "joined": "a post {0} the name",
    "led": "a {0} before the name",
    "slot+verb": "as the {0} of a verb of the class “{1}”",
    "short_mention": "named again by a part of the name",
    "and_official": "joined by “and” to an official",
    "comma_official": "in a list with an official",
    "family_name": "a usual family name",
    "after": "followed by “{0}”",
    "before": "after “{0}”",
    "officials": "officials of it: {0}",
    "official": "the State of an official, {0}",
    "sentences": "named in {0} sentences",
    "mention": "as the {0} of a verb of the class “{1}”",
    "with": "in a sentence with words of the kind “{0}”",
    "in": "named in the {0}",
    "beside_organisation": "beside an organisation",
    "beside_ministry": "beside a ministry",
    "beside_post": "beside a post",
    "beside_meeting": "beside the word for a meeting",
    "beside_instrument": "beside an instrument",
    "of_counterparts": "beside the word for a counterpart",
    "in_list": "in a list of States",
    "says": "the verbs say “{0}”",
    "who": "said by {0}",
    "signs": "an instrument is {0}",
    "act": "done with it: {0}",
    "deed": "told of it: {0}",
    "deed+day": "told of it: {0}, its day {1}",
    "deed+determiner": "told of it: {0}, with the article “{1}”",
    "deed+named": "told of it: {0}, named {1}",
    "day": "its day lies “{0}” to the meeting's",
    "title": "its title is {0}",
    "quality": "called {0}",
    "has": "its sentence tells of “{0}”",
    "then": "the sentence after tells of it: {0}",
    "told": "a clause on it tells of “{0}”",
    "when": "beside a word for {0}",
    "instrument": "an instrument of the kind {0}",
    "owner": "in the phrase of {0} instrument",
    "where+status": "in the {0} of an instrument that is {1}",
    "where+form": "in its {0}, written as a {1}",
    "distance+status": "its day lies “{0}” to the meeting's, and the instrument is {1}",
    "side+kind": "stands {0} the signing, {1}",
    "same_clause": "stands {0} it in the same clause",
    "agent+kind": "named as the one who signs",
    "first_spot": "a signing is told: {0}, {1}",
    "together": "both sign",
    "looks_on": "not among those who look on",
}

_VALUES = {
    "where": {
        "own": "named with it",
        "clause": "in the same clause",
        "sentence": "in the same sentence",
        "dateline": "in the dateline",
        "title": "in the title",
        "caption": "in a caption",
        "line": "on a line of the page",
        "before": "in a sentence before it",
        "after": "in a sentence after it",
        "far": "elsewhere in the report",
        "header_day": "the day of the page",
        "header_month": "the month of the page",
    },
    "who": {"joint": "said by both sides", "one": "said by one side"},
    "beside": {"nothing": "beside no other noun"},
}
"""Values that are said by a phrase of their own."""


def in_words(features: Iterable[str], otherwise: str) -> str:
    """Return the features as a phrase in English, parted by semicolons; `otherwise` where none can be said."""
    return "; ".join(said for feature in features if (said := _said(feature))) or otherwise


@lru_cache(maxsize=4096)
def _said(feature: str) -> str:
    """One feature in words, or empty; the same few hundred are said of all texts."""
    name, _, value = feature.partition("=")
    name = name.rpartition(":")[2]
    pattern = _VALUES.get(name, {}).get(value) or _WORDS.get(name)
    parts = [part.replace("_", " ").replace(".", " ").replace("none", "no") for part in value.split(",")]
    if not pattern or ("{1}" in pattern and len(parts) < 2):
        return ""
    return pattern.format(*parts)
