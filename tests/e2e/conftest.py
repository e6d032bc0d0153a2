"""Two real nodes in processes of their own, and a real browser."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from entraide.cli.demonstration.stage import PASSWORD, Side, Stage, build_stage
from entraide.config import settings as product
from entraide.config.command import NodeComposition

# Playwright keeps a loop in this thread, which Django takes for asynchronous code; nothing here awaits.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Page]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Both nodes of the story with their people, each served by a process of its own, not yet paired."""
    folder: Path = tmp_path_factory.mktemp("stage")
    composition = NodeComposition()
    # The processes check passwords as the product does, not with the quick hash of the tests.
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        built = build_stage(composition, folder, (free_port(), free_port()))
        with composition.serving(built.a.home, port=built.a.port), composition.serving(built.b.home, port=built.b.port):
            yield built


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    if CHROMIUM is None:
        pytest.skip("no `chromium` on the path: the browser tests are skipped")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open pages, each visitor in a context of their own: `visit(language="fr", width=1280, dark=False)`."""
    with ExitStack() as contexts:

        def open_page(*, language: str = "en", width: int = 1280, dark: bool = False) -> Page:
            context: BrowserContext = browser.new_context(
                locale=language,
                viewport={"width": width, "height": 900},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
            contexts.callback(context.close)
            context.set_default_timeout(10_000)
            return context.new_page()

        yield open_page


def log_in(page: Page, side: Side, username: str) -> Page:
    """Log `username` in at the node of `side` with the password form that everyone uses."""
    page.goto(f"http://127.0.0.1:{side.port}/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) button")
    page.wait_for_url("**/desk/")
    return page
