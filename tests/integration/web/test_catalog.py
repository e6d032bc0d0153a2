"""The register as a dataset of data portals, read by foreign programs of linked data."""

import json
import re

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from entraide.kernel.languages import SPOKEN
from entraide.keys.api import create_memory_keyring
from entraide.tables.api import load_tables
from tests.factories.nodes import SeededRandomness, make_node
from tests.integration.conftest import Site
from tests.integration.web.test_crawling import recorded

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node():
    return make_node(keyring=create_memory_keyring(SeededRandomness("keys")))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own use of it
def test_a_portal_reads_the_catalogue(site: Site):
    """One dataset with title in each language, licence, contact, day of change, and files that are served."""
    recorded(site)
    answer = site.visitor().get("/catalog.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    graph = Graph().parse(data=answer.content.decode(), format="json-ld")
    (catalog,) = graph.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = graph.objects(catalog, DCAT.dataset)
    assert (dataset, RDF.type, DCAT.Dataset) in graph
    assert {title.language for title in graph.objects(dataset, DCTERMS.title)} == set(SPOKEN)
    assert {text.language for text in graph.objects(dataset, DCTERMS.description)} == set(SPOKEN)
    assert graph.value(dataset, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(graph.value(dataset, DCTERMS.publisher), FOAF.name) is not None
    modified = graph.value(dataset, DCTERMS.modified)
    assert isinstance(modified, Literal)
    assert modified.datatype == XSD.dateTime
    assert modified.toPython() is not None
    files = list(graph.objects(dataset, DCAT.distribution))
    assert len(files) == 1 + 2 * len(load_tables().tables)
    for file in files:
        address = str(graph.value(file, DCAT.downloadURL)).removeprefix(site.node.settings.origin)
        media = str(graph.value(file, DCAT.mediaType)).removeprefix("https://www.iana.org/assignments/media-types/")
        if address.endswith(".zip"):
            continue  # it is made in a thread of its own: test_data_page.py
        served = site.visitor().get(address)
        assert (served.status_code, served.headers["Content-Type"].partition(";")[0]) == (200, media)
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    assert (service, DCAT.servesDataset, dataset) in graph


@pytest.mark.parametrize("language", SPOKEN)
def test_a_search_engine_reads_the_dataset_in_the_page(site: Site, language: str):
    """What Google asks of a Dataset stands there: name, a description of 50 to 5000 characters, licence, downloads."""
    page = site.visitor().get("/data/", {"lang": language}).content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert "<" not in text
    found = json.loads(text)
    assert (found["@type"], found["inLanguage"]) == ("Dataset", language)
    assert 50 <= len(found["description"]) <= 5000
    assert found["name"]
    assert found["license"].startswith("https://")
    assert found["creator"]["name"]
    assert {item["encodingFormat"] for item in found["distribution"]} >= {"application/zip", "text/csv"}
