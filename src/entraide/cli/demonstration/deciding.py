"""What a desk officer decides where the rules leave it: a correction, a choice, a contradiction, a rejection."""

from collections.abc import Sequence
from typing import Any

from entraide.access.api import Role
from entraide.cli.demonstration.stage import Side
from entraide.cli.demonstration.telling import Teller
from entraide.cli.language import gettext, ngettext
from entraide.communiques.api import (
    CandidateView,
    ProposalKind,
    ProposalState,
    ProposalView,
    correct_proposal,
    get_proposal,
    keep_all,
    keep_proposal,
    list_all_candidates,
    list_candidates,
    list_mechanism_choices,
    list_proposals,
    list_sources,
    reject_proposal,
    settle_contradictions,
)
from entraide.communiques.domain.proposals import Fields
from entraide.directory.api import ensure_organisation, match_organisations
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import MechanismId, ProposalId, SourceId
from entraide.programme.api import MechanismView

# Whose post belongs to which body, where a sample does not say it: what an officer knows.
ORGANISATIONS = {
    "Rajnath Singh": "Ministry of Home Affairs of India",
    "Amit Shah": "Ministry of Home Affairs of India",
    "Asaduzzaman Khan": "Ministry of Home Affairs of Bangladesh",
    "Rakesh Asthana": "Border Security Force",
    "Sujoy Lal Thaosen": "Border Security Force",
    "Shafeenul Islam": "Border Guard Bangladesh",
    "A K M Nazmul Hasan": "Border Guard Bangladesh",
    "Loretta Lynch": "Department of Justice",
    "Jeff Sessions": "Department of Justice",
    "Jeh Johnson": "Department of Homeland Security",
    "Paul Atanga Nji": "ministère de l'Administration territoriale",
    "Simonetta Sommaruga": "Département fédéral de justice et police",
    "Jean-Luc Vez": "Office fédéral de la police",
    "Lise Thériault": "ministère de la Sécurité publique du Québec",
    "Abdelkader Messahel": "ministère des Affaires maghrébines, de l'Union africaine et de la Ligue des États arabes",
    "Jamila Sedqi": "ministère de la Justice et des libertés",
    "Mohamed Abdennabaoui": "ministère de la Justice et des libertés",
    "Mohamed Noumairi": "ministère de la Justice et des libertés",
    "Mohamed Benalilou": "ministère de la Justice et des libertés",
    "Meng Jianzhu": "Commission des affaires politiques et juridiques",
    "Tô Lâm": "Chủ tịch nước",
}


def decide_by_hand(side: Side, sources: list[SourceId], teller: Teller) -> None:
    """Correct one proposal and reject one, as an officer would who reads beside the passage."""
    officer = side.person(Role.desk_officer)
    for source_id in sources:
        # What the others rest on comes first.
        keep_all(side.node, actor=officer, source_id=source_id, kinds=frozenset({ProposalKind.PARTY}))
    proposals = [proposal for source_id in sources for proposal in list_proposals(side.node, source_id)]
    waiting = [proposal for proposal in proposals if proposal.state is ProposalState.WAITING]
    _correct_one(side, waiting, teller)
    _reject_some(side, waiting, teller)


def _correct_one(side: Side, waiting: list[ProposalView], teller: Teller) -> None:
    """Write the post of the first official as the ministry does."""
    official = next((proposal for proposal in waiting if proposal.kind == ProposalKind.OFFICIAL), None)
    if official is None:
        return
    post = str(official.fields.get("post") or "")
    fields = {**official.fields, "post": post[:1].upper() + post[1:]}
    correct_proposal(side.node, actor=side.person(Role.desk_officer), proposal_id=official.id, fields=fields)
    teller.line(gettext("One proposal is corrected: the post as the ministry writes it."), corrected=1)


def _reject_some(side: Side, waiting: list[ProposalView], teller: Teller) -> None:
    """Reject the first mention without a number, and those of what the same text reports as held."""
    mentions = [proposal for proposal in waiting if proposal.kind == ProposalKind.REFERENCE]
    unnumbered = next((proposal for proposal in mentions if not proposal.fields.get("ordinal")), None)
    if unnumbered is not None:
        reason = gettext("It is not a meeting of this mechanism.")
        officer = side.person(Role.desk_officer)
        reject_proposal(side.node, actor=officer, proposal_id=unnumbered.id, reason=reason)
        teller.line(gettext("One proposal is rejected, with the reason."), rejected=1)
    _reject_held(side, [proposal for proposal in mentions if proposal is not unnumbered], waiting)


def _was_held_beside(proposal: ProposalView, others: Sequence[ProposalView]) -> bool:
    """Whether a meeting read as announced is one that the text's own meeting was held with, on the same days."""
    return proposal.fields.get("when") == "later" and any(
        other.kind == ProposalKind.MEETING
        and other.source_id == proposal.source_id
        and other.fields.get("date") == proposal.fields.get("date") is not None
        for other in others
    )


def keep_what_is_left(side: Side, sources: list[SourceId]) -> int:
    """Say what the rules would not: a conference or commitment that can only be the one the register has, is that one.

    Returns how many more proposals are kept, those included that had waited for one of them.
    """
    officer, kept = side.person(Role.desk_officer), 0
    for source_id in sources:
        for proposal_id, candidates in list_all_candidates(side.node, actor=officer, source_id=source_id).items():
            proposal = get_proposal(side.node, proposal_id)
            if len(candidates) != 1 or candidates[0].contradictions or not _may_be_joined(proposal):
                continue
            keep_proposal(side.node, actor=officer, proposal_id=proposal_id, same_as=candidates[0].id)
            kept += 1
        kept += keep_all(side.node, actor=officer, source_id=source_id).kept
    return kept


def _decide_each(side: Side, source_id: SourceId) -> list[bool]:
    """Keep or reject each proposal of a source that still waits; return for each whether it is kept."""
    officer = side.person(Role.desk_officer)
    waiting = [item for item in list_proposals(side.node, source_id) if item.state is ProposalState.WAITING]
    decided = []
    for proposal in (item for item in waiting if item.kind != ProposalKind.CONTRADICTION):
        # What a proposal may mean is known only once those that it rests on are kept.
        kept = bool(_decide(side, proposal, list_candidates(side.node, actor=officer, proposal_id=proposal.id)))
        if not kept:
            reason = gettext("Misread: the text does not say this.")
            reject_proposal(side.node, actor=officer, proposal_id=proposal.id, reason=reason)
        decided.append(kept)
    return decided


def _reject_held(side: Side, mentions: list[ProposalView], waiting: list[ProposalView]) -> None:
    """Reject the mentions of what the same text reports as held."""
    for proposal in mentions:
        if _was_held_beside(proposal, waiting):
            reason = gettext("Misread: the text does not say this.")
            reject_proposal(side.node, actor=side.person(Role.desk_officer), proposal_id=proposal.id, reason=reason)


def decide_the_rest(side: Side, sources: list[SourceId], teller: Teller) -> int:
    """Decide on every proposal of `sources` that still waits; return how many are kept."""
    officer, kept, misread = side.person(Role.desk_officer), 0, 0
    undecided = {source.id for source in list_sources(side.node, waiting_only=True)}
    for source_id in (item for item in sources if item in undecided):
        for proposal_id, choices in list_mechanism_choices(side.node, actor=officer, source_id=source_id).items():
            kept += _keep(side, proposal_id, mechanism_id=_busiest(choices))
        kept += keep_all(side.node, actor=officer, source_id=source_id).kept
        decided = _decide_each(side, source_id)
        kept += sum(decided)
        misread += len(decided) - sum(decided)
        settle_contradictions(side.node, actor=officer, source_id=source_id)
    if misread:
        teller.line(
            ngettext(
                "{count} misread proposal is rejected.", "{count} misread proposals are rejected.", misread
            ).format(count=misread),
            misread=misread,
        )
    return kept


def _decide(side: Side, proposal: ProposalView, candidates: Sequence[CandidateView]) -> int:
    """Keep one proposal as an officer would who knows the bodies and sees what may be the same; 0 if it cannot be."""
    organisation = ORGANISATIONS.get(str(proposal.fields.get("name")))
    if proposal.kind == ProposalKind.OFFICIAL and organisation:
        return _keep(side, proposal.id, fields={**proposal.fields, "organisation": organisation})
    # Two reports of one meeting may give other days; two texts of one title and other days are two texts.
    same = next((item for item in candidates if proposal.kind == ProposalKind.MEETING or not item.contradictions), None)
    if same is not None and proposal.kind != ProposalKind.OFFICIAL:
        return _keep(side, proposal.id, same_as=same.id)
    return _keep(side, proposal.id, new=True)


def _busiest(choices: Sequence[MechanismView]) -> MechanismId:
    """The mechanism of the two ministries: what is told of two States is mostly of theirs."""
    return max(choices, key=lambda view: (view.meetings, view.commitments)).id


def _keep(side: Side, proposal_id: ProposalId, fields: Fields | None = None, **how: Any) -> int:  # noqa: ANN401 - of two services
    officer = side.person(Role.desk_officer)
    try:
        if fields is not None:
            correct_proposal(side.node, actor=officer, proposal_id=proposal_id, fields=fields, **how)
        else:
            keep_proposal(side.node, actor=officer, proposal_id=proposal_id, **how)
    except EntraideError:
        return 0
    return 1


def settle(side: Side, sources: list[SourceId], teller: Teller) -> None:
    """Settle what sources say differently by their weight; both values stay in the register and are shown."""
    officer = side.person(Role.desk_officer)
    settled = sum(settle_contradictions(side.node, actor=officer, source_id=source_id).settled for source_id in sources)
    if settled:
        teller.line(
            ngettext(
                "{count} contradiction is settled by the weight of the sources; both values stay shown.",
                "{count} contradictions are settled by the weight of the sources; both values stay shown.",
                settled,
            ).format(count=settled),
            settled=settled,
        )


def name_in_its_own_script(side: Side) -> None:
    """Give the ministry of China its name in Chinese, where the register has that ministry."""
    matches = match_organisations(side.node, "CN", ["Ministry of Public Security"])
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
    if proposal.kind == ProposalKind.REFERENCE:
        return bool(proposal.fields.get("ordinal"))
    return proposal.kind == ProposalKind.COMMITMENT
