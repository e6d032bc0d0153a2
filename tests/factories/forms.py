"""The released forms, as every node without forms of its own knows them."""

from collections.abc import Mapping

from entraide.requests.adapters.vocabulary import Words, code_sets, load_form, read_words
from entraide.requests.domain.forms import Form
from tests.factories.nodes import make_node


def released_form(form_id: str) -> Form:
    return load_form(make_node(), form_id)


def released_codes() -> Mapping[str, frozenset[str]]:
    return code_sets(make_node())


def released_words(language: str = "en") -> Words:
    return read_words(make_node(), language)
