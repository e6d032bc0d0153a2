"""What all tests share."""

from hypothesis import settings

from tests.simulators.exchange import exchange
from tests.simulators.fixtures import pair, pair_database
from tests.simulators.flush import journal_can_be_emptied_between_tests

__all__ = ["exchange", "journal_can_be_emptied_between_tests", "pair", "pair_database"]

# How long an example takes depends on what else the machine does; benchmarks measure time, laws do not.
settings.register_profile("entraide", deadline=None)
settings.load_profile("entraide")
