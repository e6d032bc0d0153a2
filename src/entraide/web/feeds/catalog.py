"""The register as a dataset of data portals: DCAT 3 for catalogues, schema.org for search engines."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, override

from entraide.kernel.languages import SPOKEN
from entraide.kernel.node import Node
from entraide.storage.api import get_revision
from entraide.tables.api import LICENCES, ExportFormat, describe_table, load_tables
from entraide.web.feeds.answers import Made, machine_readable
from entraide.web.http import node_of
from entraide.web.language import reader_language, text_here

Document = dict[str, Any]
CONTEXT: Document = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
TITLE = gettext_noop("Register of cooperation between ministries")
ABOUT = gettext_noop(
    "What ministries of security and justice agreed, what they said they would do and what can be shown of it since: "
    "mechanisms, meetings, texts, commitments and who held which post, each fact with the passage of the source that "
    "shows it."
)
KEYWORDS = (
    gettext_noop("international cooperation"),
    gettext_noop("public security"),
    gettext_noop("commitments"),
    gettext_noop("mutual legal assistance"),
)
MEDIA = {
    ExportFormat.CSV: ("text/csv", "CSV"),
    ExportFormat.JSON: ("application/json", "JSON"),
}
"""Forms of the tables that portals can show, with the file types of the European Union's list."""


@machine_readable
def catalog(request: HttpRequest) -> Made:
    """Answer the catalogue of this site with its one dataset (DCAT 3, JSON-LD)."""
    node = node_of(request)
    text = json.dumps(build_catalog(node), ensure_ascii=False, indent=1)
    return Made("application/ld+json", text.encode, filename="catalog.jsonld")


def build_catalog(node: Node) -> Document:
    """Return a DCAT catalogue: the dataset, its files and the service that answers programs."""
    origin = node.settings.origin
    page = f"{origin}{reverse('feeds:data')}"
    publisher = {
        "@id": f"{page}#publisher",
        "@type": "foaf:Organization",
        "foaf:name": [_said(text, language) for language, text in node.settings.organisation.items()],
        "foaf:homepage": {"@id": f"{origin}/"},
    }
    common = {"dct:publisher": publisher, "dct:license": {"@id": LICENCES[node.settings.licence][1]}, **_dates(node)}
    dataset = {
        "@id": f"{page}#dataset",
        "@type": "dcat:Dataset",
        "dct:title": _in_each(TITLE),
        "dct:description": _in_each(ABOUT),
        "dcat:keyword": [said for word in KEYWORDS for said in _in_each(word)],
        "dcat:theme": {"@id": f"{EU}/data-theme/JUST"},
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/UPDATE_CONT"},
        "dct:language": [{"@id": f"http://id.loc.gov/vocabulary/iso639-1/{code}"} for code in SPOKEN],
        "dct:identifier": f"{page}#dataset",
        "dcat:landingPage": {"@id": page},
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": text_here(node.settings.organisation).text or node.settings.name,
            "vcard:hasURL": {"@id": f"{origin}{reverse('about:page', args=['contact'])}"},
        },
        "dcat:distribution": list(_distributions(node, page)),
        **common,
    }
    service = {
        "@id": f"{origin}/api/v1/",
        "@type": "dcat:DataService",
        "dct:title": "REST, OpenAPI",
        "dcat:endpointURL": {"@id": f"{origin}/api/v1/"},
        "dcat:endpointDescription": {"@id": f"{origin}{reverse('openapi')}"},
        "dcat:servesDataset": {"@id": f"{page}#dataset"},
        "dct:license": common["dct:license"],
    }
    return {
        "@context": CONTEXT,
        "@id": f"{page}#catalog",
        "@type": "dcat:Catalog",
        "dct:title": _in_each(TITLE),
        "dct:description": _in_each(ABOUT),
        "foaf:homepage": {"@id": page},
        "dcat:dataset": dataset,
        "dcat:service": service,
        **common,
    }


def build_dataset(node: Node) -> Document:
    """Return the register as a dataset of schema.org in the reader's language, to stand in the page of its data."""
    origin, language = node.settings.origin, reader_language()
    page = f"{origin}{reverse('feeds:data')}"
    licence = LICENCES[node.settings.licence][1]
    who = {"@type": "Organization", "name": text_here(node.settings.organisation).text or node.settings.name}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{page}#dataset",
        "name": gettext(TITLE),
        "description": gettext(ABOUT),
        "url": page,
        "license": licence,
        "creator": who,
        "publisher": who,
        "isAccessibleForFree": True,
        "inLanguage": language,
        "keywords": [gettext(word) for word in KEYWORDS],
        **({"dateModified": changed.isoformat()} if (changed := _changed(node)) else {}),
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": media, "contentUrl": href}
            for name, media, _form, href in _files(node)
        ],
    }


def _distributions(node: Node, page: str) -> Iterator[Document]:
    for name, media, form, href in _files(node):
        yield {
            "@id": href,
            "@type": "dcat:Distribution",
            "dct:title": name,
            "dcat:accessURL": {"@id": page},
            "dcat:downloadURL": {"@id": href},
            "dcat:mediaType": {"@id": f"{IANA}/{media}"},
            "dct:format": {"@id": f"{EU}/file-type/{form}"},
            "dct:license": {"@id": LICENCES[node.settings.licence][1]},
        }


def _files(node: Node) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, media type, file type and address of each file."""
    origin = node.settings.origin
    yield "Data Package", "application/zip", "ZIP", f"{origin}{reverse('exports:package')}"
    for table in load_tables().tables:
        for form, (media, file_type) in MEDIA.items():
            href = f"{origin}{reverse('exports:download', args=[table.name, form.value])}"
            yield f"{table.name} ({file_type}): {describe_table(table.name, reader_language())}", media, file_type, href


def _dates(node: Node) -> Document:
    changed = _changed(node)
    return {"dct:modified": {"@value": changed.isoformat(), "@type": "xsd:dateTime"}} if changed else {}


def _changed(node: Node) -> datetime | None:
    found = get_revision(node).at
    return found.astimezone(UTC) if found else None


def _in_each(message: str) -> list[Document]:
    found = []
    for language in SPOKEN:
        with override(language):
            found.append(_said(gettext(message), language))
    return found


def _said(text: str, language: str) -> Document:
    return {"@value": text, "@language": language}
