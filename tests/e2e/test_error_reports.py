"""A reader reports an error in a browser without scripts, an officer answers at another, and the reader sees it."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, expect
from pytest_django.plugin import DjangoDbBlocker

from entraide.access.api import Role
from entraide.channel.api import HttpTransport
from entraide.cli.demonstration.stage import Side, build_observatory
from entraide.cli.processes import serving
from entraide.communiques.api import SourceKind, import_source, keep_all, read_sample
from entraide.config import settings as product
from entraide.publication.domain.error_reports import SOONEST
from tests.e2e.conftest import Visit, apart, free_port
from tests.e2e.keyboard import find_unseen_stops
from tests.e2e.looks import find_faults
from tests.e2e.people import Person, log_in

pytestmark = pytest.mark.slow


def fill(side: Side) -> None:
    """Keep what a sample says."""
    actor, kind = side.person(Role.desk_officer), SourceKind.OFFICIAL_RELEASE
    source = import_source(side.node, actor=actor, name="s", text=read_sample("fr-hanoi-2025"), kind=kind)
    keep_all(side.node, actor=actor, source_id=source)


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Side]:
    """A served observatory whose register holds one report."""
    folder = tmp_path_factory.mktemp("errors")
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        built = apart(lambda: build_observatory(folder, free_port()))
        apart(lambda: fill(built))
    with serving(built.home, port=built.port):
        yield built
    if isinstance(built.node.transport, HttpTransport):
        built.node.transport.close()


def test_a_reader_without_a_script_reports_and_sees_the_answer(side: Side, browser: Browser, visit: Visit) -> None:
    """At 320 pixels, in French, with scripts off; what people must not fill in they do not see."""
    context = browser.new_context(locale="fr", java_script_enabled=False, viewport={"width": 320, "height": 640})
    context.set_default_timeout(10_000)
    origin = f"http://127.0.0.1:{side.port}"
    reader = Person(context.new_page(), origin)
    reader.go("/meetings/").page.locator("main a[href^='/meetings/0']").first.click()
    fact = reader.page.url.removeprefix(origin)
    reader.press("Signaler une erreur")
    reader.page.get_by_label("Qu’est-ce qui est faux").fill("Le lieu est faux.")
    trap = reader.page.locator(".unseen:has([name=subject])").bounding_box()
    assert trap is not None
    assert trap["width"] <= 1
    reader.page.wait_for_timeout(SOONEST.total_seconds() * 1000 + 200)
    reader.press("Envoyer le signalement").reads("1 signalement d’erreur est ouvert")
    officer = log_in(visit(), side, side.person(Role.desk_officer).username)
    officer.go("/desk/").page.locator("main a[href^='/error-reports/0']").first.click()
    officer.reads("Le lieu est faux.").press("Answer it").reads("point must be mended")
    officer.page.get_by_label("It is not an error").check()
    officer.page.get_by_label("Reason, for everyone to read").fill("La source dit Hanoï.")
    officer.press("Answer it").reads("The report is answered")
    reader.go(fact).reads("Pas une erreur", "La source dit Hanoï.")
    expect(reader.page.locator("#error-reports")).not_to_contain_text("est ouvert")
    context.close()


@pytest.mark.parametrize(("language", "width", "dark"), [("fr", 1280, False), ("vi", 320, True), ("en", 320, False)])
def test_the_form_and_the_desk_have_no_fault(
    side: Side, visit: Visit, language: str, width: int, *, dark: bool
) -> None:
    """axe finds nothing, nothing is wider than the window, and every stop of the keyboard is seen."""
    page = visit(language=language, width=width, dark=dark)
    page.goto(f"http://127.0.0.1:{side.port}/meetings/")
    page.locator("main a[href^='/meetings/0']").first.click()
    page.locator("a[href^='/error-reports/new/']").first.click()
    assert find_faults(page) == []
    assert find_unseen_stops(page) == []
    page.locator("form [type=submit], form button.button-primary").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert find_faults(page) == []
