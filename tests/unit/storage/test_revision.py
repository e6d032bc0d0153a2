"""The revision of what is public, as a value."""

from datetime import UTC, datetime, timedelta

import pytest

from entraide.storage.domain.revision import SETTLING, Revision

AT = datetime(2025, 1, 12, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Revision(4, AT), id="a change more"),
        pytest.param(Revision(3, AT + timedelta(microseconds=1)), id="as many changes, after a restore"),
        pytest.param(Revision(0, None), id="nothing yet"),
    ],
)
def test_another_state_has_another_tag(other):
    """What differs in number or moment differs in its tag."""
    assert other.tag != Revision(3, AT).tag


def test_a_date_is_told_once_no_older_change_can_follow():
    """While a transaction may still be under way, no date is given."""
    revision = Revision(3, AT)
    assert revision.modified_before(AT + SETTLING - timedelta(seconds=1)) is None
    assert revision.modified_before(AT + SETTLING) == AT
