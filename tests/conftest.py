"""What all tests share."""

from tests.simulators.fixtures import pair, pair_database
from tests.simulators.flush import journal_can_be_emptied_between_tests

__all__ = ["journal_can_be_emptied_between_tests", "pair", "pair_database"]
