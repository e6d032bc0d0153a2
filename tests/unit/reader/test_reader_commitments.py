"""Commitments: the domain by its words, the status by verb, tense and modality."""
# ruff: noqa: E501 (a table reads best with one case in one line)

import pytest

from entraide.reader.domain.reading import read_text

CASES = [
    ("future", "Les deux ministères renforceront la lutte contre la drogue et la traite des êtres humains.", {("drugs", "pledged"), ("trafficking-in-persons", "pledged")}),
    ("agreed to", "Les deux parties ont convenu de partager des informations sur le terrorisme.", {("information-exchange", "pledged"), ("terrorism", "pledged")}),
    ("past", "Les deux polices ont étroitement coopéré contre la cybercriminalité.", {("cybercrime", "done")}),
    ("protect citizens", "Elles protégeront les citoyens de chaque pays.", {("citizen-protection", "pledged")}),
    ("examined in the future", "Les experts examineront les demandes d'extradition.", {("wanted-persons", "ongoing")}),
    ("security of networks", "Hai bên nhất trí hợp tác an ninh mạng.", {("cybercrime", "pledged")}),
    ("proposed", "Le ministre a proposé d'accélérer l'échange d'informations.", {("information-exchange", "proposed")}),
    ("discussed", "Les deux responsables ont discuté de l'immigration clandestine.", {("irregular-migration", "ongoing")}),
    ("discussed, passive", "La formation du personnel a été discutée.", {("training", "ongoing")}),
    ("called for", "Il a souligné la nécessité de coopérer en matière d'extradition.", {("wanted-persons", "proposed")}),
    ("English agreed", "Both sides agreed to enhance cooperation against human trafficking.", {("trafficking-in-persons", "pledged")}),
    ("English discussed", "They discussed counter-terrorism and money laundering.", {("terrorism", "ongoing"), ("economic-crime", "ongoing")}),
    ("English proposed", "The minister proposed joint patrols.", {("border", "proposed")}),
    ("Vietnamese agreed", "Hai bên nhất trí tăng cường phòng, chống tội phạm ma túy.", {("drugs", "pledged")}),
    ("Vietnamese proposed", "Bộ trưởng đề nghị hai bên trao đổi thông tin.", {("information-exchange", "proposed")}),
    ("a post names no domain", "Le directeur de la migration et de la lutte contre la drogue a convenu d'un rendez-vous.", set()),
    ("nothing is said of it", "La drogue est un fléau.", set()),
    ("a list shares its head", "The sides agreed to combat drugs, arms and human trafficking.", {("drugs", "pledged"), ("arms", "pledged"), ("trafficking-in-persons", "pledged")}),
    ("subjects of what is signed", "L'accord signé hier porte sur la lutte contre le terrorisme et l'échange de renseignements.", {("terrorism", "pledged"), ("information-exchange", "pledged")}),
    ("an unknown verb in the future", "Both forces will spearhead joint patrols along the border.", {("border", "pledged")}),
    ("a passive in the future", "Un comité mixte sera mis sur pied.", {("mechanism", "pledged")}),
    ("subjects of the talks", "Terrorism and drug trafficking were the subjects of the talks.", {("terrorism", "ongoing"), ("drugs", "ongoing")}),
    ("must, with an incise", "Il faut, selon lui, lutter ensemble contre la traite des personnes.", {("trafficking-in-persons", "proposed")}),
    ("a need", "The minister stressed the need for closer cooperation against cybercrime.", {("cybercrime", "proposed")}),
    ("one side is ready", "Le procureur s'est dit prêt à partager son expérience.", {("information-exchange", "proposed")}),
    ("a synonym of agreeing", "The two sides concurred on pooling intelligence about fugitives.", {("information-exchange", "pledged"), ("wanted-persons", "pledged")}),
    ("bullets under an introduction", "Talks in Oslo\nThe two ministers met in Oslo on Monday for two hours of talks with their staff.\nThey agreed to:\n- step up the exchange of intelligence;\n- run joint patrols on the border.\n", {("information-exchange", "pledged"), ("border", "pledged")}),
    ("a longer term hides a shorter", "They agreed to fight cross-border crime.", {("organised-crime", "pledged")}),
    ("smuggling has an object", "Both sides decided to curb the smuggling of migrants.", {("irregular-migration", "pledged")}),
    ("a treaty is no trafficking", "Les deux ministres ont signé un traité d'extradition.", {("wanted-persons", "pledged")}),
    ("Vietnamese passive", "Một nhóm công tác chung sẽ được thành lập.", {("mechanism", "pledged")}),
    ("Vietnamese wish", "Ông mong phía bạn tiếp tục giúp đào tạo cán bộ.", {("training", "proposed")}),
    ("Vietnamese past", "Thời gian qua hai bên đã phối hợp chặt chẽ chống ma túy.", {("drugs", "done")}),
    ("what ought to be", "The fight against drug trafficking ought to be stepped up by both forces.", {("drugs", "proposed")}),
    ("a text deals with it", "Le document signé parle aussi de la cybercriminalité.", {("cybercrime", "pledged")}),
    ("how is the topic", "How the two forces might fight drug trafficking was the topic of the talks.", {("drugs", "ongoing")}),
    ("a synonym of asking", "The commissioner implored his colleagues to share intelligence.", {("information-exchange", "proposed")}),
    ("a synonym of talking", "Les deux généraux se sont penchés sur la traite des personnes.", {("trafficking-in-persons", "ongoing")}),
    ("drawn up in the future", "Un plan commun contre la drogue sera élaboré.", {("drugs", "pledged")}),
    ("an adjective of need", "Il est indispensable de lutter ensemble contre la traite des personnes.", {("trafficking-in-persons", "proposed")}),
    ("would like", "The minister would like joint patrols along the border.", {("border", "proposed")}),
    ("a wish goes on behind a semicolon", "Le ministre a souhaité que les échanges de visites continuent; que les deux parties luttent contre la drogue.", {("delegations", "proposed"), ("drugs", "proposed")}),
    ("numbered points under an introduction", "Talks in Oslo\nThe two ministers met in Oslo on Monday for two hours of talks with their staff.\nThey resolved to:\n(a) step up the exchange of intelligence;\n(b) run joint patrols on the border.\n", {("information-exchange", "pledged"), ("border", "pledged")}),
    ("Vietnamese talks about", "Hai bộ trưởng đã hội đàm về phòng, chống tội phạm mạng.", {("cybercrime", "ongoing")}),
    ("a threat", "Terrorism remains a threat to the region.", set()),
    ("a figure", "Plus de trois tonnes de cocaïne ont transité par ce port l'an dernier.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_commitments_have_domain_and_status(text, expected):
    """Each clause gives its domains with the status of the verb that governs them."""
    assert {(c.domain, c.status) for c in read_text(text, name="case").commitments} == expected
