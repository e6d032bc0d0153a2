"""A plan or minutes as a reading: instrument, parties, officials, a commitment per clause, each with its passages."""

from collections.abc import Mapping

from entraide.documents.domain.readable import ReadableTree, readable
from entraide.documents.domain.tree import DocumentTree
from entraide.kernel.languages import READ
from entraide.kernel.partial_dates import NotADate, PartialDate
from entraide.reader.domain.language import detect_language
from entraide.reader.domain.model import Commitment, Evidence, Instrument, Official, Party, Reading
from entraide.reader.domain.plans.clauses import Clause
from entraide.reader.domain.plans.reading import PlanDocument, find_plan
from entraide.reader.domain.plans.words import any_has
from entraide.reader.domain.reading import read_text

_LONGEST_QUOTE = 2000


def read_document(tree: DocumentTree, *, name: str) -> Reading | None:
    """Return what a plan, minutes or the like says, None where it is none; `name` is the file's without its ending.

    Offsets count in the text of `tree`; the clean text is the same with letters composed and unseen characters gone.
    Pure, never raises on any tree.
    """
    ready = readable(tree)
    language = detect_language(ready.tree.text)
    plan = find_plan(ready.tree, language) if language in READ else None
    if plan is None:
        return None
    date = _date(plan.date)
    prose = read_text(ready.tree.text, name=name)
    heads = _heads(prose, ready, plan)
    signers = [_signer(ready, plan, number, prose) for number in range(len(plan.signers))] or heads
    names = {official.name for official in signers}
    officials = (*signers, *(head for head in heads if not _is_named(head.name, names)))
    parties = tuple(_party(ready, plan, code) for code in plan.parties)
    return Reading(
        name, plan.language, plan.title, None, ready.tree.text, (),
        (_instrument(ready, plan, date, tuple(official.name for official in signers)),) if plan.kind else (),
        tuple(officials),
        tuple(_commitment(ready, clause) for clause in plan.clauses),
        parties, (),
    )  # fmt: skip


def _date(value: str) -> PartialDate | None:
    try:
        return PartialDate(value) if value else None
    except NotADate:
        return None


def _evidence(ready: ReadableTree, start: int, end: int, reason: str, basis: str = "stated") -> Evidence:
    first, last = ready.original_span(start, end)
    return Evidence(first, last, start, end, ready.tree.text[start:end], basis, reason)


def _instrument(
    ready: ReadableTree, plan: PlanDocument, date: PartialDate | None, names: tuple[str, ...]
) -> Instrument:
    end = plan.title_start + len(plan.title)
    shown = _evidence(ready, plan.title_start, end, "the title of the document")
    evidence = {"kind": shown, "title_short": shown, "status": shown._replace(basis="inferred")}
    if plan.date_line is not None:
        line = plan.date_line
        evidence["date"] = _evidence(
            ready, line.start, line.start + len(line.text), "the line that says when it was signed"
        )
    if plan.period:
        evidence["period"] = shown._replace(reason="the years in the title or the line that says what it covers")
    if plan.signers:
        first, last = plan.signers[0], plan.signers[-1]
        low, high = sorted((first.start, last.start))
        evidence["signatories"] = _evidence(ready, low, high + len(last.name), "the names in the signature block")
    return Instrument(
        plan.kind, plan.title, "signed", date, plan.period or None, names, evidence, plan.parties,
    )  # fmt: skip


def _signer(ready: ReadableTree, plan: PlanDocument, number: int, prose: Reading) -> Official:
    signer = plan.signers[number]
    shown = _evidence(ready, signer.start, signer.start + len(signer.name), "a name in the signature block")
    post = signer.post or next((one.post for one in prose.officials if _is_named(one.name, {signer.name})), "")
    evidence = {"name": shown, "role": shown}
    return Official(signer.name, post, signer.state, "signatory", evidence)


def _heads(prose: Reading, ready: ReadableTree, plan: PlanDocument) -> list[Official]:
    """Officials of the running text who sign or lead a delegation; contact points and others named are none."""
    found: list[Official] = []
    text = ready.tree.text
    for official in prose.officials:
        shown = official.evidence.get("name")
        if shown is None:
            continue
        low = text.rfind("\n", 0, shown.start) + 1
        high = text.find("\n", shown.end)
        line = text[low : high if high >= 0 else len(text)]
        if any_has("head_of_delegation", line) or (not plan.signers and any_has("signed_at", line)):
            found.append(official)
    return found


def _is_named(name: str, names: set[str]) -> bool:
    words = set(name.casefold().split())
    return any(words <= set(other.casefold().split()) or set(other.casefold().split()) <= words for other in names)


def _party(ready: ReadableTree, plan: PlanDocument, code: str) -> Party:
    end = plan.title_start + len(plan.title)
    return Party(code, "", {"state": _evidence(ready, plan.title_start, end, "a party named in the head", "inferred")})


def _commitment(ready: ReadableTree, clause: Clause) -> Commitment:
    whole = _evidence(ready, clause.start, clause.end, "the whole clause")
    evidence: Mapping[str, Evidence] = {
        "domain": whole,
        "quote": whole,
        **{name: _evidence(ready, start, end, reason) for name, (start, end, reason) in clause.marks.items()},
    }
    return Commitment(
        clause.domain, clause.status, clause.text[:_LONGEST_QUOTE], evidence, clause.number, clause.text, clause.texts,
        clause.due, clause.rhythm, clause.leads, clause.support, clause.quantity, clause.indicator, clause.done_on,
    )  # fmt: skip
