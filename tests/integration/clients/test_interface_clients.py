"""The description of the interface as others read it: Redocly's lint, and a client that another program writes."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

from entraide.programme.domain.cursors import CURSOR_PATTERN
from entraide.rest.openapi import openapi_text
from tests.integration.clients.foreign import REDOCLY, find_program, need_file, run

pytestmark = pytest.mark.django_db
RULES = """
extends: [recommended]
rules:
  operation-4xx-response: error
  security-defined: error
  no-unused-components: error
  operation-operationId-unique: error
  # Redocly's own taste, not the specification's: a node's address is its own.
  no-server-example.com: off
"""


def test_redocly_finds_nothing(tmp_path):
    """No error and no warning, `security: []` on what is public among them."""
    node = find_program("node")
    program = need_file(REDOCLY, "@redocly/cli")
    (tmp_path / "openapi.json").write_text(openapi_text(), encoding="utf-8")
    (tmp_path / "redocly.yaml").write_text(RULES, encoding="utf-8")
    told = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}
    done = run([node, program, "lint", "openapi.json", "--format", "json"], tmp_path, **told)
    start = done.stdout.find("{")
    found = json.loads(done.stdout[start:]) if start >= 0 else {}
    problems = [(item["ruleId"], item["message"]) for item in found.get("problems", [])]
    assert (done.returncode, problems) == (0, []), done.stderr
    assert found["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client that openapi-python-client writes from our description, imported."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_text(openapi_text(), encoding="utf-8")
    (folder / "config.yaml").write_text("post_hooks: []\n", encoding="utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json"]
    made = ["--meta", "none", "--output-path", "register_client", "--config", "config.yaml", "--fail-on-warning"]
    done = run([*command, *made], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    package = folder / "register_client" / "__init__.py"
    spec = importlib.util.spec_from_file_location(
        "register_client", package, submodule_search_locations=[str(package.parent)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["register_client"] = module
    spec.loader.exec_module(module)
    return module


def test_a_written_client_reads_the_register(site, served, generated):
    """Lists with cursors, single facts and problems come back as the classes that the client was given for them."""
    transport = httpx.WSGITransport(app=get_wsgi_application())
    client = generated.Client(base_url=site.node.settings.origin, httpx_args={"transport": transport})
    listed = importlib.import_module("register_client.api.register.read_meetings")
    page = listed.sync(client=client, limit=1)
    seen = [page.items[0].id]
    while page.next_:
        cursor = httpx.URL(page.next_).params["cursor"]
        page = listed.sync(client=client, limit=1, cursor=cursor)
        seen += [item.id for item in page.items]
    assert len(seen) == len(set(seen)) > 2
    one = importlib.import_module("register_client.api.register.read_meeting").sync(seen[0], client=client)
    assert one.id == seen[0]
    missing = importlib.import_module("register_client.api.register.read_meeting").sync_detailed(
        served.mechanism, client=client
    )
    assert missing.status_code == 404
    assert missing.parsed.code == "programme.no_such_fact"


def test_every_operation_is_written(generated):
    """The client has a module for each operation of the description."""
    described = json.loads(openapi_text())
    wanted = {operation["operationId"] for methods in described["paths"].values() for operation in methods.values()}
    folder = Path(str(generated.__file__)).parent / "api"
    assert wanted == {file.stem for file in folder.rglob("*.py")} - {"__init__"}


def test_what_is_public_says_that_it_needs_no_token():
    """`security: []` stands on each public operation, a requirement on the two that need a token."""
    described = json.loads(openapi_text())
    needing = set()
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert isinstance(operation["security"], list), path
            if operation["security"]:
                needing.add(path)
    assert needing == {"/api/v1/token", "/api/v1/requests/counts"}
    assert described["components"]["schemas"]["Cursor"]["pattern"] == CURSOR_PATTERN
