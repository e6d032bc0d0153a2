"""`[reader.endpoint]` of node.toml: a language model that may read sources beside the rules; off unless switched on."""

from pathlib import Path
from typing import Any

from entraide.kernel.node import ReaderEndpoint
from entraide.reader.domain.endpoint.settings import make_endpoint

_NUMBERS = {"timeout_seconds": (1, 600), "max_bytes": (1_000, 20_000_000), "max_tokens": (100, 200_000)}
_TEXTS = ("url", "model", "key_variable", "key_file")


def read_endpoint(table: dict[str, Any], home: Path) -> ReaderEndpoint | None:
    """Return the endpoint of a node file's table, None unless `enabled` is true; raises `ValueError`.

    A relative `key_file` lies in `home`.
    """
    unknown = set(table) - {"enabled", *_TEXTS, *_NUMBERS}
    if unknown:
        raise ValueError(f"reader.endpoint.{min(unknown)} is not a setting")
    if not isinstance(table.get("enabled", False), bool):
        raise ValueError("reader.endpoint.enabled is true or false")  # noqa: TRY004 - the node file reports values
    for name in _TEXTS:
        if not isinstance(table.get(name, ""), str):
            raise ValueError(f"reader.endpoint.{name} is a text")  # noqa: TRY004 - the same
    if not table.get("enabled", False):
        return None
    numbers = {name: _number(table, name) for name in _NUMBERS if name in table}
    key_file = str(table.get("key_file", ""))
    return make_endpoint(
        url=str(table.get("url", "")),
        model=str(table.get("model", "")),
        key_variable=str(table.get("key_variable", "")),
        key_file=home / key_file if key_file else None,
        **numbers,
    )


def _number(table: dict[str, Any], name: str) -> int:
    value, (least, most) = table[name], _NUMBERS[name]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"reader.endpoint.{name} is a number from {least} to {most}")
    return value
