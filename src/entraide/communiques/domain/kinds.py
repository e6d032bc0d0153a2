"""The reader's words as the register's codes."""

from entraide.reader.domain.folding import fold_characters

KIND_OF_STATUS = {
    "signed": "signed",
    "reviewed": "reviewed",
    "planned": "planned",
    "in-force": "in_force",
    "referenced": "referenced",
}
LEVELS = ("state", "minister", "vice_minister", "unit", "province")
_KINDS = (
    ("conference", ("conference", "hoi nghi")),
    ("dialogue", ("dialogue", "doi thoai")),
    ("committee", ("comite", "commission", "committee", "uy ban")),
    ("working_session", ("seance de travail", "working session", "lam viec", "groupe de travail", "working group")),
    ("visit", ("visite", "visit", "tham")),
    ("talk", ("entret", "rencontr", "talk", "met ", "meeting with", "hoi dam", "hoi kien", "tiep", "recu", "vus")),
)


def kind_of_meeting(words: str) -> str:
    """Return the register's kind for what a text calls a meeting; `other` when nothing is recognised."""
    folded = f"{fold_characters(words)} "
    return next((kind for kind, cues in _KINDS if any(cue in folded for cue in cues)), "other")


def level_of(level: str) -> str:
    """Return the register's level for the reader's, empty when the text does not say."""
    code = level.replace("-", "_")
    return code if code in LEVELS else ""
