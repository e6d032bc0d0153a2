"""Forms as programs read them."""

from typing import Any

from entraide.kernel.node import Node
from entraide.requests.adapters.vocabulary import load_vocabulary, read_words
from entraide.requests.domain.schema import derive_schema


def get_form_schema(node: Node, form_id: str, language: str = "en") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the form `form_id`, titled in `language`; raises `UnknownForm`."""
    vocabulary, words = load_vocabulary(node), read_words(node, language)
    return derive_schema(vocabulary.form(form_id), vocabulary.codes, lambda path: words.field(path).text)
