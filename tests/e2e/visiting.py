"""A visitor who opens pages in one language, width and theme, and notes everything that is wrong with them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from entraide.access.api import Role
from entraide.cli.demonstration.stage import PASSWORD, Side, Stage
from tests.e2e.looks import find_faults
from tests.e2e.pages import Place

HEAVIEST_BYTES = 150_000
HERE = "127.0.0.1"
FRAME = """() => ({
  titles: document.querySelectorAll('h1').length,
  title: document.title.trim(),
  language: document.documentElement.lang,
})"""


@dataclass(frozen=True)
class Manner:
    """How a visitor looks at pages."""

    language: str
    width: int
    dark: bool


MANNERS = (Manner("en", 1280, False), Manner("vi", 320, True), Manner("fr", 320, False))


class Visitor:
    """One browser context; who is signed in changes with the page that is opened."""

    def __init__(self, browser: Browser, stage: Stage, manner: Manner) -> None:
        context = browser.new_context(
            locale=manner.language,
            viewport={"width": manner.width, "height": 900},
            color_scheme="dark" if manner.dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        self.page: Page = context.new_page()
        self.weights: dict[str, int] = {}
        self._manner, self._stage = manner, stage
        self._noise: list[str] = []
        self._weight = 0
        self._who: tuple[bool, Role | None] = (False, None)
        self._sessions: dict[tuple[bool, Role], list[Any]] = {}
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._noise.append(f"script: {error}"))
        self.page.on("request", self._follow)
        self._weigh()

    def look_at(self, place: Place) -> list[str]:
        """Open the page and return what is wrong with it, one line each."""
        response = self.open(place)
        if response is None or not response.ok or urlsplit(response.url).path != place.path.partition("?")[0]:
            return [f"{place.name}: {place.path} did not open: {response and (response.status, response.url)}"]
        faults = [fault.removeprefix(f"{self.page.url}: ") for fault in find_faults(self.page)]
        self.weights[place.name] = self._weight
        return [f"{place.name} ({self._manner}): {fault}" for fault in (*faults, *self._noise, *self._frame())]

    def open(self, place: Place) -> Response | None:
        """Open the page as its reader."""
        self._become(place.on_b, place.role)
        self._noise, self._weight = [], 0
        return self.page.goto(f"{self._origin(place.on_b)}{place.path}", wait_until="load")

    def _frame(self) -> list[str]:
        frame = self.page.evaluate(FRAME)
        faults = []
        if frame["titles"] != 1:
            faults.append(f"{frame['titles']} first headings")
        if not frame["title"]:
            faults.append("no title")
        if frame["language"] != self._manner.language:
            faults.append(f"in {frame['language']}")
        if self._weight > HEAVIEST_BYTES:
            faults.append(f"{self._weight} bytes")
        return faults

    def _become(self, on_b: bool, role: Role | None) -> None:  # noqa: FBT001 - the place's own flag
        if self._who == (on_b, role):
            return
        self._who = (on_b, role)
        context = self.page.context
        context.clear_cookies()
        if role is None:
            return
        side = self._stage.b if on_b else self._stage.a
        if (on_b, role) not in self._sessions:
            self._sessions[on_b, role] = self._log_in(side, role)
        else:
            context.add_cookies(self._sessions[on_b, role])

    def _log_in(self, side: Side, role: Role) -> list[Any]:
        self.page.goto(f"http://{HERE}:{side.port}/accounts/login/")
        self.page.fill("input[name=login]", role.value.replace("_", "-"))
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("form:has(input[name=password]) button")
        self.page.wait_for_url("**/desk/")
        return self.page.context.cookies()

    def _origin(self, on_b: bool) -> str:  # noqa: FBT001 - the place's own flag
        return f"http://{HERE}:{(self._stage.b if on_b else self._stage.a).port}"

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._noise.append(f"console: {message.text}")

    def _follow(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme != "data" and address.hostname != HERE:
            self._noise.append(f"asks another host: {request.url}")

    def _weigh(self) -> None:
        """Count the bytes that come over the wire, as for somebody who was never here."""
        protocol = self.page.context.new_cdp_session(self.page)
        protocol.send("Network.enable")
        protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})

        def count(event: dict[str, float]) -> None:
            self._weight += int(event["encodedDataLength"])

        protocol.on("Network.loadingFinished", count)
