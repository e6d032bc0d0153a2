"""Every public page of the samples' register speaks the reader's language, and its French is set as French is."""

import os
import re
import unicodedata

import pytest

from entraide.access.api import Role
from entraide.communiques.api import ProposalKind, import_source, list_samples, read_sample
from entraide.directory.models import PersonName
from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.keys.api import create_memory_keyring
from tests.factories.answering import keep_and_answer
from tests.factories.nodes import SeededRandomness, make_node
from tests.factories.people import make_actor
from tests.integration.conftest import Site
from tests.tongues import foreign_words, misprints

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
EVERY = int(os.environ.get("ENTRAIDE_EVERY_SAMPLE", "3"))
"""Of how many samples one is read; 1 reads all 66, which takes some minutes."""
ENOUGH = 250


def keep_samples(site: Site) -> None:
    """Read the samples into the register of `site`, as an officer keeps them in bulk."""
    officer = make_actor(site.node, Role.desk_officer)
    sources = [
        import_source(site.node, actor=officer, name=item.name, text=read_sample(item.name), kind=item.kind)
        for item in list_samples()[::EVERY]
    ]
    for kinds in (frozenset({ProposalKind.PARTY}), None):
        for source in sources:
            keep_and_answer(site.node, officer, source, kinds)


@pytest.fixture
def node() -> Node:
    """A node with keys, whose fingerprints a page tells."""
    return make_node(keyring=create_memory_keyring(SeededRandomness("keys")))


def located(site: Site, path: str) -> list[str]:
    """Return the paths of the addresses that a sitemap, or an index of sitemaps, lists."""
    return re.findall(r"<loc>https?://[^/<]+(/[^<]*)</loc>", site.visitor().get(path).content.decode())


def public_pages(site: Site) -> list[str]:
    """Return the addresses that the sitemap lists, and those that it leaves out."""
    parts = located(site, "/sitemap.xml")
    listed = [path for part in parts for path in located(site, part)]
    return [
        *listed,
        "/about/",
        "/about/api/",
        "/search/?q=hanoi",
        "/search/?q=ministre",
        "/data/",
        "/exports/",
        "/sources/kinds/",
    ]


def test_every_page_speaks_one_language(site: Site) -> None:
    """No word of another language stands outside an element that says so; Vietnamese is composed; French is set."""
    keep_samples(site)
    # A source may call a State as the State itself does.
    names = ["Việt Nam", "Viêt Nam"]
    names += list(PersonName.objects.values_list("name", flat=True))
    faults: dict[str, list[str]] = {}
    count = 0
    for path in public_pages(site):
        for language in SPOKEN:
            answer = site.visitor().get(path, headers={"accept-language": language})
            page = answer.content.decode()
            count += 1
            found = [f"{language}: {fault}" for fault in foreign_words(page, names)]
            found += [f"fr: {fault}" for fault in (misprints(page) if language == "fr" else ())]
            found += [] if unicodedata.is_normalized("NFC", page) else [f"{language}: not NFC"]
            for fault in found:
                faults.setdefault(fault, []).append(path)
    listed = "\n".join(f"{len(paths)} {fault}   {paths[0]}" for fault, paths in sorted(faults.items()))
    assert count > ENOUGH, count
    assert faults == {}, f"{count} pages, {len(faults)} faults\n{listed}"
