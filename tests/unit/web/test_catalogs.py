"""The catalogs hold exactly the texts of the sources, each translated, with the same places and good typography."""

from pathlib import Path

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po

from tools import catalogs

pytestmark = pytest.mark.wording

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "entraide"


@pytest.fixture(scope="session")
def templates(messages: list[catalogs.Key]) -> dict[str, list[catalogs.Key]]:
    labels = {domain: extract(PACKAGE) for domain, extract in catalogs.DOMAINS.items() if domain != "django"}
    return {"django": messages, **labels}


@pytest.mark.parametrize("language", catalogs.LANGUAGES)
@pytest.mark.parametrize("domain", catalogs.DOMAINS)
def test_catalog_is_current_and_complete(domain: str, language: str, templates, monkeypatch):
    """What people see exists in each language, and nothing is kept that they no longer see."""
    monkeypatch.chdir(ROOT)
    assert templates[domain]
    assert list(catalogs.check_catalog(language, domain, templates[domain])) == []


def test_catalog_of_the_account_library_is_complete():
    """The Vietnamese that django-allauth lacks has no gap and no wrong place."""
    with (ROOT / "src/entraide/web/locale/vi/LC_MESSAGES/django.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="vi") if message.id]
    assert len(messages) > 80
    assert {message.id: faults for message in messages if (faults := list(catalogs.find_faults("vi", message)))} == {}


@pytest.mark.parametrize(
    ("language", "id", "text", "fault"),
    [
        ("fr", "Open", "", "not translated"),
        ("fr", "{count} left", "Il en reste", "other placeholders"),
        ("vi", "%(count)s left", "Còn %(number)s", "other placeholders"),
        ("fr", "Source:", "Source :", "breaking space before"),
        ("fr", "Source?", "Source?", "no space before"),
        ("fr", "The state", "L'état", "straight apostrophe"),
        ("fr", "“so”", '"ainsi"', "straight quotation marks"),
        ("fr", "so ", "ainsi", "white space"),
        ("fr", ("%(n)s day", "%(n)s days"), ("%(n)s jour", ""), "not translated"),
    ],
)
def test_fault_is_found(language: str, id: str | tuple[str, str], text: str | tuple[str, str], fault: str):  # noqa: A002
    """Each kind of fault in a translation is named."""
    assert any(fault in found for found in catalogs.find_faults(language, Message(id, text)))


@pytest.mark.parametrize(
    ("language", "id", "text"),
    [
        ("fr", "Source: {name}", "Source\u00a0: {name}"),
        ("fr", "“so” at 10:30; done", "«\u00a0ainsi\u00a0» à 10:30\u202f; fait"),
        ("fr", ("%(n)s day", "%(n)s days"), ("un jour", "%(n)s jours")),
        ("vi", ("%(n)s day", "%(n)s days"), ("%(n)s ngày",)),
    ],
)
def test_good_translation_passes(language: str, id: str | tuple[str, str], text: str | tuple[str, ...]):  # noqa: A002
    """Good typography and places pass; a singular may leave its number out."""
    assert list(catalogs.find_faults(language, Message(id, text))) == []


def test_texts_are_found_in_modules_and_templates(tmp_path: Path):
    """Every way to mark a text is known to the extraction; a variable is not a text."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "module.py").write_text(
        'message = N_("One")\nx = gettext("Two")\ny = ngettext("a", "b", 2)\n'
        'z = pgettext("c", "Three")\nn = gettext(x)\n',
        encoding="utf-8",
    )
    (tmp_path / "templates" / "page.html").write_text(
        '{% translate "Four" %} {% include "x" with label=_("Five") %} {# _("No") #}\n  {{ "it\'s"|cut:" " }}\n'
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
        encoding="utf-8",
    )
    found = {key[0] for key in catalogs.extract_messages(tmp_path)}
    assert found == {"One", "Two", ("a", "b"), "Three", "Four", "Five", ("%(n)s day", "%(n)s days")}
