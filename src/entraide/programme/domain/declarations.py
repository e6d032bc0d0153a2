"""From the YAML of declarations to kinds of fact: strict, so that a mistake is named where it stands. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entraide.programme.domain.errors import BadKind
from entraide.programme.domain.kinds import (
    LONGEST,
    Apart,
    Change,
    Field,
    FieldType,
    Interface,
    Kind,
    Kinds,
    Within,
    Words,
)
from entraide.programme.domain.relating import ALIKE
from entraide.programme.domain.resembling import parse_resembling

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
LONGEST_NAME = 16
"""Characters of a kind's name: citations and statements hold it in a column of that length."""
PATH = re.compile(r"\^*[a-z][a-z0-9_]*(\[\])?(\.[a-z][a-z0-9_]*(\[\])?)*(\|[a-z][a-z0-9_.]*)?\Z")
FREE_PARTS = frozenset({"id", "number"})
PROPOSABLE = frozenset({
    FieldType.LINK, FieldType.TEXT, FieldType.TEXTS, FieldType.LIST, FieldType.CODE, FieldType.NUMBER, FieldType.YESNO,
    FieldType.EDTF, FieldType.URL,
})  # fmt: skip
"""What a proposal may say; a link names another proposal of its source."""
COMPARED = frozenset({FieldType.TEXT, FieldType.CODE, FieldType.NUMBER, FieldType.EDTF, FieldType.URL})
"""Types on which sources may differ: a statement beside the fact is kept as text."""
PLAN_YEAR = "plan_year"
OTHERWISE, FURTHEST, ORDINARY = "otherwise", 9, 3
MECHANISM, PARTIES, STATES = "mechanism", "parties", "states"
POINTING = frozenset({FieldType.LINK, FieldType.LINKS, FieldType.PARTS})
CODED = frozenset({FieldType.CODE, FieldType.LIST})
SOURCES = "source"
"""The kind that any other may link to, wherever it stands: facts and their sources point to each other."""
KIND_KEYS = frozenset({
    "kind", "table", "page", "place", "model", "plug", "fields", "proposal", "proposed", "line", "kept", "parts",
    "natural", "same", "likeness", "resembles", "rules", "imported", "cited", "repeated", "cites_as", "within", "apart",
    "filters", "dated", "covered", "sorted", "ahead", "types", "linked", "hit", "writers", "rest", "one", "many",
    "about",
})  # fmt: skip
FIELD_KEYS = frozenset({
    "name", "type", "path", "column", "basis", "to", "codes", "change", "needed", "longest", "table", "rest",
    "nullable", "term", "listed", "filter", "searched", "contradictable", "among", "alike", "standing", "widget",
    "label", "every", "told", "about",
})  # fmt: skip
REST_KEYS = frozenset({
    "schema", "identified", "evidence", "list_summary", "list_about", "page_about", "summary", "about", "detail_about",
    "related", "narrowed",
})  # fmt: skip
APART_KEYS = frozenset({"name", "field", "only", "brings", "label", "many"})
OTHER_REST_KEYS = frozenset({"schema", "identified", "evidence", "related", "narrowed"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """What declarations may name: closed lists of codes, roles, and languages of people."""

    codes: Mapping[str, Sequence[str]]
    roles: Collection[str]
    languages: Collection[str]


def parse_kinds(raws: Iterable[Mapping[str, Any]], allowed: Allowed) -> Kinds:
    """Return the kinds that `raws` declare, in the order of their places; raises `BadKind` naming what is wrong."""
    kinds = Kinds(tuple(sorted((_kind(raw, allowed) for raw in raws), key=lambda kind: (kind.place, kind.name))))
    for name in ("name", "table"):
        given = [getattr(kind, name) for kind in kinds if getattr(kind, name)]
        if twice := next((item for item in given if given.count(item) > 1), None):
            raise BadKind(kind=twice, why=f"the {name} {twice} is declared twice")
    for kind in kinds:
        _check_links(kind, kinds)
    return kinds


def _kind(raw: Mapping[str, Any], allowed: Allowed) -> Kind:
    name = str(raw.get("kind", ""))
    if not NAME.match(name) or len(name) > LONGEST_NAME:
        raise BadKind(kind=name[:40] or "?", why=f"kind: a name of at most {LONGEST_NAME} small letters is needed")
    _keys(name, "", raw, KIND_KEYS)
    rows = raw.get("fields") or ()
    fields = tuple(_field(name, row, allowed) for row in rows)
    kind = Kind(
        name=name,
        table=str(raw.get("table", "")),
        page=str(raw.get("page", "")),
        place=int(raw.get("place", 1000)),
        model=str(raw.get("model", "")),
        plug=str(raw.get("plug", "")),
        fields=fields,
        proposal=_proposal(name, raw.get("proposal") or (), fields, allowed),
        proposed=_words(name, raw.get("proposed"), allowed),
        line=tuple(raw.get("line") or ()),
        kept=str(raw.get("kept", "")),
        parts=dict(raw.get("parts") or {}),
        natural=tuple(raw.get("natural") or ()),
        same=tuple(tuple(item) for item in raw.get("same") or ()),
        likeness=str(raw.get("likeness", "")),
        resembles=parse_resembling(name, raw.get("resembles"), lambda given: _words(name, given, allowed)),
        rules=tuple(raw.get("rules") or ()),
        imported=_flag(name, raw, "imported"),
        cited=_flag(name, raw, "cited"),
        repeated=_flag(name, raw, "repeated"),
        cites_as=str(raw.get("cites_as", "")),
        within=_within(name, raw.get("within")),
        apart=_apart(name, raw.get("apart"), allowed),
        filters=tuple(raw.get("filters") or ()),
        dated=str(raw.get("dated", "")),
        covered=str(raw.get("covered", "")),
        sorted=tuple(raw.get("sorted") or ()),
        ahead=_ahead(name, raw.get("ahead")),
        ahead_of=_ahead_of(name, raw.get("ahead")),
        types=tuple(raw.get("types") or ()),
        linked=str(raw.get("linked", "")),
        hit=str(raw.get("hit", "")),
        writers=tuple(raw.get("writers") or ("desk_officer",)),
        interface=_interface(name, raw.get("rest"), allowed) if raw.get("rest", True) else None,
        one=_words(name, raw.get("one"), allowed),
        many=_words(name, raw.get("many"), allowed),
        about=_words(name, raw.get("about"), allowed),
    )
    _check_kind(kind, allowed)
    return kind


def _field(kind: str, row: Mapping[str, Any], allowed: Allowed) -> Field:
    name = str(row.get("name", ""))
    if not NAME.match(name):
        raise BadKind(kind=kind, why=f"fields: {name[:40]!r} is no name in small letters")
    _keys(kind, name, row, FIELD_KEYS)
    form = _one(kind, f"{name}.type", row.get("type", ""), FieldType)
    bare = Field(name, form, "")
    path = str(row.get("path", bare.argument))
    if not PATH.match(path):
        raise BadKind(kind=kind, why=f"{name}.path: {path[:60]!r} is no path")
    listed, codes, words = _codes(kind, name, row.get("codes"), allowed)
    if form is FieldType.CODE and not codes:
        raise BadKind(kind=kind, why=f"{name}.codes: a code needs a closed list")
    basis, needed = row.get("basis", ""), _flag(kind, row, "needed")
    unknown = not needed and (form is FieldType.LINK or bool(basis))
    return Field(
        name=name,
        type=form,
        path=path,
        column=str(row.get("column", "" if form is FieldType.PARTS else bare.argument) or ""),
        basis=f"{name}_basis" if basis is True else str(basis or ""),
        to=str(row.get("to", "")),
        code_list=listed,
        codes=codes,
        code_words=words,
        change=_one(kind, f"{name}.change", row.get("change", Change.NEVER), Change),
        needed=needed,
        longest=int(row.get("longest", LONGEST)),
        in_table=bool(row.get("table", form is not FieldType.PARTS)),
        rest="" if row.get("rest", True) is False else str(row.get("rest", bare.argument)),
        nullable=bool(row.get("nullable", unknown)),
        term=str(row.get("term", "")),
        listed=_flag(kind, row, "listed"),
        filtered=_flag(kind, row, "filter"),
        searched=_flag(kind, row, "searched"),
        contradictable=_flag(kind, row, "contradictable"),
        among=str(row.get("among", "")),
        alike=str(row.get("alike", "")),
        standing=_flag(kind, row, "standing"),
        widget=str(row.get("widget", "")),
        label=_words(kind, row.get("label"), allowed),
        every=_words(kind, row.get("every"), allowed),
        told=_words(kind, row.get("told"), allowed),
        about=_words(kind, row.get("about"), allowed),
    )


def _codes(kind: str, name: str, given: object, allowed: Allowed) -> tuple[str, tuple[str, ...], Mapping[str, Words]]:
    """Return the name of a closed list, its codes, and their names where the list stands in the declaration."""
    if given is None:
        return "", (), {}
    if isinstance(given, Mapping):
        words = {str(code): _words(kind, said, allowed) for code, said in given.items()}
        return "", tuple(words), words
    if str(given) not in allowed.codes:
        raise BadKind(kind=kind, why=f"{name}.codes: there is no list {given}; known: {', '.join(allowed.codes)}")
    return str(given), tuple(allowed.codes[str(given)]), {}


def _ahead(kind: str, given: object) -> int:
    """Return how far ahead of others facts of a kind are shown: a number, or one by codes and `otherwise`."""
    value = given.get(OTHERWISE, ORDINARY) if isinstance(given, Mapping) else ORDINARY if given is None else given
    if not isinstance(value, int):
        raise BadKind(kind=kind, why=f"ahead: a number from 0 to {FURTHEST} is needed")
    return value


def _ahead_of(kind: str, given: object) -> Mapping[str, Mapping[str, int]]:
    if not isinstance(given, Mapping):
        return {}
    rows = {str(name): row for name, row in given.items() if name != OTHERWISE}
    if not all(isinstance(row, Mapping) for row in rows.values()):
        raise BadKind(kind=kind, why="ahead: fields with a number for each code, and otherwise")
    return {name: {str(code): int(place) for code, place in row.items()} for name, row in rows.items()}


def _within(kind: str, raw: object) -> Within | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping) or set(raw) - {"kind", "at"} or not raw.get("kind"):
        raise BadKind(kind=kind, why="within: a kind is needed, and at: a path of its view where it is not linked to")
    return Within(str(raw["kind"]), str(raw.get("at", "")))


def _apart(kind: str, raw: object, allowed: Allowed) -> Apart | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping) or not {"name", "field"} <= set(raw):
        raise BadKind(kind=kind, why="apart: a name and a field are needed")
    _keys(kind, "apart", raw, APART_KEYS)
    return Apart(
        str(raw["name"]),
        str(raw["field"]),
        {str(key): str(code) for key, code in (raw.get("only") or {}).items()},
        tuple(raw.get("brings") or ()),
        _words(kind, raw.get("label"), allowed),
        _words(kind, raw.get("many"), allowed),
    )


def _proposal(kind: str, rows: Sequence[Any], fields: Sequence[Field], allowed: Allowed) -> tuple[Field, ...]:
    """Return what a proposal says: fields of the kind by name, and such as only proposals have."""
    known = {field.name: field for field in fields}
    found = []
    for row in rows:
        if isinstance(row, str) and row not in known:
            raise BadKind(kind=kind, why=f"proposal: there is no field {row}")
        found.append(known[row] if isinstance(row, str) else _field(kind, row, allowed))
    return tuple(found)


def _interface(kind: str, raw: object, allowed: Allowed) -> Interface:
    rest = raw if isinstance(raw, Mapping) else {}
    _keys(kind, "rest", rest, REST_KEYS)
    title = "".join(part.title() for part in kind.split("_"))
    said = {name: _words(kind, rest.get(name), allowed).english for name in REST_KEYS - OTHER_REST_KEYS}
    related = tuple((str(name), str(of)) for name, of in (rest.get("related") or {}).items())
    return Interface(
        schema=str(rest.get("schema", f"{title}Facts")),
        identified=_flag(kind, rest, "identified", otherwise=True),
        evidence=_flag(kind, rest, "evidence", otherwise=True),
        related=related,
        narrowed=str(rest.get("narrowed", "")),
        **said,
    )


def _words(kind: str, given: object, allowed: Allowed) -> Words:
    if given is None:
        return Words()
    if isinstance(given, str):
        return Words(given)
    if not isinstance(given, Mapping) or not isinstance(given.get("en"), str):
        raise BadKind(kind=kind, why="a text is English, or has en and other languages")
    if unknown := next((code for code in given if code not in allowed.languages), None):
        raise BadKind(kind=kind, why=f"{unknown} is no language of the site")
    return Words(str(given["en"]), {str(code): str(text) for code, text in given.items() if code != "en"})


def _keys(kind: str, where: str, raw: Mapping[str, Any], known: Collection[str]) -> None:
    if unknown := next((key for key in raw if key not in known), None):
        place = f"{where}: " if where else ""
        raise BadKind(kind=kind, why=f"{place}{unknown} is no key; known: {', '.join(sorted(known))}")


def _one(kind: str, where: str, given: object, values: Any) -> Any:  # noqa: ANN401 - a value of the enumeration given
    try:
        return values(given)
    except ValueError as error:
        raise BadKind(kind=kind, why=f"{where}: {given} is none of {', '.join(values)}") from error


def _flag(kind: str, raw: Mapping[str, Any], name: str, *, otherwise: bool = False) -> bool:
    value = raw.get(name, otherwise)
    if not isinstance(value, bool):
        raise BadKind(kind=kind, why=f"{name}: true or false, not {value}")
    return value


def _check_kind(kind: Kind, allowed: Allowed) -> None:
    """What can be told without the other kinds."""
    names = [field.name for field in kind.fields]
    checks = [
        (len(set(names)) == len(names), "a field is declared twice"),
        (bool(kind.table) == bool(kind.page), "a table needs a page, and a page a table"),
        (not kind.table or NAME.match(kind.table) is not None, f"table: {kind.table} is no name in small letters"),
        (not kind.imported or bool(kind.same), "imported: without same, new rows cannot be told apart"),
        (not kind.dated or kind.dated in names, f"dated: there is no field {kind.dated}"),
        (not kind.covered or kind.covered in names, f"covered: there is no field {kind.covered}"),
        (all(name in names for name in kind.sorted), f"sorted: {', '.join(kind.sorted)} must be fields"),
        (kind.covered != "" or PLAN_YEAR not in kind.filters, f"filters: {PLAN_YEAR} needs covered"),
        (0 <= kind.ahead <= FURTHEST, f"ahead: a number from 0 to {FURTHEST}"),
        (all(name in names for name in kind.ahead_of), f"ahead: {', '.join(kind.ahead_of)} must be fields"),
        (all(role in allowed.roles for role in kind.writers), f"writers: known roles are {', '.join(allowed.roles)}"),
        (not kind.table or bool(kind.one.english and kind.many.english), "one and many: a table needs its names"),
    ]
    named = [("natural", kind.natural), *(("same", item) for item in kind.same)]
    for key, fields in named:
        checks.append((all(name in names for name in fields), f"{key}: {', '.join(fields)} must be fields"))
    narrowed = kind.interface.narrowed if kind.interface else ""
    checks.append((not narrowed or narrowed in names, f"rest.narrowed: there is no field {narrowed}"))
    parts = {*names, *kind.parts, *FREE_PARTS}
    checks.append((all(part in parts for part in kind.page_parts), f"page: its parts are {', '.join(sorted(parts))}"))
    for holds, why in (*checks, *_checks_of_proposal(kind), *_checks_of_fields(kind), *_checks_of_parts(kind)):
        if not holds:
            raise BadKind(kind=kind.name, why=why)


def _checks_of_fields(kind: Kind) -> Iterable[tuple[bool, str]]:
    for field in kind.fields:
        yield (
            not field.contradictable or field.type in COMPARED,
            f"{field.name}.contradictable: not of a field of type {field.type}",
        )
        yield field.alike in ALIKE, f"{field.name}.alike: {field.alike} is none of {', '.join(filter(None, ALIKE))}"
        yield not field.among or kind.has(field.among), f"{field.name}.among: there is no field {field.among}"


def _checks_of_parts(kind: Kind) -> Iterable[tuple[bool, str]]:
    if kind.apart is None:
        return
    said = (*kind.apart.parts, kind.apart.contradictions, *kind.apart.only, *kind.apart.brings)
    yield kind.within is not None and bool(kind.within.at), "apart: only parts within another fact differ there"
    for name in said:
        yield kind.has(name), f"apart: there is no field {name}"


def _checks_of_proposal(kind: Kind) -> Iterable[tuple[bool, str]]:
    """What a proposal says can be proposed; where no keeper is named, it tells all that a new fact needs."""
    said = {field.name: field for field in kind.proposal}
    for field in kind.proposal:
        yield field.type in PROPOSABLE, f"proposal: {field.name} is of type {field.type}, which cannot be proposed"
    for name in (part for item in kind.line for part in item.split("|")):
        yield name in said, f"line: a proposal says no {name}"
    if kind.proposal and not kind.kept:
        yield from _checks_of_general_proposal(kind, said)


def _checks_of_general_proposal(kind: Kind, said: Mapping[str, Field]) -> Iterable[tuple[bool, str]]:
    yield bool(kind.model), "proposal: without a model, kept is needed"
    for field in kind.fields:
        needed = field.needed and field.to != MECHANISM
        yield not needed or field.name in said, f"proposal: a new fact needs its {field.name}; say it, or name kept"
    for name, field in said.items():
        parties = name == PARTIES and field.code_list == STATES
        yield kind.has(name) or parties, f"proposal: {name} is no field; only what is named as kept understands it"


def _check_links(kind: Kind, kinds: Kinds) -> None:
    """What the fields say of other kinds."""
    for field in kind.proposal:
        if field.type is FieldType.LINK:
            _check_there(kind, kinds, f"proposal.{field.name}", field.to)
    places = {item.name: number for number, item in enumerate(kinds)}
    for field in kind.fields:
        if field.type not in POINTING:
            if field.to:
                raise BadKind(kind=kind.name, why=f"{field.name}.to: only a link leads to another kind")
            continue
        if field.to not in places:
            raise BadKind(kind=kind.name, why=f"{field.name}.to: there is no kind {field.to or '(none named)'}")
        later = places[field.to] >= places[kind.name]
        if later and field.type is not FieldType.PARTS and field.to not in (SOURCES, kind.name):
            raise BadKind(kind=kind.name, why=f"{field.name}.to: {field.to} must have an earlier place")
    if kind.within is not None:
        _check_there(kind, kinds, "within", kind.within.kind)
    for _name, of in kind.interface.related if kind.interface else ():
        _check_there(kind, kinds, "rest.related", of)


def _check_there(kind: Kind, kinds: Kinds, where: str, name: str) -> None:
    if kinds.find(name) is None:
        raise BadKind(kind=kind.name, why=f"{where}: there is no kind {name or '(none named)'}")
