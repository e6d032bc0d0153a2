"""What any page must look like: no axe-core finding, nothing wider than the window, no small target."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 2.2, 2.5.8: a target has 24 CSS pixels, or is a word in a sentence, or has space around it.
SMALL_TARGETS = """() => [
  ...document.querySelectorAll('button, select, input:not([type=hidden]), summary, nav a, .button')]
  .filter(e => e.checkVisibility() && !e.closest('.unseen') && !e.matches('.unseen, .skip'))
  .map(e => [e, (e.closest('label') || e).getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([e]) => `${e.tagName.toLowerCase()} “${(e.innerText || e.name || '').slice(0, 40)}”`)"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 3).map(e => `${e.tagName.toLowerCase()}.${e.className}`)"""


def find_faults(page: Page) -> list[str]:
    """Return what is wrong with the page as it is shown now, one line each; an empty list when all is well."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    faults = [f"axe {item['id']}: {node['html'][:120]}" for item in found for node in item["nodes"]]
    faults += [f"wider than the window: {element}" for element in page.evaluate(TOO_WIDE)]
    faults += [f"small target: {element}" for element in page.evaluate(SMALL_TARGETS)]
    return [f"{page.url}: {fault}" for fault in faults]
