"""What came by itself, on pages: for the desk what waits, for the operator what is wrong."""

from dataclasses import replace
from html import unescape

import pytest

from entraide.access.api import Role
from entraide.communiques.api import list_sources, watch_sources
from entraide.kernel.node import Watch, WatchedFeed
from tests.factories.nodes import make_node
from tests.integration.communiques.test_watching import HANOI
from tests.simulators.agency import agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    with agency() as running:
        yield running


@pytest.fixture
def node(server):
    feeds = (
        WatchedFeed("Agency", f"{server.origin}/feed", publisher="Agency", enabled=True, private=True),
        WatchedFeed("Silent", f"{server.origin}/silent"),
    )
    made = make_node()
    return replace(made, settings=replace(made.settings, watch=Watch(feeds=feeds)))


def test_the_desk_sees_what_came_and_what_waits(site, server):
    """The source is on the desk and in the list of what came; a refusal stands with its reason."""
    server.pages["/hanoi"] = HANOI
    server.publish(("/hanoi", "Hanoï"), ("/missing", "Perdu"))
    watch_sources(site.node)
    (source,) = list_sources(site.node)
    client = site.client_as(Role.desk_officer)
    for address in ("/desk/", "/proposals/", "/proposals/arrivals/"):
        assert f"/proposals/{source.id}/" in client.get(address).content.decode()
    page = unescape(client.get("/proposals/arrivals/", headers={"accept-language": "fr"}).content.decode())
    assert "le serveur répond 404" in page
    assert "désactivé" in page


def test_the_operator_is_told_what_is_wrong(site, server):
    """A feed that cannot be read stands on the operator's desk with its reason until it is mended."""
    client = site.client_as(Role.operator)
    server.pages["/feed"] = b"<html></html>"
    watch_sources(site.node)
    desk = unescape(client.get("/desk/", headers={"accept-language": "vi"}).content.decode())
    assert "nó không phải Atom hay RSS" in desk
    assert "/proposals/arrivals/" in desk
    assert client.get("/proposals/arrivals/").status_code == 200
    server.publish()
    watch_sources(site.node)
    assert "/proposals/arrivals/" not in client.get("/desk/").content.decode()
