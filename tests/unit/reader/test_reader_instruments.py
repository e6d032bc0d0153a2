"""Instruments: what is done with them, their day, who signs them, and which phrases name one and the same."""
# ruff: noqa: E501 (a table reads best with one case in one line)

import pytest

from entraide.reader.domain.reading import read_text

_HEAD = {
    "en": " date 2024-03-08 Ministers hold talks\n\nTalks were held on 8 March 2024 in the capital. ",
    "fr": " date 2024-03-08 Les ministres se rencontrent\n\nDes entretiens ont eu lieu le 8 mars 2024 dans la capitale. ",
    "vi": " date 2024-03-08 Hai Bộ trưởng hội đàm\n\nNgày 8/3/2024, hai bên đã hội đàm tại thủ đô. ",
}


def read(language, text):
    """Return the reading of the text under a report's head."""
    return read_text(_HEAD[language] + text, name="case")


STATUSES = [
    ("will sign is planned", "en", "The two countries will sign a treaty on extradition in June.", [("agreement", "planned")]),
    ("urged to sign is planned", "en", "The minister urged his colleague to sign a memorandum on patrols.", [("memorandum", "planned")]),
    ("awaiting force is not in force", "en", "The convention, signed in May 2021, still awaits entry into force.", [("agreement", "referenced")]),
    ("an earlier signing", "en", "In April 2022 the two forces signed a protocol on liaison officers.", [("agreement", "referenced")]),
    ("nested in one another", "fr", "Ils ont signé un arrangement qui remplace la convention du 5 avril 2004.", [("agreement", "signed"), ("agreement", "referenced")]),
    ("a noun of signing to come", "fr", "La signature du protocole est prévue en juin.", [("agreement", "planned")]),
    ("had signed", "fr", "Le 3 mai 2021, ils avaient signé une convention de coopération.", [("agreement", "referenced")]),
    ("evaluated", "fr", "Les deux parties ont évalué l'application du programme de coopération.", [("plan", "reviewed")]),
    ("agreement as consent", "fr", "Les deux parties sont d'accord pour lutter ensemble.", []),
    ("none was signed", "en", "No agreement was signed, the spokesman said.", []),
    ("passive with its agent", "vi", "Nghị định thư về đào tạo vừa được hai Bộ trưởng ký kết.", [("agreement", "signed")]),
    ("signed earlier", "vi", "Bản ghi nhớ hai bên ký năm 2020 tiếp tục được triển khai.", [("memorandum", "referenced")]),
    ("to be negotiated", "vi", "Hai bên thúc đẩy đàm phán Hiệp định về dẫn độ.", [("agreement", "planned")]),
    ("two told apart", "en", "Two memoranda were signed, one on training, the other on forensic science.", [("memorandum", "signed"), ("memorandum", "signed")]),
    ("l'un et l'autre", "fr", "Deux accords ont été signés, l'un sur l'extradition, l'autre sur l'entraide judiciaire.", [("agreement", "signed"), ("agreement", "signed")]),
    ("a document that is signed", "en", "The two commissioners signed a document on joint training.", [("other", "signed")]),
    ("a document that only says", "en", "The document describes the tasks of the two agencies.", []),
    ("signed by a pronoun", "en", "The two sides have a new agreement on customs. Minister Anna Keller and Minister Pavel Dorin signed it on Friday.", [("agreement", "signed")]),
    ("a letter of intent", "en", "A letter of intent on training was signed by the two academies.", [("other", "signed")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [case[1:] for case in STATUSES], ids=[case[0] for case in STATUSES]
)
def test_the_status_is_what_the_clause_says(language, text, expected):
    """Tense, modality, the clause on the noun and its own day say what is done with an instrument."""
    assert [(i.kind, i.status) for i in read(language, text).instruments] == expected


def test_a_phrase_that_points_back_names_no_second_instrument():
    """`The accord`, `cet accord`, an acronym in brackets: the instrument that was named before."""
    english = read("en", "A memorandum of understanding (MoU) on data was signed. The memorandum will help both sides.")
    french = read("fr", "Un accord sur les frontières a été signé. Cet accord aidera les deux polices.")
    assert len(english.instruments) == 1
    assert len(french.instruments) == 1


DAYS = [
    ("inherited from the meeting", "en", "An agreement on policing was signed at the end of the talks.", "2024-03-08"),
    ("its own day", "fr", "Ils ont rappelé l'accord signé le 4 juin 2019.", "2019-06-04"),
    ("its own year", "fr", "Il complète une convention datant de 1987.", "1987"),
    ("of that year", "en", "The heads of state met on 2 March 2021. On October 6 of that year a protocol was signed.", "2021-10-06"),
    ("none for what is to come", "en", "They agreed to draw up an action plan.", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), [case[1:] for case in DAYS], ids=[case[0] for case in DAYS])
def test_the_day_is_its_own_or_that_of_the_meeting(language, text, expected):
    """A day of another instrument or of the report is not taken; the meeting's only for what is signed there."""
    instrument = read(language, text).instruments[0]
    assert (instrument.date.value if instrument.date else None) == expected


SIGNATORIES = [
    ("active", "en", "Interior Minister Anna Keller and Justice Minister Pavel Dorin signed a treaty.", {"Anna Keller", "Pavel Dorin"}),
    ("named in the next sentence", "en", "A protocol on border crossings was concluded. It was signed by Minister Anna Keller and by Minister Pavel Dorin.", {"Anna Keller", "Pavel Dorin"}),
    ("two persons together", "en", "Interior Minister Anna Keller of Austria received Interior Minister Pavel Dorin of Moldova. The two ministers signed a protocol on patrols.", {"Anna Keller", "Pavel Dorin"}),
    ("two sides together", "en", "Interior Minister Anna Keller of Austria received Interior Minister Pavel Dorin of Moldova. The two countries signed a protocol on patrols.", set()),
    ("agents", "fr", "L'accord a été signé par la ministre de l'Intérieur Anne Delorme et le ministre de la Justice Pavel Dorin.", {"Anne Delorme", "Pavel Dorin"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [case[1:] for case in SIGNATORIES], ids=[case[0] for case in SIGNATORIES]
)
def test_who_signs(language, text, expected):
    """Those who sign are named before the verb, after its preposition, or in the sentence that follows."""
    assert set(read(language, text).instruments[0].signatories) == expected


def test_a_headline_or_caption_names_what_the_report_does_not():
    """What only a caption or a headline tells is proposed; what the report tells too is one instrument."""
    caption = read("en", "They spoke of drugs.\n\nPhoto: The ministers sign a memorandum of understanding on training")
    both = read("en", "They signed a memorandum of understanding.\n\nPhoto: The ministers sign the memorandum")
    assert [i.kind for i in caption.instruments] == ["memorandum"]
    assert [i.kind for i in both.instruments] == ["memorandum"]


def test_every_field_has_its_passage():
    """Kind, title, status and day each point into the original text, with a reason."""
    reading = read(
        "en", "Interior Minister Anna Keller and Justice Minister Pavel Dorin signed a treaty on extradition."
    )
    evidence = reading.instruments[0].evidence
    assert {"kind", "title_short", "status", "date", "signatories"} <= set(evidence)
    assert all(passage.reason for passage in evidence.values())


def test_many_instruments_are_read_in_linear_time():
    """A text of nothing but instruments ends, and names a bounded number of them."""
    text = "Ils ont signé un accord sur la drogue le 3 mai 2022. " * 800
    assert len(read("fr", text).instruments) < 400
