"""The pages that need no data please in every language, theme and width, and work without a script."""

import pytest
from playwright.sync_api import Browser, expect

from entraide.cli.demonstration.stage import Stage
from tests.e2e.conftest import Visit
from tests.e2e.looks import find_faults
from tests.e2e.people import log_in

pytestmark = pytest.mark.slow

PUBLIC = (
    "/",
    "/sources/",
    "/safeguards/",
    "/safeguards/R04/",
    "/design/",
    "/accounts/login/",
    "/desk/demo/",
    "/no-such-page/",
)
INSIDE = {
    "desk-officer": ("/desk/", "/proposals/", "/proposals/new/", "/plans/"),
    "case-officer": ("/desk/", "/requests/", "/requests/new/", "/accounts/2fa/"),
    "auditor": ("/journal/", "/pairing/"),
    "operator": ("/pairing/start/", "/desk/users/", "/desk/users/new/", "/desk/authorities/new/", "/desk/tokens/"),
}
MANNERS = [("fr", 1280, False), ("vi", 320, True), ("en", 320, False)]


@pytest.mark.parametrize(("language", "width", "dark"), MANNERS)
def test_public_page_pleases(stage: Stage, visit: Visit, language: str, width: int, dark: bool):  # noqa: FBT001 - a table of cases
    """No accessibility finding, nothing cut off, targets large enough."""
    page = visit(language=language, width=width, dark=dark)
    faults = []
    for path in PUBLIC:
        page.goto(f"http://127.0.0.1:{stage.a.port}{path}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        faults += find_faults(page)
    assert faults == []


@pytest.mark.parametrize("username", sorted(INSIDE))
def test_page_of_a_role_pleases(stage: Stage, visit: Visit, username: str):
    """The same inside, on a small dark screen in Vietnamese, the longest way from where the pages were made."""
    page = log_in(visit(language="vi", width=320, dark=True), stage.a, username).page
    faults = []
    for path in INSIDE[username]:
        page.goto(f"http://127.0.0.1:{stage.a.port}{path}")
        faults += find_faults(page)
    assert faults == []


def test_language_and_theme_are_chosen_without_a_script(stage: Stage, browser: Browser):
    """Both choices are forms; they lead back to the page and stay."""
    page = browser.new_context(java_script_enabled=False, locale="en").new_page()
    page.goto(f"http://127.0.0.1:{stage.a.port}/safeguards/")
    page.click("footer button[value=dark]")
    page.click("header button[value=vi]")
    expect(page).to_have_url(f"http://127.0.0.1:{stage.a.port}/safeguards/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.context.close()


def test_menu_of_a_small_screen_opens_and_closes(stage: Stage, visit: Visit):
    """The navigation is one button away and gives the page back."""
    page = visit(width=320)
    page.goto(f"http://127.0.0.1:{stage.a.port}/safeguards/")
    expect(page.locator("#site-nav a").first).to_be_hidden()
    page.click(".site-head-in > .menu-button")
    expect(page.locator("#site-nav a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#site-nav a").first).to_be_hidden()


def test_menu_of_a_small_screen_holds_sections_language_and_login_without_a_script(stage: Stage, browser: Browser):
    """What a wide page shows in its head is behind one button; a section leads on, a language is chosen."""
    context = browser.new_context(java_script_enabled=False, locale="en", viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{stage.a.port}/safeguards/")
    page.click(".site-head-in > .menu-button")
    expect(page.locator("#site-nav .sign")).to_be_visible()
    page.click("#site-nav a[href='/commitments/']")
    expect(page).to_have_url(f"http://127.0.0.1:{stage.a.port}/commitments/")
    expect(page.locator("main .sections")).to_be_hidden()
    page.click(".site-head-in > .menu-button")
    page.click("#site-nav button[value=fr]")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    context.close()


@pytest.mark.parametrize("language", ["fr", "vi", "en"])
def test_head_of_a_small_screen_is_one_line(stage: Stage, visit: Visit, language: str):
    """With the demonstration's band it takes no more than a sixth of a small screen."""
    page = visit(language=language, width=320)
    page.goto(f"http://127.0.0.1:{stage.a.port}/")
    assert page.evaluate("document.querySelector('body > header').getBoundingClientRect().height") <= 640 / 6
    band, head = (page.locator(name).bounding_box() for name in (".band", ".site-head-in"))
    assert band is not None
    assert head is not None
    assert band["height"] <= 32
    assert head["height"] <= 56
