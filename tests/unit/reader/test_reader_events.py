"""Meetings, references and instruments: ordinals, tense, places, co-chairs, signatories and periods."""
# ruff: noqa: E501 (a table reads best with one case in one line)

import pytest

from entraide.reader.domain.ordinals import roman_value
from entraide.reader.domain.reading import read_text

MEETINGS = [
    ("digits", "La 7e conférence bilatérale s'est tenue le 3 mai 2022 à Tunis.", [(7, "2022-05-03", "Tunis")]),
    ("roman", "La XIIe session de la commission mixte a eu lieu à Libreville le 3 mai 2022.", [(12, "2022-05-03", "Libreville")]),
    ("words", "La troisième réunion du comité de suivi s'est ouverte lundi 6 juin 2022 à Dakar.", [(3, "2022-06-06", "Dakar")]),
    ("English", "The fifth Cross-Border Crime Forum meeting was held in Ottawa on May 3, 2022.", [(5, "2022-05-03", "Ottawa")]),
    ("Vietnamese", "Hội nghị lần thứ 9 đã diễn ra ngày 3/5/2022 tại Hà Nội.", [(9, "2022-05-03", "Hà Nội")]),
    ("verb", "Le ministre malien de la Justice, Ali Touré, s'est entretenu avec l'ambassadeur de Russie, Ivan Petrov, le 3 mai 2022 à Bamako.", [(None, "2022-05-03", "Bamako")]),
    ("verb with the date between", "Le ministre tchadien de la Justice, Ali Abdoulaye, a eu, le 3 mai 2022 à Yaoundé, des entretiens avec son homologue, Jean Mbarga.", [(None, "2022-05-03", "Yaoundé")]),
    ("received twice", "Le ministre belge de la Justice, Jan Peeters, a été reçu le 3 mai 2022 à Rabat par le chef du gouvernement, Omar Tazi, et par son homologue, Karim Alaoui.", [(None, "2022-05-03", "Rabat")] * 2),
    ("dateline is no place", "PARIS (AFP) - La 2e réunion du comité mixte s'est tenue le 3 mai 2022 à Alger.", [(2, "2022-05-03", "Alger")]),
    ("an article is no numeral", "La réunion s'est tenue le 3 mai 2022 à Tunis. Le 6e réunion se tiendra en 2024.", [(None, "2022-05-03", "Tunis")]),
    ("numeral without an ending", "The IX meeting of the committee was held in Havana on May 3, 2022.", [(9, "2022-05-03", "Havana")]),
    ("long numeral", "La XXIIe session de la commission mixte a eu lieu à Libreville le 3 mai 2022.", [(22, "2022-05-03", "Libreville")]),
    ("opened in the plural", "Les travaux de la IIIe réunion du comité mixte se sont ouverts le 3 mai 2022 à Bamako.", [(3, "2022-05-03", "Bamako")]),
    ("here is the dateline's town", "New Delhi (PTI) - The 8th talks between the two sides were held here on May 3, 2022.", [(8, "2022-05-03", "New Delhi")]),
    ("capital is the dateline's town", "NOUAKCHOTT – La 7e réunion a eu lieu le 3 mai 2022 dans la capitale mauritanienne.", [(7, "2022-05-03", "Nouakchott")]),
    ("year of the visit", "En visite à Alger du 2 au 6 mai 2022, le ministre malien de la Justice, Ali Touré, s'est entretenu le 3 mai avec son homologue, Omar Haddad.", [(None, "2022-05-03", "Alger")]),
    ("during a meeting", "They reviewed their work on May 3, 2022 in Minsk during a meeting between the two deputy ministers.", [(None, "2022-05-03", "Minsk")]),
    ("visit's dates are not the meeting's", "Le ministre lao de la Justice, Kham Souk, s'est entretenu avec le ministre vietnamien Tran Van Binh le 3 mai 2022 à Hanoï, lors d'une visite officielle du 2 au 6 mai 2022.", [(None, "2022-05-03", "Hanoï")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in MEETINGS], ids=[case[0] for case in MEETINGS])
def test_meetings_are_read_with_ordinal_date_and_place(text, expected):
    """What took place is a meeting, with its ordinal, day and place."""
    found = [(m.ordinal, m.date.value if m.date else None, m.place) for m in read_text(text, name="case").meetings]
    assert found == expected


NO_MEETINGS = [
    "Il a félicité la Chine pour la troisième session plénière du 20e Comité central du Parti.",
    "Le 14e Congrès du Parti s'est tenu à Hanoï en janvier.",
    "L'Assemblée nationale a tenu sa 10e session à Dakar.",
    "Les deux pays ont célébré le 50e anniversaire de leurs relations.",
    "La 8e conférence se tiendra à Pékin en 2026.",
]


@pytest.mark.parametrize("text", NO_MEETINGS)
def test_congresses_parliaments_anniversaries_and_plans_are_no_meetings(text):
    """Party congresses, parliaments, anniversaries and what is only planned give no meeting."""
    assert read_text(text, name="case").meetings == ()


REFERENCES = [
    ("later", "La 5e réunion s'est tenue le 3 mai 2022 à Tunis. La 6e réunion se tiendra en 2024 à Alger.", [(6, "2024", "later")]),
    ("earlier", "La 5e réunion s'est tenue le 3 mai 2022 à Tunis. Les résultats de la 4e réunion tenue en mai 2020 ont été évalués.", [(4, "2020-05", "earlier")]),
    ("after an article", "La 5e réunion s'est tenue le 3 mai 2022 à Tunis. Le 6e réunion se tiendra en 2024 à Alger.", [(6, "2024", "later")]),
    ("English later", "The 3rd meeting was held in Delhi on 3 May 2022. The 4th meeting will be held in Dhaka in 2023.", [(4, "2023", "later")]),
    ("a day without a noun", "The two ministers met in Riga on 3 May 2022. They had last met in Oslo on 6 June 2019.", [(None, "2019-06-06", "earlier")]),
    ("an instrument's year", "Les deux ministres se sont rencontrés le 3 mai 2022 à Tunis. Leur coopération repose sur un accord signé en 1998.", [(None, "1998", "earlier")]),
    ("a bare number", "The 30th conference was held in Seoul on 3 May 2022. The 29th had been held in Hanoi on 6 June 2021.", [(29, "2021-06-06", "earlier")]),
    ("Vietnamese first", "Đối thoại lần thứ hai diễn ra ngày 3/5/2022 tại Hà Nội. Phiên đối thoại đầu tiên đã diễn ra tại Oslo vào tháng 6/2020.", [(1, "2020-06", "earlier")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in REFERENCES], ids=[case[0] for case in REFERENCES])
def test_meetings_spoken_of_are_references(text, expected):
    """Earlier and later meetings of a series are references."""
    found = [(r.ordinal, r.date.value if r.date else None, r.when) for r in read_text(text, name="case").references]
    assert found == expected


CHAIRS = [
    ("sides between commas", "La 3e réunion de la commission s'est tenue à Dakar le 3 mai 2022. Les débats ont été présidés, côté malien, par Ali Touré, ministre de la Justice, et, côté belge, par Jan Peeters, ministre de la Justice.", ("Ali Touré", "Jan Peeters")),
    ("led together", "Une réunion a eu lieu à Dakar le 3 mai 2022. Elle a été conduite par le ministre malien de la Justice, Ali Touré, et par le ministre belge de la Justice, Jan Peeters.", ("Ali Touré", "Jan Peeters")),
    ("in the chair", "The 3rd meeting of the committee was held in Dakar on 3 May 2022. In the chair sat the two ministers of justice, Ali Traore for Mali and Jan Peeters for Belgium.", ("Ali Traore", "Jan Peeters")),
    ("Vietnamese", "Đối thoại lần thứ 3 diễn ra ngày 3/5/2022 tại Hà Nội. Đồng chủ trì Đối thoại là Thứ trưởng Bộ Công an Việt Nam Trần Văn An và Thứ trưởng Bộ Nội vụ Pháp Paul Aubry.", ("Trần Văn An", "Paul Aubry")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CHAIRS], ids=[case[0] for case in CHAIRS])
def test_who_chairs_is_read_on_either_side_of_the_word(text, expected):
    """The two heads are named before the verb, after `par`, or after a word for their seat."""
    assert read_text(text, name="case").meetings[0].co_chairs == expected


SEVERAL = [
    ("an audience after the talks", "Le ministre de l'Intérieur, Paul Aubry, s'est entretenu lundi 2 mai 2022 à Lisbonne avec son homologue, Rui Matos. Il a ensuite été reçu par le Premier ministre, Carlos Neves.", 2),
    ("the same talks again", "Le ministre de l'Intérieur, Paul Aubry, s'est entretenu lundi 2 mai 2022 à Lisbonne avec son homologue, Rui Matos. L'entretien a porté sur la frontière.", 1),
    ("years before", "The two ministers met in Riga on 3 May 2022. At an earlier meeting, held in Oslo on 6 June 2019, a memorandum had been signed.", 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SEVERAL], ids=[case[0] for case in SEVERAL])
def test_meetings_of_one_visit_are_told_apart(text, expected):
    """Another person met, with a word that adds, is another meeting; the noun that goes back to the first is not."""
    assert len(read_text(text, name="case").meetings) == expected


SPANS = [
    ("opened and closed", "Ouverts le 25 avril 2022 à Libreville, les travaux de la 3e réunion de la commission mixte ont été clos le 27 avril.", "2022-04-25/2022-04-27"),
    ("ended after three days", "LOMÉ, 16 mai 2017 - La 4e réunion de la commission mixte s'est achevée mardi à Lomé après trois jours de travaux.", "2017-05-14/2017-05-16"),
    ("a day alone", "La 4e réunion de la commission mixte s'est tenue le 16 mai 2017 à Lomé.", "2017-05-16"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SPANS], ids=[case[0] for case in SPANS])
def test_days_that_are_not_written_together_are_one_range(text, expected):
    """A meeting that opens on one day and closes on another, or ends after so many days, took place on all of them."""
    found = read_text(text, name="case").meetings[0].date
    assert found is not None
    assert found.value == expected


INSTRUMENTS = [
    ("signed", "Les deux ministres ont signé un protocole d'accord sur la formation.", [("memorandum", "signed", None)]),
    ("passive", "Un plan de coopération pour 2026 a été signé à Dakar.", [("plan", "signed", "2026")]),
    ("period", "Ils ont signé le programme de coopération 2024-2026.", [("plan", "signed", "2024/2026")]),
    ("reviewed", "Les deux parties ont évalué la mise en œuvre du plan de coopération 2024.", [("plan", "reviewed", "2024")]),
    ("to come", "Les deux pays signeront bientôt une convention d'extradition.", [("agreement", "planned", None)]),
    ("negotiated", "Ils accéléreront les négociations d'un accord de réadmission.", [("agreement", "planned", None)]),
    ("listed", "Les unités ont signé deux protocoles d'accord sur la lutte contre la drogue, et la gestion des migrants.", [("memorandum", "signed", None)] * 2),
    ("English", "A Memorandum of Understanding on counter-narcotics was signed.", [("memorandum", "signed", None)]),
    ("years before the noun", "The two sides reviewed the 2021-2022 action plan.", [("plan", "reviewed", "2021/2022")]),
    ("two plans", "They reviewed the 2024 cooperation plan. At the end they signed the 2025 cooperation plan.", [("plan", "reviewed", "2024"), ("plan", "signed", "2025")]),
    ("replaced", "Ils ont signé un accord policier qui remplace la convention du 3 février 2010.", [("agreement", "signed", None), ("agreement", "referenced", None)]),
    ("minutes of something and a plan", "Les deux chefs de police ont signé le procès-verbal de la session et le plan de travail pour 2026.", [("minutes", "signed", None), ("plan", "signed", "2026")]),
    ("superseded", "They signed a protocol which supersedes the memorandum of 4 May 2011.", [("agreement", "signed", None), ("memorandum", "referenced", None)]),
    ("signed earlier", "Le 26 août 2020, ils sont convenus de prolonger et ont adopté le mémorandum d'entente sur les patrouilles signé en 2015.", [("memorandum", "referenced", None)]),
    ("carried out", "Elles appliqueront l'accord entre les deux pays sur la traite des êtres humains.", [("agreement", "referenced", None)]),
    ("to be drawn up", "Un plan d'action 2020-2022 sera élaboré.", [("plan", "planned", "2020/2022")]),
    ("English to come", "The two sides will sign an extradition treaty next year.", [("agreement", "planned", None)]),
    ("Vietnamese", "Hai bên đã ký Kế hoạch hợp tác năm 2026.", [("plan", "signed", "2026")]),
    ("traite is no treaty", "Ils ont signé un accord contre la traite des êtres humains.", [("agreement", "signed", None)]),
    ("to agree is no instrument", "Les deux parties se sont mises d'accord sur la formation.", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in INSTRUMENTS], ids=[case[0] for case in INSTRUMENTS]
)
def test_instruments_are_read_with_what_is_done_with_them(text, expected):
    """Kind, status by tense and modality, and the years that an instrument covers."""
    found = [(i.kind, i.status, i.period) for i in read_text(text, name="case").instruments]
    assert found == expected


TITLES = [
    ("French list", "Les unités ont signé trois protocoles d'accord sur la drogue, la criminalité liée à Internet, et la gestion des entrées.", ["protocole d'accord sur la drogue", "protocole d'accord sur la criminalité liée à Internet", "protocole d'accord sur la gestion des entrées"]),
    ("English list", "They signed two memoranda of understanding on patrols, and on readmission.", ["memorandum of understanding on patrols", "memorandum of understanding on readmission"]),
    ("ends before the next verb", "Ils ont évalué l'accord de coopération et ont discuté de la formation.", ["accord de coopération"]),
    ("ends before the next promise", "Elles appliqueront l'accord sur la traite des êtres humains et protégeront les victimes.", ["accord sur la traite des êtres humains"]),
    ("words before the noun", "The two sides signed the 2025 cooperation plan between the two ministries.", ["2025 cooperation plan between the two ministries"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in TITLES], ids=[case[0] for case in TITLES])
def test_an_instrument_has_a_title_that_stands_alone(text, expected):
    """A title ends where another statement begins, and each of a list has the noun in the singular."""
    assert [i.title_short for i in read_text(text, name="case").instruments] == expected


SERIES = [
    ("comma of phòng, chống", "Hội nghị hợp tác phòng, chống tội phạm lần thứ 7 đã diễn ra ngày 3/5/2022 tại Hà Nội.", "Hội nghị hợp tác phòng, chống tội phạm"),
    ("English words before", "The 14th Vietnam-Laos Security Cooperation Conference was held on May 3, 2022 in Hanoi.", "Vietnam-Laos Security Cooperation Conference"),
    ("English preposition", "The 7th conference on cooperation in fighting crime was held on May 3, 2022 in Hanoi.", "conference on cooperation in fighting crime"),
    ("French article within", "La 7e conférence de lutte contre le crime organisé s'est tenue le 3 mai 2022 à Hanoï.", "conférence de lutte contre le crime organisé"),
    ("without the parties", "La 3e réunion du comité mixte de sécurité entre le Mali et le Sénégal s'est tenue le 3 mai 2022 à Dakar.", "réunion du comité mixte de sécurité"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in SERIES], ids=[case[0] for case in SERIES])
def test_a_series_is_the_nouns_phrase(text, expected):
    """The series has the words that name it, without number, place, day and parties."""
    assert [m.series for m in read_text(text, name="case").meetings] == [expected]


LEVELS = [
    ("ministers chair", "La 7e conférence de sécurité a eu lieu le 3 mai 2022 à Tunis. Le ministre malien de la Justice, Ali Touré, et le ministre tunisien de la Justice, Omar Haddad, l'ont coprésidée.", ["minister"]),
    ("deputies", "Le vice-ministre malien de la Justice, Ali Touré, s'est entretenu avec le vice-ministre belge de la Justice, Jan Peeters, le 3 mai 2022 à Bamako.", ["vice-minister"]),
    ("deputy prime minister", "Le vice-Premier ministre et ministre lao de la Justice, Kham Souk, s'est entretenu avec le ministre belge de la Justice, Jan Peeters, le 3 mai 2022 à Vientiane.", ["minister"]),
    ("rights are no king", "Le ministre malien de la Justice et des Droits de l'Homme, Ali Touré, s'est entretenu avec son homologue belge, Jan Peeters, le 3 mai 2022.", ["minister"]),
    ("received by two", "Le ministre belge de la Justice, Jan Peeters, a été reçu le 3 mai 2022 à Rabat par le chef du gouvernement, Omar Tazi, et par son homologue, Karim Alaoui.", ["state", "minister"]),
    ("a state visit besides", "Ali Touré, Minister of Justice of Mali, held talks on May 3, 2022 with Jan Peeters, Minister of Justice of Belgium, during the state visit of Omar Diallo, President of Mali.", ["minister"]),
    ("named by the noun", "The 3rd ministerial-level conference on security was held in Dhaka on May 3, 2022.", ["minister"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in LEVELS], ids=[case[0] for case in LEVELS])
def test_the_level_is_that_of_the_two_who_meet(text, expected):
    """The level follows from the noun's phrase or from the highest post of the two who meet or chair."""
    assert [m.level for m in read_text(text, name="case").meetings] == expected


ORGANISATIONS = [
    ("plural with two adjectives", "Le plan entre les ministères vietnamien et lao de la Sécurité publique a été signé à Hanoï.", ["ministère de la Sécurité publique"] * 2),
    ("English plural", "A conference of the Ministries of Public Security of Vietnam and Laos was held in Hanoi on May 3, 2022.", ["Ministry of Public Security"] * 2),
    ("one each", "Le programme entre le ministère vietnamien de la Sécurité publique et le ministère russe de l'Intérieur a été signé à Moscou.", ["ministère de la Sécurité publique", "ministère de l'Intérieur"]),
    ("verb after", "Bộ Công an Việt Nam và Bộ Công an Trung Quốc đồng chủ trì hội nghị.", ["Bộ Công an"] * 2),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in ORGANISATIONS], ids=[case[0] for case in ORGANISATIONS]
)
def test_an_organisation_is_named_in_the_singular(text, expected):
    """Each state has its ministry, in the singular, without the state's adjective or a verb."""
    assert [party.organisation for party in read_text(text, name="case").parties] == expected


PEOPLE = "Le ministre tunisien de la Justice, Ali Ben Salem, et le ministre algérien de la Justice, Omar Haddad, "


@pytest.mark.parametrize(
    "sentence",
    ["ont coprésidé la conférence.", "ont co-présidé les travaux de la réunion et ont signé un procès-verbal."],
)
def test_co_chairs_are_the_persons_before_the_verb(sentence):
    """The two subjects of the verb are the co-chairs."""
    text = f"La conférence s'est tenue le 3 mai 2022 à Tunis. {PEOPLE}{sentence}"
    assert read_text(text, name="case").meetings[0].co_chairs == ("Ali Ben Salem", "Omar Haddad")


def test_signatories_stand_before_the_verb_or_after_by():
    """Active and passive signing name the same two persons."""
    active = read_text(f"{PEOPLE}ont signé un accord de coopération.", name="case")
    passive = read_text(
        "L'accord de coopération a été signé par Ali Ben Salem, ministre tunisien de la Justice, et Omar Haddad, ministre "
        "algérien de la Justice.",
        name="case",
    )
    assert active.instruments[0].signatories == passive.instruments[0].signatories == ("Ali Ben Salem", "Omar Haddad")


def test_the_year_follows_from_the_plans():
    """A conference of January that reviews the plan of 2024 and signs that of 2025 was in 2025."""
    text = (
        "Le 12 janvier à Vientiane, la conférence pour évaluer le plan de coopération 2024 s'est tenue. Les deux ministres ont "
        "signé le plan de coopération 2025."
    )
    meeting = read_text(text, name="case").meetings[0]
    assert meeting.date is not None
    assert (meeting.date.value, meeting.date.basis.value) == ("2025-01-12", "inferred")


@pytest.mark.parametrize(
    ("text", "value"), [("xiv", 14), ("iv", 4), ("viii", 8), ("iiii", None), ("vx", None), ("", None)]
)
def test_roman_numerals_are_read_only_when_well_written(text, value):
    """Well-formed numerals have a value, others none."""
    assert roman_value(text) == value


NO_MEETINGS = [
    ("a letter of congratulations", "Rabat - Le ministre de l'Intérieur, Abdelouafi Laftit, a adressé le 3 mai 2023 une lettre de félicitations à son homologue sénégalais à l'occasion du 63e anniversaire de l'indépendance."),
    ("a party's congress", "Hanoï (VNA) - Le 14e Congrès national du Parti communiste du Vietnam a eu lieu à Hanoï le 19 janvier 2026."),
    ("a medal", "La Havane - Le ministre cubain de l'Intérieur a reçu la médaille de l'Amitié le 5 juin 2023 à Hanoï."),
    ("an anniversary", "Dakar - La gendarmerie a célébré le 2 mai 2024 le 60e anniversaire de sa création."),
    ("a cabinet", "Bamako, 3 mars 2024 - Le Conseil des ministres s'est réuni mercredi. Le ministre de la Sécurité y a présenté un projet de loi."),
    ("a press conference", "La conférence de presse du ministre s'est tenue à Rabat le 4 avril 2023."),
    ("a party's congress in English", "The 13th Party Congress was held in Hanoi on 26 January 2021."),
    ("a letter of condolences", "President Vladimir Putin sent a letter of condolences to his Vietnamese counterpart on 20 July 2024."),
    ("a medal in English", "The minister was awarded the Friendship Medal in Hanoi on 5 June 2023 on the 60th anniversary of the ministry."),
    ("things are received too", "The minister welcomed the opening of a consulate in Barcelona on 5 June 2023."),
    ("a party's congress in Vietnamese", "Đại hội lần thứ XIII của Đảng đã diễn ra tại Hà Nội ngày 26/1/2021."),
    ("a telegram", "Ngày 17/8/2024, Bộ trưởng Lương Tam Quang gửi điện mừng tới Bộ trưởng Bộ Nội vụ Cuba nhân kỷ niệm 64 năm ngày thành lập."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text"), NO_MEETINGS, ids=[what for what, _ in NO_MEETINGS])
def test_what_is_no_meeting_is_read_as_none(what, text):
    """Congresses, anniversaries, medals, letters and press conferences are no meetings of two parties."""
    assert read_text(text, name=what).meetings == ()
