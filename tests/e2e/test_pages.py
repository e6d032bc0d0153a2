"""Every page of the story, after the story, in every manner of looking: nothing is wrong with any of them."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from entraide.access.api import Role
from entraide.cli.demo import play_story
from entraide.cli.demonstration.stage import Stage
from entraide.cli.demonstration.telling import Teller
from entraide.kernel.languages import SPOKEN
from tests.e2e.conftest import Visit, apart
from tests.e2e.keyboard import find_unseen_stops, press, reach
from tests.e2e.looks import find_faults
from tests.e2e.pages import Place, leave_work, list_places
from tests.e2e.people import Person, log_in
from tests.e2e.reading import apart_readers, people_of
from tests.e2e.visiting import MANNERS, Visitor
from tests.tongues import foreign_words, misprints

pytestmark = pytest.mark.slow

# The first sentence brings its parties, so that it can be kept first.
OPEN = "main .proposal-now"
FAULTY = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1><form>
<input name="unlabelled"><div style="width: 2000px">wide</div><button style="width: 9px; height: 9px"></button>
</form></main></html>"""


@dataclass(frozen=True)
class Played:
    """Both nodes after the story, and every page that they show then."""

    stage: Stage
    places: tuple[Place, ...]


@pytest.fixture(scope="module")
def played(stage: Stage, django_db_blocker: DjangoDbBlocker) -> Iterator[Played]:
    """The story, told to nobody, with some work left on every desk."""

    def play() -> tuple[Place, ...]:
        play_story(stage, Teller(quiet=True))
        return tuple(list_places(stage, leave_work(stage)))

    with django_db_blocker.unblock():
        yield Played(stage, apart(play))


def chosen(places: tuple[Place, ...], number: int) -> list[Place]:
    """Return the pages that the manner of this number opens: the main ones always, the others in turn."""
    return [place for turn, place in enumerate(places) if place.main or turn % len(MANNERS) == number]


@pytest.mark.parametrize("number", range(len(MANNERS)))
def test_nothing_is_wrong_with_any_page(played: Played, browser: Browser, number: int) -> None:
    """No accessibility finding, nothing too wide, small or heavy, nothing from elsewhere, one heading, the language."""
    visitor = Visitor(browser, played.stage, MANNERS[number])
    faults = [fault for place in chosen(played.places, number) for fault in visitor.look_at(place)]
    heaviest = sorted(visitor.weights.items(), key=lambda item: -item[1])[:3]
    print("heaviest:", *(f"{name} {weight} bytes" for name, weight in heaviest), sep="\n  ")  # noqa: T201 - shown by -rP
    visitor.page.context.close()
    assert faults == [], "\n".join(faults)


def test_every_page_speaks_one_language(played: Played) -> None:
    """By every role, in every language: no word of another outside an element that says so, French set as French is."""
    faults: dict[str, list[str]] = {}
    names = apart(lambda: people_of(played.stage))
    with apart_readers(played.stage) as read:
        for place, language in product(played.places, SPOKEN):
            page = read(place, language)
            found = foreign_words(page, names) + (misprints(page) if language == "fr" else [])
            found += [] if unicodedata.is_normalized("NFC", page) else ["not NFC"]
            for fault in found:
                faults.setdefault(f"{language}: {fault}", []).append(place.name)
    assert faults == {}, "\n".join(f"{len(where)} {fault} ({where[0]})" for fault, where in sorted(faults.items()))


def test_a_faulty_page_is_found_out(browser: Browser) -> None:
    """What finds nothing wrong does find a field without a label, a page too wide and a target too small."""
    page = browser.new_context(viewport={"width": 320, "height": 600}).new_page()
    page.set_content(FAULTY)
    faults = "\n".join(find_faults(page))
    page.context.close()
    assert "axe label" in faults
    assert "axe button-name" in faults
    assert "wider than the window" in faults
    assert "small target" in faults


def test_every_stop_of_the_keyboard_is_seen(played: Played, browser: Browser) -> None:
    """On the main pages Tab leads from the skip link through every control, each with its ring and in sight."""
    visitor = Visitor(browser, played.stage, MANNERS[0])
    faults = []
    for place in played.places:
        if place.main:
            visitor.open(place)
            faults += [f"{place.name}: {fault}" for fault in find_unseen_stops(visitor.page)]
    visitor.page.context.close()
    assert faults == [], "\n".join(faults)


def test_the_skip_link_language_and_theme_work_by_keyboard(played: Played, visit: Visit) -> None:
    """Enter on the skip link leads into the content; language and theme are chosen with Enter and Space."""
    page = visit()
    page.goto(f"http://127.0.0.1:{played.stage.a.port}/safeguards/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.reload()
    reach(page, "header button[value=fr]")
    press(page, "Enter")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    reach(page, "footer button[value=dark]")
    page.keyboard.press("Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_lists_are_narrowed_by_keyboard(played: Played, visit: Visit) -> None:
    """From the map of domains a cell leads to its commitments; a filter is chosen and taken away, without a pointer."""
    page = visit()
    page.goto(f"http://127.0.0.1:{played.stage.a.port}/domains/")
    reach(page, ".heat td a")
    count = page.evaluate("document.activeElement.querySelector('[aria-hidden]').innerText")
    name = page.evaluate("document.activeElement.innerText")
    assert re.search(rf", .+ – .+: {count} commitments?", name)
    press(page, "Enter")
    expect(page.locator(".pagination p")).to_contain_text(f"{count} in this list")
    expect(page.locator(".chip")).to_have_count(3)
    reach(page, "select[name=status]")
    page.keyboard.press("ArrowDown")
    reach(page, "form.filter button")
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"/commitments/\?state=..&state=..&domain=[a-z_-]+&status=done$"))
    reach(page, ".chip-all")
    press(page, "Enter")
    expect(page.locator(".chip")).to_have_count(0)


def test_a_page_brings_its_linked_data_under_the_policy(played: Played, visit: Visit) -> None:
    """The browser keeps the data of the page as it is, and its policy for scripts has nothing against it."""
    page, heard = visit(), list[str]()
    page.on("console", lambda message: heard.append(message.text))
    for place in (place for place in played.places if place.name in {"meeting", "mechanism", "commitment", "source"}):
        page.goto(f"http://127.0.0.1:{played.stage.a.port}{place.path}")
        data = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
        assert data["@context"] == "https://schema.org"
        assert data["@id"].endswith(place.path)
    assert heard == []


def test_lists_are_narrowed_without_a_script(played: Played, browser: Browser) -> None:
    """The form is plain HTML: what is chosen is in the address, and what is not leaves no trace there."""
    context = browser.new_context(java_script_enabled=False, locale="en", viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{played.stage.a.port}/commitments/")
    page.select_option("#filter-state-1", "LA")
    page.select_option("#filter-domain", "drugs")
    page.click("form.filter button")
    expect(page).to_have_url(re.compile(r"/commitments/\?state=LA&domain=drugs$"))
    expect(page.locator(".chip")).to_have_count(2)
    context.close()


def test_a_page_prints_on_sheets(played: Played, visit: Visit) -> None:
    """On paper a mechanism's timeline fits the sheet, the site's frame is gone and the address stands there."""
    page = visit()
    mechanism = next(place for place in played.places if place.name == "mechanism")
    page.goto(f"http://127.0.0.1:{played.stage.a.port}{mechanism.path}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator(".lanes svg").nth(1)).to_be_visible()
    assert page.evaluate("document.querySelector('.lanes-in').getBoundingClientRect().right <= innerWidth")
    expect(page.locator(".cite .break")).to_be_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def path_of(played: Played, name: str) -> str:
    """Return the address of a page by what it is called in the list of places."""
    place = next(place for place in played.places if place.name == name)
    return f"http://127.0.0.1:{played.stage.a.port}{place.path}"


def test_each_known_mark_leads_to_its_evidence(played: Played, visit: Visit) -> None:
    """In a list a mark that is known is a link to a place that exists; an open one is none, and says so in words."""
    page = visit()
    page.goto(path_of(played, "commitments"))
    marks = page.locator(".promises .thread > li")
    assert marks.count() >= 8
    assert page.locator(".promises .thread > li.is-known:not(:has(> a))").count() == 0
    assert page.locator(".promises .thread > li:not(.is-known) > a").count() == 0
    assert all(text.strip() for text in marks.locator(".t-text").all_inner_texts())
    boxes = marks.locator("a .mark").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert min(boxes) >= 24
    marks.locator("a").first.click()
    place = page.url.partition("#")[2]
    expect(page.locator(f"#{place}")).to_be_visible()
    assert [link.partition("#")[2] for link in hrefs(page, ".thread-full a")] == ["said", "acts", "reports", "proof"]
    for link in hrefs(page, ".thread-full a"):
        expect(page.locator(f"#{link.partition('#')[2]}")).to_have_count(1)


def hrefs(page: Page, selector: str) -> list[str]:
    """Return where the links lead that a selector finds."""
    return [link.get_attribute("href") or "" for link in page.locator(selector).all()]


def test_a_thread_is_heard_and_printed(played: Played, visit: Visit) -> None:
    """A list of four, each named with what it says; on paper black, and the folded rest stands open."""
    page = visit()
    page.goto(path_of(played, "mechanism"))
    thread = page.get_by_role("list", name="Thread of the promise").first
    assert thread.get_by_role("listitem").count() == 4
    heard = page.locator("#commitments").aria_snapshot()
    assert re.search(r'link "Said ?: \w', heard)
    assert re.search(r'(listitem: "|link ")Proof ?: \w', heard)
    page.emulate_media(media="print")
    assert thread.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    folded = page.locator("details.more .promises > li").first
    if folded.count():
        expect(folded).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_timeline_opens_at_today(played: Played, browser: Browser, width: int) -> None:
    """Without a script: the line of today is in sight, however long the drawing is."""
    context = browser.new_context(java_script_enabled=False, locale="fr", viewport={"width": width, "height": 640})
    page = context.new_page()
    for mechanism in list_addresses(played, page):
        page.goto(mechanism)
        lanes, today = (page.locator(name).first.bounding_box() for name in (".lanes", ".lanes .today"))
        assert lanes is not None
        assert today is not None
        assert lanes["x"] <= today["x"] <= lanes["x"] + lanes["width"], mechanism
    context.close()


def list_addresses(played: Played, page: Page) -> list[str]:
    """Return the addresses of the four mechanisms of which most meetings are recorded."""
    origin = f"http://127.0.0.1:{played.stage.a.port}"
    page.goto(f"{origin}/mechanisms/")
    cards = [(card.locator(".fine").inner_text(), card) for card in page.locator(".card-link").all()]
    cards.sort(key=lambda item: -int(re.findall(r"\d+", item[0])[0]))
    return [f"{origin}{card.locator('h3 a').get_attribute('href')}" for _, card in cards[:4]]


def test_a_mechanism_is_short_on_a_small_screen_and_begins_with_what_was_promised(played: Played, visit: Visit) -> None:
    """The longest of them is no more than ten screens, and its first promise stands on the first one."""
    page = visit(language="fr", width=320)
    page.set_viewport_size({"width": 320, "height": 640})
    for address in list_addresses(played, page):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollHeight") <= 6400, address
        first = page.locator("#commitments").bounding_box()
        assert first is not None
        assert first["y"] < 640, address


def test_the_first_page_follows_one_promise(played: Played, visit: Visit) -> None:
    """Its words, its outcome in a sentence, its thread; what is to come apart from what is missing."""
    page = visit()
    page.goto(f"http://127.0.0.1:{played.stage.a.port}/")
    story = page.locator("section[aria-labelledby=story]")
    expect(story.locator(".thread-full > li")).to_have_count(4)
    assert story.locator("blockquote").inner_text().strip()
    assert story.locator(".lead").inner_text().strip()
    now = played.stage.a.node.clock.now().year
    years = page.locator(".dated:not(.dated-late) .when").all_inner_texts()
    assert all(int(re.findall(r"\d{4}", text)[-1]) >= now for text in years)
    late = page.locator(".dated-late .when").all_inner_texts()
    assert all(int(re.findall(r"\d{4}", text)[-1]) <= now for text in late)


def test_proposals_are_decided_by_keyboard(played: Played, visit: Visit) -> None:
    """One proposal is kept and the rest of its sentence rejected with a reason, without a pointer."""
    page = log_in(visit(), played.stage.a, "desk-officer").page
    open_review(page, played)
    waiting = proposals_that_wait(page)
    reach(page, f"{OPEN} a[data-key=c]")
    page.keyboard.press("Enter")
    reach(page, f"{OPEN} button[value=correct]")
    page.keyboard.press("Enter")
    expect(page.locator(f"{OPEN} .badge", has_text="Kept")).to_have_count(1)
    assert proposals_that_wait(page) == waiting - 1
    reach(page, f"{OPEN} .proposal-reject > summary")
    page.keyboard.press("Enter")
    reach(page, "input[name=reason]")
    page.keyboard.type("Said of another mechanism.")
    reach(page, "button[value=reject]")
    page.keyboard.press("Space")
    expect(page.locator(".proposal-mixed")).to_have_count(1)
    assert proposals_that_wait(page) < waiting - 1


def test_the_main_acts_need_no_script(played: Played, browser: Browser) -> None:
    """Log in, keep a proposal, save the draft of a request: all without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="en")
    page = log_in(context.new_page(), played.stage.a, "desk-officer").page
    page.goto(f"http://127.0.0.1:{played.stage.a.port}/proposals/")
    page.locator("main section:first-of-type .lines a").nth(1).click()  # the first one is decided by keyboard
    waiting = proposals_that_wait(page)
    page.locator(f"{OPEN} a[data-key=c]").click()
    page.locator(f"{OPEN} button[value=correct]").click()
    expect(page.locator(f"{OPEN} .badge", has_text="Kept")).to_have_count(1)
    assert proposals_that_wait(page) == waiting - 1
    context.clear_cookies()
    officer = log_in(page, played.stage.a, "case-officer")
    write_a_draft(officer)
    context.close()


def write_a_draft(officer: Person) -> None:
    """Open a draft, save half of it and read it again."""
    officer.go("/requests/new/")
    officer.page.locator("[name=form_id][value=preservation]").check()
    officer.press("Open a draft")
    officer.page.fill("textarea[name=facts]", "What happened is told later.")
    officer.press("Keep the draft").page.reload()
    expect(officer.page.locator("textarea[name=facts]")).to_have_value("What happened is told later.")


def open_review(page: Page, played: Played) -> None:
    """Open the communiqué that still has proposals."""
    review = next(place for place in played.places if place.name == "review of proposals")
    assert review.role is Role.desk_officer
    page.goto(f"http://127.0.0.1:{played.stage.a.port}{review.path}")


def proposals_that_wait(page: Page) -> int:
    """Read how many proposals wait for a decision."""
    found = re.search(r"(\d+) proposals? waits? for", page.locator("main [role=status]").first.inner_text())
    assert found is not None
    return int(found[1])
