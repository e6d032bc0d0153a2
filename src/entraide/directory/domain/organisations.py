"""What the directory knows, as values that other contexts and pages receive."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from entraide.kernel.dated_keys import KeyHistory
from entraide.kernel.ids import AuthorityId, OrganisationId, PartnerId, PartyId, PersonId, PostId, TenureId
from entraide.kernel.languages import choose_text
from entraide.kernel.partial_dates import PartialDate
from entraide.kernel.text import N_


class AuthorityKind(StrEnum):
    """What an authority is for: central authorities (UNTOC 18(13)) and 24/7 contact points (Budapest 35)."""

    central_authority = "central_authority"
    contact_point_24_7 = "contact_point_24_7"

    @property
    def label(self) -> str:
        """The English name, a message id of the catalogs."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    AuthorityKind.central_authority: N_("Central authority"),
    AuthorityKind.contact_point_24_7: N_("24/7 contact point"),
}


class PartnerStatus(StrEnum):
    """Whether anything is exchanged with a partner."""

    active = "active"
    suspended = "suspended"
    ended = "ended"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A ministry or another body: `names` by language, `aliases` other names; `state` is empty for one of no State."""

    id: OrganisationId
    state: str
    names: dict[str, str]
    aliases: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        """All names, those by language first."""
        return (*self.names.values(), *self.aliases)

    def name_in(self, language: str) -> str:
        """Return the name in `language`, else in English, else in the first language there is."""
        return choose_text(self.names, language).text


@dataclass(frozen=True, slots=True)
class Post:
    """A public post: `titles` by language, `aliases` other titles that texts print for it."""

    id: PostId
    organisation_id: OrganisationId
    titles: dict[str, str]
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All titles, those by language first."""
        return (*self.titles.values(), *self.aliases)

    def title_in(self, language: str) -> str:
        """Return the title in `language`, else in English, else in the first language there is."""
        return choose_text(self.titles, language).text


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person as the holder of a post, from the first to the last date on which a source showed them in it."""

    id: TenureId
    post_id: PostId
    person_id: PersonId
    person_name: str
    spellings: tuple[str, ...]
    first_seen: PartialDate
    last_seen: PartialDate


@dataclass(frozen=True, slots=True)
class Authority:
    """A central authority or 24/7 contact point with its competence.

    `party_id` is the party that it belongs to; `partner_id` the partner whose node announced it, None for one entered
    here: this node's own, or one of a party on paper. `request_types` and `legal_bases` are codes of requests and
    safeguards, `languages` ISO 639, `time_zone` an IANA name.
    """

    id: AuthorityId
    state: str
    organisation_id: OrganisationId
    organisation_name: str
    name: str
    kind: AuthorityKind
    request_types: tuple[str, ...]
    legal_bases: tuple[str, ...]
    languages: tuple[str, ...]
    hours: str
    time_zone: str
    party_id: PartyId
    partner_id: PartnerId | None
    on_paper: bool

    @property
    def is_own(self) -> bool:
        """Whether the authority is this node's own."""
        return self.partner_id is None and not self.on_paper


@dataclass(frozen=True, slots=True)
class Partner:
    """Another ministry's node with which this one is paired; `keys` are all that it has had, with their days."""

    id: PartnerId
    name: str
    state: str
    organisation: dict[str, str]
    origin: str
    keys: KeyHistory
    transcript_digest: bytes
    paired_at: datetime
    status: PartnerStatus

    def name_in(self, language: str) -> str:
        """Return the ministry's name in `language`, else in English, else in the first language there is."""
        return choose_text(self.organisation, language).text or self.name
