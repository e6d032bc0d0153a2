"""Warnings in words, with links to the facts that they are about."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from entraide.kernel.node import Node
from entraide.kernel.partial_dates import NotADate
from entraide.kernel.tongues import language_of
from entraide.programme.api import load_kinds, plug_of
from entraide.programme.domain.checks import CHECKS, Warned, check_of
from entraide.web.language import filled
from entraide.web.naming import tongued
from entraide.web.register.hits import read_titles
from entraide.web.templatetags.programme import day, domain_name

DATES = frozenset({"day", "one_until", "other_from"})
"""Parameters that are dates."""


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A warning as a page shows it: its words, its facts with their addresses, and the key that an answer names."""

    key: str
    code: str
    title: str
    words: str
    remedy: str
    facts: tuple[tuple[str, str, str], ...]


def present_warnings(node: Node, found: Sequence[Warned]) -> list[WarningLine]:
    """Return warnings as lines; the titles of facts are read once for each kind."""
    ids: dict[str, set[UUID]] = defaultdict(set)
    for item in found:
        for kind, id_ in item.facts:
            ids[kind].add(id_)
    titles = {kind: _titles(node, kind, sorted(wanted)) for kind, wanted in ids.items()}
    lines = []
    for item in found:
        check = check_of(item.code)
        facts = tuple(
            (titles[kind].get(id_, ""), f"/{load_kinds().get(kind).table}/{id_}/", f"/acts/facts/{id_}/")
            for kind, id_ in item.facts
        )
        told = {name: tongued(text := _told(name, value), language_of(text)) for name, value in item.params.items()}
        # The message is ours, of the catalogs; what fills it is escaped where it is marked with its language.
        words = mark_safe(filled(check.words, told))  # noqa: S308
        lines.append(WarningLine(item.key, item.code, gettext(check.title), words, gettext(check.remedy), facts))
    return lines


def _titles(node: Node, kind: str, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return what facts are called; of commitments also the domain, which tells those of one sentence apart."""
    titles, read = read_titles(node, kind, ids), plug_of(kind).list
    if kind != "commitment" or read is None:
        return titles
    return {item.id: f"{titles.get(item.id, '')} · {domain_name(item.domain)}" for item in read(node, ids)}


def group_warnings(lines: Sequence[WarningLine]) -> list[tuple[WarningLine, list[WarningLine]]]:
    """Return the warnings by check, in the order of the checks, each with the first line for its title."""
    groups = [[line for line in lines if line.code == check.code] for check in CHECKS]
    return [(group[0], group) for group in groups if group]


def _told(name: str, value: str) -> str:
    if name not in DATES:
        return value
    try:
        return day(value)
    except NotADate:
        return value
