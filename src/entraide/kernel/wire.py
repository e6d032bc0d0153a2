"""Documents on the wire: one declaration from which the strict parser, the canonical writer and the protocol's tables
follow.

A document is a frozen dataclass; the types of its fields say what may stand there::

    @dataclass(frozen=True, slots=True)
    class RequestWithdrawn(Message):
        \"\"\"The asking side recalls its request.\"\"\"

        message_type, message_version = "requests.withdrawn", 1

        request: Annotated[UUID, "the request, whose id its thread has too"]
        at: Annotated[datetime, "when it was recalled"]

A plain text in `Annotated` is what docs/protocol says of the field; a `Codec` says how it is written where the type
alone does not; `Named` gives it another name on the wire, `OPTIONAL` lets it be absent, `RefusedWith` gives it a code
of its own. Whatever is not declared is refused: an unknown key, a missing one, another type, another spelling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Final, Self, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from entraide.kernel.canonical import NotCanonical, canonical_bytes, parse_canonical
from entraide.kernel.codecs import (
    Choice,
    Codec,
    Fault,
    Flag,
    Identifier,
    Instead,
    Listed,
    Malformed,
    Moment,
    Parts,
)
from entraide.kernel.signing import PublicKeys, Signature

Extra = TypeVar("Extra")
OPTIONAL: Final = object()
"""Marks a field that may be absent when it is read; it has a default then, and is always written."""


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a field on the wire, where it is not the field's own."""

    name: str


@dataclass(frozen=True, slots=True)
class Most:
    """How many items a list may have."""

    count: int


@dataclass(frozen=True, slots=True)
class RefusedWith:
    """The code that goes back to the sender when this field cannot be read, in place of the message's."""

    code: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field for docs/protocol: its name on the wire, its form, what it says; `part` is the document in it, if any."""

    name: str
    form: str
    text: str
    part: "type[Document] | None" = None


class Document:
    """What travels as canonical JSON. `constants` are what every document of the class holds, such as its version."""

    __slots__ = ()
    constants: ClassVar[Mapping[str, str | int]] = {}

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object; raises `Malformed` for a value that `from_json` would refuse."""
        return _layout(type(self)).write(self)

    def to_bytes(self) -> bytes:
        """Return the canonical bytes; raises `Malformed`, or `NotCanonical` for what has none."""
        return canonical_bytes(self.to_json())

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Return the document of a JSON object; raises `Malformed`.

        1. It is an object of this kind and version (`constants`).
        2. It has the declared keys and no others.
        3. Each value has the declared type, form and bounds, in the one spelling that is written.
        """
        read: Self = _layout(cls).read(value)
        return read

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the document of canonical bytes; raises `Malformed`."""
        try:
            value = parse_canonical(data)
        except NotCanonical as error:
            raise Malformed(Fault.NOT_CANONICAL) from error
        return cls.from_json(value)


class Message(Document):
    """A document that travels as the payload of a message of one type and version.

    `refused_with` is the code with which the channel rejects a payload that is none; `sender` says for docs/protocol
    who sends it.
    """

    __slots__ = ()
    message_type: ClassVar[str]
    message_version: ClassVar[int]
    refused_with: ClassVar[str] = "malformed"
    sender: ClassVar[str] = "either side"


def describe_document(document: type[Document]) -> tuple[FieldLine, ...]:
    """Return the fields of a document as docs/protocol lists them, by name."""
    layout = _layout(document)
    lines = [FieldLine(name, f"`{value}`", "") for name, value in document.constants.items()]
    lines += [place.line for place in layout.places]
    return tuple(sorted(lines, key=lambda line: line.name))


@dataclass(frozen=True, slots=True)
class _Place:
    """One field of a document: its attribute, its name on the wire, and how it is read and written."""

    attribute: str
    name: str
    codec: Codec
    required: bool
    refusal: str
    text: str

    @property
    def form(self) -> str:
        """The form, for docs/protocol."""
        return self.codec.describe() + ("" if self.required else "; may be absent")

    @property
    def line(self) -> FieldLine:
        """The field, for docs/protocol."""
        code = f"rejected with `{self.refusal}` when it is none" if self.refusal else ""
        return FieldLine(self.name, self.form, "; ".join(filter(None, (self.text, code))), self.part)

    @property
    def part(self) -> type[Document] | None:
        """The document that this field consists of, or a list of it."""
        codec: object = self.codec
        while isinstance(codec, Listed | Instead):
            codec = codec.item if isinstance(codec, Listed) else codec.inner
        return codec.of if isinstance(codec, _Layout) else None


@dataclass(frozen=True, slots=True)
class _Layout(Codec):
    """How the documents of a class are read and written."""

    of: type[Document]
    places: tuple[_Place, ...]
    keys: frozenset[str]

    def read(self, value: object) -> Any:  # noqa: ANN401 - a document of the class
        """Return the document; see `Document.from_json`."""
        if not isinstance(value, dict):
            raise Malformed(Fault.NOT_AN_OBJECT)
        for name, constant in self.of.constants.items():
            given = value.get(name)
            if type(given) is not type(constant) or given != constant:
                raise Malformed(Fault.UNKNOWN_VERSION, name)
        if not self.keys.issuperset(value):
            raise Malformed(Fault.UNKNOWN_KEY)
        parts = {}
        for place in self.places:
            name = place.name
            if name in value:
                try:
                    parts[place.attribute] = place.codec.read(value[name])
                except Malformed as error:
                    raise error.inside(name, place.refusal) from error
            elif place.required:
                raise Malformed(Fault.MISSING_KEY, name, place.refusal)
        return self.of(**parts)

    def write(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - a document of the class
        """Return the JSON object."""
        table: dict[str, Any] = dict(self.of.constants)
        for place in self.places:
            try:
                table[place.name] = place.codec.write(getattr(value, place.attribute))
            except Malformed as error:
                raise error.inside(place.name, place.refusal) from error
        return table

    def describe(self) -> str:
        """Return the name of the part."""
        return f"*{_words(self.of.__name__)}*"


def _layout(document: Any) -> _Layout:  # noqa: ANN401 - a class; to mypy, type[Document] cannot be hashed
    """Return the layout of a class of documents, worked out from its fields once."""
    return _derive_layout(document)


@cache
def _derive_layout(document: Any) -> _Layout:  # noqa: ANN401 - the same
    hints = get_type_hints(document, include_extras=True)
    places = tuple(_place(field, hints[field.name]) for field in fields(document))
    return _Layout(document, places, frozenset(document.constants) | {place.name for place in places})


def _place(field: "Field[Any]", hint: Any) -> _Place:  # noqa: ANN401 - a type, in one of its many forms
    """Return how a field is read and written; raises `TypeError` for a declaration that says too little."""
    extras = hint.__metadata__ if get_origin(hint) is Annotated else ()
    optional = OPTIONAL in extras
    if optional and field.default is MISSING and field.default_factory is MISSING:
        raise TypeError(f"{field.name} may be absent and has no default")
    named, refused = _extra(extras, Named), _extra(extras, RefusedWith)
    return _Place(
        attribute=field.name,
        name=field.name if named is None else named.name,
        codec=_codec(hint),
        required=not optional,
        refusal="" if refused is None else refused.code,
        text=" ".join(extra for extra in extras if isinstance(extra, str)),
    )


def _extra(extras: Iterable[object], kind: type[Extra]) -> Extra | None:
    """Return what stands beside a field's type in `Annotated` of one kind, or None."""
    return next((extra for extra in extras if isinstance(extra, kind)), None)


def _codec(hint: Any) -> Codec:  # noqa: ANN401 - a type, in one of its many forms
    """Return the codec that a field's type asks for; raises `TypeError` for a type that says too little."""
    extras: tuple[object, ...] = ()
    if get_origin(hint) is Annotated:
        extras, hint = hint.__metadata__, get_args(hint)[0]
    given, most = next((extra for extra in extras if isinstance(extra, Codec)), None), _extra(extras, Most)
    if given is not None:
        return given
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _codec_or_null(arguments)
    if origin is tuple and arguments[1:] == (Ellipsis,) and most is not None:
        return Listed(_codec(arguments[0]), most.count)
    return _plain_codec(getattr(hint, "__supertype__", hint))


def _codec_or_null(arguments: tuple[Any, ...]) -> Codec:
    """Return the codec of a type or null; raises `TypeError` for another union, which would leave open what came."""
    inner = [argument for argument in arguments if argument is not type(None)]
    if len(inner) != 1:
        raise TypeError("a union says nothing of how its members are told apart; add a codec")
    return Instead(_codec(inner[0]))


def _plain_codec(hint: Any) -> Codec:  # noqa: ANN401 - a type
    """Return the codec of a plain type; raises `TypeError` for one that has none."""
    if isinstance(hint, type):
        if hint in _PLAIN:
            return _PLAIN[hint]
        if issubclass(hint, StrEnum):
            return Choice(hint)
        if issubclass(hint, Document):
            return _layout(hint)
        if hasattr(hint, "from_json"):
            return Parts(hint, _words(hint.__name__))
    raise TypeError(f"{hint!r} does not say how it is written; add a codec")


def _words(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


_PLAIN: dict[type, Codec] = {
    bool: Flag(),
    datetime: Moment(),
    UUID: Identifier(),
    PublicKeys: Parts(PublicKeys, "public keys"),
    Signature: Parts(Signature, "signature"),
}
