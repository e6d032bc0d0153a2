"""A request on the desks of those whom it needs, from draft to a partner's delay."""

import pytest

from entraide.access.api import Role
from entraide.requests.api import approve_release, submit_for_approval
from entraide.web.requests.desk import request_items
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


@pytest.fixture
def node(pair):
    """The pages of Vietnam's node, paired with that of Laos."""
    return pair.a.node


def test_a_request_is_on_the_desk_of_whom_it_needs(site, exchange):
    """Its drafter, then the approver, then the officer of the other side find it; late, it is the partner's debt."""
    here, there, pair = exchange.a, exchange.b, exchange.pair
    officer, approver = site.client_of(here.officer), site.client_of(here.approver)
    request_id = exchange.draft("preservation")
    assert "complete your draft" in officer.get("/desk/").content.decode()
    assert str(request_id) not in approver.get("/desk/").content.decode()
    submit_for_approval(here.node, actor=here.officer, request_id=request_id)
    assert "look at the draft and release it" in approver.get("/desk/").content.decode()
    approve_release(here.node, actor=here.approver, request_id=request_id)
    pair.deliver()
    assert str(request_id) not in approver.get("/desk/").content.decode()
    with there.node.active():
        (item,) = request_items(there.node, there.officer)
    assert item.text == "To do: acknowledge."
    assert item.due is not None
    assert not item.is_overdue(pair.clock.now())
    pair.clock.advance(days=40)
    page = officer.get("/desk/").content.decode()
    assert "The time agreed has passed; ask how it stands." in page
    assert "Ministry of Public Security (Laos) must act" in page
    assert "<dd>1</dd>" in page.split("overdue at partners")[1][:40]


def test_requests_are_on_no_other_desk(site, exchange):
    """A desk officer, an auditor and an operator see nothing of requests on their desk."""
    request_id = exchange.release("preservation")
    for role in (Role.desk_officer, Role.auditor, Role.operator):
        page = site.client_of(make_actor(site.node, role)).get("/desk/").content.decode()
        assert str(request_id) not in page
