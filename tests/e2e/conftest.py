"""Two real nodes in processes of their own, and a real browser."""

import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from entraide.channel.api import HttpTransport
from entraide.cli.demonstration.stage import Stage, build_stage
from entraide.cli.processes import serving
from entraide.config import settings as product

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


T = TypeVar("T")


def apart(act: Callable[[], T]) -> T:
    """Do `act` in a thread of its own: the browser's event loop runs in the test's, where Django refuses to work."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(act).result()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Both nodes of the story with their people, each served by a process of its own, not yet paired."""
    folder: Path = tmp_path_factory.mktemp("stage")
    # The nodes check passwords with the product's hashers, not with the quick one of the tests.
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        built = apart(lambda: build_stage(folder, (free_port(), free_port())))
    with serving(built.a.home, port=built.a.port), serving(built.b.home, port=built.b.port):
        yield built
    for side in (built.a, built.b):
        if isinstance(side.node.transport, HttpTransport):
            side.node.transport.close()


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
