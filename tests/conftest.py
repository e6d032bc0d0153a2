"""What all tests share."""

from tests.simulators.fixtures import pair, pair_database

__all__ = ["pair", "pair_database"]
