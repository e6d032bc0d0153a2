"""A register as others find it: one of everything, and what some of the sample communiqués tell."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from entraide.access.api import Role
from entraide.communiques.api import import_source, keep_all, list_samples, read_sample
from tests.factories.cooperations import Register, make_register
from tests.factories.people import make_actor
from tests.integration.conftest import Site

SAMPLES = 4


@pytest.fixture
def told(site: Site) -> Register:
    """A register with one of everything, and the facts of some samples."""
    made = make_register(site.node, state="TH")
    officer = make_actor(site.node, Role.desk_officer, Role.operator)
    for sample in list_samples()[:SAMPLES]:
        source = import_source(
            site.node, actor=officer, name=sample.name, text=read_sample(sample.name), kind=sample.kind, sample=True
        )
        keep_all(site.node, actor=officer, source_id=source)
    return made


@pytest.fixture
def served(told: Register) -> Iterator[Register]:
    """The same, asked through the application of a server, whose requests must not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield told
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
