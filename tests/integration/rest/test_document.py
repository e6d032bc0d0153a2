"""Every command of docs/using/data.md and of the accounts page does what the page says."""

import dataclasses
import re
import shlex
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from entraide.access.api import Role, Scope, create_token
from entraide.config import middleware
from entraide.tables.api import make_package
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db
DOCUMENTS = ("docs/using/data.md", "docs/using/accounts.md")
COMMANDS = [
    line
    for document in DOCUMENTS
    for line in re.findall(r"^    (curl .*)$", Path(document).read_text(encoding="utf-8"), re.MULTILINE)
]


def test_there_are_commands():
    """The pages show how; a page without a command would make the next test empty."""
    assert len(COMMANDS) >= 15


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_works(site, tmp_path, command):
    """Each curl command gets its answer from a node with a register."""
    home = dataclasses.replace(site.node.settings, home=tmp_path)
    node = dataclasses.replace(site.node, settings=home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "current_node", lambda: node)
        made = make_register(node)
        make_package(node)
        operator = make_actor(node, Role.operator)
        token = create_token(node, actor=operator, label="Library", scopes=[Scope.read_register], days=30)
        client = site.visitor()
        values = {
            "$MECHANISM": str(made.mechanism),
            "$MEETING": str(made.meeting),
            "$TOKEN": token.text,
            "$TAG": client.get("/api/v1/meetings").headers["ETag"],
        }
        words = shlex.split(command)
        for name, value in values.items():
            words = [word.replace(name, value) for word in words]
        headers = dict(word.split(": ", 1) for before, word in pairwise(words) if before == "-H")
        address = urlsplit(words[-1])
        assert address.netloc == "127.0.0.1:8000"
        answer = client.get(f"{address.path}?{address.query}", headers=headers)
        assert answer.status_code == (304 if "If-None-Match" in headers else 200), command
        if answer.streaming:
            assert b"".join(answer)
        if answer.headers.get("Content-Type") == "application/json; charset=utf-8" and "items" in answer.json():
            assert answer.json()["items"] or "sources" in command, command
