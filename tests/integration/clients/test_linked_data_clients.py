"""Linked data as others read it: rdflib and PyLD give the same graph, its terms exist, and it has the shape it should.

Nothing is fetched: a document that needed a context from elsewhere would fail.
"""

import json
import re
from collections.abc import Iterator

import lxml.html
import pyld.jsonld
import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCMITYPE, DCTERMS, ORG, SDO, SKOS

from entraide.communiques.api import page_public_sources
from entraide.directory.api import list_organisations, list_posts
from entraide.programme.api import list_commitments, list_instruments, list_mechanisms, list_meetings

pytestmark = [
    pytest.mark.django_db,
    # rdflib's own parser of JSON-LD uses a class of its own that it calls outdated.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
SCHEMA = Namespace("https://schema.org/")
OPENGOV = {URIRef("http://www.w3.org/ns/opengov#post")}
"""Terms of the vocabulary of Popolo (popoloproject.com/specs, "membership"), of which rdflib has no list."""
VOCABULARIES = (DCMITYPE, DCTERMS, ORG, SKOS, RDF)
MOST = 8
"""Documents of each kind that are looked at."""

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <https://schema.org/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix opengov: <http://www.w3.org/ns/opengov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

[] a sh:NodeShape ; sh:targetClass schema:Quotation ;
  sh:property [ sh:path schema:text ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path schema:inLanguage ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass schema:Country ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:uniqueLang true ] ;
  sh:property [ sh:path schema:identifier ; sh:pattern "^[A-Z]{2}$" ] .
[] a sh:NodeShape ; sh:targetClass org:Organization ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:uniqueLang true ] .
[] a sh:NodeShape ; sh:targetClass schema:Organization ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:uniqueLang true ] .
[] a sh:NodeShape ; sh:targetClass schema:Event ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ] ;
  sh:property [ sh:path schema:startDate ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[0-9]{4}(-[0-9]{2}){0,2}$" ] ;
  sh:property [ sh:path schema:location ; sh:minCount 1 ; sh:class schema:Place ] ;
  sh:property [ sh:path ( schema:location schema:address ) ; sh:minCount 1 ; sh:class schema:PostalAddress ] .
[] a sh:NodeShape ; sh:targetClass schema:Place ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass schema:Action ;
  sh:property [ sh:path schema:location ; sh:maxCount 0 ] .
[] a sh:NodeShape ; sh:targetClass org:Membership ;
  sh:property [ sh:path opengov:post ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path org:organization ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path org:member ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass schema:CreativeWork ;
  sh:property [ sh:path schema:name ; sh:minCount 1 ] .
"""


def no_address(address: str, _options: object) -> dict:
    raise AssertionError(f"{address} would be fetched")


@pytest.fixture
def paths(site, told) -> list[str]:
    """Pages of facts of each kind, without the last slash."""
    node = site.node
    found: list[str] = []
    for table, facts in {
        "mechanisms": list_mechanisms(node),
        "meetings": list_meetings(node),
        "instruments": list_instruments(node),
        "commitments": list_commitments(node),
        "organisations": list_organisations(node),
        "posts": list_posts(node),
        "sources": page_public_sources(node),
    }.items():
        assert facts, table
        found += [f"/{table}/{fact.id}" for fact in list(facts)[:MOST]]
    return found


def document(site, path: str) -> dict:
    answer = site.visitor().get(f"{path}.jsonld")
    assert answer.status_code == 200, path
    return json.loads(answer.content)


def graph_of(data: dict) -> Graph:
    return Graph().parse(data=json.dumps(data), format="json-ld")


def test_rdflib_and_pyld_read_the_same_graph(site, paths):
    """Each document stands for itself, and two readers of JSON-LD give equal graphs, forth and back."""
    options = {"documentLoader": no_address, "format": "application/n-quads"}
    for path in paths:
        data = document(site, path)
        first = graph_of(data)
        quads = pyld.jsonld.to_rdf(data, options)
        assert isomorphic(first, Graph().parse(data=quads, format="nt")), path
        again = pyld.jsonld.compact(pyld.jsonld.expand(data, options), data["@context"], options)
        assert isomorphic(first, graph_of(again)), path
        assert len(first) > 3


def test_every_term_exists(site, paths):
    """Each class and property is one that its vocabulary has: none was made up."""
    used: set[URIRef] = set()
    for path in paths:
        for _subject, predicate, value in graph_of(document(site, path)):
            used |= {predicate, value} if predicate == RDF.type else {predicate}
    assert sorted(term for term in used if not exists(term)) == []
    assert len(used) > 30


def exists(term: URIRef) -> bool:
    """Whether a vocabulary has a term, by the lists that rdflib has of them."""
    if term.startswith(SCHEMA):
        return SDO[term.removeprefix(SCHEMA)] in SDO
    return term in OPENGOV or any(term in vocabulary for vocabulary in VOCABULARIES)


def test_all_documents_together_have_the_shape_that_their_readers_expect(site, paths):
    """SHACL over the graph of all: names, one text to a quotation, events with name, date and address, memberships."""
    graph = Graph()
    for path in paths:
        graph += graph_of(document(site, path))
    conforms, _report, text = pyshacl.validate(graph, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))
    assert conforms, text
    quotations = set(graph.subjects(RDF.type, SCHEMA.Quotation))
    assert len(quotations) > 20
    assert any(str(item).count("-") >= 6 for item in quotations)
    assert (None, RDF.type, SCHEMA.Event) in graph
    assert (None, RDF.type, ORG.Membership) in graph


def test_a_shape_that_is_broken_is_told(site, paths):
    """The check itself notices: a quotation with two texts, a country without a name."""
    path = next(item for item in paths if item.startswith("/meetings/"))
    graph = graph_of(document(site, path))
    quotation = next(graph.subjects(RDF.type, SCHEMA.Quotation), URIRef("https://example.org/#at-1-2"))
    graph.add((quotation, RDF.type, SCHEMA.Quotation))
    graph.add((quotation, SCHEMA.text, Literal("another text")))
    graph.add((quotation, SCHEMA.text, Literal("and one more")))
    conforms, _report, text = pyshacl.validate(graph, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))
    assert not conforms
    assert "MaxCountConstraintComponent" in text


def embedded(site, path: str, language: str = "en") -> dict:
    """Return the linked data inside a page, as a reader of pages finds it."""
    answer = site.visitor().get(f"{path}/", headers={"Accept-Language": language})
    assert answer.status_code == 200
    scripts = lxml.html.fromstring(answer.content).xpath('//script[@type="application/ld+json"]/text()')
    assert len(scripts) <= 1
    return json.loads(scripts[0]) if scripts else {}


def objects(value: object) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from objects(item)
    elif isinstance(value, list):
        for item in value:
            yield from objects(item)


def test_pages_carry_their_linked_data(site, paths):
    """In terms of schema.org alone, plain values, with the same address: what is read without following a link."""
    found = 0
    for path in paths:
        data = embedded(site, path)
        if path.startswith("/posts/"):
            continue
        found += bool(data)
        if not data:
            assert "schema:Event" not in document(site, path)["type"]
            continue
        assert data["@context"] == "https://schema.org"
        assert data["@id"] == f"{site.node.settings.origin}{path}/"
        for item in objects({key: value for key, value in data.items() if key != "@context"}):
            assert all(SDO[key] in SDO for key in item if not key.startswith("@")), item
            types = item.get("@type", [])
            assert all(SDO[name] in SDO for name in ([types] if isinstance(types, str) else types))
        graph = Graph().parse(data=json.dumps({**data, "@context": {"@vocab": str(SCHEMA)}}), format="json-ld")
        assert (URIRef(data["@id"]), RDF.type, None) in graph
    assert found > len(paths) / 2


def test_meetings_in_pages_obey_the_common_rules_for_events(site, paths):
    """What is told to be an Event has what the large readers of such data ask for: name, startDate, a located place."""
    events = [data for path in paths if path.startswith("/meetings/") and (data := embedded(site, path))]
    assert events
    for data in events:
        assert data["@type"] == "Event"
        assert isinstance(data["name"], str)
        assert data["name"]
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", data["startDate"])
        place = data["location"]
        assert (place["@type"], bool(place["name"])) == ("Place", True)
        assert place["address"]["@type"] == "PostalAddress"
        assert place["address"]["addressLocality"]


def test_what_rests_on_a_sample_says_so(site, told, paths):
    """Facts of the program's own samples are marked, on the page and in the document; others are not."""
    marked = {path for path in paths if "notes" in document(site, path)}
    assert marked
    assert f"/meetings/{told.meeting}" not in marked
    notes = [document(site, path)["notes"] for path in marked]
    assert all(note["fr"].startswith("données d’exemple") for note in notes)
    inside = [data for path in marked if (data := embedded(site, path))]
    assert inside
    assert all("sample data" in data["disambiguatingDescription"] for data in inside)
