"""What tests of texts share: the sources are searched once."""

from pathlib import Path

import pytest

from tools import catalogs


@pytest.fixture(scope="session")
def messages() -> list[catalogs.Key]:
    """Every text that is marked in the modules, templates and declared kinds."""
    return catalogs.extract_messages(Path(__file__).parents[3] / "src" / "entraide")
