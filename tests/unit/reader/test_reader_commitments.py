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
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_commitments_have_domain_and_status(text, expected):
    """Each clause gives its domains with the status of the verb that governs them."""
    assert {(c.domain, c.status) for c in read_text(text, name="case").commitments} == expected
