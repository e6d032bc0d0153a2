"""How one value stands in canonical JSON: for each kind of value one codec that reads strictly, writes and describes.

A codec reads nothing that it would not write: what it takes has exactly one spelling. So a document that was read and
is written again has the same bytes, and what was signed or digested can be kept as a value.
"""

import re
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from entraide.kernel.errors import BadInput, EntraideError
from entraide.kernel.text import N_

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class Fault(StrEnum):
    """What can be wrong with a document, whatever it is about."""

    NOT_CANONICAL = "not_canonical"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_VERSION = "unknown_version"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    WRONG_FORM = "wrong_form"
    OUT_OF_BOUNDS = "out_of_bounds"


class Malformed(BadInput):
    """A document is not as it is declared.

    `fault` says how and `where` in which part: names of fields and numbers of items, never anything that was sent.
    `refusal` is the code that goes back to the sender when the part has one of its own, else empty.
    """

    code = "kernel.malformed"
    message = N_("A document between nodes is malformed ({fault}) at {where}.")
    remedy = N_("A text may be too long; otherwise check that both nodes run a supported version.")

    def __init__(self, fault: Fault, where: str = "", refusal: str = "") -> None:
        self.fault, self.where, self.refusal = fault, where, refusal
        super().__init__(fault=fault.value, where=where or "$")

    def inside(self, part: str, refusal: str = "") -> "Malformed":
        """Return the same fault as seen from the document that holds `part`, whose own code may be `refusal`."""
        joint = "" if not self.where or self.where.startswith("[") else "."
        return Malformed(self.fault, f"{part}{joint}{self.where}", self.refusal or refusal)


class Codec(ABC):
    """Reads, writes and describes one kind of value. `read` and `write` raise `Malformed`."""

    @abstractmethod
    def read(self, value: object) -> Any:  # noqa: ANN401 - each kind gives its own type, as its field declares it
        """Return the value of a piece of JSON."""

    @abstractmethod
    def write(self, value: Any) -> Any:  # noqa: ANN401 - the same
        """Return the piece of JSON of a value; what `read` would refuse is refused here."""

    @abstractmethod
    def describe(self) -> str:
        """Return the form of the JSON in a few words, for docs/protocol."""


@dataclass(frozen=True, slots=True)
class Text(Codec):
    """A text of `least` to `most` characters; with `pattern`, one that matches it whole; with `ascii`, of ASCII."""

    most: int
    least: int = 0
    pattern: str = ""
    ascii: bool = False

    def read(self, value: object) -> str:
        """Return the text; raises `Malformed`."""
        if not isinstance(value, str):
            raise Malformed(Fault.WRONG_TYPE)
        if not self.least <= len(value) <= self.most:
            raise Malformed(Fault.OUT_OF_BOUNDS)
        if (self.ascii and not value.isascii()) or (self.pattern and not _pattern(self.pattern).fullmatch(value)):
            raise Malformed(Fault.WRONG_FORM)
        return value

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the text."""
        return self.read(value)

    def describe(self) -> str:
        """Return the bounds."""
        kind = "ASCII text" if self.ascii else "text"
        if self.pattern:
            return f"{kind} `{self.pattern}`"
        return f"{kind} of {self.least} to {self.most}" if self.least else f"{kind} up to {self.most}"


@dataclass(frozen=True, slots=True)
class Number(Codec):
    """A whole number from `least` to `most`."""

    least: int = 0
    most: int = 2**53 - 1

    def read(self, value: object) -> int:
        """Return the number; raises `Malformed`."""
        if type(value) is not int:
            raise Malformed(Fault.WRONG_TYPE)
        if not self.least <= value <= self.most:
            raise Malformed(Fault.OUT_OF_BOUNDS)
        return value

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the number."""
        return self.read(value)

    def describe(self) -> str:
        """Return the bounds."""
        if self.least == self.most:
            return f"number {self.least}"
        return f"number from {self.least}" + ("" if self.most == 2**53 - 1 else f" to {self.most}")


@dataclass(frozen=True, slots=True)
class Flag(Codec):
    """true or false."""

    def read(self, value: object) -> bool:
        """Return the flag; raises `Malformed`."""
        if not isinstance(value, bool):
            raise Malformed(Fault.WRONG_TYPE)
        return value

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the flag."""
        return self.read(value)

    def describe(self) -> str:
        """Return what it is."""
        return "true or false"


@dataclass(frozen=True, slots=True)
class Identifier(Codec):
    """A UUID in lower case with dashes."""

    def read(self, value: object) -> UUID:
        """Return the identifier; raises `Malformed`."""
        if not isinstance(value, str):
            raise Malformed(Fault.WRONG_TYPE)
        if not _UUID.fullmatch(value):
            raise Malformed(Fault.WRONG_FORM)
        return UUID(value)

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the text of the identifier."""
        return str(value)

    def describe(self) -> str:
        """Return what it is."""
        return "UUID"


@dataclass(frozen=True, slots=True)
class Moment(Codec):
    """An aware moment in UTC with microseconds: `2025-01-12T08:30:00.000000Z`."""

    def read(self, value: object) -> datetime:
        """Return the moment; raises `Malformed`."""
        if not isinstance(value, str):
            raise Malformed(Fault.WRONG_TYPE)
        try:
            return parse_moment(value)
        except ValueError as error:
            raise Malformed(Fault.WRONG_FORM) from error

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the text of the moment; raises `ValueError` for a naive one."""
        return write_moment(value)

    def describe(self) -> str:
        """Return what it is."""
        return "moment"


@dataclass(frozen=True, slots=True)
class Hex(Codec):
    """Bytes as hexadecimal digits in lower case; `sizes` are the lengths in bytes that may be."""

    sizes: tuple[int, ...]

    def read(self, value: object) -> bytes:
        """Return the bytes; raises `Malformed`."""
        if not isinstance(value, str):
            raise Malformed(Fault.WRONG_TYPE)
        try:
            data = bytes.fromhex(value)
        except ValueError as error:
            raise Malformed(Fault.WRONG_FORM) from error
        if data.hex() != value:
            raise Malformed(Fault.WRONG_FORM)
        return self._bounded(data)

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the digits."""
        return self._bounded(value).hex()

    def describe(self) -> str:
        """Return how many digits."""
        return " or ".join(f"{size * 2} hexadecimal digits" if size else "empty text" for size in self.sizes)

    def _bounded(self, data: bytes) -> bytes:
        if len(data) not in self.sizes:
            raise Malformed(Fault.OUT_OF_BOUNDS)
        return data


@dataclass(frozen=True, slots=True)
class Base64(Codec):
    """At most `most` bytes as base64 in its one proper spelling: a changed character must never pass."""

    most: int

    def read(self, value: object) -> bytes:
        """Return the bytes; raises `Malformed`."""
        if not isinstance(value, str):
            raise Malformed(Fault.WRONG_TYPE)
        try:
            data = b64decode(value, validate=True)
        except ValueError as error:
            raise Malformed(Fault.WRONG_FORM) from error
        if b64encode(data).decode("ascii") != value:
            raise Malformed(Fault.WRONG_FORM)
        return self._bounded(data)

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the text."""
        return b64encode(self._bounded(value)).decode("ascii")

    def describe(self) -> str:
        """Return what it is."""
        return f"base64, up to {self.most} bytes"

    def _bounded(self, data: bytes) -> bytes:
        if len(data) > self.most:
            raise Malformed(Fault.OUT_OF_BOUNDS)
        return data


@dataclass(frozen=True, slots=True)
class Choice(Codec):
    """One of the values of an enumeration of texts."""

    of: type[StrEnum]

    def read(self, value: object) -> StrEnum:
        """Return the member; raises `Malformed`."""
        if not isinstance(value, str):
            raise Malformed(Fault.WRONG_TYPE)
        try:
            return self.of(value)
        except ValueError as error:
            raise Malformed(Fault.WRONG_FORM) from error

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the text of the member."""
        return self.of(value).value

    def describe(self) -> str:
        """Return the choices."""
        return " or ".join(f"`{member.value}`" for member in self.of)


@dataclass(frozen=True, slots=True)
class Listed(Codec):
    """A list of `least` to `most` items."""

    item: Codec
    most: int
    least: int = 0

    def read(self, value: object) -> tuple[Any, ...]:
        """Return the items; raises `Malformed`."""
        if not isinstance(value, list):
            raise Malformed(Fault.WRONG_TYPE)
        return tuple(self._each(value, self.item.read))

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the list."""
        return self._each(value, self.item.write)

    def describe(self) -> str:
        """Return what it holds."""
        return f"list of {self.item.describe()}, at most {self.most}"

    def _each(self, items: Any, turn: Callable[[Any], Any]) -> list[Any]:  # noqa: ANN401 - see Codec
        if not self.least <= len(items) <= self.most:
            raise Malformed(Fault.OUT_OF_BOUNDS)
        turned = []
        for index, item in enumerate(items):
            try:
                turned.append(turn(item))
            except Malformed as error:
                raise error.inside(f"[{index}]") from error
        return turned


@dataclass(frozen=True, slots=True)
class Filed(Codec):
    """An object of at most `most` values filed by keys that nobody declares one by one: texts by language."""

    key: Text
    value: Codec
    most: int
    least: int = 0

    def read(self, value: object) -> dict[str, Any]:
        """Return the values by key; raises `Malformed`."""
        if not isinstance(value, dict):
            raise Malformed(Fault.WRONG_TYPE)
        return self._each(value, self.value.read)

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the object."""
        return self._each(value, self.value.write)

    def describe(self) -> str:
        """Return what it holds."""
        return f"object of {self.value.describe()} by key ({self.key.describe()}), at most {self.most}"

    def _each(self, table: Mapping[str, Any], turn: Callable[[Any], Any]) -> dict[str, Any]:
        if not self.least <= len(table) <= self.most:
            raise Malformed(Fault.OUT_OF_BOUNDS)
        try:
            return {self.key.read(key): turn(item) for key, item in table.items()}
        except Malformed as error:
            raise error.inside("{}") from error


@dataclass(frozen=True, slots=True)
class AnyObject(Codec):
    """An object that is taken as it is: what stands in it, another part of the program declares or checks."""

    def read(self, value: object) -> dict[str, Any]:
        """Return the object; raises `Malformed`."""
        if not isinstance(value, dict):
            raise Malformed(Fault.WRONG_TYPE)
        return value

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the object."""
        return dict(value)

    def describe(self) -> str:
        """Return what it is."""
        return "object"


@dataclass(frozen=True, slots=True)
class Instead(Codec):
    """A value, or `stands` (null or an empty text) when there is none."""

    inner: Codec
    stands: str | None = None

    def read(self, value: object) -> Any:  # noqa: ANN401 - see Codec
        """Return the value or None."""
        return None if value == self.stands else self.inner.read(value)

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the piece of JSON."""
        return self.stands if value is None else self.inner.write(value)

    def describe(self) -> str:
        """Return both forms."""
        return f"{self.inner.describe()}, or {'null' if self.stands is None else 'empty text'}"


@dataclass(frozen=True, slots=True)
class Parts(Codec):
    """A value with a JSON form of its own (`to_json`, `from_json`); `name` is how docs/protocol calls it."""

    of: Any
    name: str

    def read(self, value: object) -> Any:  # noqa: ANN401 - see Codec
        """Return the value; raises `Malformed`."""
        try:
            read = self.of.from_json(value)
        except Malformed:
            raise
        except EntraideError as error:
            raise Malformed(Fault.WRONG_FORM, refusal=error.code) from error
        if read.to_json() != value:
            raise Malformed(Fault.UNKNOWN_KEY)
        return read

    def write(self, value: Any) -> Any:  # noqa: ANN401 - see Codec
        """Return the piece of JSON."""
        return value.to_json()

    def describe(self) -> str:
        """Return its name."""
        return self.name


def write_moment(at: datetime) -> str:
    """Return `at` as `2025-01-12T08:30:00.000000Z`; raises `ValueError` for a naive moment."""
    if at.tzinfo is None:
        raise ValueError("a moment on the wire is aware")
    there = at if at.tzinfo is UTC else at.astimezone(UTC)
    return there.isoformat(timespec="microseconds")[:-6] + "Z"


def parse_moment(text: str) -> datetime:
    """Return the aware moment of `write_moment`'s text; raises `ValueError`."""
    # ISO 8601 has several spellings of the same moment; the protocol has one.
    if not _MOMENT.fullmatch(text):
        raise ValueError("not a moment of the protocol")
    return datetime.fromisoformat(text)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
