"""A source read by an endpoint: who proposed is recorded, what went wrong is told, and only the text leaves."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from entraide.access.api import Role
from entraide.communiques.api import SourceKind, get_source, import_source, list_proposals, read_sample
from entraide.communiques.models import Source
from entraide.config import middleware
from entraide.journal.models import Entry
from entraide.kernel.node import Node, ReaderEndpoint
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.simulators.model import http, says, sends, stub_model

pytestmark = pytest.mark.django_db(databases=["default", "partner"])

TEXT = (
    "Le 12 mai 2022, la 7e conférence ministérielle s'est tenue à Hanoï. Le ministre vietnamien de la Sécurité "
    "publique, Tô Lâm, a reçu le ministre lao de la Sécurité publique, Vilay Lakhamphong."
)
MODEL = "small-model"


def quoted(value, quote):
    return {"value": value, "quote": quote}


ANSWER = {
    "meetings": [{"type": quoted("conférence", "la 7e conférence"), "ordinal": quoted(7, "la 7e conférence")}],
    "parties": [{"state": quoted("VN", "vietnamien")}, {"state": quoted("FR", "vietnamien")}],
}


def node_with(url: str, node: Node | None = None, **more: object) -> Node:
    node = node or make_node()
    endpoint = ReaderEndpoint(url=url, model=MODEL, timeout_seconds=3, **more)
    return replace(node, settings=replace(node.settings, reader_endpoint=endpoint))


def bring(node, text=TEXT, **more: object):
    actor = make_actor(node, Role.desk_officer)
    return import_source(node, actor=actor, name="r", text=text, kind=SourceKind.PRESS, **more)


def test_proposals_say_that_a_model_made_them(monkeypatch):
    """Each proposal has the model's name, each field's reason says so, and the source counts what was left out."""
    monkeypatch.setenv("STUB_KEY", "k-secret")
    with stub_model(says(ANSWER)) as stub:
        node = node_with(stub.url, key_variable="STUB_KEY")
        source = bring(node)
        again = bring(node)
    proposals = list_proposals(node, source)
    view = get_source(node, source).reading
    assert again == source
    assert len(stub.questions) == 1
    assert {proposal.reader for proposal in proposals} == {MODEL}
    assert [proposal.key for proposal in proposals] == ["party-1", "meeting-1"]
    assert all(MODEL in evidence.reason for proposal in proposals for evidence in proposal.evidence)
    assert all(evidence.quote in TEXT for proposal in proposals for evidence in proposal.evidence)
    assert (view.reader, view.failure, view.by_model) == (MODEL, "", True)
    assert [count for _, count in view.dropped] == [1, 1]


def test_the_journal_says_who_read_and_nothing_of_the_key_or_the_address(monkeypatch):
    """The entry has the reader's name and the counts."""
    monkeypatch.setenv("STUB_KEY", "k-secret")
    with stub_model(says(ANSWER)) as stub:
        source = bring(node_with(stub.url, key_variable="STUB_KEY"))
    entry = Entry.objects.get(kind="communiques.source_imported")
    told = str([getattr(entry, field.attname) for field in Entry._meta.concrete_fields])
    row = str(Source.objects.filter(id=source).values().get())
    assert MODEL in told
    for text in (told, row):
        assert "k-secret" not in text
        assert stub.url not in text


def test_only_the_text_leaves():
    """The question holds nothing of the source but its words: no name, publisher, address, officer or node."""
    with stub_model(says(ANSWER)) as stub:
        node = node_with(stub.url)
        bring(node, publisher="Agence Secrète", url="https://press.example.org/article")
    headers, body = stub.questions[0]
    sent = json.dumps([headers, body], ensure_ascii=False)
    for word in ("Agence Secrète", "press.example.org", node.settings.name, *node.settings.organisation.values()):
        assert word not in sent
    assert set(headers) == {
        "",
        "host",
        "accept",
        "accept-encoding",
        "connection",
        "content-type",
        "content-length",
        "user-agent",
    }


def test_a_failing_endpoint_leaves_the_proposals_of_the_rules(site):
    """The review page says in one line why, and shows what the rules read."""
    with stub_model(sends(http(b"", status="503 Service Unavailable"))) as stub:
        source = bring(node_with(stub.url, site.node))
    view = get_source(site.node, source).reading
    assert (view.reader, view.failure) == ("rules", "it answered with an error")
    assert {proposal.reader for proposal in list_proposals(site.node, source)} == {"rules"}
    page = site.client_as(Role.desk_officer).get(f"/proposals/{source}/")
    text = unescape(re.sub(r"\s+", " ", page.content.decode()))
    assert "The endpoint was not used: it answered with an error. These are the proposals of the rules." in text


def test_the_review_page_names_the_model(site):
    """The officer sees that a model proposed, and what of its answer was left out."""
    with stub_model(says(ANSWER)) as stub:
        source = bring(node_with(stub.url, site.node))
    page = site.client_as(Role.desk_officer).get(f"/proposals/{source}/").content.decode()
    assert f"Proposed by the model {MODEL}; every passage was found in the text." in page
    assert "1 values that their quote does not bear out" in page


def test_the_page_of_importing_says_where_the_words_go(site, monkeypatch):
    """Off, it says that nothing is sent; on, it names the machine and the model."""
    client = site.client_as(Role.desk_officer)
    assert "nothing is sent anywhere" in client.get("/proposals/new/").content.decode()
    node = node_with("https://models.example.org/v1")
    monkeypatch.setattr(middleware, "current_node", lambda: node)
    page = client.get("/proposals/new/").content.decode()
    assert "models.example.org" in page
    assert MODEL in page
    assert "nothing is sent anywhere" not in page


def test_nobody_asks_about_samples():
    """The program's own samples are read by the rules, endpoint or not."""
    with stub_model(says(ANSWER)) as stub:
        bring(node_with(stub.url), text=read_sample("fr-hanoi-2025"), sample=True)
    assert stub.questions == []
