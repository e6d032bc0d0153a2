"""The page about the data: every form that it names is served, and what it says of licence and limits is so."""

import dataclasses
import re
from pathlib import Path

import pytest

from entraide.config import middleware
from entraide.config.limits import DEFAULT_LIMITS
from entraide.keys.api import create_memory_keyring, dated_fingerprint
from entraide.tables.api import make_package
from tests.factories.nodes import SeededRandomness, make_node

pytestmark = pytest.mark.django_db


@pytest.fixture
def node():
    """A node with keys, whose fingerprints the page tells."""
    return make_node(keyring=create_memory_keyring(SeededRandomness("keys")))


def test_every_address_of_the_page_is_served(site, tmp_path):
    """Whoever follows a link of the page gets what it names, also the edition of a day."""
    home = dataclasses.replace(site.node.settings, home=tmp_path)
    node = dataclasses.replace(site.node, settings=home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "current_node", lambda: node)
        make_package(node)
        page = site.visitor().get("/data/").content.decode()
        content = page[page.index("<main") : page.index("</main>")]
        links = [link for link in re.findall(r'href="(/[^"]*)"', content) if not link.startswith("/static/")]
        assert "/exports/datapackage-2025-01-12.zip" in links
        assert {"/exports/", "/exports/datapackage.zip", "/api/openapi.json", "/calendar.ics?lang=en"} <= set(links)
        for link in links:
            assert site.visitor().get(link.replace("&amp;", "&")).status_code == 200, link


def test_licence_and_limits_are_those_of_the_node(site, settings):
    """The licence of node.toml with its address; the limits that hold, or that there are none."""
    licensed = dataclasses.replace(site.node.settings, licence="etalab-2.0")
    node = dataclasses.replace(site.node, settings=licensed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "current_node", lambda: node)
        assert "Licence Ouverte 2.0" in site.visitor().get("/data/").content.decode()
        settings.RATE_LIMITS = DEFAULT_LIMITS
        assert "60 requests at once and 120 a minute" in site.visitor().get("/data/").content.decode()
        settings.RATE_LIMITS = None
        assert "sets no limit" in site.visitor().get("/data/").content.decode()


def test_the_page_is_found_from_every_page(site):
    """The foot of each page leads to it."""
    assert 'href="/data/"' in site.visitor().get("/").content.decode()


def test_the_verifier_is_handed_out_with_the_fingerprint_that_it_wants(site):
    """The file is the one that the conformance tests run; the command beside it names this node's keys."""
    given = site.visitor().get("/data/verify_entraide.py")
    assert given.content == Path("conformance/verify_entraide.py").read_bytes()
    assert given.headers["Content-Type"] == "text/x-python; charset=utf-8"
    (keys,) = site.node.keyring.history.generations
    assert f'--author "{dated_fingerprint(keys)}"' in site.visitor().get("/data/verify/").content.decode()
