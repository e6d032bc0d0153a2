"""The difference that an import would make, over registers that Hypothesis makes up."""

import unicodedata
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from entraide.tables.api import load_tables
from entraide.tables.domain.cells import cell_of, csv_lines
from entraide.tables.domain.difference import Alike, Candidate, Current, digest_of
from entraide.tables.domain.planning import derive_difference
from entraide.tables.domain.reading import parse_file

TABLES = load_tables()
ORIGIN = "https://register.example"
MECHANISM = f"{ORIGIN}/mechanisms/019459f0-0000-7000-8000-000000000001/"


@dataclass
class MemoryRegister:
    """A register that is a dictionary of rows: what `Known` says, and nothing else."""

    rows: dict[str, dict[str, Current]] = field(default_factory=dict)
    alikes: dict[str, Alike] = field(default_factory=dict)

    def load(self, table, permalinks):
        pass

    def current(self, table, permalink):
        return self.rows.get(table, {}).get(permalink)

    def named(self, table, naturals, mechanism):
        return [
            Candidate(link, "one")
            for link, row in self.rows.get(table, {}).items()
            if all(row.cells.get(name, "") == value for name, value in naturals.items())
        ]

    def alike(self, table, cells):
        return self.alikes.get(table, Alike())

    def cites(self, cited, file):
        return ""


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40)
# Cells are compared as composed Unicode (NFC): what an export writes is what the register has in that form.
texts = words.map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()))
codes = {
    "level": st.sampled_from(["", "minister", "unit"]),
    "kind": st.sampled_from(["conference", "visit"]),
    "date": st.sampled_from(["", "2024", "2024-12", "2024-12-05/2024-12-07", "XXXX-09-05"]),
}


@st.composite
def registers(draw):
    """Meetings and commitments with any texts in their cells."""
    meetings, commitments = {}, {}
    for number in range(draw(st.integers(0, 4))):
        link = f"{ORIGIN}/meetings/019459f0-0000-7000-8000-00000000010{number}/"
        date = draw(codes["date"])
        meetings[link] = {
            "permalink": link, "mechanism": MECHANISM, "level": draw(codes["level"]), "kind": draw(codes["kind"]),
            "name": draw(words), "date": date, "date_basis": "stated" if date else "", "place": draw(words),
        }  # fmt: skip
    for number in range(draw(st.integers(0, 4))):
        link = f"{ORIGIN}/commitments/019459f0-0000-7000-8000-00000000020{number}/"
        commitments[link] = {
            "permalink": link, "mechanism": MECHANISM, "domain": "drugs", "status": "pledged",
            "text_fr": draw(texts), "text_vi": draw(texts), "text_other": {"lo": draw(texts.filter(bool))},
            "lead_units": {"VN": draw(texts.filter(bool))}, "meeting": next(iter(meetings), ""),
        }  # fmt: skip
    return {"mechanisms": {MECHANISM: {"permalink": MECHANISM}}, "meetings": meetings, "commitments": commitments}


def known(register):
    return MemoryRegister(
        {
            table: {link: Current({name: cell_of(value) for name, value in row.items()}) for link, row in rows.items()}
            for table, rows in register.items()
        }
    )


def exported(register, *tables: str):
    return [
        parse_file(
            f"{name}.csv",
            "".join(csv_lines(TABLES.get(name).exported, register[name].values(), mark=True)).encode(),
            TABLES,
        )
        for name in tables
    ]


@given(registers())
def test_an_export_imported_again_shows_no_difference(register):
    """Whatever stands in the cells: nothing is added, changed, left or refused."""
    found = derive_difference(exported(register, "meetings", "commitments"), TABLES, known(register), ORIGIN)
    assert (found.added, found.changed, found.refused, found.left) == ((), (), (), ())
    assert found.unchanged == len(register["meetings"]) + len(register["commitments"])


@given(registers(), st.data())
def test_one_edited_cell_is_exactly_that_difference(register, data):
    """A place that is another one is one change of one cell of one fact, from the old words to the new ones."""
    if not register["meetings"]:
        return
    link = data.draw(st.sampled_from(sorted(register["meetings"])))
    new = data.draw(texts.filter(bool))
    before = known(register)
    old = unicodedata.normalize("NFC", register["meetings"][link]["place"])
    register["meetings"][link]["place"] = new
    found = derive_difference(exported(register, "meetings", "commitments"), TABLES, before, ORIGIN)
    assert (found.added, found.refused, found.left) == ((), (), ())
    if " ".join(old.split()) == new:
        assert found.changed == ()
        return
    (changed,) = found.changed
    ((column, was, will),) = [(item.column, item.old, item.new) for item in changed.changes]
    assert (changed.permalink, column) == (link, "place")
    assert (" ".join(was.split()), will.split()) == (" ".join(old.split()), new.split())


def files(**texts: str):
    return [parse_file(f"{name}.csv", text.encode(), TABLES) for name, text in texts.items()]


def refusals(found):
    return [(item.file, item.line, item.code) for item in found.refused]


EMPTY = MemoryRegister({"mechanisms": {MECHANISM: Current({"permalink": MECHANISM})}})


def test_keys_join_rows_of_one_import_in_any_order_of_files():
    """A commitment points to a meeting that the same import adds; the meeting comes first in the difference."""
    found = derive_difference(
        files(
            commitments=f"mechanism,meeting_key,domain,status,text_fr\n{MECHANISM},m,drugs,pledged,oui\n",
            meetings=f"key,mechanism,kind\nm,{MECHANISM},visit\n",
        ),
        TABLES,
        EMPTY,
        ORIGIN,
    )
    assert refusals(found) == []
    assert [(item.table, item.cells.get("meeting")) for item in found.added] == [
        ("meetings", None),
        ("commitments", "key:meetings/m"),
    ]


def test_a_refused_row_takes_those_that_point_to_it_with_it():
    """Nothing hangs in the air: the key of a refused row is no relationship."""
    found = derive_difference(
        files(
            meetings=f"key,mechanism,kind\nm,{MECHANISM},vizit\n",
            commitments=(
                f"mechanism,meeting_key,domain,status,text_fr\n{MECHANISM},m,drugs,pledged,a\n"
                f"{MECHANISM},n,drugs,pledged,b\n"
            ),
        ),
        TABLES,
        EMPTY,
        ORIGIN,
    )
    assert found.added == ()
    assert refusals(found) == [
        ("commitments.csv", 2, "no_such_key"),
        ("commitments.csv", 3, "no_such_key"),
        ("meetings.csv", 2, "bad_code"),
    ]


def test_the_same_key_permalink_or_fact_stands_once():
    """Two rows of one key, of one permalink, or that say the same new fact: the second names the first."""
    link = f"{ORIGIN}/meetings/019459f0-0000-7000-8000-000000000100/"
    there = MemoryRegister({**EMPTY.rows, "meetings": {link: Current({"permalink": link, "mechanism": MECHANISM})}})
    found = derive_difference(
        files(
            meetings=(
                "permalink,key,mechanism,kind,date\n"
                f",k,{MECHANISM},visit,2024\n,k,{MECHANISM},visit,2025\n"
                f",,{MECHANISM},talk,2024\n,,{MECHANISM},talk,2024\n"
                f"{link},,,,2024\n{link},,,,2025\n"
            )
        ),
        TABLES,
        there,
        ORIGIN,
    )
    assert refusals(found) == [
        ("meetings.csv", 3, "duplicate_key"),
        ("meetings.csv", 5, "same_fact_twice"),
        ("meetings.csv", 7, "same_fact_twice"),
    ]


def test_the_digest_is_of_what_would_happen():
    """Another value, another file or another word on the file is another digest; the same import has the same."""
    text = f"mechanism,kind,place\n{MECHANISM},visit,%s\n"
    one, two = (derive_difference(files(meetings=text % place), TABLES, EMPTY, ORIGIN) for place in ("a", "b"))
    digests = {
        digest_of(one, ["f"], ""),
        digest_of(two, ["f"], ""),
        digest_of(one, ["g"], ""),
        digest_of(one, ["f"], "press"),
    }
    assert len(digests) == 4
    assert digest_of(one, ["f"], "") == digest_of(
        derive_difference(files(meetings=text % "a"), TABLES, EMPTY, ORIGIN), ["f"], ""
    )
