"""Plans and minutes in real formats, made by somebody who had not seen the rules: what is read of them stays read."""

import json
from pathlib import Path

import pytest
import yaml

from entraide.communiques.adapters.samples import list_samples, read_sample
from entraide.documents.adapters.extracting import extract_guarded
from entraide.documents.adapters.sniffing import decide_format
from entraide.documents.adapters.writing_docx import write_docx
from entraide.documents.api import FileReader
from entraide.documents.domain.tree import DocumentTree, read_lines
from entraide.reader.domain.language import detect_language
from entraide.reader.domain.model import Reading
from entraide.reader.domain.plan_reading import read_document
from entraide.reader.domain.serialising import reading_to_json

FOLDER = Path(__file__).parents[2] / "unit" / "reader" / "plan_documents"
STEMS = sorted(path.stem for path in (FOLDER / "documents").iterdir())


@pytest.fixture(scope="module")
def trees() -> dict[str, DocumentTree]:
    with FileReader() as reader:
        return {path.stem: reader.read(path).tree for path in documents()}


def documents() -> list[Path]:
    return sorted((FOLDER / "documents").iterdir())


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_a_document_is_taken_apart_alike_in_the_process_that_may_die_and_in_this_one(trees, path):
    data = path.read_bytes()
    assert extract_guarded(data, form=decide_format(data, path.name), file=path.name).tree == trees[path.stem]


def read(tree: DocumentTree, name: str) -> Reading:
    reading = read_document(tree, name=name)
    assert reading is not None
    return reading


def gold(stem: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((FOLDER / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("stem", STEMS)
def test_every_clause_is_read_once_with_its_words(trees, stem):
    expected = gold(stem)["clauses"]
    got = {" ".join(item.text.casefold().split())[:30] for item in read(trees[stem], stem).commitments}
    missing = [item["number"] for item in expected if " ".join(item["text"].casefold().split())[:30] not in got]
    assert not missing
    assert len(read(trees[stem], stem).commitments) == len(expected)


@pytest.mark.parametrize("stem", STEMS)
def test_the_instrument_has_its_kind_day_period_and_parties(trees, stem):
    expected = gold(stem)["instrument"]
    (instrument,) = read(trees[stem], stem).instruments
    assert (instrument.kind, instrument.date and instrument.date.value) == (expected["kind"], expected["date"])
    assert (instrument.period, list(instrument.parties)) == (expected["period"], expected["parties"])
    assert list(instrument.signatories) == expected["signatories"]


@pytest.mark.parametrize("stem", STEMS)
def test_evidence_quotes_the_text_of_the_file(trees, stem):
    tree = trees[stem]
    reading = read(tree, stem)
    for item in (*reading.commitments, *reading.instruments, *reading.officials):
        for shown in item.evidence.values():
            assert tree.text[shown.start : shown.end] == shown.quote
            assert reading.clean_text[shown.clean_start : shown.clean_end] == shown.quote


def test_a_clause_is_printed_with_what_the_plan_says_of_it(trees):
    printed = reading_to_json(read(trees["q06-vi-ke-hoach-bang"], "q06"))
    clause = next(item for item in printed["commitments"] if item["number"] == "8")
    assert clause["leads"] == {"VN": "Công an huyện Kỳ Sơn", "LA": "Công an huyện Noọng Hét"}
    assert (clause["rhythm"], clause["quantity"], clause["due"]) == ("monthly", "2 lần/tháng", None)
    assert clause["support"] == ["Đồn Biên phòng Nậm Cắn"]


def test_every_document_is_of_a_batch_with_its_first_figures():
    batches = yaml.safe_load((FOLDER / "batches.yaml").read_text(encoding="utf-8"))
    assert sorted(stem for batch in batches.values() for stem in batch["documents"]) == STEMS
    assert all("f1" in batch["clauses"] and "leads" in batch["of_all"] for batch in batches.values())


@pytest.mark.parametrize("name", [sample.name for sample in list_samples()])
def test_a_communique_is_no_plan(name):
    tree = read_lines(read_sample(name))
    assert detect_language(tree.text)
    assert read_document(tree, name=name) is None


def without_evidence(value: object) -> object:
    if isinstance(value, dict):
        return {name: without_evidence(inner) for name, inner in value.items() if name != "evidence"}
    return [without_evidence(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("stem", STEMS)
def test_a_plan_written_as_docx_and_read_back_says_the_same(trees, stem):
    with FileReader() as reader:
        again = reader.take(write_docx(trees[stem]), name=f"{stem}.docx").tree
    first, second = (reading_to_json(read(tree, stem)) for tree in (trees[stem], again))
    assert without_evidence(second) == without_evidence(first)
