"""Pages about the register: everyone reads them from every footer, the operator writes them and takes it back."""

import re
from dataclasses import replace
from html import unescape

import pytest

from entraide.access.api import Role
from entraide.config import middleware
from entraide.journal.api import list_acts
from entraide.kernel.languages import SPOKEN
from entraide.publication.api import AboutPage, write_about_text
from entraide.tables.api import make_package
from tests.factories.people import make_actor
from tests.integration.web.test_crawling import recorded

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def text_of(response) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.mark.parametrize("language", SPOKEN)
def test_every_page_is_read_in_every_language_from_every_footer(site, language):
    """Each opens without an account, in one language, and the foot of the first screen leads to it."""
    visitor = site.visitor()
    foot = visitor.get("/").content.decode().partition("<footer")[2]
    assert {"/about/", "/about/contact/", "/about/legal/", "/about/accessibility/"} <= set(
        re.findall(r'href="([^"]*)"', foot)
    )
    for page in AboutPage:
        answer = visitor.get(f"/about/{page}/", {"lang": language})
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
        assert f'<html lang="{language}"' in answer.content.decode()
    assert visitor.get("/about/nothing/").status_code == 404


def test_an_own_text_is_shown_as_text_whatever_it_holds(site):
    """Markup is not run, addresses become links, headings and lists are laid out; the day of writing stands there."""
    hostile = "## <b>Who</b>\n\n<script>alert(1)</script> see https://example.org/?a=1&b=2\n\n- javascript:x\n- two"
    write_about_text(site.node, actor=None, page=AboutPage.CONTACT, language="en", text=hostile)
    page = site.visitor().get("/about/contact/").content.decode()
    assert "<script>alert" not in page
    assert "<h2>&lt;b&gt;Who&lt;/b&gt;</h2>" in page
    assert re.search(r'<a href="https://example.org/\?a=1&amp;b=2"[^>]*>', page)
    assert 'href="javascript' not in page
    assert "<li>two</li>" in page
    assert "last changed on 12 January 2025" in page


def test_the_operator_writes_looks_saves_and_undoes(site):
    """A look saves nothing; what is saved stands, has a history, and its undoing brings the default back."""
    operator = make_actor(site.node, Role.operator)
    client, path = site.client_of(operator), "/about/texts/contact/fr/"
    desk = text_of(client.get("/desk/"))
    assert "Write how readers reach you" in desk
    assert "Missing: Contact" in text_of(client.get("/about/texts/"))
    form = client.get(path)
    seen = unescape(re.search(r'name="seen" value="([^"]*)"', form.content.decode())[1])
    looked = client.post(path, {"text": "15, rue de la Loi", "seen": seen, "look": "yes"})
    assert "nothing is saved yet" in text_of(looked)
    assert "rue de la Loi" not in text_of(site.visitor().get("/about/contact/?lang=fr"))
    assert client.post(path, {"text": "15, rue de la Loi", "seen": seen}).status_code == 302
    assert "rue de la Loi" in text_of(site.visitor().get("/about/contact/?lang=fr"))
    assert "Write how readers reach you" not in text_of(client.get("/desk/"))
    late = client.post(path, {"text": "Autre", "seen": seen})
    assert (late.status_code, "Somebody else has changed" in text_of(late)) == (400, True)
    (act,) = list_acts(site.node)
    history = text_of(client.get(f"/acts/facts/{act.subject}/"))
    assert "A page about the register was written" in history
    assert "15, rue de la Loi" in history
    site.node.clock.advance(minutes=1)
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', client.get(f"/acts/{act.id}/").content.decode())[1]
    assert client.post(f"/acts/{act.id}/", {"reason": "too early", "digest": digest}).status_code == 302
    assert "rue de la Loi" not in text_of(site.visitor().get("/about/contact/?lang=fr"))
    undone = list_acts(site.node, limit=1)[0]
    again = client.get(f"/acts/facts/{act.subject}/").content.decode()
    assert f"/acts/{undone.id}/restore/" in again
    site.node.clock.advance(minutes=1)
    assert client.post(f"/acts/{undone.id}/restore/", {"reason": "now"}).status_code == 302
    assert "rue de la Loi" in text_of(site.visitor().get("/about/contact/?lang=fr"))
    assert client.post(f"{path}default/").status_code == 302
    assert "rue de la Loi" not in text_of(site.visitor().get("/about/contact/?lang=fr"))


def test_every_command_of_the_page_on_the_api_answers(site, tmp_path, monkeypatch):
    """What a person would copy into a terminal is asked of the site itself; nothing of it is refused."""
    recorded(site)
    node = replace(site.node, settings=replace(site.node.settings, home=tmp_path))
    monkeypatch.setattr(middleware, "current_node", lambda: node)
    make_package(node)
    visitor = site.visitor()
    page = unescape(visitor.get("/about/api/").content.decode())
    commands = re.findall(r"<code>(curl [^<]*)</code>", page)
    assert len(commands) >= 9
    for command in commands:
        address = re.search(r'"(https?://[^"]*)"', command)[1]
        headers = dict(item.split(": ", 1) for item in re.findall(r"-H '([^']*)'", command))
        answer = visitor.get(address.removeprefix(site.node.settings.origin), headers=headers)
        wanted = 401 if "Authorization" in headers else 200
        assert answer.status_code == wanted, command
