"""What the rules are told about a request: coded answers and whether a text is there, never the text itself.

`RequestFacts` holds no personal data. The context `requests` maps a filled form to it, on the sending node before
release and on the receiving node again. `None` always means *not answered*, and a rule that needs the answer blocks;
`False` and an empty set are answers. Code lists: `entraide.safeguards.api.list_codes`.
"""

from dataclasses import dataclass, field
from datetime import date

from entraide.safeguards.domain.codes import (
    Assurance,
    BasisKind,
    Beneficiary,
    Channel,
    Conduct,
    Handling,
    IdentityProtection,
    MainElement,
    PenaltyKind,
    PersonRole,
    ProtectivePurpose,
    PublicRole,
)


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """One end of a request, as the directory of the evaluating node knows it on the day.

    `registered` means: a central authority or 24/7 contact point in the directory; `covers_type` and `covers_basis`
    whether its competence there includes this request type and this instrument; `languages` (ISO 639) are those it
    accepts.
    """

    state: str
    registered: bool = False
    covers_type: bool = False
    covers_basis: bool = False
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LegalBasisFacts:
    """What the request rests on: an instrument with its article, or reciprocity.

    `requesting_party` and `requested_party` say whether each State is a party on the date of the request; both
    None means that nobody checked.
    """

    kind: BasisKind | None = None
    instrument: str = ""
    article: str = ""
    requesting_party: bool | None = None
    requested_party: bool | None = None


@dataclass(frozen=True, slots=True)
class OffenceFacts:
    """The offence: ICCS codes, treaty offences (vocabulary `treaty_offences`), provisions and the maximum penalty.

    `provision_cited` is the requesting State's own provision; `requested_provision_cited` the requested State's, and
    `punishable_in_both` the answer on dual criminality by conduct (R14). `maximum_months` counts imprisonment.
    """

    codes: tuple[str, ...] = ()
    treaty_offences: tuple[str, ...] = ()
    provision_cited: bool = False
    requested_provision_cited: bool = False
    punishable_in_both: bool | None = None
    penalty: PenaltyKind | None = None
    maximum_months: int | None = None
    purely_military: bool = False


@dataclass(frozen=True, slots=True)
class PredominanceAnswers:
    """The questions of R04, answered by the drafter; each stays None until it is answered.

    `act_described`: what was done and to whom is told in the facts; `harm_to_persons`: there is violence or loss to
    persons; `main_element`: what the offence is made of in the main; `beneficiary`: who profits.
    Whether a person is a candidate, official, journalist ... is answered per person (`PersonFacts.public_roles`).
    """

    act_described: bool | None = None
    harm_to_persons: bool | None = None
    main_element: MainElement | None = None
    beneficiary: Beneficiary | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person of a request, under a reference such as `Subject A`, never a name.

    `has_identifier`: a name, number, account or document that identifies the person is given; `named`: the name is;
    `public_roles`: None until answered, empty for none of them; `identity_protection`: how a victim's, witness's or
    minor's identity is protected; `asylum_against`: States (ISO 3166-1) against which the person was granted or seeks
    protection, as known to the evaluating node only.
    """

    reference: str
    role: PersonRole | None = None
    has_identifier: bool = False
    named: bool = False
    is_minor: bool = False
    public_roles: frozenset[PublicRole] | None = None
    identity_protection: IdentityProtection | None = None
    asylum_against: frozenset[str] = frozenset()
    own_national: bool = False
    consents_to_transfer: bool | None = None


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure asked for (vocabulary `measures`).

    `judicial_authority`: a court or prosecutor of the requesting State ordered or validated it; `allowed_at_home`:
    the requesting authority could order it in a like case at home; None while unanswered.
    """

    code: str
    judicial_authority: bool | None = None
    allowed_at_home: bool | None = None


@dataclass(frozen=True, slots=True)
class DataIdentifier:
    """One identifier of data to preserve: its kind (vocabulary `identifier_kinds`) and whether it is complete.

    An IP address is complete with port and moment in UTC.
    """

    kind: str
    complete: bool = False


@dataclass(frozen=True, slots=True)
class PreservationFacts:
    """What a preservation request must state (Budapest Convention 29(2)); each flag says whether it is stated."""

    data_described: bool = False
    link_to_offence: bool = False
    custodian_named: bool = False
    necessity_stated: bool = False
    intends_request: bool | None = None
    identifiers: tuple[DataIdentifier, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalDataFacts:
    """How personal data is marked (EU Directive 2016/680, arts 5-7 and 10).

    `fact_or_opinion`: each item says whether it rests on facts or on opinion; `sensitive_fields`: codes of the
    vocabulary `sensitive_fields` that are filled; `sensitive_justified`: a reason of strict necessity is given;
    `expires_on`: the day the record is due for erasure.
    """

    fact_or_opinion: bool = False
    sensitive_fields: frozenset[str] = frozenset()
    sensitive_justified: bool = False
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReusedInformation:
    """Information received earlier, from this or another State, that the request carries or builds on (R18, R19).

    Purposes are codes of the vocabulary `purposes`; `consent` and `permission` say whether the sender's written
    consent to the new purpose and permission to pass on are referenced.
    """

    originator: str
    stated_purpose: str
    new_purpose: str
    handling: Handling = Handling.H2
    consent: bool = False
    permission: bool = False


@dataclass(frozen=True, slots=True)
class EarlierRefusal:
    """An earlier request of the same sender for the same matter that was refused (R29)."""

    reference: str
    new_facts: bool = False


@dataclass(frozen=True, slots=True)
class HumanFlags:
    """What a person on either side has flagged; a machine never sets these.

    `persecution_grounds`: codes of the vocabulary `persecution_grounds` (R07); `privileges`: codes of the
    vocabulary `privileges` (R24).
    """

    persecution_grounds: frozenset[str] = frozenset()
    torture_risk: bool = False
    tainted_evidence: bool = False
    in_absentia: bool = False
    ad_hoc_court: bool = False
    unfair_trial: bool = False
    sovereignty: bool = False
    privileges: frozenset[str] = frozenset()
    obtainable_otherwise: bool = False
    disproportionate: bool = False


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """All that the rules know of one request on one day.

    `earlier_refusals_of_sender` counts refusals of this sender in the last twelve months. `asks_for_person`: the
    request asks that a person be handed over or removed; `judicial_process`: a court's or prosecutor's process for
    that is referenced. `request_type` is the id of a form; `traits` (listed in the rules' file) are those of a type
    that the rules do not know by name. `content_digest` is the salted digest of all that the request says, words and
    names included: no rule reads it, but a clearance is bound to it.
    """

    request_type: str
    on: date
    sender: AuthorityFacts
    recipient: AuthorityFacts
    channel: Channel | None = None
    handling: Handling | None = None
    urgent: bool = False
    basis: LegalBasisFacts = field(default_factory=LegalBasisFacts)
    subject_stated: bool = False
    stage_stated: bool = False
    facts_stated: bool = False
    assistance_stated: bool = False
    purpose_stated: bool = False
    offence: OffenceFacts = field(default_factory=OffenceFacts)
    conducts: frozenset[Conduct] = frozenset()
    protective_purpose: ProtectivePurpose | None = None
    predominance: PredominanceAnswers = field(default_factory=PredominanceAnswers)
    persons: tuple[PersonFacts, ...] = ()
    measures: tuple[MeasureFacts, ...] = ()
    preservation: PreservationFacts | None = None
    personal_data: PersonalDataFacts = field(default_factory=PersonalDataFacts)
    language: str = ""
    translations: frozenset[str] = frozenset()
    assurances: frozenset[Assurance] = frozenset()
    reused: tuple[ReusedInformation, ...] = ()
    earlier_refusals: tuple[EarlierRefusal, ...] = ()
    earlier_refusals_of_sender: int = 0
    final_judgment: bool = False
    asks_for_person: bool = False
    judicial_process: bool = False
    referral_consent: bool | None = None
    involuntary_return: bool = False
    flags: HumanFlags = field(default_factory=HumanFlags)
    content_digest: str = ""
    traits: frozenset[str] = frozenset()

    def is_one_of(self, types: frozenset[str]) -> bool:
        """Whether `types`, ids and traits of types, name the type of this request or one of its traits."""
        return self.request_type in types or bool(self.traits & types)

    @property
    def concerns_person(self) -> bool:
        """Whether somebody can be identified through the request: a person, or an account or address."""
        identifiers = self.preservation.identifiers if self.preservation else ()
        return bool(identifiers) or any(person.has_identifier or person.named for person in self.persons)
