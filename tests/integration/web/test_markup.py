"""What a validator would say of pages: every id once, what refers to one finds it, moments that HTML can read."""

import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from entraide.access.api import Role
from tests.factories.people import make_actor
from tests.factories.registers import make_register
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db(databases=["default", "partner"])
REFERRING = ("for", "aria-labelledby", "aria-describedby", "popovertarget", "aria-controls")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:?\d{2})")


class Ids(HTMLParser):
    """The ids of a page, and the ids that others name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.named: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.found[values["id"]] += 1
        self.named |= {one for name in REFERRING for one in values.get(name, "").split()}
        if tag == "use":
            self.named.add(values["href"].removeprefix("#"))


@pytest.mark.parametrize("kind", ["/design/", "/", "mechanism", "meeting", "instrument", "commitment", "/commitments/"])
def test_every_id_stands_once_and_what_refers_to_one_finds_it(site: Site, kind: str):
    """Two forms, two lists or two threads on a page share no id; labels, popovers and marks lead somewhere."""
    register = make_register(site.node, make_actor(site.node, Role.desk_officer), with_sources=True)
    path = {
        "mechanism": f"/mechanisms/{register.mechanism}/",
        "meeting": f"/meetings/{register.meetings[1]}/",
        "instrument": f"/instruments/{register.plan}/",
        "commitment": f"/commitments/{register.commitments[0]}/",
    }.get(kind, kind)
    response = site.visitor().get(path)
    assert response.status_code == 200
    ids = Ids(response.content.decode())
    assert {one: count for one, count in ids.found.items() if count > 1} == {}
    assert ids.named - set(ids.found) == set()


@pytest.mark.parametrize("component", ["clock", "timeline"])
def test_a_moment_is_written_as_html_reads_it(component: str):
    """A fraction of a second has at most three digits in HTML; the database gives six."""
    at = datetime(2026, 1, 12, 12, 30, 15, 123456, tzinfo=UTC)
    event = {"at": at, "title": "Sent"}
    text = render_to_string(
        f"components/{component}.html", {"due": at, "now": at, "events": [event], "label": "Decide"}
    )
    found = re.findall(r'datetime="([^"]*)"', text)
    assert found
    assert all(MOMENT.fullmatch(one) for one in found), found
