"""The vocabulary: complete in three languages, states by name and adjective."""

import pytest

from entraide.kernel.languages import READ
from entraide.reader.domain.language import detect_language
from entraide.reader.domain.vocabulary import load_vocabulary

CODES_WITH_WORDS = 27


@pytest.mark.wording
@pytest.mark.parametrize("language", READ)
def test_each_language_has_words_for_every_domain(language):
    """No domain of the register is without words in a language; only `general` has none of its own."""
    domains = set(load_vocabulary(language).codes)
    assert domains == set(load_vocabulary("fr").codes)
    assert len(domains) == CODES_WITH_WORDS


STATES = [
    ("fr", "le ministre sénégalais", "SN"), ("fr", "la délégation kosovare", "XK"), ("fr", "au Cap-Vert", "CV"),
    ("fr", "les relations maroco-belges", "MA"), ("fr", "aux États-Unis", "US"), ("fr", "la Côte d’Ivoire", "CI"),
    ("en", "the Bangladeshi side", "BD"), ("en", "in the Czech Republic", "CZ"), ("en", "Viet Nam", "VN"),
    ("vi", "Bộ Nội vụ Campuchia", "KH"), ("vi", "Vương quốc Bỉ", "BE"), ("vi", "CHDCND Lào", "LA"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "code"), STATES, ids=[case[1] for case in STATES])
def test_states_are_known_by_name_adjective_and_compound(language, text, code):
    """Names in three languages, adjectives and compounding forms give the ISO code."""
    vocabulary = load_vocabulary(language)
    hits = vocabulary.find(text, vocabulary.fold(text))
    assert code in {hit.value for hit in hits if hit.kind == "state"}


@pytest.mark.parametrize("text", ["la réunion de travail", "un traité", "mali-mali", "nigerienne", "en grande pompe"])
def test_common_words_are_no_states(text):
    """Words that look like a state in lower case are none."""
    vocabulary = load_vocabulary("fr")
    states = {
        hit.value for hit in vocabulary.find(text, vocabulary.fold(text)) if hit.kind == "state" and hit.form == "name"
    }
    assert states == set()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les deux ministres ont signé un accord à Paris.", "fr"),
        ("The two ministers signed an agreement in Paris.", "en"),
        ("Hai Bộ trưởng đã ký thỏa thuận hợp tác tại Hà Nội.", "vi"),
        ("", "und"),
    ],
)
def test_the_language_is_told_by_letters_and_small_words(text, language):
    """French, English and Vietnamese are told apart; a text without a sign of any is of no language."""
    assert detect_language(text) == language


@pytest.mark.wording
@pytest.mark.parametrize("language", READ)
def test_every_term_of_a_lexicon_is_a_text(language):
    """YAML takes a bare `on` or `no` for true or false: such a word stands in quotes."""

    def terms(node):
        if isinstance(node, dict):
            return [*(term for value in node.values() for term in terms(value)), *node]
        return [term for value in node for term in terms(value)] if isinstance(node, list) else [node]

    assert [term for term in terms(load_vocabulary(language).raw) if isinstance(term, bool)] == []
