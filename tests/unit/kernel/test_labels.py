"""Labels of vocabularies: English in the vocabulary, other languages in the catalog, by the way to each text."""

import pytest

from entraide.kernel.labels import list_labels, translate_label, translate_labels
from entraide.kernel.languages import SPOKEN
from tests.factories.forms import released_words
from tools.catalogs import PACKAGE, extract_labels

TREE = {
    "fields": {"offence": {"label": "Offences (ICCS)", "help": "At most five."}, "none": ""},
    "sex": {"0": "Not known"},
}


def test_each_text_has_its_way_as_context():
    """The context is the name of the part of the program and the keys; an empty text is no message."""
    assert list(list_labels(TREE, "requests")) == [
        ("requests.fields.offence.label", "Offences (ICCS)"),
        ("requests.fields.offence.help", "At most five."),
        ("requests.sex.0", "Not known"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Infractions (ICCS)"),
        ("fr-CH", "Infractions (ICCS)"),
        ("en", "Offences (ICCS)"),
        ("lo", "Offences (ICCS)"),
    ],
)
def test_a_label_is_found_by_its_context(language: str, text: str):
    """A language without a catalog, and a text that was never translated, are English."""
    assert translate_label("Offences (ICCS)", "requests.fields.offence.label", language) == text
    assert translate_labels(TREE, "requests", language)["fields"]["offence"]["label"] == text
    assert translate_label("Offences (ICCS)", "elsewhere", language) == "Offences (ICCS)"
    assert released_words(language).field("offence").text == text


def test_one_english_text_may_have_two_translations():
    """What is one word in English may be two in another language, for the context tells them apart."""
    found: dict[str, set[str]] = {}
    for text, way in extract_labels(PACKAGE):
        assert way is not None
        found.setdefault(str(text), set()).add(translate_label(str(text), way, "fr"))
    assert any(len(texts) > 1 for texts in found.values())


@pytest.mark.parametrize("language", SPOKEN)
def test_labels_keep_their_shape(language: str):
    """A tree has the same keys in every language, and an empty text stays empty."""
    shown = translate_labels(TREE, "requests", language)
    assert [way for way, _text in list_labels(shown, "x")] == [way for way, _text in list_labels(TREE, "x")]
    assert shown["fields"]["none"] == ""
