"""Rows of all decisions over our texts: those on persons first, then the frames, which stand on what these find."""

from collections.abc import Mapping, Sequence
from typing import Any

from entraide.reader.domain.scoring import Scorer, weights_from
from tools.reader_fit import commitments, other_meetings
from tools.reader_fit.bags import fit_bags
from tools.reader_fit.decisions import DECISIONS, FRAMES, INSTRUMENTS, PERSONS, Fitted
from tools.reader_fit.fitting import Rows, fit, fit_choice
from tools.reader_fit.opened import open_early, open_for_fitting
from tools.reader_fit.phrases import instrument_phrases, meeting_phrases
from tools.reader_fit.texts import Annotated


def collect(texts: Sequence[Annotated]) -> dict[str, Rows]:
    """Return the rows of every decision over `texts`; they depend on nothing but texts, lexicon and features."""
    found = {decision.NAME: Rows() for decision in DECISIONS}
    early = [(text, open_early(text.text)) for text in texts]
    for person_decision in PERSONS:
        for text, opened in early:
            person_decision.add_rows(found[person_decision.NAME], text, opened)
    with weights_from(fit_decisions(found, PERSONS)):
        for text, opened in early:
            facts = open_for_fitting(opened)
            for decision in FRAMES:
                decision.add_rows(found[decision.NAME], text, facts)
        commitments.add_own(found[commitments.NAME])
        statuses = commitments.Statuses()
        statuses.add_own(found[statuses.NAME])
        for phrase in instrument_phrases():
            facts = open_for_fitting(open_early(phrase.text))
            for decision in INSTRUMENTS:
                decision.add_rows(found[decision.NAME], phrase, facts)
        for report in meeting_phrases():
            other_meetings.add_rows(found[other_meetings.NAME], report, open_for_fitting(open_early(report.text)))
    return found


def fit_decisions(
    collected: Mapping[str, Rows], decisions: Sequence[Fitted], held: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the content of a weights file with `decisions`, fitted without the texts `held`."""
    return {"decisions": {d.NAME: _entry(_fit(d, collected[d.NAME].without(held))) for d in decisions}}


def _fit(decision: Fitted, data: Rows) -> Scorer:
    if any(row.group for row in data.rows):
        return fit_choice(decision.NAME, decision.LABELS, data, strength=decision.STRENGTH)
    emphasis = getattr(decision, "EMPHASIS", None)
    if any(row.bag for row in data.rows):
        return fit_bags(decision.NAME, decision.LABELS, data, strength=decision.STRENGTH, emphasis=emphasis)
    return fit(decision.NAME, decision.LABELS, data, strength=decision.STRENGTH, emphasis=emphasis)


def _entry(scorer: Scorer) -> dict[str, Any]:
    return {"labels": scorer.labels, "weights": dict(sorted(scorer.weights.items()))}
