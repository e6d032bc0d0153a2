"""The description of the interface is current, complete, and true of what is answered."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from entraide.access.api import Role
from entraide.communiques.api import import_source, keep_all, list_samples, read_sample
from entraide.rest.openapi import describe_interface, openapi_text
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
MOST_EXAMPLES = 12


OPERATIONS_DESCRIBED = [
    pytest.param(path, operation, id=path)
    for path, methods in describe_interface()["paths"].items()
    for operation in methods.values()
]


def test_the_file_is_current():
    """docs/api/openapi.json is what the code says (python -m tools.openapi update)."""
    assert Path("docs/api/openapi.json").read_text(encoding="utf-8") == openapi_text()


def test_the_served_description_is_the_file(site):
    """A node serves the same description."""
    assert site.visitor().get("/api/openapi.json").content.decode() == openapi_text()


@pytest.mark.parametrize(("path", "operation"), OPERATIONS_DESCRIBED)
def test_an_operation_says_what_a_reader_needs(path, operation):
    """Each has a summary, a description, its errors as problem details, and the headers of conditions and limits."""
    assert operation["summary"]
    assert operation["description"]
    answers = operation["responses"]
    assert {"200", "400", "404", "429"} <= set(answers)
    assert set(answers["429"]["headers"]) >= {"Retry-After", "RateLimit-Limit"}
    assert "application/problem+json" in answers["404"]["content"]
    assert {"ETag", "RateLimit-Remaining"} <= set(answers["200"]["headers"])
    needs_token = path in {"/api/v1/token", "/api/v1/requests/counts"}
    assert bool(operation.get("security")) is needs_token
    assert ("304" in answers) is not needs_token
    assert ("401" in answers) is needs_token


def test_every_reference_leads_somewhere():
    """No `$ref` of the description is broken."""
    text = openapi_text()
    described = json.loads(text)

    def walk(value):
        if isinstance(value, dict):
            if "$ref" in value:
                here = described
                for part in value["$ref"].removeprefix("#/").split("/"):
                    here = here[part]
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(described)


SCHEMA = schemathesis.openapi.from_dict(describe_interface())
SCHEMA.app = get_wsgi_application()
OPERATIONS = {item.ok().label: item.ok() for item in SCHEMA.get_all_operations()}


@pytest.fixture
def cited(site) -> Iterator[None]:
    """A register with one of everything, and a source that it cites.

    A served request begins by closing old connections; here that would end the test's own transaction.
    """
    make_register(site.node)
    officer = make_actor(site.node, Role.desk_officer, Role.operator)
    sample = list_samples()[0]
    source = import_source(site.node, actor=officer, name="a", text=read_sample(sample.name), kind=sample.kind)
    keep_all(site.node, actor=officer, source_id=source)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(cited, label):
    """Whatever is asked, also wrongly: no failure, a described status and type, and the described shape."""
    strategy = st.one_of(
        OPERATIONS[label].as_strategy(generation_mode=mode)
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    )

    @settings(
        max_examples=MOST_EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def ask(case) -> None:
        # Its client for WSGI says that it takes what is compressed, and does not unpack it.
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    ask()
