"""The page of proposals as a busy desk uses it: in a browser, by keys, with what goes wrong on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from entraide.access.api import Role
from entraide.channel.api import HttpTransport
from entraide.cli.demonstration.stage import Side, build_observatory
from entraide.cli.processes import serving
from entraide.communiques.api import SourceKind, import_source, list_proposals, propose_fact, read_sample
from entraide.config import settings as product
from entraide.kernel.ids import SourceId
from tests.e2e.conftest import Visit, apart, free_port
from tests.e2e.keyboard import find_unseen_stops
from tests.e2e.looks import find_faults
from tests.e2e.people import Person, log_in

pytestmark = pytest.mark.slow
PROPOSALS, SCREENS, SCREEN = 28, 4, 800
PLAN = Path(__file__).parents[1] / "unit" / "reader" / "batches" / "b5" / "b5-01-fr.txt"


@dataclass(frozen=True)
class Desk:
    """A served observatory, its editor's name, and three sources that wait: a long one and two of the same text."""

    side: Side
    editor: str
    long: SourceId
    short: SourceId
    other: SourceId

    def path(self, source: SourceId) -> str:
        """Where a source is reviewed."""
        return f"/proposals/{source}/"


def fill(side: Side) -> tuple[SourceId, SourceId, SourceId]:
    """Import what the tests decide about; a person adds proposals to the long one where fewer were read."""
    actor, node = side.person(Role.desk_officer), side.node
    texts = (PLAN.read_text(encoding="utf-8"), read_sample("fr-hanoi-2025"), read_sample("fr-moscou-2018"))
    sources = [
        import_source(node, actor=actor, name=f"s{number}", text=text, kind=SourceKind.OFFICIAL_RELEASE)
        for number, text in enumerate(texts)
    ]
    words = texts[0].split(". ")
    while (count := len(list_proposals(node, sources[0]))) < PROPOSALS:
        fields = {"domain": "drugs", "status": "pledged", "text": words[count % len(words)]}
        quote = " ".join(words[count % len(words)].split()[:6])
        propose_fact(node, actor=actor, source_id=sources[0], kind="commitment", fields=fields, quotes={"text": quote})
    return sources[0], sources[1], sources[2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """An observatory with nothing in its register and three texts that wait."""
    folder = tmp_path_factory.mktemp("review")
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        side = apart(lambda: build_observatory(folder, free_port()))
        sources = apart(lambda: fill(side))
    with serving(side.home, port=side.port):
        yield Desk(side, side.person(Role.desk_officer).username, *sources)
    if isinstance(side.node.transport, HttpTransport):
        side.node.transport.close()


@pytest.fixture
def officer(desk: Desk, visit: Visit) -> Person:
    """The editor at a browser of 1280 by 800."""
    page = visit()
    page.set_viewport_size({"width": 1280, "height": SCREEN})
    return log_in(page, desk.side, desk.editor)


def open_card(page: Page) -> str:
    return str(page.locator(".proposal-now").get_attribute("id"))


def test_28_proposals_take_at_most_four_screens(desk: Desk, officer: Person) -> None:
    """At 1280 by 800, with the first card open, nothing decided and the question for the day shown."""
    page = officer.go(desk.path(desk.long)).page
    waits = re.search(r"(\d+) proposals wait", page.locator("main [role=status]").first.inner_text())
    assert waits is not None
    assert int(waits[1]) >= PROPOSALS
    height = officer.page.evaluate("document.documentElement.scrollHeight")
    assert height <= SCREENS * SCREEN, f"{height} pixels"


def test_a_sentence_is_decided_by_keys(desk: Desk, officer: Person) -> None:
    """Next, back, keep, correct and reject without a pointer; the next card has the focus, decided ones are rows."""
    page = officer.go(desk.path(desk.short)).page
    first = open_card(page)
    page.keyboard.press("j")
    expect(page.locator(".proposal-now")).not_to_have_id(first)
    page.keyboard.press("k")
    expect(page.locator(".proposal-now")).to_have_id(first)
    page.keyboard.press("r")
    expect(page.locator(f"[id='{first}']")).to_have_class(re.compile("proposal-kept"))
    expect(page.locator(".proposal-now")).to_be_focused()
    assert page.locator(f"[id='{first}']").bounding_box()["height"] < 110  # type: ignore[index]
    second = open_card(page)
    page.keyboard.press("x")
    expect(page.locator(".proposal-now input[name=reason]")).to_be_focused()
    page.keyboard.type("Just a mention, rejected")  # no letter of it is a key now
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{second}']")).to_have_class(re.compile("proposal-rejected"))
    page.keyboard.press("c")
    expect(page.locator(".proposal-form")).to_be_visible()
    assert "correct=" in page.url
    page.locator(".proposal-form button[value=correct]").click()
    expect(page.locator(".proposal-form")).to_have_count(0)


def test_keys_are_shown_and_can_be_switched_off(desk: Desk, officer: Person) -> None:
    """The question mark shows them; switched off, letters do nothing, also on the next page."""
    page = officer.go(desk.path(desk.other)).page
    page.keyboard.press("?")
    expect(page.locator(".review-keys")).to_have_attribute("open", "")
    page.locator("[data-keys-switch]").click()
    for _again in range(2):
        before = open_card(page)
        page.keyboard.press("j")
        page.wait_for_timeout(300)
        assert open_card(page) == before
        officer.go(desk.path(desk.other))
    page.evaluate("localStorage.clear()")


def test_an_error_returns_to_its_card_with_the_focus(desk: Desk, officer: Person) -> None:
    """What was typed is still there, the error has the focus in sight, and a reload shows the same page."""
    page = officer.go(f"{desk.path(desk.other)}?correct=meeting-1").page
    page.fill("[name=meeting-1-date]", "in spring")
    page.locator(".proposal-form button[value=correct]").click()
    expect(page.locator(".proposal-now [role=alert]")).to_contain_text("cannot stand in the field")
    expect(page.locator(".proposal-now [role=alert]")).to_be_in_viewport()
    has_focus = "document.activeElement.matches('.proposal-now [role=alert]')"
    assert page.evaluate(has_focus)
    for _again in range(2):
        expect(page.locator("[name=meeting-1-date]")).to_have_value("in spring")
        response = page.reload()
        assert response is not None
        assert response.ok


def test_a_card_works_without_a_script(desk: Desk, browser: Browser) -> None:
    """A domain is taken off and the sentence kept, as plain forms; an error comes back to the card."""
    context = browser.new_context(java_script_enabled=False, locale="en", viewport={"width": 320, "height": 640})
    page = log_in(context.new_page(), desk.side, desk.editor).page
    page.goto(f"http://127.0.0.1:{desk.side.port}{desk.path(desk.other)}?at=commitment-1")
    page.locator(".proposal-now button[value=keep]").click()
    expect(page.locator(".proposal-now [role=alert]")).to_contain_text("Keep or correct that one first")
    page.goto(f"http://127.0.0.1:{desk.side.port}{desk.path(desk.other)}")
    first = open_card(page)
    page.locator(".proposal-now button[value=keep]").click()
    expect(page.locator(f"[id='{first}']")).to_have_class(re.compile("proposal-(kept|mixed)"))
    context.close()


@pytest.mark.parametrize(("language", "width", "dark"), [("en", 1280, False), ("vi", 320, True), ("fr", 320, False)])
def test_nothing_is_wrong_with_the_pages_of_a_desk(
    desk: Desk,
    visit: Visit,
    language: str,
    width: int,
    dark: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    """The review, an open form, an import, the list of what came: accessible, no wider than the screen."""
    officer = log_in(visit(language=language, width=width, dark=dark), desk.side, desk.editor)
    faults = []
    for path in (
        desk.path(desk.long),
        f"{desk.path(desk.long)}?correct=commitment-1",
        "/proposals/new/",
        "/proposals/arrivals/",
    ):
        faults += find_faults(officer.go(path).page)
        faults += find_unseen_stops(officer.page) if width > 320 and "?" not in path else []
    assert faults == [], "\n".join(faults)


def test_a_text_is_pasted_and_its_day_is_asked(desk: Desk, officer: Person) -> None:
    """Pasted without a day, it asks for one; imported again, it says where it is."""
    text = read_sample("fr-hanoi-2021").partition("–")[2]
    for _twice in range(2):
        officer.go("/proposals/new/").page.fill("[name=text]", text)
        officer.press("Import and read")
    officer.reads("This text has been imported already; it is here:")
    officer.page.fill("[name=published]", "21/12/2021")
    officer.press("Save the day").reads("21 December 2021")
    expect(officer.page.locator("[name=published]")).to_have_count(0)
