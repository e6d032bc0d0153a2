"""Permanent addresses of facts, read back from cells: which fact of which table, or that it is none of ours."""

import re
from functools import cache
from uuid import UUID

from entraide.tables.domain.tables import Table

_ID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


def parse_permalink(table: Table, text: str, origin: str) -> dict[str, str] | None:
    """Return the parts of a permalink of `table` (`id`, or `post` and `id`), None when it is none.

    The node's origin may be left out, and http may stand for https.
    """
    host = origin.split("://", 1)[-1]
    path = re.sub(rf"\Ahttps?://{re.escape(host)}(?=/)", "", text.strip())
    found = _pattern(table.page).fullmatch(path)
    return {name: value.lower() for name, value in found.groupdict().items()} if found else None


def write_permalink(table: Table, parts: dict[str, str], origin: str) -> str:
    """Return the permalink of the fact with these parts."""
    return origin + table.page.format(**parts)


def id_of(permalink: str) -> UUID:
    """Return the id of the fact that a permalink of ours names: the one of its fragment, else that of its page."""
    return UUID(permalink.rstrip("/")[-36:])


@cache
def _pattern(page: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", page)
    pieces = [re.escape(parts[0])]
    for name, rest in zip(parts[1::2], parts[2::2], strict=True):
        pieces += [rf"(?P<{name}>{r'[0-9]{1,6}' if name == 'number' else _ID})", re.escape(rest)]
    return re.compile("".join(pieces))
