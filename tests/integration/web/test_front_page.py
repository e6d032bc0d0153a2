"""The first page of the register: one promise by a stated rule, what is to come apart from what should have come."""

import re
from html import unescape

import pytest

from entraide.access.api import Actor, Role
from entraide.kernel.ids import CommitmentId, MechanismId
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import (
    CommitmentStatus,
    Level,
    MeetingFacts,
    MeetingKind,
    Party,
    create_commitment,
    create_meeting,
    ensure_mechanism,
    ensure_series,
    record_progress,
)
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def officer(site: Site) -> Actor:
    return make_actor(site.node, Role.desk_officer)


def meet(site: Site, officer: Actor, states: tuple[str, str], years: tuple[int, ...]) -> MechanismId:
    """Record a mechanism of two States whose ministers met in these years."""
    mechanism = ensure_mechanism(
        site.node, actor=officer, parties=[Party(state, None, {}) for state in states], level=Level.MINISTER
    )
    series = ensure_series(
        site.node, actor=officer, mechanism_id=mechanism, level=Level.MINISTER, names={"en": f"Talks of {states[0]}"}
    )
    for number, year in enumerate(years, 1):
        facts = MeetingFacts(series, number, PartialDate(f"{year}-03-01"), "Hanoi", kind=MeetingKind.CONFERENCE)
        create_meeting(site.node, actor=officer, mechanism_id=mechanism, facts=facts)
    return mechanism


def promise(site: Site, officer: Actor, mechanism: MechanismId, text: str, period: str = "2030") -> CommitmentId:
    """Record a promise that was said at the last meeting of a mechanism."""
    meeting = create_meeting(
        site.node,
        actor=officer,
        mechanism_id=mechanism,
        facts=MeetingFacts(None, None, PartialDate("2024-03"), text[:20], kind=MeetingKind.TALK),
    )
    return create_commitment(
        site.node,
        actor=officer,
        mechanism_id=mechanism,
        meeting_id=meeting,
        domain="training",
        status=CommitmentStatus.PLEDGED,
        texts={"en": text},
        period=period,
    )


def front(site: Site, path: str = "/") -> str:
    return unescape(site.visitor().get(path, headers={"accept-language": "en"}).content.decode())


def story(page: str) -> str:
    found = re.search(r'<section class="section" aria-labelledby="story">.*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_a_promise_of_the_own_ministry_goes_before_a_later_one_of_others(site: Site, officer: Actor):
    """On a ministry's node its own mechanisms come first, in the story and in the list."""
    own, foreign = meet(site, officer, ("LA", "VN"), (2023, 2024)), meet(site, officer, ("DZ", "TN"), (2023, 2025))
    promise(site, officer, own, "Train officers of both sides together.")
    promise(site, officer, foreign, "Patrol the border of others.")
    page = front(site)
    assert "Train officers of both sides together." in story(page)
    assert "Patrol the border of others." not in page
    assert page.index("Laos – Vietnam</a></h3>") < page.index("Algeria – Tunisia</a></h3>")


def test_the_own_mechanism_that_met_last_comes_first(site: Site, officer: Actor):
    """However many were entered after it."""
    meet(site, officer, ("LA", "VN"), (2023, 2025))
    for state in ("KH", "CN", "RU", "CU", "TH", "MM", "ID"):
        meet(site, officer, (state, "VN"), (2010, 2012))
    page = front(site)
    first = re.search(r'<ul class="mechanism-rows"><li><div><h3><a [^>]*>([^<]*)', page)
    assert first is not None
    assert first[1] == "Laos – Vietnam"


def test_the_promise_of_which_most_is_known_comes_first(site: Site, officer: Actor):
    """One that was acted on goes before a later one of which nothing is known, and says so in words."""
    own = meet(site, officer, ("LA", "VN"), (2023, 2024))
    followed = promise(site, officer, own, "Train officers of both sides together.")
    promise(site, officer, own, "Open a direct line.")
    record_progress(
        site.node, commitment_id=followed, answered_in_time=2, answered_late=1, still_open=0, period="2024",
        one_sided=False,
    )  # fmt: skip
    shown = story(front(site))
    assert "Train officers of both sides together." in shown
    assert "It was acted on; no side has reported yet what came of it." in shown
    assert "3 requests counted, 2024" in shown
    assert "In the journals of both sides, 2024" in shown


def test_what_nobody_told_is_said_to_be_unknown(site: Site, officer: Actor):
    """A promise whose time runs has no news; one whose time has passed says that it has."""
    own = meet(site, officer, ("LA", "VN"), (2023, 2024))
    promise(site, officer, own, "Open a direct line.", period="2019")
    assert "Its time has passed, and nobody has told what came of it." in story(front(site))


def test_what_is_to_come_stands_apart_from_what_should_have_come(site: Site, officer: Actor):
    """Two lists: nothing late among what is to come, nothing to come among what is late."""
    meet(site, officer, ("LA", "VN"), (2015, 2016, 2017))
    meet(site, officer, ("KH", "VN"), (2014, 2019, 2024))
    page = front(site)
    upcoming = page[page.index("<h2>Upcoming</h2>") : page.index("<h2>Expected, no record</h2>")]
    missing = page[page.index("<h2>Expected, no record</h2>") : page.index("<h2>Mechanisms</h2>")]
    assert ("Talks of KH" in upcoming, "Talks of LA" in upcoming) == (True, False)
    assert ("Talks of KH" in missing, "Talks of LA" in missing) == (False, True)


def test_the_first_page_says_what_it_is_and_who_keeps_it(site: Site, officer: Actor):
    """Keeper, sources, last change and contents stand beside the title, before anything else."""
    meet(site, officer, ("LA", "VN"), (2023, 2024))
    page = front(site)
    kept = page[page.index('<dl class="kept">') : page.index("</dl>")]
    for word in ("Kept by", "0 public sources", "Last changed", "1 mechanism<", "2 meetings<", "0 commitments<"):
        assert word in kept


def test_a_mechanism_begins_with_what_was_promised(site: Site, officer: Actor):
    """Its commitments come before its drawing and its meetings, with counts that lead to the list."""
    own = meet(site, officer, ("LA", "VN"), (2023, 2024))
    promise(site, officer, own, "Open a direct line.")
    page = front(site, f"/mechanisms/{own}/")
    assert page.index('id="commitments"') < page.index("<h2>Timeline</h2>") < page.index("<h2>Meetings</h2>")
    assert f'<a href="/commitments/?status=pledged&mechanism={own}">pledged <b>1</b></a>' in page


def test_a_long_list_folds_what_follows_the_first_six(site: Site, officer: Actor):
    """The rest is on the page, one key away, and needs no script."""
    own = meet(site, officer, ("LA", "VN"), (2023, 2024))
    for number in range(9):
        promise(site, officer, own, f"Do the thing of number {number}.")
    page = front(site, f"/mechanisms/{own}/")
    first, folded = page.split('<details class="more"><summary>3 more')
    assert first.count("Do the thing of number") == 6
    assert folded.count('class="promise"') == 3
