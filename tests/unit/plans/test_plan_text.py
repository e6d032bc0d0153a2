"""The canonical bytes of a plan and the comparison of two versions."""

import unicodedata
from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from entraide.directory.domain.parties import Party
from entraide.kernel.canonical import parse_canonical
from entraide.plans.domain.diff import Change, diff_clauses, diff_words
from entraide.plans.domain.plan_text import (
    ClauseText,
    PlanText,
    clean,
    group_digest,
    plan_bytes,
    plan_digest,
    read_clauses,
)

WORDS = st.text(alphabet="aàđéΩ người hợp tác\t\n,.;", max_size=30)
TEXTS = st.dictionaries(st.sampled_from(["fr", "en", "vi"]), WORDS, max_size=3)
CLAUSES = st.lists(
    st.builds(
        ClauseText,
        id=st.uuids(),
        domain=st.sampled_from(["drugs", "border"]),
        texts=TEXTS,
        lead_units=st.dictionaries(st.sampled_from(["vn-mps", "la-mops"]), WORDS, max_size=2),
    ),
    max_size=5,
    unique_by=lambda clause: clause.id,
).map(tuple)
PARTIES = (
    Party("vn-mps", "VN", "vn-mps", {"fr": "Ministère"}),
    Party("la-mops", "LA", "la-mops", {"fr": "Ministère"}),
    Party("vn-moj", "VN", "vn-moj", {"fr": "Ministère de la Justice"}),
    Party("la-mops/01945a62-b570-7c38-b77e-a6375b8e4cdb", "XX", "la-mops", {"en": "Secretariat"}),
)
PLANS = st.builds(
    PlanText,
    id=st.uuids(),
    period=st.sampled_from(["2025", "2021/2022"]),
    titles=TEXTS,
    parties=st.permutations(PARTIES).map(tuple),
    authentic=st.permutations(["fr", "vi"]).map(tuple),
    clauses=CLAUSES,
)


@given(PLANS)
def test_bytes_do_not_depend_on_the_side(plan):
    """The order of parties and languages, spacing and the form of letters change nothing in the bytes."""
    mirrored = replace(
        plan,
        parties=plan.parties[::-1],
        authentic=plan.authentic[::-1],
        titles={key: f"  {unicodedata.normalize('NFD', text)} " for key, text in plan.titles.items()},
    )
    assert plan_bytes(mirrored) == plan_bytes(plan)


@given(PLANS)
def test_bytes_read_back_to_the_same_clauses(plan):
    """The canonical bytes hold every clause in order, and read back they give the same bytes."""
    value = parse_canonical(plan_bytes(plan))
    again = replace(plan, clauses=read_clauses(value["clauses"]))
    assert plan_bytes(again) == plan_bytes(plan)


@given(PLANS, st.sampled_from(["texts", "domain", "order", "lead"]))
def test_any_change_changes_the_digest(plan, what):
    """A changed word, domain, order or leading unit is another text."""
    if not plan.clauses or (what == "order" and len(plan.clauses) < 2):
        return
    first, *rest = plan.clauses
    changed = {
        "texts": replace(first, texts={**first.texts, "fr": clean(first.texts).get("fr", "") + "x"}),
        "domain": replace(first, domain="training"),
        "lead": replace(first, lead_units={"vn-mps": clean(first.lead_units).get("vn-mps", "") + "x"}),
        "order": first,
    }[what]
    clauses = (*rest, first) if what == "order" else (changed, *rest)
    assert plan_digest(replace(plan, clauses=clauses)) != plan_digest(plan)


@given(WORDS, WORDS)
def test_word_runs_give_both_texts_back(before, after):
    """Without what was added the runs give the old text, without what was removed the new one."""
    runs = diff_words(before, after)
    assert "".join(run.text for run in runs if run.change is not Change.ADDED) == before
    assert "".join(run.text for run in runs if run.change is not Change.REMOVED) == after


@given(CLAUSES, CLAUSES)
def test_every_clause_is_shown_once(before, after):
    """A comparison shows every clause of either version exactly once, with the right fate."""
    diffs = diff_clauses(before, after)
    assert sorted(str(diff.id) for diff in diffs) == sorted({str(clause.id) for clause in (*before, *after)})
    assert [diff.id for diff in diffs if diff.after] == [clause.id for clause in after]


def test_diff_clauses_names_what_happened():
    """Same, changed, added, removed and moved clauses are told apart."""
    same, moved, changed, gone, new = (ClauseText(UUID(int=n), "drugs", {"fr": f"texte {n}"}) for n in range(5))
    after = (moved, same, replace(changed, texts={"fr": "texte deux"}), new)
    found = {diff.id.int: diff.change for diff in diff_clauses((same, moved, changed, gone), after)}
    assert found[2] is Change.CHANGED
    assert found[3] is Change.REMOVED
    assert found[4] is Change.ADDED
    assert {found[0], found[1]} == {Change.SAME, Change.MOVED}


def test_group_digest_is_readable_aloud():
    """A digest is shown in groups of four."""
    assert group_digest("0123456789abcdef") == "0123 4567 89ab cdef"
