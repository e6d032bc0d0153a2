"""A reader who has no pointer: Tab, Enter and Space, and what is seen at each stop."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

MOST_STOPS = 500
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e), box = [...e.getClientRects()][0] || e.getBoundingClientRect();
  const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2;
  // WCAG 2.2, 2.4.11: what has the focus is not wholly hidden, here not in its first line.
  const y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom, box.top + 32)) / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: `${e.tagName.toLowerCase()} “${(e.innerText || e.value || e.name || e.id || '').trim().slice(0, 40)}”`,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: !!top && (e.contains(top) || top.contains(e) || !!e.closest('label')?.contains(top)),
    skip: e.matches('.skip'),
  };
}"""


def stops(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab from stop to stop until the page is left."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        yield stop
    raise AssertionError(f"{page.url}: the keyboard never leaves the page")


def find_unseen_stops(page: Page) -> list[str]:
    """Return what is wrong on the way through the page: the skip link is not first, a stop without a ring or hidden."""
    faults, way = [], list(stops(page))
    if not way or not way[0]["skip"]:
        faults.append("the first stop is not the skip link")
    faults += [f"no ring at {stop['name']}" for stop in way if not stop["ring"]]
    faults += [f"not to be seen: {stop['name']}" for stop in way if not stop["seen"]]
    return faults


def reach(page: Page, selector: str) -> None:
    """Press Tab until an element of `selector` has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{page.url}: the keyboard never reaches {selector}")


def press(page: Page, key: str) -> None:
    """Press a key that opens a page or sends a form, and wait for what comes."""
    with page.expect_navigation():
        page.keyboard.press(key)
