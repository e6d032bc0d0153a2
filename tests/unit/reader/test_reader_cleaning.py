"""Cleaning: what is no part of the report goes, and offsets stay true."""
# ruff: noqa: E501 (a table reads best with one case in one line)

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.reader.domain.cleaning import clean_text
from entraide.reader.domain.folding import fold_characters, lower_characters
from entraide.reader.domain.model import Evidence, Reading
from entraide.reader.domain.reading import read_text
from entraide.reader.domain.serialising import reading_to_json
from entraide.reader.domain.vocabulary import load_vocabulary

REPORT = "La 2e réunion s'est tenue le 3 mai 2022 à Alger."
WHOLE = (
    f"{REPORT} Ali Ben Salem et Karim Alaoui y ont signé un mémorandum sur la formation des douaniers des deux pays."
)
CUT = [
    ("teasers", f"{WHOLE}\n\nVoir plus\n\nLe Premier ministre a reçu le 9 mai le directeur de l'agence.", "Premier ministre"),
    ("comment tail", f"{REPORT}\nComment (0)", "Comment"),
    ("counters", f"Une rencontre à Paris\n0\n146\n{REPORT}", "146"),
    ("reading time", f"Temps de lecture : 2 minutes\n{REPORT}", "Temps"),
    ("glued word", f"{REPORT} FrançaisIls ont signé.", "Français"),
    ("header", f" date 2022-05 {REPORT}", "date 2022-05"),
    ("soft hyphen", REPORT.replace("réunion", "réu\u00adnion"), "\u00ad"),
    ("repeated caption", f"Les deux ministres à la signature.\nLes deux ministres à la signature.\n{REPORT}", "signature.\nLes deux"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "gone"), [case[1:] for case in CUT], ids=[case[0] for case in CUT])
def test_what_is_no_part_of_the_report_is_cut(text, gone):
    """The words are gone from the clean text and the report is still there."""
    clean = clean_text(text, load_vocabulary("fr"))
    assert gone not in clean.text
    assert REPORT in clean.text


BOX = "Lire aussi\nSaisie record au port\nLe Premier ministre attendu à Lisbonne"
BROKEN = (
    "Le ministre Ali Ben Salem et son homologue ont signé un mémorandum\nsur la formation des douaniers des deux "
    "pays, en présence de leurs directeurs."
)
GOING_ON = (
    "Reçu ensuite par Karim Alaoui, le ministre Ali Ben Salem a proposé que les douaniers échangent leurs fichiers."
)
ENDINGS = [
    ("a box in the midst of the report", f"{WHOLE}\n{BOX}\n\n{GOING_ON}", GOING_ON, "Lisbonne"),
    ("a menu above it", f"Accueil | Comment\nComment\nEconomie\n{WHOLE}\n{GOING_ON}", GOING_ON, "\nComment"),
    ("links side by side above it", f"{'Accueil   Sports   Business   Annonces   ' * 4}\nComment\n{WHOLE}", WHOLE, "\nComment"),
    ("lines broken hard", f"{BROKEN}\n{BOX}", "formation des douaniers", "Lisbonne"),
]  # fmt: skip
ENDED = [
    ("readers' words that name the minister", f"{WHOLE}\nCommentaires\n{GOING_ON}", GOING_ON),
    ("another article in sentences", f"{WHOLE}\nÀ lire aussi\nLe Parlement a débattu hier du budget de la santé, que défendait la ministre Jeanne Aubry devant une salle pleine.", "budget"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kept", "gone"), [case[1:] for case in ENDINGS], ids=[case[0] for case in ENDINGS])
def test_a_report_goes_on_behind_teasers_and_below_a_menu(text, kept, gone):
    """What a marker cuts is the box it heads, never the report behind it."""
    clean = clean_text(text, load_vocabulary("fr")).text
    assert kept.replace("\n", " ") in clean.replace("\n", " ")
    assert gone not in clean


@pytest.mark.parametrize(("text", "gone"), [case[1:] for case in ENDED], ids=[case[0] for case in ENDED])
def test_comments_and_other_articles_are_no_report(text, gone):
    """A paragraph behind a marker counts only where teasers stand before it and the names of the report in it."""
    clean = clean_text(text, load_vocabulary("fr")).text
    assert WHOLE in clean
    assert gone not in clean


def test_a_text_that_begins_with_a_marker_is_not_cut_away():
    """A marker on the first line cuts nothing."""
    assert REPORT in clean_text(f"Voir plus\n{REPORT}", load_vocabulary("fr")).text


def test_decomposed_accents_are_composed():
    """A text in NFD is read like the same text in NFC."""
    text = unicodedata.normalize("NFD", REPORT)
    assert clean_text(text, load_vocabulary("fr")).text == REPORT
    assert read_text(text, name="t").meetings[0].ordinal == 2


def evidences(reading: Reading) -> list[Evidence]:
    """All evidence of a reading."""
    groups = (
        reading.meetings,
        reading.instruments,
        reading.officials,
        reading.commitments,
        reading.parties,
        reading.references,
    )
    return [evidence for group in groups for item in group for evidence in item.evidence.values()]


WORDS = st.sampled_from([
    "Le ministre", "vietnamien", "de la Sécurité publique", "To Lam", ",", "et", "a signé", "un accord", "le 5 mai 2019", "à Paris",
    ".", "\n", "Voir plus", "FrançaisIls", " date 2024-08 ", "\u00ad", "e\u0301", "İ", "ß", "7e conférence", "s'est tenue", "«", "(", ")",
    "trois protocoles d'accord sur", "la drogue", "the 4th talks", "were held", "Bộ trưởng", "ký", "sera", "date", "Comment (0)", "12/13/2020",
])  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_is_read_and_every_quote_is_the_originals(text):
    """No text raises, and every evidence quotes the original between its own offsets."""
    reading = read_text(text, name="any")
    for evidence in evidences(reading):
        assert 0 <= evidence.start <= evidence.end <= len(text)
        assert text[evidence.start : evidence.end] == evidence.quote
        assert 0 <= evidence.clean_start <= evidence.clean_end <= len(reading.clean_text)
    reading_to_json(reading)


@given(st.text())
def test_folding_keeps_the_length(text):
    """Folded and lowered texts have one character for each of the original."""
    assert len(fold_characters(text)) == len(lower_characters(text)) == len(text)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_a_clean_span_without_edits_is_the_same_text_in_the_original(text):
    """Characters that were kept map to themselves."""
    clean = clean_text(text, load_vocabulary("fr"))
    for position, char in enumerate(clean.text):
        start, end = clean.original_span(position, position + 1)
        assert unicodedata.normalize("NFC", text[start:end])[:1] == char or "\n" in {char, text[start:end][-1:]}
