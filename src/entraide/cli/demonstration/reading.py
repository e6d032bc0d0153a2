"""Scene 1: communiqués are read, and a desk officer keeps, corrects or rejects what they propose."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext

from entraide.access.api import Role
from entraide.cli.demonstration.stage import Side
from entraide.cli.demonstration.telling import Teller
from entraide.cli.output import describe_error
from entraide.cli.read import name_files
from entraide.communiques.api import (
    FileReader,
    FileText,
    ProposalKind,
    ProposalState,
    ProposalView,
    SourceKind,
    correct_proposal,
    get_proposal,
    import_source,
    keep_all,
    keep_proposal,
    list_all_candidates,
    list_files,
    list_proposals,
    list_samples,
    list_sources,
    read_sample,
    reject_proposal,
    settle_conflicts,
)
from entraide.directory.api import ensure_organisation, match_organisations
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import SourceId
from entraide.programme.api import count_commitments, count_meetings


@dataclass(frozen=True)
class Text:
    """A communiqué before it is imported."""

    name: str
    text: str
    kind: SourceKind
    publisher: str = ""
    file: FileText | None = None
    sample: bool = False
    waits: bool = False


def play_reading(side: Side, teller: Teller, files: Path | None) -> None:
    """Import the texts, show that nothing enters unconfirmed, then decide on what they propose."""
    officer = side.person(Role.desk_officer)
    texts = list(_texts(files, teller))
    sources = [
        import_source(
            side.node,
            actor=officer,
            name=text.name,
            text=text.text,
            kind=text.kind,
            publisher=text.publisher,
            file=text.file,
            sample=text.sample,
        )
        for text in texts
    ]
    with side.node.active():
        waiting = sum(source.waiting for source in list_sources())
        before = count_meetings() + sum(count_commitments().values())
    teller.line(
        gettext("{texts} communiqués are read: {proposals} proposals wait; the register holds {facts} facts.").format(
            texts=len(sources), proposals=waiting, facts=before
        ),
        texts=len(sources),
        proposals=waiting,
        facts_before=before,
    )
    # Some of the samples stay unread, for the visitor to try.
    to_decide = [source for source, text in zip(sources, texts, strict=True) if not text.waits]
    _decide_by_hand(side, to_decide, teller)
    kept = sum(keep_all(side.node, actor=officer, source_id=source_id).kept for source_id in to_decide)
    kept += _keep_what_is_left(side, to_decide)
    _settle(side, to_decide, teller)
    _name_in_its_own_script(side)
    with side.node.active():
        meetings, commitments = count_meetings(), sum(count_commitments().values())
        still = sum(source.waiting for source in list_sources())
    teller.line(
        gettext(
            "The officer keeps {kept} more; the register now holds {meetings} meetings and {commitments} commitments."
        ).format(kept=kept, meetings=meetings, commitments=commitments),
        kept=kept,
        meetings=meetings,
        commitments=commitments,
        still_waiting=still,
    )
    left = sum(text.waits for text in texts)
    if left:
        teller.line(
            gettext("All of it is marked as sample data; {count} communiqués wait for you to try.").format(count=left),
            left_for_the_visitor=left,
        )


def _texts(files: Path | None, teller: Teller) -> Iterable[Text]:
    if files is None:
        for sample in list_samples():
            text = read_sample(sample.name)
            yield Text(sample.name, text, sample.kind, sample.publisher, sample=True, waits=sample.waits is not None)
        return
    found = list_files([files])
    for problem in found.problems:
        teller.line(describe_error(problem))
    with FileReader() as reader:
        for path, name in name_files(found.files).items():
            try:
                file = reader.read(path)
            except EntraideError as error:
                teller.line(describe_error(error))
            else:
                yield Text(name, file.text, SourceKind.PRESS, file=file)


def _decide_by_hand(side: Side, sources: list[SourceId], teller: Teller) -> None:
    """Correct one proposal and reject one, as an officer would who reads beside the passage."""
    officer = side.person(Role.desk_officer)
    for source_id in sources:
        # What the others rest on comes first.
        keep_all(side.node, actor=officer, source_id=source_id, kinds=frozenset({ProposalKind.PARTY}))
    with side.node.active():
        proposals = [proposal for source_id in sources for proposal in list_proposals(source_id)]
    waiting = [proposal for proposal in proposals if proposal.state is ProposalState.WAITING]
    official = next((proposal for proposal in waiting if proposal.kind is ProposalKind.OFFICIAL), None)
    mentioned = [
        proposal
        for proposal in waiting
        if proposal.kind is ProposalKind.REFERENCE and not proposal.fields.get("ordinal")
    ]
    if official is not None:
        post = str(official.fields.get("post") or "")
        fields = {**official.fields, "post": post[:1].upper() + post[1:]}
        correct_proposal(side.node, actor=officer, proposal_id=official.id, fields=fields)
        teller.line(gettext("One proposal is corrected: the post as the ministry writes it."), corrected=1)
    if mentioned:
        reason = gettext("It is not a meeting of this mechanism.")
        reject_proposal(side.node, actor=officer, proposal_id=mentioned[0].id, reason=reason)
        teller.line(gettext("One proposal is rejected, with the reason."), rejected=1)


def _keep_what_is_left(side: Side, sources: list[SourceId]) -> int:
    """Say what the rules would not: a conference or commitment that can only be the one the register has, is that one.

    Returns how many more proposals are kept, those included that had waited for one of them.
    """
    officer, kept = side.person(Role.desk_officer), 0
    for source_id in sources:
        for proposal_id, candidates in list_all_candidates(side.node, actor=officer, source_id=source_id).items():
            with side.node.active():
                proposal = get_proposal(proposal_id)
            if len(candidates) != 1 or candidates[0].contradictions or not _may_be_joined(proposal):
                continue
            keep_proposal(side.node, actor=officer, proposal_id=proposal_id, same_as=candidates[0].id)
            kept += 1
        kept += keep_all(side.node, actor=officer, source_id=source_id).kept
    return kept


def _settle(side: Side, sources: list[SourceId], teller: Teller) -> None:
    """Settle what sources say differently by their weight; both values stay in the register and are shown."""
    officer = side.person(Role.desk_officer)
    settled = sum(settle_conflicts(side.node, actor=officer, source_id=source_id).settled for source_id in sources)
    if settled:
        teller.line(
            gettext("{count} conflicts are settled by the weight of the sources; both values stay shown.").format(
                count=settled
            ),
            settled=settled,
        )


def _name_in_its_own_script(side: Side) -> None:
    """Give the ministry of China its name in Chinese, where the register has that ministry."""
    with side.node.active():
        matches = match_organisations("CN", ["Ministry of Public Security"])
    if matches:
        ensure_organisation(
            side.node,
            actor=side.person(Role.desk_officer),
            state="CN",
            name="中华人民共和国公安部",
            language="zh",
            aliases=(*matches[0].organisation.spellings[:1], "公安部"),
        )


def _may_be_joined(proposal: ProposalView) -> bool:
    """Whether one candidate is enough: a numbered conference, or a commitment of the same meeting and domain."""
    if proposal.kind is ProposalKind.REFERENCE:
        return bool(proposal.fields.get("ordinal"))
    return proposal.kind is ProposalKind.COMMITMENT
