"""What feedparser, a reader of feeds, is told of what happens to facts."""

import feedparser
import pytest

from entraide.access.api import Role
from entraide.communiques.api import join_facts, list_past_acts, split_facts, undo_acts
from entraide.communiques.domain.acts import AMENDED
from entraide.journal.api import act
from entraide.kernel.partial_dates import PartialDate
from entraide.programme.api import Level, MeetingFacts, complete_meeting, create_meeting
from entraide.web.feeds import atom
from entraide.web.feeds.answers import KeptAnswers
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db


def read(site, path: str = "/feed.atom?lang=en"):
    answer = site.visitor().get(path)
    found = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def news(before, after) -> list:
    """Return the entries that a follower has not seen, the latest first."""
    seen = {entry.id for entry in before.entries}
    return [entry for entry in after.entries if entry.id not in seen]


def hold(site, mechanism, date: str, name: str):
    """Record a meeting by an act, as a person at the desk does."""
    officer = make_actor(site.node, Role.desk_officer)
    facts = MeetingFacts(None, None, PartialDate(date), "Hà Nội", Level.UNIT, name=name)
    with act(site.node, kind=AMENDED, by=officer.user_id):
        return create_meeting(site.node, actor=officer, mechanism_id=mechanism, facts=facts, people=[])


def test_a_correction_is_told_with_the_old_and_the_new_value(site):
    """A follower gets one entry more, the entry of the record is updated, and so is the feed."""
    made = make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer)
    before = read(site)
    site.node.clock.advance(hours=1)
    facts = MeetingFacts(made.series, 8, PartialDate("2023-11-14"), "Hà Nội", Level.MINISTER)
    with act(site.node, kind=AMENDED, by=officer.user_id):
        complete_meeting(site.node, actor=officer, meeting_id=made.earlier, facts=facts)
    after = read(site)
    (entry,) = news(before, after)
    assert entry.title.startswith("Corrected: 8th Ministers' conference")
    assert "Date: November 2023 → 14 November 2023" in entry.summary
    assert [tag.term for tag in entry.tags] == ["corrected"]
    assert entry.link.endswith(f"/meetings/{made.earlier}/")
    assert after.feed.updated_parsed > before.feed.updated_parsed

    def record(found):
        return next(item for item in found.entries if item.id == f"urn:uuid:{made.earlier}")

    assert record(after).updated_parsed > record(before).updated_parsed
    assert record(after).published_parsed == record(before).published_parsed
    assert news(before, read(site, f"/mechanisms/{made.mechanism}/feed.atom")) == [entry]
    assert news(after, read(site)) == []


def test_a_withdrawal_is_told_with_its_reason_and_leads_to_the_page_that_says_so(site):
    """What is undone leaves the feed as a record, and stands in it as withdrawn; then it counts again."""
    made = make_register(site.node)
    operator = make_actor(site.node, Role.desk_officer)
    meeting = hold(site, made.mechanism, "2024-12-01", "Talks of border police")
    before = read(site)
    assert f"urn:uuid:{meeting}" in {entry.id for entry in before.entries}
    (past,) = list_past_acts(site.node, meeting)
    site.node.clock.advance(hours=1)
    undo_acts(site.node, actor=operator, act_ids=[past.act.id], reason="It was another mechanism.")
    after = read(site)
    (entry,) = news(before, after)
    assert entry.title == "Withdrawn: Talks of border police (Laos – Vietnam)"
    assert "It was another mechanism." in entry.summary
    assert f"urn:uuid:{meeting}" not in {entry.id for entry in after.entries}
    path = entry.link.removeprefix(site.node.settings.origin)
    assert site.visitor().get(path).status_code == 410
    assert news(before, read(site, f"/mechanisms/{made.mechanism}/feed.atom")) == [entry]


def test_a_join_and_a_split_are_told_and_the_old_address_leads_on(site):
    """One entry says which address leads where now, another that it stands by itself again."""
    made = make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer)
    kept = hold(site, made.mechanism, "2024-12-01", "Talks of border police")
    other = hold(site, made.mechanism, "2024-12-01", "Border police meet")
    before = read(site)
    site.node.clock.advance(hours=1)
    join = join_facts(site.node, actor=officer, kind="meeting", into_id=kept, other_id=other, reason="The same day.")
    joined = read(site)
    (entry,) = news(before, joined)
    assert entry.title.startswith("Two entries are one: ")
    assert entry.link.endswith(f"/meetings/{kept}/")
    assert f"/meetings/{other}/ leads here now" in entry.summary
    assert site.visitor().get(f"/meetings/{other}/").headers["Location"] == f"/meetings/{kept}/"
    site.node.clock.advance(hours=1)
    split_facts(site.node, actor=officer, join_id=join, reason="Two after all.")
    (entry,) = [item for item in news(joined, read(site)) if item.id != f"urn:uuid:{other}"]
    assert entry.title.startswith("Two entries again: ")
    assert joined.feed.updated_parsed > before.feed.updated_parsed


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_it_is_told_in_the_language_of_the_feed(site, language):
    """The words around the facts are the reader's."""
    made = make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer)
    site.node.clock.advance(hours=1)
    facts = MeetingFacts(made.series, 8, PartialDate("2023-11-14"), "Hà Nội", Level.MINISTER)
    with act(site.node, kind=AMENDED, by=officer.user_id):
        complete_meeting(site.node, actor=officer, meeting_id=made.earlier, facts=facts)
    first = read(site, f"/feed.atom?lang={language}").entries[0]
    assert first.title.startswith({"fr": "Corrigé", "vi": "Đã sửa"}[language])


def test_entries_of_a_real_register_have_titles_of_their_own(site, told):
    """Samples of one conference tell many facts: hardly two entries are called the same."""
    titles = [entry.title for entry in read(site).entries]
    assert len(titles) > 20
    assert len(set(titles)) >= 0.9 * len(titles), sorted(title for title in titles if titles.count(title) > 1)
    assert all(entry.link and entry.id and entry.updated for entry in read(site).entries)


def test_every_page_of_the_feed_is_read_and_none_repeats(site, told, monkeypatch):
    """Following the links of the pages, each well formed, gives every entry once (RFC 5005)."""
    whole = {entry.id for entry in read(site).entries}
    monkeypatch.setattr(atom, "PER_PAGE", 7)
    site.node.process.of(KeptAnswers)._contents.clear()
    path, seen = "/feed.atom?lang=en", []
    while path:
        found = read(site, path)
        seen += [entry.id for entry in found.entries]
        following = [link.href for link in found.feed.links if link.rel == "next"]
        path = following[0].removeprefix(site.node.settings.origin) if following else ""
    assert len(seen) == len(set(seen)) > 30
    assert whole == set(seen)
