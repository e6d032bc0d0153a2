"""Pages on which a desk officer says which facts are one, and undoes it."""

import re
from html import unescape

import pytest

from entraide.access.api import Role
from entraide.communiques.api import SourceKind, read_sample
from entraide.programme import models as register
from tests.factories.entered import enter_texts
from tests.factories.people import make_actor

pytestmark = pytest.mark.django_db(databases=["default", "partner"])


def text_of(response):
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.fixture
def officer(site):
    return make_actor(site.node, Role.desk_officer)


@pytest.fixture
def twice(site, officer):
    """One conference, told by two reports that were kept apart."""
    names = ("fr-hanoi-2021", "en-hanoi-2021")
    enter_texts(site.node, officer, [(name, read_sample(name), SourceKind.PRESS, "") for name in names])
    return list(register.Meeting.objects.filter(date="2021-02-19").values_list("id", flat=True))


def test_a_join_by_form_leads_the_former_address_on_until_it_is_split(site, officer, twice):
    """Both stand with reasons; joined, pages and REST of the former lead to the one kept; split, no more."""
    client, (one, other) = site.client_of(officer), sorted(twice)
    page = text_of(client.get("/same/?kind=meeting"))
    assert "Both were on the same day." in page
    form = {"kind": "meeting", "one": one, "other": other, "keep": one, "reason": "One conference", "act": "join"}
    assert client.post("/same/answer/", form).status_code == 302
    assert not register.Meeting.objects.filter(id=other).exists()
    for path in ("/meetings/{}/?x=1", "/meetings/{}.jsonld", "/api/v1/meetings/{}"):
        answer = client.get(path.format(other))
        assert (answer.status_code, answer.get("Location")) == (301, path.format(one)), path
    listed = client.get("/same/joined/")
    (split,) = re.findall(r'href="(/same/joined/[^"]+/split/)"', listed.content.decode())
    assert client.post(split, {"reason": ""}).status_code == 400
    assert client.post(split, {"reason": "Two after all"}).status_code == 302
    assert client.get(f"/meetings/{other}/").status_code == 200
    assert "Two after all" in text_of(client.get("/same/joined/"))


def test_two_that_are_named_by_hand_are_compared_first(site, officer, twice):
    """Addresses of two pages put both side by side; what is no address is told at its field."""
    client, (one, other) = site.client_of(officer), sorted(twice)
    asked = {"kind": "meeting", "one": f"https://x.example/meetings/{one}/", "other": f"/meetings/{other}/"}
    assert "They are one: join" in text_of(client.get("/same/compare/", asked))
    assert "Paste the address" in text_of(client.get("/same/compare/", {**asked, "other": "that one"}))


def test_an_answer_without_a_reason_is_asked_again(site, officer, twice):
    """Nothing is joined without a reason, and both stand there still."""
    client, (one, other) = site.client_of(officer), sorted(twice)
    form = {"kind": "meeting", "one": one, "other": other, "keep": one, "reason": " ", "act": "join"}
    answer = client.post("/same/answer/", form)
    assert answer.status_code == 400
    assert register.Meeting.objects.filter(id__in=(one, other)).count() == 2


def test_an_auditor_reads_and_answers_nothing(site, twice):
    """The questions are there to read; an answer is refused."""
    client = site.client_of(make_actor(site.node, Role.auditor))
    assert "They are one: join" not in text_of(client.get("/same/"))
    assert client.post("/same/answer/", {}).status_code == 403
