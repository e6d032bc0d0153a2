"""How proposals become facts: in general by what their kind declares, else by the keeper that it names as `kept`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from entraide.communiques.models import Proposal
from entraide.communiques.services import keepers
from entraide.communiques.services.context import CandidateView, Desk, Kept
from entraide.communiques.services.general_keeping import keep_fact, list_facts_like
from entraide.communiques.services.mechanisms import MECHANISM
from entraide.directory.api import CERTAIN, LIKELY
from entraide.programme.domain.kinds import Kind


class Keep(Protocol):
    """Puts the fields of a proposal into the register or the directory, within the running transaction."""

    def __call__(self, desk: Desk, proposal: Proposal, same_as: UUID | None, *, new: bool) -> Kept:
        """Keep `proposal`, as the fact `same_as` where a person names one, as none of those known where it is `new`."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """How proposals of a kind are kept, and which facts of the register one may mean, best first.

    `sure` is the strength from which a match needs no person: the fact's own key, or for bodies and posts a name that
    the reviewed vocabulary of the directory gives as theirs. `by_parties`: it names the parties of its mechanism, so
    that a person is asked which one where there are several.
    """

    keep: Keep
    candidates: Callable[[Desk, Proposal], tuple[CandidateView, ...]]
    by_parties: bool = False
    sure: int = CERTAIN


KEEPERS: Mapping[str, Keeper] = {
    "body": Keeper(keepers.keep_party, keepers.list_organisations_named, sure=LIKELY),
    "holder_of_post": Keeper(keepers.keep_official, keepers.list_posts_named, sure=LIKELY),
    "held_meeting": Keeper(keepers.keep_meeting, keepers.list_meetings_like, by_parties=True),
    "text_and_action": Keeper(keepers.keep_instrument, keepers.list_instruments_like, by_parties=True),
    "mention": Keeper(keepers.keep_reference, keepers.list_meetings_mentioned),
    "words_of_text": Keeper(keepers.keep_commitment, keepers.list_commitments_like),
}
"""What a declaration may name as `kept`; docs/kinds.md says what each does that the general keeper cannot know."""


def keeper_of(kind: Kind) -> Keeper:
    """Return how proposals of a kind are kept."""
    if kind.kept:
        return KEEPERS[kind.kept]
    return Keeper(keep_fact, list_facts_like, by_parties=kind.has(MECHANISM))
