"""People of the story at their browsers: each a context of their own, logged in at one node."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from entraide.cli.demonstration.stage import PASSWORD, Side


@dataclass(frozen=True)
class Person:
    """Someone at a browser of one node."""

    page: Page
    origin: str

    def go(self, path: str) -> "Person":
        """Open a path of the node; a page of an error would be a failure here."""
        response = self.page.goto(f"{self.origin}{path}")
        assert response is not None
        assert response.ok, f"{path}: {response.status}"
        return self

    def press(self, name: str) -> "Person":
        """Press the button or follow the link of this name."""
        target = self.page.locator("main").get_by_role("button", name=name, exact=True)
        if target.count() == 0:
            target = self.page.locator("main").get_by_role("link", name=name, exact=True)
        target.first.click()
        self.page.wait_for_load_state()
        return self

    def reads(self, *texts: str) -> "Person":
        """Expect each text somewhere in the main part of the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def text(self) -> str:
        """Return the words of the main part."""
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())

    def opens_with_reason(self, reason: str) -> "Person":
        """Give the reason that a page with personal data asks for."""
        if self.page.locator("#reason").count():
            self.page.fill("#reason", reason)
            self.press("Open the request")
        return self

    def fills(self, content: dict[str, Any]) -> "Person":
        """Fill a form from a content: rows are named `persons-0-role`."""
        for name, value in content.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                for index, row in enumerate(value):
                    self.fills({f"{name}-{index}-{key}": item for key, item in row.items()})
            else:
                self._fill(name, value)
        return self

    def waits_for(self, path: str, text: str, seconds: float = 20.0) -> "Person":
        """Open `path` again and again until it says `text`: a delivery takes its time."""
        for _ in range(int(seconds / 0.25)):
            self.go(path)
            if text in self.text():
                return self
            self.page.wait_for_timeout(250)
        raise AssertionError(f"{path} never said {text!r}; it says: {self.text()[:600]}")

    def _fill(self, name: str, value: object) -> None:
        field = self.page.locator(f"main [name='{name}']")
        folded = field.first.locator("xpath=ancestor::details[not(@open)][1]/summary")
        if folded.count():
            folded.click()
        values = value if isinstance(value, list) else [str(value)]
        kind = field.first.evaluate("node => node.type || node.tagName.toLowerCase()")
        if kind in {"checkbox", "radio"}:
            for item in values:
                self.page.locator(f"main [name='{name}'][value='{item}']").check()
        elif kind.startswith("select"):
            field.first.select_option(values)
        else:
            field.first.fill(values[0])


LogIn = Callable[[Side, str], Person]


def log_in(page: Page, side: Side, username: str) -> Person:
    """Log `username` in at the node of `side` with the password form that everyone uses."""
    person = Person(page, f"http://127.0.0.1:{side.port}")
    person.go("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("form:has(input[name=password]) button")
    page.wait_for_url("**/desk/")
    return person
