"""Reading YAML: the vocabularies of the product, and the forms and rules that an office adds."""

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C twin of the safe loader, seven times as fast; a PyYAML that was built without libyaml has only the other."""


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - whatever the text holds
    """Return the plain value that a YAML text holds, None for an empty one; raises `yaml.YAMLError`.

    Only plain data is made of it, whatever its tags say.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
