"""YAML is read as plain data, quickly where PyYAML can."""

import pytest
import yaml

from entraide.kernel.yaml_text import parse_yaml

TEXTS = {
    "nothing": "",
    "a table": "a: 1\nb: [x, true, 2025-01-12, null]\n",
    "words of several languages": "fr: Ministère\nvi: Bộ Công an\nlo: ປ້ອງກັນ\n",
    "a name for what stands twice": "a: &one [1, 2]\nb: *one\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_gives_what_the_safe_loader_in_python_gives(text: str) -> None:
    """The quick loader and the slow one are of one mind."""
    assert parse_yaml(text) == yaml.safe_load(text)


@pytest.mark.parametrize("text", ["!!python/object/apply:os.getcwd []", "a: [", "a: 1\n b: 2"])
def test_what_is_no_plain_data_is_refused(text: str) -> None:
    """A tag that would call something, and a text without an end, raise one and the same kind of error."""
    with pytest.raises(yaml.YAMLError):
        parse_yaml(text)
