"""Who is proposed as a member of a delegation, from what the reader read of people and meetings."""

from entraide.communiques.domain.proposals import ProposalKind, derive_proposals
from entraide.directory.api import load_portfolios
from entraide.reader.domain.model import Evidence, Meeting, Official, Party, Reading


def reading(co_chairs: tuple[str, ...]) -> Reading:
    """Return a reading of one meeting with a chair, a participant and somebody who is only mentioned."""
    shown = {"name": Evidence(0, 5, 0, 5, "Le Qu", "stated", "a name")}
    officials = (
        Official("To Lam", "ministre", "VN", "co-chair" if co_chairs else "participant", {}),
        Official("Le Quoc Hung", "vice-ministre", "VN", "participant", shown),
        Official("Someone Else", "ministre", "FR", "mentioned", {}),
    )
    meeting = Meeting("conference", "", None, "minister", None, None, co_chairs, {})
    parties = (Party("VN", ""), Party("LA", ""))
    return Reading("x", "fr", "", None, "Le Quoc Hung", (meeting,), (), officials, (), parties, ())


def meeting_of(co_chairs):
    drafts = derive_proposals(reading(co_chairs), load_portfolios())
    return next(draft for draft in drafts if draft.kind == ProposalKind.MEETING)


def test_participants_beside_a_chair_are_members():
    """Who took part beside the chairs is a member, with the passage of the name; who is only mentioned is not."""
    draft = meeting_of(("To Lam",))
    assert (draft.fields["people"], draft.fields["members"]) == (["To Lam"], ["Le Quoc Hung"])
    assert "members" in draft.evidence


def test_without_a_chair_all_who_took_part_are_the_people():
    """Nobody presided: those who took part are the meeting's people, and there are no others."""
    draft = meeting_of(())
    assert (draft.fields["people"], draft.fields["members"]) == (["To Lam", "Le Quoc Hung"], [])
