"""The neutral tree: its invariant, its markers, its depths, and its form for comparing words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.documents.domain.building import CellDraft, TreeBuilder, lay_grid
from entraide.documents.domain.markers import kind_of_marker, split_marker
from entraide.documents.domain.readable import readable
from entraide.documents.domain.tree import DocumentTree, Table, read_lines

PLAN = """Plan de coopération 2025

Article 3. Échange d'informations
1. Les deux parties échangeront :
   a) des listes ;
   b) des statistiques.
2. Elles se réuniront
en novembre 2025.
– premier point
"""
TYPED = (
    *("1.", "1)", "(1)", "12/", "1°", "2.3", "2.3.", "4.1(a)", "a)", "(a)", "b.", "iv)", "IV.", "II -", "–", "-", "•"),
    *("Article 3.", "Article premier.", "Điều 3.", "Chương II.", "Art. 5 –", "D8.3", "C1."),
)


def check_invariant(tree: DocumentTree) -> None:
    """Every stretch of the tree is that of its text, in order, and no paragraph is empty."""
    places = [item for block in tree.blocks for item in (block.cells if isinstance(block, Table) else (block,))]
    for item in (*places, *tree.notes):
        assert tree.text[item.start : item.end] == item.text
    assert all(item.text.strip() for item in tree.paragraphs)
    starts = [item.start for item in places]
    assert starts == sorted(starts)


def test_a_plain_text_becomes_its_lines_with_their_markers() -> None:
    """Numbers and bullets are taken off, and stand with the depth of their lists."""
    tree = read_lines(PLAN)
    assert [(line.marker, line.text, line.depth) for line in tree.paragraphs] == [
        ("", "Plan de coopération 2025", 0),
        ("Article 3.", "Échange d'informations", 0),
        ("1.", "Les deux parties échangeront :", 1),
        ("a)", "des listes ;", 2),
        ("b)", "des statistiques.", 2),
        ("2.", "Elles se réuniront", 1),
        ("", "en novembre 2025.", 0),
        ("–", "premier point", 2),
    ]
    assert tree.text == PLAN
    check_invariant(tree)


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        *((f"{marker} Les deux parties", marker) for marker in TYPED),
        ("Điều 3", "Điều 3"),
        ("1.Les deux parties", "1."),
        ("2.3 Échanges", "2.3"),
        ("12.05.2024 à Hanoï", ""),
        ("2024. Une année", ""),
        ("1.5 million d'euros", ""),
        ("30 agents seront formés", ""),
        ("Article 3 de l'accord dit", ""),
        ("G7 Ministers met", ""),
        ("A4 paper", ""),
        ("-5 degrés", ""),
        ("M. Dupont", "M."),
    ],
    ids=str,
)  # fmt: skip
def test_what_a_typed_marker_is(line: str, marker: str) -> None:
    """Numbers of points are markers; days, amounts, years and cited articles are not."""
    assert split_marker(line)[0] == marker


def test_initials_are_no_markers_unless_they_go_on() -> None:
    """A letter with a point is a marker where another continues its row."""
    names = read_lines("M. Dupont, ministre\nA. Weber, ministre")
    assert [line.text for line in names.paragraphs] == ["M. Dupont, ministre", "A. Weber, ministre"]
    check_invariant(names)
    heads = read_lines("A. Formation\nB. Échanges\nI. Un\nII. Deux")
    assert [line.marker for line in heads.paragraphs] == ["A.", "B.", "I.", "II."]


@pytest.mark.parametrize(
    ("one", "two"),
    [("1.", "12."), ("a)", "d)"), ("I.", "IV."), ("2.1", "2.14"), ("Điều 3.", "Điều 12."), ("ii)", "iv)")],
)  # fmt: skip
def test_points_of_one_list_have_one_style(one: str, two: str) -> None:
    """The style of a marker is that of its neighbours."""
    assert kind_of_marker(one) == kind_of_marker(two)


@given(st.text(alphabet="abcéà1.)(-–•AIiv \t\n\u00a0Điều", max_size=200))
def test_any_text_keeps_the_invariant(text: str) -> None:
    """Whatever the lines are, the tree says where they stand."""
    check_invariant(read_lines(text))


def test_a_table_is_laid_out_with_its_spans() -> None:
    """Cells that reach down or to the right push the others to their places."""
    rows = [
        [CellDraft("Domaine", row_span=2, header=True), CellDraft("Responsables", column_span=2, header=True)],
        [CellDraft("Vietnam", header=True), CellDraft("Laos", header=True)],
        [CellDraft("Drogue"), CellDraft(""), CellDraft("Police\nDouane")],
    ]
    builder = TreeBuilder()
    builder.add_paragraph("Plan", heading=1)
    builder.add_table(rows, title="Feuille")
    builder.add_note("Sous réserve.", marker="1")
    tree = builder.build("text/plain")
    table = next(tree.tables)
    assert [[cell and cell.text for cell in row] for row in table.rows] == [
        ["Domaine", "Responsables", None],
        [None, "Vietnam", "Laos"],
        ["Drogue", "", "Police\nDouane"],
    ]
    assert table.at(1, 0) is table.rows[0][0]
    assert table.at(0, 2) is table.rows[0][1]
    assert tree.text.endswith("Drogue\nPolice\nDouane\nSous réserve.")
    check_invariant(tree)


@given(st.lists(st.lists(st.tuples(st.integers(-2, 400), st.integers(-2, 400)), max_size=5), max_size=6))
def test_any_spans_give_a_grid(spans: list[list[tuple[int, int]]]) -> None:
    """Every row has as many places, and no cell covers the place of another."""
    grid = lay_grid([[CellDraft("x", high, wide) for high, wide in row] for row in spans])
    assert len({len(row) for row in grid}) <= 1
    covered = [
        (below, column + right)
        for number, row in enumerate(grid)
        for column, cell in enumerate(row)
        if cell
        for below in range(number, number + cell.row_span)
        for right in range(cell.column_span)
    ]
    assert len(covered) == len(set(covered))


def test_the_readable_form_leads_back_to_the_original() -> None:
    """Composed letters and no unseen characters; a span found there is that of the file's own characters."""
    text = unicodedata.normalize("NFD", "Điều 3. Bộ Công an coo\u00adpération \u200fViệt Nam\nfin")
    form = readable(read_lines(text))
    assert form.tree.text == "Điều 3. Bộ Công an coopération Việt Nam\nfin"
    check_invariant(form.tree)
    start = form.tree.text.index("Công an coopération")
    span = form.original_span(start, start + len("Công an coopération"))
    assert text[slice(*span)] == unicodedata.normalize("NFD", "Công an coo\u00adpération")
    plain = read_lines("Plan 2025")
    assert readable(plain).tree is plain


@given(st.text(alphabet="aeo\u0301\u0323\u00ad\u200b\u200f é\n1.", max_size=60))
def test_the_readable_form_of_any_text_keeps_the_invariant(text: str) -> None:
    """Marks without a letter and unseen characters anywhere shift nothing."""
    form = readable(read_lines(text))
    check_invariant(form.tree)
    for item in form.tree.paragraphs:
        start, end = form.original_span(item.start, item.end)
        assert 0 <= start <= end <= len(text)
