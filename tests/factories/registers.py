"""Builders of a register with something of everything: for exports, imports and whatever reads it back."""

from dataclasses import dataclass

from entraide.access.api import Actor
from entraide.communiques.api import SourceKind, import_source, keep_all, read_sample
from entraide.directory.api import ensure_organisation, ensure_post, record_tenure
from entraide.kernel.ids import CommitmentId, InstrumentId, MechanismId, MeetingId, OrganisationId, PostId, SeriesId
from entraide.kernel.node import Node
from entraide.kernel.partial_dates import DateBasis, PartialDate
from entraide.programme.api import (
    ActionKind,
    CommitmentStatus,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    Party,
    PersonInPost,
    PersonRole,
    create_commitment,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    record_action,
)


@dataclass(frozen=True)
class Register:
    """What `make_register` made."""

    ministries: tuple[OrganisationId, ...]
    post: PostId
    mechanism: MechanismId
    series: SeriesId
    meetings: tuple[MeetingId, ...]
    plan: InstrumentId
    commitments: tuple[CommitmentId, ...]


def make_register(node: Node, officer: Actor, *, with_sources: bool = False) -> Register:
    """Return a register of two mechanisms with all kinds of facts and awkward texts; `with_sources` adds a sample
    communiqué that was kept, so that facts cite passages.
    """
    vietnam = ensure_organisation(
        node, actor=officer, state="VN", name="Bộ Công an", language="vi", aliases=("=Police", "Bar | and \\ slash")
    )
    cambodia = ensure_organisation(node, actor=officer, state="KH", name="Ministère de l'Intérieur", language="fr")
    ensure_organisation(node, actor=officer, state="", name="Interpol", language="en")
    post = ensure_post(node, actor=officer, organisation_id=vietnam, title="Bộ trưởng", language="vi")
    ensure_post(node, actor=officer, organisation_id=vietnam, title="ministre", language="fr", same_as=post)
    seen = PartialDate("2024-06-06", DateBasis.HEADER)
    tenure = record_tenure(node, actor=officer, post_id=post, person_name="Lương Tam Quang", seen_on=seen)
    record_tenure(node, actor=officer, post_id=post, person_name="Luong Tam Quang", seen_on=PartialDate("2025-01"))
    parties = [Party("VN", vietnam, {"vi": "Bộ Công an"}), Party("KH", cambodia)]
    mechanism = ensure_mechanism(node, actor=officer, parties=parties, names={"fr": "Coopération", "km": "កិច្ច"})
    ensure_mechanism(node, actor=officer, parties=[Party("TH"), Party("KH"), Party("VN")], level=Level.UNIT)
    series = ensure_series(
        node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names={"fr": "Conférence bilatérale"}
    )
    ensure_series(node, actor=officer, mechanism_id=mechanism, level=Level.PROVINCE, names={"en": "Border talks"})
    people = [
        PersonInPost("Lương Tam Quang", "ministre", "VN", PersonRole.CO_CHAIR, tenure),
        PersonInPost("Sar Sokha", "ministre de l'Intérieur", "KH", PersonRole.CO_CHAIR),
    ]
    dates = (PartialDate("2024-12"), PartialDate("2025-12-10/2025-12-12", DateBasis.WEEKDAY), None)
    meetings = tuple(
        create_meeting(
            node,
            actor=officer,
            mechanism_id=mechanism,
            facts=MeetingFacts(series, number, date, "Phnom Penh; « palais »\n+ annexe", kind=MeetingKind.CONFERENCE),
            people=people if number == 5 else (),
        )
        for number, date in enumerate(dates, 4)
    )
    plan = create_instrument(
        node,
        actor=officer,
        mechanism_id=mechanism,
        kind=InstrumentKind.PLAN,
        titles={"fr": "Plan « 2026 »", "vi": "Kế hoạch, 2026"},
        period="2026",
        meeting_id=meetings[1],
        languages=("fr", "vi", "km"),
    )
    record_action(
        node,
        actor=officer,
        instrument_id=plan,
        kind=ActionKind.SIGNED,
        date=PartialDate("2025-12-12"),
        meeting_id=meetings[1],
        signatories=people,
    )
    record_action(node, actor=officer, instrument_id=plan, kind=ActionKind.REVIEWED)
    texts = ("=lutter contre la drogue", 'dire "non" ; à la fraude, partout', "-former 20 agents\r\nchaque année")
    commitments = tuple(
        create_commitment(
            node,
            actor=officer,
            mechanism_id=mechanism,
            domain="drugs",
            status=CommitmentStatus.PLEDGED,
            texts={"fr": text, "lo": "ຢາເສບຕິດ"},
            instrument_id=plan,
            meeting_id=meetings[1] if number else None,
            period="2026",
            lead_units={"VN": "Cục A: C04", "KH": "Dép. | antidrogue"},
        )
        for number, text in enumerate(texts)
    )
    if with_sources:
        source = import_source(
            node,
            actor=officer,
            name="hanoi",
            text=read_sample("fr-hanoi-2025"),
            kind=SourceKind.OFFICIAL_RELEASE,
            url="https://example.org/hanoi",
        )
        keep_all(node, actor=officer, source_id=source)
    return Register((vietnam, cambodia), post, mechanism, series, meetings, plan, commitments)
