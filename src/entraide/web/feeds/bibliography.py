"""A fact as an entry of a bibliography: BibTeX and RIS, which citation programs read.

Letters stay as they are (UTF-8); what BibTeX or TeX reads as a command is written so that it stands for itself.
"""

import re
from dataclasses import dataclass
from datetime import date

from entraide.kernel.node import Node
from entraide.web.register.dating import list_recorded
from entraide.web.register.described import Described

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BABEL = {"en": "english", "fr": "french", "vi": "vietnamese"}
"""Languages by the names of the TeX package babel; others are left out."""
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\u00a0": "~",
    "\u202f": r"\,",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is cited: the page of a fact, as it was last changed, by who publishes it, read on a day."""

    key: str
    title: str
    author: str
    note: str
    url: str
    changed: date
    read_on: date
    language: str


def entry_of(node: Node, fact: Described, author: str, language: str) -> Entry:
    """Return the page of a fact as an entry of a bibliography."""
    return Entry(
        key=f"entraide-{fact.kind.name}-{fact.id}",
        title=fact.title,
        author=author,
        note=fact.line,
        url=f"{node.settings.origin}{fact.path}",
        changed=list_recorded(node, [fact.id])[fact.id].changed.date(),
        read_on=node.clock.now().date(),
        language=fact.language or language,
    )


def write_bibtex(entry: Entry) -> str:
    """Return an entry as BibTeX; the title and the author keep their capitals and are not parted into names."""
    fields = {
        "title": f"{{{_tex(entry.title)}}}",
        "author": f"{{{_tex(entry.author)}}}",
        "year": str(entry.changed.year),
        "month": MONTHS[entry.changed.month - 1],
        "note": _tex(entry.note),
        "url": entry.url,
        "urldate": entry.read_on.isoformat(),
        "langid": BABEL.get(entry.language, ""),
    }
    told = [f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{{entry.key},", *told, "}", ""))


def write_ris(entry: Entry) -> str:
    """Return an entry as RIS: a web page, by a body whose name is not parted."""
    lines = (
        ("TY", "ELEC"),
        ("ID", entry.key),
        ("TI", _line(entry.title)),
        ("AU", _line(entry.author)),
        ("PB", _line(entry.author)),
        ("PY", str(entry.changed.year)),
        ("DA", entry.changed.strftime("%Y/%m/%d")),
        ("Y2", entry.read_on.strftime("%Y/%m/%d")),
        ("N1", _line(entry.note)),
        ("LA", entry.language),
        ("UR", entry.url),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value or tag == "ER")


def _tex(text: str) -> str:
    return "".join(TEX.get(item, item) for item in _line(text))


def _line(text: str) -> str:
    """Return a text on one line; blanks that do not break stay."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()
