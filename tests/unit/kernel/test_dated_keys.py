"""Keys with their days: which keys may have signed what is dated so and came then."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.kernel.canonical import canonical_bytes, parse_canonical
from entraide.kernel.dated_keys import (
    OVERLAP,
    DatedKeys,
    KeyHistory,
    KeysOverlap,
    KeysRetired,
    KeysUsedBefore,
    NoKeysThen,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.signing import PublicKeys

START = datetime(2025, 1, 1, tzinfo=UTC)
SPAN = 4 * OVERLAP
moments = st.integers(0, int(SPAN.total_seconds())).map(lambda seconds: START + timedelta(seconds=seconds))


def keys_number(number: int) -> PublicKeys:
    return PublicKeys(bytes([1, number]), bytes([2, number]), bytes([3, number]))


def history_of(*begins: datetime, revoke: bool = False) -> KeyHistory:
    """Keys 0 from the beginning, keys 1 from the first of `begins`, and so on."""
    history = KeyHistory.of(keys_number(0))
    for number, begin in enumerate(begins, start=1):
        history = history.succeeded_by(keys_number(number), begin, revoke=revoke)
    return history


histories = st.builds(
    lambda begins, revoke: history_of(*sorted(begins), revoke=revoke), st.sets(moments, max_size=5), st.booleans()
)


@given(histories, moments)
def test_at_any_moment_exactly_one_generation_signs(history: KeyHistory, moment: datetime):
    """However often keys were replaced, no moment has two pairs that sign, and none has no pair."""
    signing = [dated.keys for dated in history.generations if dated.signs_between(moment, moment)]
    assert signing == [history.at(moment)]


@given(histories, moments, moments)
def test_what_comes_is_judged_by_the_keys_of_its_day(history: KeyHistory, claimed: datetime, stored_at: datetime):
    """The keys of the claimed moment count, never of one after it came, and only while something new is accepted."""
    day = min(claimed, stored_at)
    expected = history.at(day)
    generation = next(dated for dated in history.generations if dated.keys == expected)
    if generation.accepted_until is not None and stored_at >= generation.accepted_until:
        with pytest.raises(KeysRetired):
            history.signing(claimed, stored_at)
    else:
        assert history.signing(claimed, stored_at) == (expected,)


@given(histories, moments)
def test_todays_sealing_key_is_accepted_and_others_only_in_overlap(history: KeyHistory, moment: datetime):
    """What is sealed to today's key opens; to an ended one only until its overlap is over, after a revocation never."""
    openable = history.openable(moment)
    assert history.at(moment) in openable
    for dated in history.generations:
        if dated.valid_until is not None and dated.valid_until <= moment:
            overlapping = dated.revoked_at is None and moment < dated.valid_until + OVERLAP
            assert (dated.keys in openable) == overlapping


@given(histories, moments, st.timedeltas(timedelta(0), SPAN))
def test_a_replacement_changes_nothing_of_what_was(history: KeyHistory, moment: datetime, later: timedelta):
    """Every moment before new keys begin keeps its keys."""
    begins = START + SPAN + timedelta(seconds=1) + later
    after = history.succeeded_by(keys_number(99), begins)
    assert after.at(moment) == history.at(moment)
    assert after.at(begins) == keys_number(99)
    assert after.at(begins - timedelta(microseconds=1)) == history.generations[-1].keys


@given(histories)
def test_a_history_survives_json(history: KeyHistory):
    """What is written as canonical JSON reads back the same."""
    assert KeyHistory.from_json(parse_canonical(canonical_bytes(history.to_json()))) == history


CHANGE = START + timedelta(days=100)
ROTATED = history_of(CHANGE)
DAYS: dict[str, tuple[timedelta, timedelta, tuple[int, ...] | type[EntraideError]]] = {
    "the day before, at once": (timedelta(days=-1), timedelta(days=-1), (0,)),
    "the day before, after the change": (timedelta(days=-1), timedelta(days=1), (0,)),
    "the day before, at the end of the overlap": (timedelta(days=-1), OVERLAP, KeysRetired),
    "the moment of the change": (timedelta(0), timedelta(0), (1,)),
    "the day after": (timedelta(days=1), timedelta(days=1), (1,)),
    "a claim of the future counts as today": (timedelta(days=1), timedelta(days=-1), (0,)),
}


@pytest.mark.parametrize("case", DAYS)
def test_days_around_a_change(case: str):
    """Which keys a claim means, around the moment at which they changed."""
    claimed, stored, expected = DAYS[case]
    if isinstance(expected, tuple):
        found = ROTATED.signing(CHANGE + claimed, CHANGE + stored)
        assert found == tuple(keys_number(number) for number in expected)
    else:
        with pytest.raises(expected):
            ROTATED.signing(CHANGE + claimed, CHANGE + stored)


def test_a_whole_day_may_have_two_keys():
    """What is dated by its day alone may be signed with either of the keys of that day."""
    noon = CHANGE.replace(hour=12)
    history = history_of(noon)
    both = history.signing(CHANGE, noon + timedelta(hours=8), until=CHANGE + timedelta(hours=23))
    assert both == (keys_number(0), keys_number(1))
    morning = history.signing(CHANGE, CHANGE + timedelta(hours=8), until=CHANGE + timedelta(hours=23))
    assert morning == (keys_number(0),)


def test_keys_of_a_later_acquaintance_say_nothing_of_earlier_days():
    """Before the first keys began nobody signed."""
    history = KeyHistory((DatedKeys(keys_number(0), CHANGE),))
    with pytest.raises(NoKeysThen):
        history.at(CHANGE - timedelta(seconds=1))
    with pytest.raises(NoKeysThen):
        history.signing(CHANGE - timedelta(days=1), CHANGE)


def test_revoked_keys_sign_nothing_that_comes_later():
    """A revocation ends the overlap at once: a thief cannot date anything back."""
    history = history_of(CHANGE, revoke=True)
    yesterday = CHANGE - timedelta(days=1)
    assert history.signing(yesterday, yesterday) == (keys_number(0),)
    with pytest.raises(KeysRetired):
        history.signing(yesterday, CHANGE)


@pytest.mark.parametrize(
    ("keys", "begins", "error"),
    [
        pytest.param(keys_number(7), CHANGE, KeysOverlap, id="when the others begin"),
        pytest.param(keys_number(7), CHANGE - timedelta(days=1), KeysOverlap, id="before the others"),
        pytest.param(keys_number(0), CHANGE + OVERLAP, KeysUsedBefore, id="ended keys"),
        pytest.param(
            PublicKeys(bytes([1, 7]), bytes([2, 7]), keys_number(1).sealing),
            CHANGE + OVERLAP,
            KeysUsedBefore,
            id="part",
        ),
    ],
)
def test_keys_that_cannot_follow_are_refused(keys: PublicKeys, begins: datetime, error: type[EntraideError]):
    """New keys are new, and begin after those before them."""
    with pytest.raises(error):
        ROTATED.succeeded_by(keys, begins)


@pytest.mark.parametrize(
    "generations",
    [
        pytest.param((DatedKeys(keys_number(0)), DatedKeys(keys_number(1), CHANGE)), id="the first never ends"),
        pytest.param((DatedKeys(keys_number(0), None, CHANGE), DatedKeys(keys_number(1))), id="two beginnings"),
        pytest.param(
            (DatedKeys(keys_number(0), None, CHANGE), DatedKeys(keys_number(1), START)), id="one within the other"
        ),
        pytest.param((DatedKeys(keys_number(0), CHANGE, START),), id="ends before it begins"),
    ],
)
def test_generations_that_overlap_are_no_history(generations: tuple[DatedKeys, ...]):
    """Two keys of one moment cannot even be written down."""
    with pytest.raises(ValueError, match="keys"):
        KeyHistory(generations)
