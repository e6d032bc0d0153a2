"""A clause while it is read: its words and what the layout says of it, before any language is asked."""

from dataclasses import dataclass, field

from entraide.reader.domain.plans.columns import Role

Mark = tuple[int, int, str]
"""Offsets in the tree's text and the rule that read them."""
Marks = dict[str, Mark]


@dataclass(frozen=True, slots=True)
class Field:
    """What a cell or a label says of a clause: its role, its words, where they stand, and the party of its column."""

    role: Role
    text: str
    start: int
    state: str = ""
    header: str = ""

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Draft:
    """A clause: number, text with offsets, fields, and the headings, party and section above it.

    `shared` are columns that one cell covers for several parties; `texts` are its words by language where columns
    stand side by side.
    """

    number: str
    text: str
    start: int
    end: int
    fields: list[Field] = field(default_factory=list)
    group: str = ""
    heading: str = ""
    lead_in: str = ""
    review: bool = False
    home: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    in_table: bool = False

    def of(self, *roles: Role) -> list[Field]:
        """Return the fields of the roles in their order."""
        return [item for item in self.fields if item.role in roles]
