"""Reads the life of a request once."""

from functools import cache
from importlib.resources import files

from entraide.kernel.yaml_text import parse_yaml
from entraide.requests.domain.lifecycle import Lifecycle, parse_lifecycle


@cache
def load_lifecycle() -> Lifecycle:
    """Return the life of a request; it is the same on every node, because both sides of a request rely on it."""
    text = files("entraide.requests").joinpath("vocabulary", "lifecycle.yaml").read_text(encoding="utf-8")
    return parse_lifecycle(parse_yaml(text))
