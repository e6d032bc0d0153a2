"""The look of the pages obeys its own rules: no inline code, nothing from elsewhere, tokens with enough contrast."""

import re
from pathlib import Path

import pytest

from entraide.web import design

pytestmark = pytest.mark.wording

WEB = Path(design.__file__).parent.parent
TEMPLATES = WEB / "templates"
STATIC = WEB / "static" / "entraide"
TEXTS = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TEMPLATES.rglob("*.html"))
}
"""Every template by its name."""
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


def test_every_table_has_a_name():
    """Who hears a page is told what a table is before its cells (WCAG 2.2, technique H39)."""
    heads = {
        (name, part.split("</thead>", 1)[0][:60])
        for name, text in TEXTS.items()
        for part in text.split("<table")[1:]
        if "<caption" not in part.split("</thead>", 1)[0] and "{% slot %}" not in part
    }
    assert heads == set()


def test_templates_have_no_inline_code_and_load_nothing_from_elsewhere():
    """A strict content security policy would change nothing."""
    found = {
        (name, what): match.group(0)
        for name, text in TEXTS.items()
        for what, pattern in FORBIDDEN.items()
        if (match := pattern.search(text))
    }
    assert len(TEXTS) > 100
    assert found == {}


def test_every_template_is_a_page_in_the_frame_or_a_part():
    """Every page extends another; the rest are frames, components, or parts that a page includes or htmx fetches."""
    rest = {
        name: text
        for name, text in TEXTS.items()
        if name not in {"base.html", "bare.html"} and not text.lstrip().startswith("{% extends")
    }
    elements = {name for name in rest if name.startswith("allauth/elements/")}
    whole = {name for name, text in rest.items() if "<html" in text and not name.startswith("components/")}
    modules = "".join(module.read_text(encoding="utf-8") for module in WEB.rglob("*.py"))
    unused = {
        name
        for name in rest
        if f'"{name}"' not in modules and not any(f'"{name}"' in TEXTS[other] for other in TEXTS if other != name)
    }
    assert rest
    assert whole - elements == set()
    assert unused - elements == set()


def test_every_component_is_shown_on_the_design_page():
    """Whoever looks at /design/ sees every component, directly or inside another."""
    components = [name for name in TEXTS if re.fullmatch(r"components/[^/]+", name)]
    shown = "".join(TEXTS[name] for name in ("design/components.html", "base.html", "404.html", *components))
    assert len(components) > 10
    assert [name for name in components if f'"{name}"' not in shown] == []


@pytest.mark.parametrize("theme", ["light", "dark", "chosen dark"])
def test_tokens_contrast(theme: str):
    """Text is readable and edges are visible on every ground of every theme."""
    tokens = _themes()[theme]
    weak = {}
    for text, ground, least in PAIRS:
        first, second = sorted((_luminance(tokens[text]), _luminance(tokens[ground])), reverse=True)
        if (contrast := (first + 0.05) / (second + 0.05)) < least:
            weak[text, ground] = contrast
    assert weak == {}


def test_dark_theme_is_the_same_by_system_and_by_choice():
    """The two blocks that a style sheet needs for one theme hold the same values."""
    themes = _themes()
    assert themes["dark"] == themes["chosen dark"]


@pytest.mark.parametrize("sheet", ["base.css", "components.css", "register.css"])
def test_colours_come_from_tokens(sheet: str):
    """No style sheet but the tokens names a colour, so that both themes hold everywhere."""
    text = re.sub(r"rgb\(0 0 0 / \d+%\)", "", (STATIC / sheet).read_text(encoding="utf-8"))
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text)
