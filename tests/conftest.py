"""What all tests share."""

import gc
from collections.abc import Iterator

import pytest
from django.utils import timezone, translation
from hypothesis import settings

from tests.counting import tell_apart
from tests.simulators.exchange import desks, exchange
from tests.simulators.fixtures import ministries, pair, pair_database, request_forms, ring, threaded_node
from tests.simulators.flush import journal_can_be_emptied_between_tests

__all__ = [
    "desks",
    "exchange",
    "journal_can_be_emptied_between_tests",
    "ministries",
    "pair",
    "pair_database",
    "request_forms",
    "ring",
    "threaded_node",
]

# How long an example takes depends on what else the machine does; benchmarks measure time, laws do not.
settings.register_profile("entraide", deadline=None)
# A mutant's fate must be the same in every run: the same examples, and none remembered from another mutant.
settings.register_profile("mutants", deadline=None, derandomize=True, database=None)
settings.load_profile("entraide")
# Going again and again through modules and tests that stay until the end took a quarter of the time of the unit tests.
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Take what is loaded out of the collector's rounds, and let it work from here on."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def no_language_or_time_zone_of_another_test() -> Iterator[None]:
    """A request leaves its language active in its thread; the order of tests must not decide what the next reads."""
    translation.deactivate()
    timezone.deactivate()
    yield
    translation.deactivate()
    timezone.deactivate()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Tell tests of behaviour and of wording apart, right above pytest's own last line."""
    yield
    if line := tell_apart(terminalreporter.stats):
        terminalreporter.write_line(line)
