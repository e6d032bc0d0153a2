"""Turns of a sentence around its units, as patterns over folded text, one set per language."""

from dataclasses import dataclass
from functools import cache

import regex

from entraide.reader.domain.plans.words import alternatives, load_words

_BEHIND = r"\s(?:chủ trì|chịu trách nhiệm|làm đầu mối|là đầu mối|phụ trách|thực hiện|đảm nhiệm|có trách nhiệm)\b"
_ARTICLES = r"(?:\s(?:the|la|le|les)\s|\sl'|\s)"
_JOINTS = {
    "fr": r",?\s+(?:et|ainsi que|avec|puis)\s+(?=(?:la |le |les |l['’])?[\p{L}’'-]+)|,\s+(?=(?:la |le |les |l['’]))",
    "en": r",?\s+(?:and|together with|with|as well as|jointly with)\s+(?=the |\p{Lu})|,\s+(?=the )",
    "vi": r",?\s+(?:và|cùng với|cùng|với)\s+(?=\p{Lu})|,\s+(?=\p{Lu})",
}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|the"
_STOPS = {
    "fr": r"[,.;:]|\s(?:en|avant|au cours|d'ici|dans|du \d|le \d|au plus|pour|afin|ou|qui|à partir)\s",
    "en": r"[,.;:]|\s(?:by|before|in (?=\p{Lu}?[a-z]* ?\d|\p{Lu}\p{L}+ 20)|during|from|within|to|which|who|on \d|every"
    rf"|each|at|until|once|twice)\s|\sin (?=(?:{_MONTHS})\b)",
    "vi": r"[.;:]|,\s(?=\p{Ll})|\s(?:trong|trước|vào|từ|để|nhằm|chủ trì|tổ chức|cho|chịu|thực hiện|phụ trách)\s",
}


@dataclass(frozen=True, slots=True)
class Turns:
    """Patterns of one language.

    `label` stands before units (`Responsible:`), `verb` ends a subject, `by` and `at` stand before a unit, `together`
    before a partner, `behind` is Vietnamese and stands behind a unit; `joint` parts the members of a subject, `stop`
    ends a name.
    """

    label: "regex.Pattern[str]"
    verb: "regex.Pattern[str]"
    by: "regex.Pattern[str]"
    at: "regex.Pattern[str]"
    together: "regex.Pattern[str]"
    behind: "regex.Pattern[str] | None"
    joint: "regex.Pattern[str]"
    stop: "regex.Pattern[str]"


@cache
def turns_of(language: str) -> Turns:
    """Return the turns of `language`, made once per process."""
    words = load_words(language)

    def any_of(name: str) -> str:
        return alternatives(words.lists.get(name, ()), words.fold) or "(?!)"

    verb = rf"\b(?:{any_of('unit_verbs')})(?!\w)"
    if words.lists.get("verb_future"):
        verb += rf"|\b\p{{L}}{{2,}}(?:{any_of('verb_future')})\b"
    return Turns(
        regex.compile(rf"(?:^|[.;(\n]\s*|[-–—]\s)(?P<label>{any_of('lead_label')})\s?(?:\([^)]*\)\s?)?[:–-]\s*"),
        regex.compile(verb),
        regex.compile(rf"\b(?:{any_of('by_words')}){_ARTICLES}"),
        regex.compile(rf"\b(?:{any_of('at_words')}){_ARTICLES}"),
        regex.compile(rf"\b(?:{any_of('support_words')})(?!\w)"),
        regex.compile(_BEHIND) if language == "vi" else None,
        regex.compile(_JOINTS[language]),
        regex.compile(_STOPS[language]),
    )
