"""A register of any size for benchmarks: every table that a page reads, in the proportions of real communiqués.

Rows are written in bulk; lists, counts and the search index are made by the product's own functions. Per meeting there
are 25 commitments, a source of which each cites a passage, two co-chairs and two instruments; some commitments have
counts and grades. States, mechanisms and domains are uneven, as in life: a few have much.
"""

import hashlib
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from entraide.programme.models import Commitment, Instrument, InstrumentAction, Meeting, MeetingPerson

PER_MEETING, PER_BATCH = 25, 80
STATES_TEXT = (
    "VN LA KH CN TH MM RU CU FR MA ES BE CH IT DE PL CZ HU RO BG GR TR UA KZ UZ MN KR JP ID MY "
    "SG PH BN TL IN BD LK NP PK IR IQ SA AE EG DZ TN SN ML CM GA CI NG GH KE ZA AO MZ BR AR MX "
    "CA US GB AU"
)
WORDS = {
    "fr": "Les deux ministères s'engagent à {act} contre {what} {place}, sous la conduite de {name}",
    "en": "The two ministries pledge to {act} against {what} {place}, led by {name}",
    "vi": "Hai bộ cam kết {act} phòng, chống {what} {place}, do {name} phụ trách",
    "lo": "ສອງກະຊວງ {name} {place} ປ້ອງກັນຄວາມສະຫງົບ {what}",
    "zh": "两部 {name} {place} 公安部 合作打击 {what}",
}
ACTS = ("échanger des informations", "coordonner leurs enquêtes", "former leurs agents", "patrouiller ensemble")
SUBJECTS = ("la drogue", "la traite des personnes", "la cybercriminalité", "le terrorisme", "la fraude en ligne")
PLACES = ("à Đà Nẵng", "à Hà Nội", "à Vientiane", "à Savannakhet", "à Điện Biên", "à Rabat", "à Dakar", "à Bâle")
FAMILIES_TEXT = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Dương Lý Tô Lương Sisavath Benali Diallo Moreau"
GIVEN_TEXT = "An Bình Cường Dũng Đạt Giang Hà Hương Khánh Lâm Minh Nam Nga Phúc Quang Sơn Tâm Thắng Trung Vân"
STATES, FAMILIES, GIVEN = STATES_TEXT.split(), FAMILIES_TEXT.split(), GIVEN_TEXT.split()
TODAY = date(2025, 11, 17)


@dataclass
class Made:
    """Ids to ask for: some of each kind, drawn at random while filling."""

    mechanisms: list[UUID] = field(default_factory=list)
    largest: UUID | None = None
    meetings: list[UUID] = field(default_factory=list)
    instruments: list[UUID] = field(default_factory=list)
    commitments: list[UUID] = field(default_factory=list)
    sources: list[UUID] = field(default_factory=list)


def fill_register(commitments: int, *, quiet: bool) -> Made:
    """Write a register with so many commitments into the default database; Django is set up and migrated."""
    from django.db import transaction

    filling = Filling(random.Random(7))
    with transaction.atomic():
        filling.write_mechanisms(max(12, min(900, commitments // 400)))
    meetings = max(1, commitments // PER_MEETING)
    for begin in range(0, meetings, PER_BATCH):
        with transaction.atomic():
            filling.write_meetings(min(PER_BATCH, meetings - begin))
        if not quiet:
            print(f"\r{min(begin + PER_BATCH, meetings) * PER_MEETING:,} commitments", end="", file=sys.stderr)
    if not quiet:
        print(file=sys.stderr)
    return filling.made


def draw_name(draw: random.Random) -> str:
    """Return a name as people of the register have them; no such person is meant."""
    return f"{draw.choice(FAMILIES)} {draw.choice(GIVEN)} {draw.choice(GIVEN)}"


class Filling:
    """Writes batch after batch; ids grow with time, as those of the product do."""

    def __init__(self, draw: random.Random) -> None:
        from entraide.programme.api import load_domains

        self.draw = draw
        self.made = Made()
        self.at = datetime(2025, 11, 17, tzinfo=UTC)
        self.domains = list(load_domains().codes)
        self.weights = [1 / (1 + rank) for rank in range(len(self.domains))]
        self.series: dict[UUID, list[tuple[UUID, str]]] = {}
        self.count = 0
        self.planned: set[tuple[UUID, str]] = set()

    def new_id(self) -> UUID:
        """Return a version 7 id with a growing number in place of the time."""
        self.count += 1
        return UUID(int=(self.count << 80) | (7 << 76) | (2 << 62) | self.draw.getrandbits(62))

    def write_mechanisms(self, wanted: int) -> None:
        """Write mechanisms of two parties, and one in forty of three, each with two series."""
        from entraide.programme.models import Mechanism, MechanismParty, Series
        from entraide.programme.services.finding import index_mechanisms

        pairs = list(combinations(STATES, 2))
        self.draw.shuffle(pairs)
        near = list(combinations(STATES[:8], 2))
        groups: list[tuple[str, ...]] = [*near, *(pair for pair in pairs if pair not in set(near))][:wanted]
        groups += [tuple(self.draw.sample(STATES, 3)) for _ in range(wanted // 40)]
        mechanisms, parties, series = [], [], []
        for group in dict.fromkeys(tuple(sorted(group)) for group in groups):
            row = Mechanism(
                id=self.new_id(),
                names={},
                level="minister",
                status="active",
                state_key="|".join(group),
                party_key="|".join(f"{state}:-" for state in group),
                created_at=self.at,
            )
            mechanisms.append(row)
            parties += [
                MechanismParty(id=self.new_id(), mechanism=row, position=position, state=state, names={})
                for position, state in enumerate(group)
            ]
            both = [
                Series(
                    id=self.new_id(),
                    mechanism=row,
                    level=level,
                    names={"fr": f"{name} {'-'.join(group)}"},
                    folded_name=f"{name} {'-'.join(group)}".casefold(),
                    created_at=self.at,
                )
                for level, name in (("minister", "Conférence de coopération"), ("vice_minister", "Dialogue"))
            ]
            series += both
            self.series[row.id] = [(one.id, one.level) for one in both]
        Mechanism.objects.bulk_create(mechanisms, batch_size=500)
        MechanismParty.objects.bulk_create(parties, batch_size=500)
        Series.objects.bulk_create(series, batch_size=500)
        self.made.mechanisms = [row.id for row in mechanisms]
        self.made.largest = mechanisms[0].id
        self.shares = [1 / (60 + rank) for rank in range(len(mechanisms))]
        self.ordinals = dict.fromkeys((one for both in self.series.values() for one, _ in both), 0)
        index_mechanisms(mechanisms)

    def write_meetings(self, wanted: int) -> None:
        """Write meetings with all that hangs on them."""
        from entraide.programme.models import Commitment, Instrument, InstrumentAction, Meeting, MeetingPerson
        from entraide.programme.services.finding import index_commitments, index_instruments, index_meetings
        from entraide.programme.services.listing import enter_lists

        chosen = self.draw.choices(self.made.mechanisms, self.shares, k=wanted)
        meetings = [self._meeting(mechanism) for mechanism in chosen]
        Meeting.objects.bulk_create(meetings, batch_size=500)
        MeetingPerson.objects.bulk_create(
            [person for meeting in meetings for person in self._people(meeting)], batch_size=500
        )
        instruments = [instrument for meeting in meetings for instrument in self._instruments(meeting)]
        Instrument.objects.bulk_create(instruments, batch_size=500)
        InstrumentAction.objects.bulk_create([self._action(row) for row in instruments], batch_size=500)
        commitments = [
            self._commitment(meeting, instruments[2 * number], position)
            for number, meeting in enumerate(meetings)
            for position in range(PER_MEETING)
        ]
        Commitment.objects.bulk_create(commitments, batch_size=500)
        enter_lists(commitments)
        self._speak_for(commitments)
        self._cite(meetings, commitments)
        index_meetings(meetings)
        index_instruments(instruments)
        index_commitments(commitments)
        self.made.meetings.append(self.draw.choice(meetings).id)
        self.made.instruments.append(self.draw.choice(instruments).id)
        self.made.commitments.append(self.draw.choice(commitments).id)

    def _meeting(self, mechanism: UUID) -> "Meeting":
        from entraide.programme.models import Meeting

        series, level = self.draw.choice(self.series[mechanism])
        self.ordinals[series] += 1
        day = None if self.draw.random() < 0.02 else TODAY - timedelta(days=int(5800 * self.draw.random() ** 1.5))
        return Meeting(
            id=self.new_id(),
            mechanism_id=mechanism,
            series_id=series,
            ordinal=self.ordinals[series],
            level=level,
            kind="conference",
            name="Conférence de coopération",
            date=day.isoformat() if day else "",
            date_basis="stated" if day else "",
            sort_date=day,
            place=self.draw.choice(PLACES).removeprefix("à "),
            created_at=self.at,
        )

    def _people(self, meeting: "Meeting") -> Iterator["MeetingPerson"]:
        from entraide.programme.models import MeetingPerson

        for position in range(2):
            yield MeetingPerson(
                id=self.new_id(),
                meeting=meeting,
                position=position,
                role="co_chair",
                name=draw_name(self.draw),
                post="ministre",
                state="",
            )

    def _instruments(self, meeting: "Meeting") -> Iterator["Instrument"]:
        from entraide.programme.models import Instrument

        period = str(meeting.sort_date.year + 1) if meeting.sort_date else ""
        has_plan = not period or (meeting.mechanism_id, period) in self.planned
        self.planned.add((meeting.mechanism_id, period))
        other = ("memorandum", "Mémorandum d'entente") if has_plan else ("plan", f"Plan de coopération {period}")
        for kind, title in (("minutes", "Procès-verbal"), other):
            yield Instrument(
                id=self.new_id(),
                mechanism_id=meeting.mechanism_id,
                meeting=meeting,
                kind=kind,
                titles={"fr": f"{title} de la conférence {meeting.ordinal} à {meeting.place}"},
                period=period if kind == "plan" else "",
                sort_date=meeting.sort_date,
                languages=["fr"],
                created_at=self.at,
            )

    def _action(self, instrument: "Instrument") -> "InstrumentAction":
        from entraide.programme.models import InstrumentAction

        day = instrument.sort_date
        return InstrumentAction(
            id=self.new_id(),
            instrument=instrument,
            kind="signed",
            date=day.isoformat() if day else "",
            date_basis="stated" if day else "",
            sort_date=day,
            meeting_id=instrument.meeting_id,
            created_at=self.at,
        )

    def _commitment(self, meeting: "Meeting", instrument: "Instrument", position: int) -> "Commitment":
        from entraide.programme.domain.listing import UNDATED
        from entraide.programme.models import Commitment

        language = self.draw.choices(list(WORDS), [10, 4, 4, 1, 1])[0]
        text = WORDS[language].format(
            act=self.draw.choice(ACTS),
            what=self.draw.choice(SUBJECTS),
            place=self.draw.choice(PLACES),
            name=draw_name(self.draw),
        )
        return Commitment(
            id=self.new_id(),
            mechanism_id=meeting.mechanism_id,
            instrument=instrument,
            meeting=meeting,
            domain=self.draw.choices(self.domains, self.weights)[0],
            status=self.draw.choices(["pledged", "done", "proposed"], [80, 17, 3])[0],
            texts={language: f"{text} ({self.count})"},
            period=str(meeting.sort_date.year + 1) if meeting.sort_date else "",
            lead_units={},
            source="passage",
            position=position,
            listed_on=meeting.sort_date or UNDATED,
            created_at=self.at,
        )

    def _speak_for(self, commitments: list["Commitment"]) -> None:
        """Give one commitment in fifty counts and one in a hundred a grade."""
        from entraide.programme.models import Assessment, ProgressReport

        ProgressReport.objects.bulk_create(
            ProgressReport(
                id=self.new_id(),
                commitment=row,
                period="2025",
                answered_in_time=self.draw.randrange(40),
                answered_late=self.draw.randrange(9),
                still_open=self.draw.randrange(9),
                by_node="bench",
                one_sided=True,
                created_at=self.at,
            )
            for row in commitments[::50]
        )
        Assessment.objects.bulk_create(
            Assessment(
                id=self.new_id(),
                commitment=row,
                period="2025",
                assessor="Bench",
                method="independent",
                grade="limited",
                created_at=self.at,
            )
            for row in commitments[::100]
        )

    def _cite(self, meetings: list["Meeting"], commitments: list["Commitment"]) -> None:
        """Give each meeting a source whose text is its commitments, and each commitment its passage there."""
        from entraide.communiques.models import Citation, Passage, Proposal, Source

        sources, proposals, passages, citations = [], [], [], []
        for number, meeting in enumerate(meetings):
            own = commitments[number * PER_MEETING : (number + 1) * PER_MEETING]
            quotes = [next(iter(row.texts.values())) for row in own]
            text = ". ".join(quotes)
            source = Source(
                id=self.new_id(),
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                name=f"bench-{self.count}",
                kind="official_release",
                language="fr",
                title=meeting.name,
                text=text,
                imported_by=UUID(int=1),
                imported_at=self.at,
            )
            proposal = Proposal(
                id=self.new_id(),
                source=source,
                key="commitment-1",
                position=0,
                kind="commitment",
                read_fields={},
                fields={},
                evidence={},
                state="kept",
            )
            sources.append(source)
            proposals.append(proposal)
            start = 0
            for row, quote in zip(own, quotes, strict=True):
                passage = Passage(id=self.new_id(), source=source, start=start, end=start + len(quote), quote=quote)
                start = passage.end + 2
                passages.append(passage)
                citations.append(
                    Citation(
                        id=self.new_id(),
                        fact_kind="commitment",
                        fact_id=row.id,
                        field="text",
                        passage=passage,
                        proposal=proposal,
                    )
                )
        Source.objects.bulk_create(sources, batch_size=500)
        Proposal.objects.bulk_create(proposals, batch_size=500)
        Passage.objects.bulk_create(passages, batch_size=500)
        Citation.objects.bulk_create(citations, batch_size=500)
        self.made.sources.append(sources[0].id)
