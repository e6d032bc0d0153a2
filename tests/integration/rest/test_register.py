"""The register and the counts, as programs read them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entraide.access.api import Role, Scope, create_token
from entraide.communiques.api import import_source, keep_all, list_samples, list_sources, read_sample
from entraide.programme.api import CommitmentStatus, create_commitment
from entraide.requests.api import acknowledge, approve_answer, draft_answer, start_execution
from tests.factories.contents import answer_content
from tests.factories.cooperations import make_register
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node(pair):
    """Vietnam's node, paired with that of Laos."""
    return pair.a.node


@pytest.fixture
def read(site):
    """Read an address, without a token."""

    def read_it(path: str):
        answer = site.visitor().get(path if path.startswith("/") else f"/api/v1/{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    return read_it


def test_the_register_is_read_with_addresses(node, read):
    """Mechanism, meeting, instrument and commitment come with their facts and the addresses of page and object."""
    made, origin = make_register(node), node.settings.origin
    (found,) = read("mechanisms")["items"]
    assert [party["state"] for party in found["parties"]] == ["LA", "VN"]
    assert found["url"] == f"{origin}/mechanisms/{made.mechanism}/"
    assert found["api_url"] == f"{origin}/api/v1/mechanisms/{made.mechanism}"
    first = read(f"meetings?mechanism={made.mechanism}")["items"][0]
    assert first["date"] == {"value": "2024-10-22/2024-10-23", "basis": "stated"}
    assert read("instruments?kind=plan")["items"][0]["period"] == "2025"
    (promised,) = read("commitments?domain=drugs&status=pledged&state=VN&state=LA")["items"]
    assert promised["id"] == str(made.commitment)
    assert read("commitments?domain=cybercrime")["items"] == []
    assert read("commitments?state=TH")["items"] == []
    assert read("counts/domains")["items"] == [{"states": ["LA", "VN"], "domain": "drugs", "count": 1}]
    assert read("filters")["states"] == ["LA", "VN"]


def test_every_address_of_every_object_answers(node, read, site):
    """Whatever stands as `url` or `api_url` in an answer is served, from the first list to the last object."""
    make_register(node)
    officer = make_actor(node, Role.desk_officer, Role.operator)
    sample = list_samples()[0]
    with node.active():
        source = import_source(
            node, actor=officer, name=sample.name, text=read_sample(sample.name), kind=sample.kind, publisher="Office"
        )
        keep_all(node, actor=officer, source_id=source)
    origin, waiting, seen = node.settings.origin, ["mechanisms", "organisations", "posts", "sources", "series"], set()
    waiting += ["meetings", "instruments", "commitments"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = site.visitor().get(path if path.startswith("/") else f"/api/v1/{path}")
        assert answer.status_code == 200, path
        if answer.headers["Content-Type"].startswith("application/json"):
            found = re.findall(rf'"(?:url|api_url)": "{origin}([^"#]*)', answer.content.decode())
            waiting += sorted(set(found) - seen - set(waiting))
    kinds = {path.split("/")[3] for path in seen if path.startswith("/api/v1/")}
    assert kinds == {
        "mechanisms",
        "meetings",
        "instruments",
        "commitments",
        "organisations",
        "posts",
        "sources",
        "series",
    }


def test_a_meeting_comes_with_all_that_is_known_of_it(node, read):
    """Instruments, commitments, announced meetings and contradictions stand in the single answer."""
    made = make_register(node)
    found = read(f"meetings/{made.meeting}")
    assert [item["id"] for item in found["instruments"]] == [str(made.plan)]
    assert [item["id"] for item in found["commitments"]] == [str(made.commitment)]
    assert [item["when"] for item in found["references"]] == ["later"]
    assert [(item["field"], item["value"]) for item in found["contradictions"]] == [("date", "2024-10-24")]
    assert [item["kind"] for item in read(f"instruments/{made.plan}")["actions"]] == ["signed", "reviewed"]
    assert read(f"commitments/{made.commitment}")["assessments"][0]["grade"] == "limited"
    assert [item["name"] for item in read(f"posts/{made.post}")["holders"]] == ["Holder of the Post"]


def test_a_timeline_tells_gaps_and_what_is_due(node, read):
    """A lane for the series with its meetings and the next one due, as of today."""
    made = make_register(node)
    found = read(f"mechanisms/{made.mechanism}/timeline")
    (lane,) = [lane for lane in found["lanes"] if lane["series_id"] == str(made.series)]
    assert [item["ordinal"] for item in lane["meetings"]] == [8, 9]
    assert lane["next_due"] == {"ordinal": 10, "year": 2025, "interval_years": 1, "overdue": False}
    (listed,) = read(f"series?mechanism={made.mechanism}")["items"]
    assert listed["url"] == f"{node.settings.origin}/mechanisms/{made.mechanism}/#series-{made.series}"
    series = read(f"series/{made.series}")
    assert (series["next_due"], series["meetings"]) == (lane["next_due"], lane["meetings"])
    assert found["as_of"] == node.clock.now().date().isoformat()
    assert [item["ordinal"] for item in found["announced"]] == [10]


def test_a_source_shows_its_passages_and_not_its_text(node, read):
    """A cited source has its digest and passages with offsets; one that nothing cites is not there."""
    officer = make_actor(node, Role.desk_officer, Role.operator)
    with node.active():
        sample = list_samples()[0]
        text = read_sample(sample.name)
        cited = import_source(node, actor=officer, name="a", text=text, kind=sample.kind)
        keep_all(node, actor=officer, source_id=cited)
        import_source(node, actor=officer, name="b", text=read_sample(list_samples()[1].name), kind=sample.kind)
        assert len(list_sources(node)) == 2
    (found,) = read("sources")["items"]
    assert found["id"] == str(cited)
    detail = read(f"sources/{cited}")
    assert detail["citations"]
    assert all(text[item["start"] : item["end"]] == item["quote"] for item in detail["citations"])
    assert text not in str(detail)
    first = detail["citations"][0]
    again = read(f"citations?fact_kind={first['fact_kind']}&fact_id={first['fact_id']}")
    assert first in again


@pytest.mark.parametrize("path", ["organisations", "posts", "series", "commitments", "mechanisms"])
def test_pages_are_whole_and_go_both_ways_while_rows_are_added(node, site, path):
    """Following `next` gives each row once; what is recorded meanwhile moves nothing; `previous` leads back."""
    states = ["LA", "TH", "KH", "CN", "RU"]
    for state in states:
        make_register(node, state=state)
    client, address, seen, first = site.visitor(), f"/api/v1/{path}?limit=2", [], None
    while address:
        answer = client.get(address)
        body = answer.json()
        first = first or body
        seen += [item["id"] for item in body["items"]]
        assert (f'<{body["next"]}>; rel="next"' in answer.headers["Link"]) is bool(body["next"])
        if len(seen) == 2:
            make_register(node, state="FR")
        last, address = body, (body["next"] or "").removeprefix(node.settings.origin)
    assert len(seen) == len(set(seen)) >= 5
    back = client.get(last["previous"].removeprefix(node.settings.origin)).json()
    assert back["items"]
    assert 'rel="prev"' in client.get(last["previous"].removeprefix(node.settings.origin)).headers["Link"]
    assert first["previous"] is None


@pytest.mark.parametrize(
    "path", ["mechanisms", "meetings", "instruments", "commitments", "organisations", "posts", "series", "sources"]
)
def test_the_number_of_queries_does_not_grow(node, site, path):
    """A list of three costs as many queries as a list of one."""
    officer = make_actor(node, Role.desk_officer, Role.operator)

    def add(number: int) -> None:
        make_register(node, state=["LA", "TH", "KH"][number])
        with node.active():
            sample = list_samples()[number]
            source = import_source(
                node, actor=officer, name=f"{number}", text=read_sample(sample.name), kind=sample.kind
            )
            keep_all(node, actor=officer, source_id=source)

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert site.visitor().get(f"/api/v1/{path}").status_code == 200
        return len(found)

    add(0)
    one = count()
    add(1)
    add(2)
    assert count() == one


@pytest.mark.parametrize("kind", ["meetings", "commitments", "instruments"])
def test_one_object_costs_a_fixed_number_of_queries(node, site, kind):
    """Three commitments of a meeting or plan cost as many queries as one."""
    made = make_register(node)
    officer = make_actor(node, Role.desk_officer)
    path = {"meetings": made.meeting, "commitments": made.commitment, "instruments": made.plan}[kind]

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert site.visitor().get(f"/api/v1/{kind}/{path}").status_code == 200
        return len(found)

    one = count()
    for _ in range(2):
        create_commitment(
            node,
            actor=officer,
            mechanism_id=made.mechanism,
            domain="drugs",
            status=CommitmentStatus.PLEDGED,
            texts={"en": "More."},
            meeting_id=made.meeting,
            instrument_id=made.plan,
        )
    assert count() == one


def test_counts_tell_no_person(exchange, site):
    """Answered requests are counted by domain and by who asked whom, with nothing else, for a token with the scope."""
    request_id = exchange.release("preservation")
    here, there = exchange.a, exchange.b
    acknowledge(there.node, actor=there.officer, request_id=request_id)
    start_execution(there.node, actor=there.officer, request_id=request_id)
    draft_answer(there.node, actor=there.officer, request_id=request_id, content=answer_content())
    approve_answer(there.node, actor=there.approver, request_id=request_id)
    exchange.pair.deliver()
    assert here.node.settings.name == "vn-mps"
    operator = make_actor(site.node, Role.operator)
    made = create_token(site.node, actor=operator, label="Library", scopes=[Scope.read_counts], days=30)

    def counted(since: int, until: int):
        answer = site.visitor().get(
            f"/api/v1/requests/counts?since={since}-01-01&until={until}-01-01",
            headers={"Authorization": f"Bearer {made.text}"},
        )
        assert answer.status_code == 200, answer.content
        return answer.json()

    who = {"requesting": "vn-mps", "requested": "la-mops"}
    assert {**who, "answered_in_time": 1, "answered_late": 0, "open": 0, "overdue": 0, "one_sided": 0} in [
        {key: value for key, value in row.items() if key != "domain"} for row in counted(2025, 2026)
    ]
    assert counted(2020, 2021) == []
