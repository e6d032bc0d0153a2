"""Names on public pages: in the reader's language with the original beside, places by one name, a list by place."""

import re

import pytest

from entraide.access.api import Role
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    ActionKind,
    InstrumentKind,
    Level,
    MeetingFacts,
    MeetingKind,
    Party,
    PersonInPost,
    PersonRole,
    create_instrument,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    record_action,
)
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
PLACES = ("Hanoi", "Hà Nội", "HANOÏ", "Vientiane")


@pytest.fixture
def meetings(site: Site) -> list[str]:
    """Four numbered meetings of a series that only Vietnamese names, at places as sources spell them."""
    officer = make_actor(site.node, Role.desk_officer)
    mechanism = ensure_mechanism(site.node, actor=officer, parties=[Party("VN"), Party("LA")])
    series = ensure_series(
        site.node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names={"vi": "Hội nghị an ninh"}
    )
    chair = PersonInPost("Tô Lâm", "Bộ trưởng Bộ Công an", "VN", PersonRole.CO_CHAIR)
    made = [
        create_meeting(
            site.node,
            actor=officer,
            mechanism_id=mechanism,
            facts=MeetingFacts(
                series_id=series,
                ordinal=number,
                kind=MeetingKind.CONFERENCE,
                date=PartialDate(f"202{number}-02-01"),
                place=place,
            ),
            people=[chair],
        )
        for number, place in enumerate(PLACES, start=1)
    ]
    plan = create_instrument(
        site.node,
        actor=officer,
        mechanism_id=mechanism,
        kind=InstrumentKind.PLAN,
        titles={"vi": "Kế hoạch hợp tác"},
        period="2025",
        meeting_id=made[0],
    )
    signed = PartialDate("2021-02-01")
    record_action(site.node, actor=officer, instrument_id=plan, kind=ActionKind.SIGNED, date=signed, signatories=[])
    return [f"/meetings/{meeting}/" for meeting in made]


def read(site: Site, path: str, language: str) -> str:
    """Return a page in a language."""
    return site.visitor().get(path, headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize(
    ("language", "title", "post", "place", "plan"),
    [
        ("fr", "1re conférence des ministres", "ministre de la Sécurité publique", "Hanoï", "Plan de coopération 2025"),
        ("en", "1st conference of ministers", "Minister of Public Security", "Hanoi", "Cooperation plan 2025"),
        ("vi", "Hội nghị an ninh lần thứ nhất", "Bộ trưởng Bộ Công an", "Hà Nội", "Kế hoạch hợp tác"),
    ],
)
def test_a_page_names_in_the_readers_language(
    site: Site, meetings: list[str], language: str, title: str, post: str, place: str, plan: str
) -> None:
    """The name in the page's language, the original beside it with its own `lang`, and nothing twice."""
    page = read(site, meetings[0], language)
    assert f"<h1>{title}</h1>" in page
    assert post in page
    assert place in page
    assert plan in page
    marked = '<span class="original">(<span lang="vi">Bộ trưởng Bộ Công an</span>)</span>'
    assert (marked in page) is (language != "vi")


@pytest.mark.parametrize("asked", ["hanoi", "Hà Nội", "Hanoï"])
def test_a_list_by_place_finds_every_spelling(site: Site, meetings: list[str], asked: str) -> None:
    """On the page, in REST and in an export, whatever spelling asks; the choice is offered once, by one name."""
    page = site.visitor().get("/meetings/", {"place": asked}, headers={"accept-language": "fr"}).content.decode()
    assert {path for path in meetings if path in page} == set(meetings[:3])
    assert re.findall(r'<option value="hanoi"[^>]*>([^<]*)</option>', page) == ["Hanoï (3)"]
    rows = site.visitor().get("/api/v1/meetings", {"place": asked}).json()["items"]
    assert {row["place"] for row in rows} == set(PLACES[:3])
    export = site.visitor().get("/exports/meetings.csv", {"place": asked})
    table = b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]  # a long answer, told in pieces
    assert [place for place in PLACES if place in table] == list(PLACES[:3])


def test_a_place_that_no_meeting_has_is_told(site: Site, meetings: list[str]) -> None:
    """Nothing is guessed: the filter is named as one that is not known, as any other."""
    page = site.visitor().get("/meetings/", {"place": "Atlantis"}).content.decode()
    assert all(path in page for path in meetings)
    assert "place=atlantis" in page


def test_a_french_page_is_as_long_as_it_says(site: Site, meetings: list[str]) -> None:
    """Typography changes the length of a page; what a browser is told of it stays true."""
    answer = site.visitor().get(meetings[0], headers={"accept-language": "fr"})
    assert int(answer.headers["Content-Length"]) == len(answer.content)
