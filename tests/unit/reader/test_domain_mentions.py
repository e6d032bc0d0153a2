"""Which words name a domain of cooperation: what hides what, what a frame alone shows, what only looks like one."""
# ruff: noqa: E501 (a table reads best with one case in one line)

import pytest

from entraide.reader.domain.commitments import find_candidates
from tools.reader_fit.opened import open_early, open_for_fitting

CASES = [
    ("an offence is named by what stands before it", "They agreed to act together on firearms trafficking.", {"arms"}, {"organised-crime"}),
    ("an offence is named by what follows it", "Ils veulent unir leurs efforts contre le trafic illicite de migrants.", {"irregular-migration"}, {"organised-crime"}),
    ("a crime of the net is no crime in general", "Hai bên sẽ đấu tranh với tội phạm mạng.", {"cybercrime"}, {"organised-crime"}),
    ("two offences of a list are two", "They agreed to act together on corruption, drugs.", {"economic-crime", "drugs"}, set()),
    ("a text that treats of something is no trade", "Le texte traite des visas.", {"irregular-migration"}, {"trafficking-in-persons"}),
    ("a meeting to come", "La session suivante se tiendra à Lomé.", {"mechanism"}, set()),
    ("a meeting to come that is a verb", "The two chiefs will meet again in spring.", {"mechanism"}, set()),
    ("an instrument looked back on", "Les deux parties ont évalué l'accord.", {"mechanism"}, set()),
    ("a text after an advertisement", "Two chiefs meet\n" + "The chief of police of the north met the chief of police of the south in the capital on Monday for talks that went on until late in the evening.\n" * 2 + "ADVERTISEMENT\nThey agreed on joint patrols.\n", {"border"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named", "hidden"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_words_name_a_domain(text, named, hidden):
    """The candidates hold the domains that the words name, and none that a longer or a nearer word hides."""
    opened = open_for_fitting(open_early(text))
    found = {candidate.domain for candidate in find_candidates(opened.facts, opened.syntax)}
    assert named <= found
    assert not hidden & found
