"""The look of the pages obeys its own rules: no inline code, nothing from elsewhere, tokens with enough contrast."""

import re
from pathlib import Path

import pytest

from entraide.web import design

pytestmark = pytest.mark.wording

WEB = Path(design.__file__).parent.parent
TEMPLATES = WEB / "templates"
STATIC = WEB / "static" / "entraide"
PAGES = sorted(TEMPLATES.rglob("*.html"))
FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "something from another host": re.compile(r"(?:src|href|action|url)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
}
# Text on ground, and the least contrast of WCAG 2.2: 4.5 for text (1.4.3), 3 for edges of controls and focus (1.4.11).
GROUNDS = ("paper", "sheet", "inset")
PAIRS = [(text, ground, 4.5) for text in ("ink", "ink-soft", "accent", "accent-strong") for ground in GROUNDS]
PAIRS += [(tone, f"{tone}-wash", 4.5) for tone in ("good", "calm", "wait", "bad")]
PAIRS += [("ink", f"{tone}-wash", 4.5) for tone in ("good", "calm", "wait", "bad", "accent")]
PAIRS += [("ink-soft", f"{tone}-wash", 4.5) for tone in ("good", "calm", "wait", "bad", "accent")]
PAIRS += [("bad", ground, 4.5) for ground in GROUNDS] + [("accent-strong", "accent-wash", 4.5)]
PAIRS += [("on-accent", "accent", 4.5), ("on-accent", "accent-strong", 4.5), ("on-mark", "mark", 4.5)]
# a thread and its outcome: what is late, what differs, and the marks and lines of both kinds
PAIRS += [("wait", ground, 4.5) for ground in GROUNDS]
PAIRS += [(edge, ground, 3.0) for edge in ("edge", "focus") for ground in ("paper", "sheet")]


def _name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block))


def _themes() -> dict[str, dict[str, str]]:
    text = (STATIC / "tokens.css").read_text(encoding="utf-8")
    light = _tokens(text.split("@media", 1)[0])
    by_system = _tokens(text[text.index("prefers-color-scheme: dark") : text.index(':root[data-theme="dark"]')])
    by_choice = _tokens(text[text.index(':root[data-theme="dark"]') :])
    return {"light": light, "dark": light | by_system, "chosen dark": light | by_choice}


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_table_has_a_name(page: Path):
    """Who hears a page is told what a table is before its cells (WCAG 2.2, technique H39)."""
    text = page.read_text(encoding="utf-8")
    tables = [part.split("</thead>", 1)[0] for part in text.split("<table")[1:]]
    assert [part[:60] for part in tables if "<caption" not in part and "{% slot %}" not in part] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_template_has_no_inline_code_and_loads_nothing_from_elsewhere(page: Path):
    """A strict content security policy would change nothing."""
    text = page.read_text(encoding="utf-8")
    found = {what: match.group(0) for what, pattern in FORBIDDEN.items() if (match := pattern.search(text))}
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_template_is_a_page_in_the_frame_or_a_part(page: Path):
    """Every page extends another; the rest are frames, components, or parts that a page includes or htmx fetches."""
    text = page.read_text(encoding="utf-8")
    name = _name(page)
    if name in {"base.html", "bare.html"} or text.lstrip().startswith("{% extends"):
        return
    part = name.startswith(("components/", "allauth/elements/")) or "<html" not in text
    included = any(f'"{name}"' in other.read_text(encoding="utf-8") for other in PAGES if other != page)
    fetched = any(f'"{name}"' in module.read_text(encoding="utf-8") for module in WEB.rglob("*.py"))
    assert part
    assert included or fetched or name.startswith("allauth/elements/")


@pytest.mark.parametrize("component", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.name)
def test_component_is_shown_on_the_design_page(component: Path):
    """Whoever looks at /design/ sees every component, directly or inside another."""
    shown = (TEMPLATES / "design" / "components.html").read_text(encoding="utf-8")
    shown += (TEMPLATES / "base.html").read_text(encoding="utf-8")
    shown += "".join(part.read_text(encoding="utf-8") for part in (TEMPLATES / "components").glob("*.html"))
    shown += (TEMPLATES / "404.html").read_text(encoding="utf-8")
    assert f'"components/{component.name}"' in shown


@pytest.mark.parametrize(
    ("theme", "text", "ground", "least"),
    [(theme, *pair) for theme in ("light", "dark", "chosen dark") for pair in PAIRS],
)
def test_tokens_contrast(theme: str, text: str, ground: str, least: float):
    """Text is readable and edges are visible on every ground of every theme."""
    tokens = _themes()[theme]
    first, second = sorted((_luminance(tokens[text]), _luminance(tokens[ground])), reverse=True)
    assert (first + 0.05) / (second + 0.05) >= least


def test_dark_theme_is_the_same_by_system_and_by_choice():
    """The two blocks that a style sheet needs for one theme hold the same values."""
    themes = _themes()
    assert themes["dark"] == themes["chosen dark"]


@pytest.mark.parametrize("sheet", ["base.css", "components.css", "register.css"])
def test_colours_come_from_tokens(sheet: str):
    """No style sheet but the tokens names a colour, so that both themes hold everywhere."""
    text = re.sub(r"rgb\(0 0 0 / \d+%\)", "", (STATIC / sheet).read_text(encoding="utf-8"))
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text)
