"""Officials: names beside posts, ranks and titles; their states; one person, several mentions."""
# ruff: noqa: E501 (a table reads best with one case in one line)

import pytest

from entraide.reader.domain.reading import read_text

CASES = [
    ("post before, comma", "Le ministre espagnol de l'Intérieur, Juan Prado Ruiz, a reçu la délégation.", [("Juan Prado Ruiz", "ministre de l'Intérieur", "ES")]),
    ("post before, no comma", "Le ministre de la Justice du Sénégal Ousmane Kane Diop a signé l'accord.", [("Ousmane Kane Diop", "ministre de la Justice", "SN")]),
    ("post after", "Pierre Lambert, vice-ministre belge de la Justice, a signé le procès-verbal.", [("Pierre Lambert", "vice-ministre de la Justice", "BE")]),
    ("rank and chain", "Le général de brigade Ibrahim Sow Keïta, ministre malien de la Sécurité et de la Protection civile, a signé.", [("Ibrahim Sow Keïta", "ministre de la Sécurité et de la Protection civile", "ML")]),
    ("membership left out", "Tran Van Binh, membre du Comité central du Parti et ministre vietnamien de la Justice, a présidé la réunion.", [("Tran Van Binh", "ministre de la Justice", "VN")]),
    ("two posts", "Le vice-Premier ministre et ministre cambodgien de l'Intérieur, Sok Chan Dara, a signé.", [("Sok Chan Dara", "vice-Premier ministre et ministre de l'Intérieur", "KH")]),
    ("counterpart", "Le ministre camerounais de la Justice, Paul Essomba, a rencontré son homologue gabonais, Jean Ondo Mba.", [("Paul Essomba", "ministre de la Justice", "CM"), ("Jean Ondo Mba", "ministre de la Justice", "GA")]),
    ("federal councillor", "La conseillère fédérale Anna Meier et le ministre kosovar de l'Intérieur, Agim Krasniqi, ont signé un accord à Berne.", [("Anna Meier", "conseillère fédérale", "CH"), ("Agim Krasniqi", "ministre de l'Intérieur", "XK")]),
    ("ambassador keeps the posting", "L'ambassadeur du Maroc en Belgique, Omar Tazi, assistait à la réunion.", [("Omar Tazi", "ambassadeur du Maroc en Belgique", "MA")]),
    ("delegation gives the state", "Marc Dubois, directeur des Affaires pénales, conduit la délégation belge à la réunion de Rabat.", [("Marc Dubois", "directeur des Affaires pénales", "BE")]),
    ("plural post", "Vu Van Hai et Oleg Sidorov, vice-ministres, ont signé le programme à Moscou entre le ministère vietnamien et le ministère russe.", [("Vu Van Hai", "vice-ministre", "VN"), ("Oleg Sidorov", "vice-ministre", "RU")]),
    ("family name Le", "Le Van Tam, procureur général du Vietnam, a ouvert la réunion.", [("Le Van Tam", "procureur général", "VN")]),
    ("English after", "Dr. Amin Rahman, Home Minister of Bangladesh, and Rajiv Mehta, Indian Home Secretary, held talks in Dhaka.", [("Amin Rahman", "Home Minister", "BD"), ("Rajiv Mehta", "Home Secretary", "IN")]),
    ("English before", "The Canadian Minister of Public Safety, Susan Clark, met with the Moroccan Minister of the Interior, Karim Alaoui.", [("Susan Clark", "Minister of Public Safety", "CA"), ("Karim Alaoui", "Minister of the Interior", "MA")]),
    ("a word within a name", "Deputy Minister of Public Security of Viet Nam Pham The Cuong signed the agreement.", [("Pham The Cuong", "Deputy Minister of Public Security", "VN")]),
    ("Cheikh within a name", "Le ministre mauritanien de la Justice, Sidi Ould Cheikh Brahim, a signé.", [("Sidi Ould Cheikh Brahim", "ministre de la Justice", "MR")]),
    ("title l'honorable", "Le ministre de la Justice du Canada, l'honorable Robert Gagnon, a signé.", [("Robert Gagnon", "ministre de la Justice", "CA")]),
    ("first vice-president", "Le premier vice-président du Conseil d'État cubain, José Machín Ruiz, a reçu la délégation.", [("José Machín Ruiz", "premier vice-président du Conseil d'État", "CU")]),
    ("two delegations", "The Indian delegation was led by Home Secretary Anil Mathur while the Bangladesh side was headed by Secretary Kamrul Chowdhury.", [("Anil Mathur", "Home Secretary", "IN"), ("Kamrul Chowdhury", "Secretary", "BD")]),
    ("counterpart named again", "The Kosovan Minister of Justice, Arben Morina, received his Albanian counterpart, Elira Toska. Minister Toska thanked him.", [("Arben Morina", "Minister of Justice", "XK"), ("Elira Toska", "Minister of Justice", "AL")]),
    ("the host is not of the delegation", "Thứ trưởng Bộ Công an Trần Văn Khải đã tiếp Đoàn đại biểu Bộ Nội vụ Cuba tại Hà Nội.", [("Trần Văn Khải", "Thứ trưởng Bộ Công an", "VN")]),
    ("a state's syllable in a name", "Đại tướng Phan Đức Thịnh, Bộ trưởng Bộ Công an Việt Nam đã tiếp Đại sứ Đức Monika Keller.", [("Phan Đức Thịnh", "Bộ trưởng Bộ Công an", "VN"), ("Monika Keller", "Đại sứ Đức", "DE")]),
    ("verb after a post", "Đại tướng Vilay Souvanh, Bộ trưởng Bộ Công an Lào đồng chủ trì hội nghị.", [("Vilay Souvanh", "Bộ trưởng Bộ Công an", "LA")]),
    ("states in the order of the names", "Les ministres de l'Intérieur du Sénégal et de la France, Amadou Sarr et Marc Perrin, ont signé un accord.", [("Amadou Sarr", "ministre de l'Intérieur", "SN"), ("Marc Perrin", "ministre de l'Intérieur", "FR")]),
    ("one side of the verb", "The Canadian Minister of Justice, David Larue, and the Minister of Public Safety, Marie Chen, met with U.S. Attorney General Martin Ross.", [("David Larue", "Minister of Justice", "CA"), ("Marie Chen", "Minister of Public Safety", "CA"), ("Martin Ross", "Attorney General", "US")]),
    ("rank after và", "Thượng tướng Hoàng Văn Sơn, Thứ trưởng Bộ Công an Việt Nam và Trung tướng Bounmy Phommachanh, Thứ trưởng Bộ Công an Lào đồng chủ trì.", [("Hoàng Văn Sơn", "Thứ trưởng Bộ Công an", "VN"), ("Bounmy Phommachanh", "Thứ trưởng Bộ Công an", "LA")]),
    ("respectively, in another order than a caption", "Rodrigue Sossou et Koffi Mensah, à Lomé.\n\nLes ministres de l'Intérieur du Togo et du Bénin, respectivement Koffi Mensah et Rodrigue Sossou, se sont réunis à Lomé.", [("Rodrigue Sossou", "ministre de l'Intérieur", "BJ"), ("Koffi Mensah", "ministre de l'Intérieur", "TG")]),
    ("a post up to its mark", "Le comité a été présidé par Awa Diarra, commissaire à la paix et à la stabilité des frontières du Mali, et le général Oumar Sidibé.", [("Awa Diarra", "commissaire à la paix et à la stabilité des frontières", "ML"), ("Oumar Sidibé", "", "ML")]),
    ("the ministry behind a comma", "Bà Anna Keller, Thứ trưởng phụ trách Nhóm Chính sách, Bộ Nội vụ Đức, hội đàm với Thượng tướng Hoàng Văn Sơn, Thứ trưởng Bộ Công an Việt Nam.", [("Anna Keller", "Thứ trưởng phụ trách Nhóm Chính sách, Bộ Nội vụ", "DE"), ("Hoàng Văn Sơn", "Thứ trưởng Bộ Công an", "VN")]),
    ("a lasting holder", "Minister of Justice Ana Lopes of Portugal met Carla Ruiz, who has been Minister of Justice of Spain since May.", [("Ana Lopes", "Minister of Justice", "PT"), ("Carla Ruiz", "Minister of Justice", "ES")]),
    ("Vietnamese", "Đại tướng Nguyễn Văn Bình, Ủy viên Bộ Chính trị, Bộ trưởng Bộ Công an đã tiếp Bộ trưởng Bộ Nội vụ Campuchia Sok Dara tại Hà Nội.", [("Nguyễn Văn Bình", "Bộ trưởng Bộ Công an", "VN"), ("Sok Dara", "Bộ trưởng Bộ Nội vụ", "KH")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_officials_are_read_with_post_and_state(text, expected):
    """Name, post without the state's adjective, and state, in the order of mention."""
    found = [(official.name, official.post, official.state) for official in read_text(text, name="case").officials]
    assert found == expected


KINDS = [
    ("initial within a name", "Secretary of Justice Martin J. Hollis of Canada and Interior Minister Ana Prieto of Chile held talks on Monday.", [("Martin J. Hollis", "Secretary of Justice", "CA"), ("Ana Prieto", "Interior Minister", "CL")]),
    ("initial first, Vietnamese", "Ông V. Raghavan, Bộ trưởng Bộ Nội vụ Ấn Độ, đã tiếp Đại tướng Nguyễn Văn Hòa, Bộ trưởng Bộ Công an Việt Nam.", [("V. Raghavan", "Bộ trưởng Bộ Nội vụ", "IN"), ("Nguyễn Văn Hòa", "Bộ trưởng Bộ Công an", "VN")]),
    ("two particles", "Le ministre équatorien de l'Intérieur, Rafael de los Ríos Vega, a reçu Joana das Neves, ministre portugaise de la Justice.", [("Rafael de los Ríos Vega", "ministre de l'Intérieur", "EC"), ("Joana das Neves", "ministre de la Justice", "PT")]),
    ("the family name alone comes first", "Orlova opened the talks on Friday. Vera Orlova, Prosecutor General of Bulgaria, met Police Commissioner Erik Lund of Norway.", [("Vera Orlova", "Prosecutor General", "BG"), ("Erik Lund", "Police Commissioner", "NO")]),
    ("a field of several words", "Paul Ferris, Deputy Secretary for Southern Hemisphere Affairs of Canada; and Lena Moore, Director of Border Operations, met Chilean Interior Minister Ana Prieto.", [("Paul Ferris", "Deputy Secretary for Southern Hemisphere Affairs", "CA"), ("Lena Moore", "Director of Border Operations", "CA"), ("Ana Prieto", "Interior Minister", "CL")]),
    ("three names, one plural post, three States", "Anna Weiss, Luca Ferri et Marko Horvat, ministres de l'Intérieur d'Autriche, d'Italie et de Croatie, ont signé une déclaration à Vienne.", [("Anna Weiss", "ministre de l'Intérieur", "AT"), ("Luca Ferri", "ministre de l'Intérieur", "IT"), ("Marko Horvat", "ministre de l'Intérieur", "HR")]),
    ("a plural post before names with their States", "The two national police chiefs, Erik Lund of Norway and Maria Nyström of Sweden, met in Oslo on Monday.", [("Erik Lund", "national police chief", "NO"), ("Maria Nyström", "national police chief", "SE")]),
    ("represented by", "Kenya was represented by Peter Otieno, Uganda by Grace Namubiru; the meeting of police chiefs took place in Nairobi on 3 May 2021.", [("Peter Otieno", "", "KE"), ("Grace Namubiru", "", "UG")]),
    ("States in brackets behind counterparts", "Le procureur général du Mexique, Luis Robles, a reçu ses homologues Pedro Soto (Honduras) et Carla Mejía (Salvador).", [("Luis Robles", "procureur général", "MX"), ("Pedro Soto", "procureur général", "HN"), ("Carla Mejía", "procureur général", "SV")]),
    ("an opposite number", "Interior Minister Petra Novak of Slovenia met her opposite number from Croatia, Ivan Babić, in Zagreb on Monday.", [("Petra Novak", "Interior Minister", "SI"), ("Ivan Babić", "Interior Minister", "HR")]),
    ("a colleague", "Le ministre letton de l'Intérieur, Janis Ozols, s'est entretenu avec son collègue estonien Mart Kask à Riga.", [("Janis Ozols", "ministre de l'Intérieur", "LV"), ("Mart Kask", "ministre de l'Intérieur", "EE")]),
    ("a body of States", "Claire Martens, présidente d'Eurojust, a rencontré le ministre tunisien de la Justice, Karim Jaziri, à La Haye.", [("Claire Martens", "présidente d'Eurojust", "XX"), ("Karim Jaziri", "ministre de la Justice", "TN")]),
    ("letters that stand for a service", "Officers of the Indonesian National Police (INP) and the Philippine National Police (PNP) met in Davao. Agus Santoso, INP deputy chief for operations, thanked Ramon Cruz, PNP director for training.", [("Agus Santoso", "INP deputy chief for operations", "ID"), ("Ramon Cruz", "director for training", "PH")]),
    ("who is spoken for stands first", "Pour Interpol avait fait le déplacement Henrik Dahl, directeur des services de police, reçu par le ministre kényan de l'Intérieur, Peter Otieno.", [("Henrik Dahl", "directeur des services de police", "XX"), ("Peter Otieno", "ministre de l'Intérieur", "KE")]),
    ("the next person's post is not this one's", "Ra sân bay đón ông có bà Sok Malis, Tổng Công tố Campuchia, Đại sứ Nga tại Campuchia Oleg Sidorov.", [("Sok Malis", "Tổng Công tố", "KH"), ("Oleg Sidorov", "Đại sứ Nga tại Campuchia", "RU")]),
    ("a statue", "Bộ trưởng Nội vụ Cuba Raúl Ortega đặt hoa tại tượng đài cố Quốc vương Norodom Sihanouk.", [("Raúl Ortega", "Bộ trưởng Nội vụ", "CU")]),
    ("family names in capitals", "Le ministre sénégalais de l'Intérieur, Mamadou NDIAYE, a reçu son homologue malien, Oumar TRAORE.", [("Mamadou NDIAYE", "ministre de l'Intérieur", "SN"), ("Oumar TRAORE", "ministre de l'Intérieur", "ML")]),
    ("groups and titles are no persons", "Jemaah Islamiyah remains a threat, said Philippine police chief Ramon Cruz. Skills Development and Book Fair Opens were discussed.", [("Ramon Cruz", "police chief", "PH")]),
    ("an envoy is not of the State where he serves", "Ambassador to Pakistan Ali Rezaei of Iran attended the meeting in Islamabad.", [("Ali Rezaei", "Ambassador to Pakistan", "IR")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_shapes_of_names_posts_and_states_are_read(text, expected):
    """Each kind of name, post and State that real reports showed, in sentences of our own."""
    found = [(official.name, official.post, official.state) for official in read_text(text, name="case").officials]
    assert found == expected


def test_a_state_has_a_reason_in_words_and_a_probability():
    """What is stated beside the name is said so and surer than what only the rest of the text suggests."""
    text = "Le ministre espagnol de l'Intérieur, Juan Prado Ruiz, a reçu son homologue, Karim Alaoui. Le Maroc et l'Espagne coopèrent."
    stated, inferred = (official.evidence["state"] for official in read_text(text, name="case").officials)
    assert stated.reason.startswith("the post names the State")
    assert (stated.basis, inferred.basis) == ("stated", "inferred")
    assert 1 >= stated.confidence > inferred.confidence > 0


PARTIES = [
    ("two who meet", "Le ministre letton de l'Intérieur, Janis Ozols, a reçu à Riga son homologue estonien, Mart Kask. Ils ont parlé de la frontière avec la Russie.", {"LV", "EE"}),
    ("a body and a State", "The Director of Europol, Hans Meyer, and Interior Minister Ana Prieto of Chile signed an agreement in The Hague.", {"XX", "CL"}),
    ("words that begin like a State", "Pháp luật và Ý định thư là chủ đề của cuộc họp giữa Bộ Công an Việt Nam và Bộ Nội vụ Cuba tại La Habana. Anh hùng lực lượng vũ trang cùng Công an tỉnh Lào Cai cũng dự.", {"VN", "CU"}),
    ("a State of one syllable", "Bộ Công an Việt Nam và Bộ Nội vụ Pháp đã ký thỏa thuận tại Paris.", {"VN", "FR"}),
    ("ministries without persons", "Bộ Công an Việt Nam và Bộ Nội vụ Cuba đã ký kế hoạch hợp tác tại La Habana.", {"VN", "CU"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in PARTIES], ids=[case[0] for case in PARTIES])
def test_parties_are_those_who_take_part(text, expected):
    """A State that is only spoken of is no party; a body of States that signs is one."""
    assert {party.state for party in read_text(text, name="case").parties} == expected


@pytest.mark.parametrize("text", ["A. " * 10000, "Minister X of Y, " * 3000, "(AB) " * 8000, "ministres de " * 4000])
def test_officials_take_linear_time_on_any_text(text):
    """Hostile repetitions of names and posts raise nothing and stay within seconds."""
    assert isinstance(read_text(text, name="case").officials, tuple)


def test_a_family_name_alone_is_the_person_named_before():
    """`M. Prado` after `Juan Prado Ruiz` is one person, not two."""
    text = "Le ministre espagnol de l'Intérieur, Juan Prado Ruiz, est à Rabat. M. Prado a rencontré son homologue marocain, Karim Alaoui."
    assert [o.name for o in read_text(text, name="case").officials] == ["Juan Prado Ruiz", "Karim Alaoui"]


def test_one_post_with_two_holders_stays_two_persons():
    """Two persons who hold the same post are never merged."""
    text = (
        "Le ministre tunisien de la Justice, Ali Ben Salem, a signé l'accord. En 2012, le ministre tunisien de la Justice, "
        "Hedi Mansour, avait ouvert les négociations."
    )
    assert [o.name for o in read_text(text, name="case").officials] == ["Ali Ben Salem", "Hedi Mansour"]


def test_a_state_within_a_hyphenated_word_is_read():
    """A state that begins in the middle of a word (India-Bangladesh) before a post raises nothing."""
    text = "The 18th India-Bangladesh Home Secretary Level Talks were held in Dhaka on May 3, 2022."
    assert [m.ordinal for m in read_text(text, name="case").meetings] == [18]


def test_a_monument_is_no_official():
    """A name that a monument bears is not read as an official."""
    text = "Le ministre cubain de l'Intérieur, Raúl Ortega, a déposé des fleurs au monument du Président Hô Chi Minh."
    assert [o.name for o in read_text(text, name="case").officials] == ["Raúl Ortega"]


def test_an_abbreviation_ends_no_sentence():
    """`U.S. Attorney General X` and `M. le préfet X` stay within their sentence."""
    text = "The 3rd forum was held in Ottawa on May 3, 2022. It was co-chaired by U.S. Attorney General Ann Lee and Canadian Minister of Justice Bob Roy."
    assert read_text(text, name="case").meetings[0].co_chairs == ("Ann Lee", "Bob Roy")
