"""`entraide import`: what tables would change in the register, and, on a person's word, exactly that change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from entraide.access.api import get_actor
from entraide.cli.language import gettext, ngettext
from entraide.cli.output import filled, print_json, say, tell_waiting
from entraide.communiques.api import SourceKind
from entraide.kernel.errors import BadInput
from entraide.kernel.node import Node
from entraide.kernel.text import N_
from entraide.tables.api import (
    ComparedImport,
    Difference,
    apply_tables,
    compare_tables,
    read_tables,
)

SHOWN = 200
"""Lines of each kind that are printed for a person; --json prints all."""


class NobodyNamed(BadInput):
    """An import is applied in the name of a person."""

    code = "cli.nobody_named"
    message = N_("--apply needs the account of the desk officer who confirms the difference.")
    remedy = N_("Add --as USERNAME.")


def show_difference(node: Node, paths: Sequence[Path], source_kind: SourceKind | None, *, as_json: bool) -> bool:
    """Print what the tables of `paths` would change, and return whether rows are refused."""
    files = read_tables(paths)
    tell_waiting(gettext("Comparing with the register"))
    compared = compare_tables(node, actor=None, files=files, source_kind=source_kind)
    if as_json:
        print_json(difference_to_json(compared))
    else:
        _print(compared)
    return bool(compared.difference.refused)


def apply_difference(
    node: Node,
    paths: Sequence[Path],
    source_kind: SourceKind | None,
    *,
    digest: str,
    username: str | None,
    as_json: bool,
) -> None:
    """Apply the difference of `digest` in the name of `username`; raises `NobodyNamed`, `DifferenceChanged`."""
    files = read_tables(paths)
    if username is None:
        raise NobodyNamed
    actor = get_actor(node, username)
    tell_waiting(gettext("Applying"))
    counts = apply_tables(node, actor=actor, files=files, source_kind=source_kind, digest=digest)
    if as_json:
        print_json({"applied": True, "added": counts["added"], "changed": counts["changed"]})
    else:
        added = ngettext("{n} added", "{n} added", counts["added"]).format(n=counts["added"])
        changed = ngettext("{n} changed", "{n} changed", counts["changed"]).format(n=counts["changed"])
        say(gettext("Applied: {added}, {changed}.").format(added=added, changed=changed))


def difference_to_json(compared: ComparedImport) -> dict[str, Any]:
    """Return a difference as JSON for programs."""
    found = compared.difference
    return {
        "digest": compared.digest,
        "applicable": found.applicable,
        "unchanged": found.unchanged,
        "files": [
            {
                "name": file.name,
                "table": file.table.name if file.table else None,
                "encoding": file.encoding,
                "left_out": file.left_out,
                "rows": len(file.rows),
            }
            for file in compared.files
        ],
        "added": [
            {"table": item.table, "file": item.place.file, "line": item.place.line, "cells": dict(item.cells)}
            for item in found.added
        ],
        "changed": [
            {
                "table": item.table,
                "permalink": item.permalink,
                "file": item.place.file,
                "line": item.place.line,
                "changes": [{"column": each.column, "old": each.old, "new": each.new} for each in item.changes],
            }
            for item in found.changed
        ],
        "left": [{"file": item.file, "line": item.line, "column": item.column, "old": item.old} for item in found.left],
        "refused": [
            {
                "code": item.code,
                "file": item.file,
                "line": item.line,
                "column": item.column,
                "message": filled(item.message, item.params),
                "remedy": filled(item.remedy, item.params),
            }
            for item in found.refused
        ],
    }


def _print(compared: ComparedImport) -> None:
    found = compared.difference
    _print_files(compared)
    _print_facts(found)
    _print_refusals(found)
    _print_counts(found)
    if found.applicable:
        say(gettext("To apply exactly this: --apply {digest} --as USERNAME").format(digest=compared.digest))
    else:
        say(gettext("Nothing can be applied.") if found.refused else gettext("There is nothing to apply."))


def _print_files(compared: ComparedImport) -> None:
    for file in compared.files:
        if file.encoding == "Windows-1252":
            say(gettext("{file}: read as Windows-1252; check letters with accents.").format(file=file.name))
        if file.left_out:
            say(gettext("{file}: exported only, so nothing of it is compared.").format(file=file.name))


def _print_facts(found: Difference) -> None:
    for item in found.added[:SHOWN]:
        cells = " · ".join(f"{name}: {value}" for name, value in item.cells.items())
        say(f"+ {item.place.file}:{item.place.line} {item.table}: {cells}")
    for change in found.changed[:SHOWN]:
        say(f"~ {change.place.file}:{change.place.line} {change.permalink}")
        for each in change.changes:
            say(f"    {each.column}: {each.old or '–'} → {each.new}")
    for left in found.left[:SHOWN]:
        say(gettext("= {file}:{line} {column} is empty here and stays: {old}").format(
            file=left.file, line=left.line, column=left.column, old=left.old
        ))  # fmt: skip


def _print_refusals(found: Difference) -> None:
    for refusal in found.refused[:SHOWN]:
        where = ":".join(str(part) for part in (refusal.file, refusal.line or "", refusal.column) if part)
        say(f"! {where}: {filled(refusal.message, refusal.params)} {filled(refusal.remedy, refusal.params)}")


def _print_counts(found: Difference) -> None:
    say(
        ", ".join(
            (
                ngettext("{n} added", "{n} added", len(found.added)).format(n=len(found.added)),
                ngettext("{n} changed", "{n} changed", len(found.changed)).format(n=len(found.changed)),
                ngettext("{n} unchanged", "{n} unchanged", found.unchanged).format(n=found.unchanged),
                ngettext("{n} refused", "{n} refused", len(found.refused)).format(n=len(found.refused)),
            )
        )
    )
