"""Pages and files of the exports."""

import asyncio
import csv
import dataclasses
import io
from datetime import date

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient

from entraide.access.api import Role
from entraide.config import middleware
from entraide.tables.api import find_package
from tests.factories.cooperations import make_register as make_cooperation
from tests.factories.people import make_actor
from tests.factories.registers import make_register

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def register(site):
    return make_register(site.node, make_actor(site.node, Role.desk_officer))


def test_anybody_downloads_a_table(site, register):
    """Without a login: a CSV file in UTF-8 with a byte order mark and the lines of RFC 4180."""
    response = site.visitor().get("/exports/meetings.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="vn-mps-meetings.csv"' in response.headers["Content-Disposition"]
    body = response.getvalue()
    assert body.startswith(b"\xef\xbb\xbfpermalink,mechanism,series,ordinal")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert {row["ordinal"] for row in rows} == {"4", "5", "6"}
    assert body.count(b"\r\n") == 1 + len(rows)
    assert not site.visitor().get("/exports/meetings.csv?mark=no").getvalue().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("address", ["/exports/commitment.csv", "/exports/commitments.xls", "/exports/x.y"])
def test_what_there_is_not_is_not_found(site, address):
    """An unknown table or format is a 404."""
    assert site.visitor().get(address).status_code == 404


def test_a_mistyped_filter_is_told(site):
    """A filter that cannot be is a 400 with the reason, before a byte of a file."""
    response = site.visitor().get("/exports/commitments.csv?state=Vietnam")
    assert response.status_code == 400
    assert "Vietnam" in response.content.decode()


def test_the_page_names_every_table_with_its_files(site, register):
    """The page of the exports links to each table in each format."""
    page = site.visitor().get("/exports/").content.decode()
    for address in ("/exports/commitments.csv", "/exports/citations.json", "/exports/tenures.jsonl"):
        assert f'href="{address}"' in page


@pytest.mark.django_db(databases=["default", "partner"], transaction=True)
def test_an_asynchronous_server_sends_the_same(site, register):
    """Under ASGI, as a node serves, the pieces are made one by one and are the same bytes."""

    async def fetch() -> tuple[bool, bytes]:
        response = await AsyncClient().get("/exports/commitments.csv")
        body = b"".join([piece async for piece in response.streaming_content])
        await sync_to_async(connections.close_all)()  # of the thread that read for the event loop
        return response.is_async, body

    is_async, body = asyncio.run(fetch())
    assert is_async
    assert body == site.visitor().get("/exports/commitments.csv").getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_package_is_sent_as_it_lies_on_disk_with_conditions(site, tmp_path):
    """The first who asks has it made; unchanged, nothing is sent; after a change it is made anew; none is 404."""
    home = dataclasses.replace(site.node.settings, home=tmp_path)
    node = dataclasses.replace(site.node, settings=home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "current_node", lambda: node)
        visitor = site.visitor()
        assert visitor.get("/exports/datapackage-2025-01-12.zip").status_code == 404
        answer = visitor.get("/exports/datapackage.zip")
        made = find_package(node, date(2025, 1, 12))
        assert answer.headers["Content-Type"] == "application/zip"
        assert b"".join(answer.streaming_content) == made.read_bytes()
        tag = answer.headers["ETag"]
        again = visitor.get("/exports/datapackage.zip", headers={"If-None-Match": tag})
        assert (again.status_code, again.headers["ETag"]) == (304, tag)
        edition = visitor.get(f"/exports/{made.name}")
        assert b"".join(edition.streaming_content) == made.read_bytes()
        make_cooperation(node, state="TH")
        anew = visitor.get("/exports/datapackage.zip", headers={"If-None-Match": tag})
        assert anew.status_code == 200
        assert b"".join(anew.streaming_content) == find_package(node).read_bytes() != made.read_bytes()
        for day in ("2025-01-11", "2025-02-30"):
            assert visitor.get(f"/exports/datapackage-{day}.zip").status_code == 404


def test_an_unchanged_table_is_not_sent_again(site, register):
    """With the tag of the last download the answer is 304; other filters have another tag; a wrong table stays 404."""
    visitor = site.visitor()
    tag = visitor.get("/exports/meetings.csv").headers["ETag"]
    assert visitor.get("/exports/meetings.csv", headers={"If-None-Match": tag}).status_code == 304
    assert visitor.get("/exports/meetings.csv?state=VN", headers={"If-None-Match": tag}).status_code == 200
    assert visitor.get("/exports/nothing.csv", headers={"If-None-Match": "*"}).status_code == 404
    make_cooperation(site.node, state="TH")
    assert visitor.get("/exports/meetings.csv", headers={"If-None-Match": tag}).status_code == 200
