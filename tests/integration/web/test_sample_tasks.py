"""Samples that wait in a demonstration: what to try stands on the desk and where a visitor chooses a role."""

import pytest

from entraide.access.api import Role
from entraide.communiques.api import (
    SampleTask,
    import_source,
    keep_all,
    list_samples,
    list_waiting_contradictions,
    read_sample,
)
from entraide.kernel.node import Node
from entraide.web.proposals.tasks import TASKS
from tests.factories.nodes import make_node
from tests.factories.people import make_actor
from tests.integration.conftest import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def node() -> Node:
    """A demonstration in memory."""
    return make_node(demonstration=True)


def test_four_samples_wait_one_for_each_thing_to_try() -> None:
    """A contradiction, another source of a known meeting, and something new in Vietnamese and in English."""
    waiting = [(sample.waits, sample.language) for sample in list_samples() if sample.waits]
    assert sorted((task.value, language) for task, language in waiting) == [
        ("another_source", "fr"),
        ("contradiction", "fr"),
        ("new", "en"),
        ("new", "vi"),
    ]


def test_what_to_try_stands_where_the_visitor_looks(site: Site) -> None:
    """The line stands on the page of roles and on the desk, once each."""
    officer = make_actor(site.node, Role.desk_officer)
    for sample in list_samples():
        if sample.waits in (None, SampleTask.CONTRADICTION) and sample.name.startswith("fr-yaounde"):
            text = read_sample(sample.name)
            import_source(site.node, actor=officer, name=sample.name, text=text, kind=sample.kind, sample=True)
    for page in (site.visitor().get("/desk/demo/"), site.client_of(officer).get("/desk/")):
        assert page.content.decode().count(str(TASKS[SampleTask.CONTRADICTION])) == 1
    assert "sample data" in site.client_of(officer).get("/desk/demo/").content.decode()


def test_the_contradiction_that_is_promised_comes(site: Site) -> None:
    """Who keeps the meeting of that text is asked about its days, and the register shows what it showed."""
    officer = make_actor(site.node, Role.desk_officer)
    for sample in sorted(list_samples(), key=lambda item: item.waits is not None):
        if sample.name.startswith("fr-yaounde"):
            text = read_sample(sample.name)
            added = import_source(site.node, actor=officer, name=sample.name, text=text, kind=sample.kind, sample=True)
            keep_all(site.node, actor=officer, source_id=added)
    (contradiction,) = list_waiting_contradictions(site.node, added).values()
    assert (contradiction.field, contradiction.shown.value, contradiction.given.value, contradiction.weighed.index) == (
        "date",
        "2022-05-23/2022-05-27",
        "2022-05-24/2022-05-26",
        0,
    )


def test_another_text_of_the_same_name_is_not_a_task(site: Site) -> None:
    """Only a sample is a task, however a person's own text is called."""
    officer = make_actor(site.node, Role.desk_officer)
    sample = next(item for item in list_samples() if item.waits is SampleTask.CONTRADICTION)
    import_source(site.node, actor=officer, name=sample.name, text=read_sample(sample.name), kind=sample.kind)
    assert str(TASKS[SampleTask.CONTRADICTION]) not in site.client_of(officer).get("/desk/").content.decode()
