"""The site refuses a demonstration that others could reach."""

from dataclasses import replace

import pytest

from entraide.web.account.checks import demonstration_errors, opens_demonstration
from tests.factories.nodes import make_node


@pytest.mark.parametrize(
    ("origin", "demonstration", "refused"),
    [
        ("http://127.0.0.1:8000", True, False),
        ("http://localhost:8001", True, False),
        ("http://[::1]:8000", True, False),
        ("https://entraide.example", True, True),
        ("http://10.0.0.5:8000", True, True),
        ("http://127.0.0.1.example", True, True),
        ("http://localhost.example", True, True),
        ("nonsense", True, True),
        ("https://entraide.example", False, False),
    ],
)
def test_a_demonstration_stays_on_its_machine(origin, demonstration, refused):
    """A demonstration starts on a loopback origin only, and its way in exists nowhere else."""
    settings = replace(make_node().settings, origin=origin, demonstration=demonstration)
    errors = demonstration_errors(settings)
    assert [error.id for error in errors] == (["entraide.E001"] if refused else [])
    assert opens_demonstration(settings) is (demonstration and not refused)
