"""Public keys with their days, so that a signature is judged by the keys of its day.

Nothing here signs or verifies; which keys may have signed something is a look-up over plain values.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from entraide.kernel.errors import BadInput, VerificationFailed
from entraide.kernel.signing import PublicKeys
from entraide.kernel.text import N_

# What was signed with, or sealed to, ended keys may still arrive for so long: the partner may have been cut off.
OVERLAP = timedelta(days=90)


class NoKeysThen(VerificationFailed):
    """A signature claims a day on which its signer had no keys that are known here."""

    code = "kernel.no_keys_then"
    message = N_("No keys of the signer are known for {moment}.")
    remedy = N_("Ask the signer since when its keys are valid, and compare their fingerprint.")


class KeysRetired(VerificationFailed):
    """Something dated before the end of its keys came too long after that end to be believed."""

    code = "kernel.keys_retired"
    message = N_("The keys of {moment} ended before this arrived: nothing new is accepted under them.")
    remedy = N_("Ask the signer to sign it again with its present keys.")


class KeysOverlap(BadInput):
    """New keys would begin before those that they replace."""

    code = "kernel.keys_overlap"
    message = N_("New keys cannot begin at {moment}: the keys before them begin later.")
    remedy = N_("Give the moment at which the new keys begin, as their owner announced it.")


class KeysUsedBefore(BadInput):
    """Keys that ended would come back."""

    code = "kernel.keys_used_before"
    message = N_("One of these keys was used before.")
    remedy = N_("Take new keys; an ended key never comes back.")


@dataclass(frozen=True, slots=True)
class DatedKeys:
    """Keys that sign from `valid_from` (None: from before anybody asked) until just before `valid_until` (None: open).

    `revoked_at` is set when they may be in other hands: from then on nothing new is accepted under them.
    """

    keys: PublicKeys
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def accepted_until(self) -> datetime | None:
        """The first moment at which nothing is accepted any more that was not here before; None while there is none."""
        if self.revoked_at is not None:
            return self.revoked_at
        return None if self.valid_until is None else self.valid_until + OVERLAP

    def signs_between(self, first: datetime, last: datetime) -> bool:
        """Whether the keys sign at any moment from `first` to `last`, both included."""
        begun = self.valid_from is None or self.valid_from <= last
        return begun and (self.valid_until is None or first < self.valid_until)

    def is_accepted(self, at: datetime) -> bool:
        """Whether something that arrives at `at` may be signed with, or sealed to, these keys."""
        return self.accepted_until is None or at < self.accepted_until

    def to_json(self) -> dict[str, object]:
        """Return a canonical JSON object: `keys`, and the three moments as text or null."""
        return {
            "keys": self.keys.to_json(),
            "valid_from": _text(self.valid_from),
            "valid_until": _text(self.valid_until),
            "revoked_at": _text(self.revoked_at),
        }

    @classmethod
    def from_json(cls, value: object) -> "DatedKeys":
        """Return the keys of `to_json`; raises `NotAKey`, `KeyError`, `TypeError` or `ValueError`."""
        if not isinstance(value, dict):
            raise TypeError("dated keys are an object")
        moments = (_moment(value[name]) for name in ("valid_from", "valid_until", "revoked_at"))
        return cls(PublicKeys.from_json(value["keys"]), *moments)


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """The keys of one signer, the oldest first; at any moment one generation signs at most.

    Making one raises `ValueError` when generations are out of order or overlap.
    """

    generations: tuple[DatedKeys, ...]

    def __post_init__(self) -> None:
        """Hold the generations to their order."""
        for earlier, later in zip(self.generations, self.generations[1:], strict=False):
            if earlier.valid_until is None or later.valid_from is None or later.valid_from < earlier.valid_until:
                raise ValueError("keys begin when those before them have ended")
        if any(
            keys.valid_from is not None and keys.valid_until is not None and keys.valid_until < keys.valid_from
            for keys in self.generations
        ):
            raise ValueError("keys end after they begin")

    @classmethod
    def of(cls, keys: PublicKeys) -> "KeyHistory":
        """Return the history of a signer that has had these keys only."""
        return cls((DatedKeys(keys),))

    def at(self, moment: datetime) -> PublicKeys:
        """Return the keys that sign at `moment`; raises `NoKeysThen`."""
        for generation in reversed(self.generations):
            if generation.signs_between(moment, moment):
                return generation.keys
        raise NoKeysThen(moment=_day(moment))

    def openable(self, at: datetime) -> tuple[PublicKeys, ...]:
        """Return the keys that something arriving at `at` may be sealed to, the newest first.

        Keys that have not begun are among them: a sender's clock may run fast.
        """
        return tuple(generation.keys for generation in reversed(self.generations) if generation.is_accepted(at))

    def signing(
        self, claimed: datetime, stored_at: datetime, *, until: datetime | None = None
    ) -> tuple[PublicKeys, ...]:
        """Return the keys that may have signed what claims to be of `claimed` and was first kept here at `stored_at`.

        What claims a whole day names its end as `until`, and more than one generation may be of that day. A claim later
        than `stored_at` counts as `stored_at`: a clock that runs fast gains nothing. Raises `NoKeysThen`, or
        `KeysRetired` when it came after keys of that day were accepted: an ended key cannot date itself back.
        """
        first, last = min(claimed, stored_at), min(until or claimed, stored_at)
        then = [generation for generation in self.generations if generation.signs_between(first, last)]
        if not then:
            raise NoKeysThen(moment=_day(first))
        accepted = tuple(generation.keys for generation in then if generation.is_accepted(stored_at))
        if not accepted:
            raise KeysRetired(moment=_day(first))
        return accepted

    def succeeded_by(self, keys: PublicKeys, valid_from: datetime, *, revoke: bool = False) -> "KeyHistory":
        """Return the history in which `keys` take over at `valid_from`; `revoke` says that those before are unsafe.

        Raises `KeysOverlap` when the keys before begin at that moment or later, `KeysUsedBefore` when a signing or
        sealing key returns.
        """
        *before, last = self.generations
        if last.valid_from is not None and valid_from <= last.valid_from:
            raise KeysOverlap(moment=_day(valid_from))
        if any(_share_a_key(keys, generation.keys) for generation in self.generations):
            raise KeysUsedBefore
        ended = replace(last, valid_until=valid_from, revoked_at=valid_from if revoke else None)
        return KeyHistory((*before, ended, DatedKeys(keys, valid_from)))

    def to_json(self) -> list[dict[str, object]]:
        """Return a canonical JSON list of `DatedKeys.to_json`."""
        return [generation.to_json() for generation in self.generations]

    @classmethod
    def from_json(cls, value: object) -> "KeyHistory":
        """Return the history of `to_json`; raises `NotAKey`, `KeyError`, `TypeError` or `ValueError`."""
        if not isinstance(value, Sequence) or isinstance(value, str | bytes):
            raise TypeError("a history of keys is a list")
        return cls(tuple(DatedKeys.from_json(item) for item in value))


def _share_a_key(one: PublicKeys, other: PublicKeys) -> bool:
    return (
        one.ed25519 == other.ed25519
        or one.mldsa44 == other.mldsa44
        or (one.sealing == other.sealing and one.sealing != b"")
    )


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _moment(value: object) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str) or not value.endswith("Z"):
        raise ValueError("a moment is text in UTC")
    return datetime.fromisoformat(value)
