"""How a clause stands: pledged, done, ongoing or dropped, by its status column or its own words."""

import regex

from entraide.reader.domain.plans.calendar_spans import Frame
from entraide.reader.domain.plans.due import due_of_sentence
from entraide.reader.domain.plans.words import PlanWords, every_language

_REMARK = regex.compile(r"(?:\s[–—-]\s|\s?\(|\s?\[|[;,]\s|\n)(?P<remark>[^()\[\]\n]{3,140})[)\]]?\s?\.?\s?$")
_OPENING, _LONGEST_BEFORE = 70, 60
_DOUBTLESS = ("dropped", "ongoing", "done", "pledged")
_LIMIT = regex.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|trong vòng|trong thời hạn|by|before|no later than|within|avant|au plus tard"
    r"|d'ici)\b"
)
_NEGATED = regex.compile(r"\b(?:non|not|pas|chưa|no|n'a pas|n'est pas)\s(?:yet\s|encore\s|été\s|ete\s|been\s)?$")


def status_of_cell(text: str, language: str) -> str:
    """Return the status that a cell of a status column says, empty where it says none."""
    percent = regex.fullmatch(r"\s*(\d{1,3})\s?%\s*", text)
    if percent:
        share = int(percent[1])
        return "done" if share >= 100 else "ongoing" if share else "pledged"
    if regex.fullmatch(r"\s*[✓✔☑✅x]\s*", text, flags=regex.IGNORECASE):
        return "done"
    for words in every_language(language):
        found = _first(text, words)
        if found:
            return found
    return ""


def _first(text: str, words: PlanWords) -> str:
    """The status whose word comes first; a longer word that holds it wins, `not done` is pledged."""
    folded = words.fold(text)
    found: list[tuple[int, int, str]] = []
    for name in _DOUBTLESS:
        for match in words.pattern(f"status.{name}").finditer(folded):
            negated = _NEGATED.search(folded[max(0, match.start() - 16) : match.start()])
            found.append(
                (
                    match.start() if not negated else max(0, match.start() - 4),
                    -len(match[0]),
                    "pledged" if negated and name == "done" else name,
                )
            )
    if not found:
        return ""
    dropped = [item for item in found if item[2] == "dropped"]
    return dropped[0][2] if dropped else min(found)[2]


def remark_of(text: str, words: PlanWords) -> tuple[str, int]:
    """Return the status that a remark at the end of a clause gives it, and where the remark begins.

    `Acquérir deux vedettes – action retirée`, `(mesure abandonnée, voir …)`; an empty status and the length without.
    """
    match = _REMARK.search(text)
    remark = words.fold(match["remark"]) if match else ""
    for name in ("dropped", "ongoing", "done"):
        hit = words.pattern(f"status.{name}").search(remark)
        if match and hit and hit.start() < _LONGEST_BEFORE and (name != "done" or _is_past(remark)):
            planned = words.pattern("status.pledged").search(remark[: hit.start()])
            if not planned:
                return name, match.start()
    return "", len(text)


def _is_past(remark: str) -> bool:
    """`completed in April 2025` is a status, `held twice a year` and `completed by April 2027` are none."""
    if _LIMIT.search(remark):
        return False
    return regex.search(r"(?:19|20)\d\d", remark) is not None or len(remark.split()) <= 3


def status_of_text(text: str, words: PlanWords, *, review: bool) -> str:
    """Return the status that a clause's words say; under a review their past counts, else a remark or its verb."""
    folded = words.fold(text)
    remark, _ = remark_of(text, words)
    if remark and not (review and remark == "done"):
        return remark
    if words.pattern("dropped_opening").search(folded[:_OPENING]):
        return "dropped"
    if review:
        return _told(folded, words) or ("pledged" if words.pattern("binding").search(folded) else "done")
    return _of_promise(folded, words)


def _of_promise(folded: str, words: PlanWords) -> str:
    """Under no review: what is carried on, what its past says, else a pledge."""
    if words.pattern("carried_on").search(folded):
        return "ongoing"
    past = words.pattern("past").search(folded[:_OPENING])
    to_come = past is None or _LIMIT.match(folded, past.end() + 1)  # `completed by March`
    if to_come or words.pattern("modal").search(folded):
        return "pledged"
    return _told(folded, words) or "done"


def _told(folded: str, words: PlanWords) -> str:
    return next((name for name in ("dropped", "ongoing") if words.pattern(f"status.{name}").search(folded)), "")


def status_of_heading(text: str, words: PlanWords) -> str:
    """Return the status that a heading gives all below it: `Not pursued`, `Actions abandonnées`; empty without one."""
    if not text or len(text.split()) > 6:
        return ""
    return next((name for name in ("dropped", "ongoing") if words.share(f"status.{name}", text) >= 0.45), "")


def done_on(text: str, words: PlanWords, frame: Frame) -> str:
    """Return when a thing was done, as its words say; empty where they do not."""
    values = due_of_sentence(text, words, frame, past=True).values
    return values[-1] if values else ""
