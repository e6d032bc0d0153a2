"""Which titles mean one post, in three languages."""

from uuid import UUID

import pytest

from entraide.directory.api import CERTAIN, LIKELY, POSSIBLE, load_portfolios
from entraide.directory.domain.organisations import Post
from entraide.directory.domain.posts import match_post_titles
from entraide.directory.domain.ranks import DEPUTY, MINISTER, Rank, office_of_post, plain_rank, rank_of_post
from entraide.kernel.ids import OrganisationId, PostId
from entraide.search.domain.folding import fold_name

PS = "public_security"
TITLES = {
    "French minister": ("ministre vietnamien de la Sécurité publique", "VN", (MINISTER, PS, True)),
    "English minister": ("Minister of Public Security of Vietnam", "VN", (MINISTER, PS, True)),
    "Vietnamese minister": ("Bộ trưởng Bộ Công an Việt Nam", "VN", (MINISTER, PS, True)),
    "Police is public security": ("ministre de la Police", "VN", (MINISTER, PS, True)),
    "French deputy": ("vice-ministre de la Sécurité publique", "VN", (DEPUTY, PS, True)),
    "English deputy": ("Deputy Minister of Public Security", "VN", (DEPUTY, PS, True)),
    "Vietnamese deputy": ("Thứ trưởng Bộ Công an", "VN", (DEPUTY, PS, True)),
    "a minister and more": (
        "vice-Premier ministre et ministre lao de la Sécurité publique",
        "LA",
        (MINISTER, PS, False),
    ),
    "a Vietnamese minister and more": ("Phó Thủ tướng, Bộ trưởng Bộ Công an Lào", "LA", (MINISTER, PS, False)),
    "a minister of more": (
        "ministre de l'Intérieur, de l'Outre-mer et des Collectivités territoriales",
        "FR",
        (MINISTER, "interior", False),
    ),
    "a deputy who heads an agency": (
        "vice-ministre de la Sécurité publique et chef de l'Agence d'enquête policière",
        "VN",
        (DEPUTY, PS, False),
    ),
    "and the minister of": ("Deputy Prime Minister and the Minister of Interior", "KH", (MINISTER, "interior", False)),
    "beside a minister": ("secrétaire d'Etat auprès du ministre de l'Intérieur", "MA", None),
    "a prime minister": ("Premier ministre", "VN", None),
    "a head of department": ("chef du Département général de la police", "LA", None),
}


@pytest.mark.parametrize(("title", "state", "rank"), TITLES.values(), ids=TITLES)
def test_rank_of_post(title, state, rank):
    """A minister and a deputy are told apart, and a title that says more is not exact."""
    found = rank_of_post(load_portfolios(), title, state)
    assert (found and (found.rank, found.portfolio, found.exact)) == rank


PLAIN = {
    "deputy minister": ("vice-ministre", Rank(DEPUTY, "", exact=True)),
    "in one word": ("Thứ trưởng", Rank(DEPUTY, "", exact=True)),
    "minister": ("ministre", Rank(MINISTER, "", exact=True)),
    "of a ministry": ("ministre de l'Intérieur", None),
}


@pytest.mark.parametrize(("title", "rank"), PLAIN.values(), ids=PLAIN)
def test_a_title_may_say_minister_and_not_of_what(title, rank):
    """Of which portfolio is left open."""
    assert plain_rank(load_portfolios(), title) == rank


OFFICES = {
    "a head of government": ("chef du gouvernement", "government"),
    "in English": ("Prime Minister", "government"),
    "a deputy": ("Deputy Prime Minister and Minister of Interior", ""),
    "a French deputy": ("vice-Premier ministre", ""),
    "a head of the party": ("secrétaire général du Parti communiste", "party"),
    "and of the State": ("General Secretary of the Party and President", "party"),
    "a minister": ("ministre de la Sécurité publique", ""),
}


@pytest.mark.parametrize(("title", "body"), OFFICES.values(), ids=OFFICES)
def test_the_head_of_a_body_is_known_in_three_languages(title, body):
    """The first that a title names; a deputy's is passed over."""
    assert office_of_post(load_portfolios(), title) == body


def post(*aliases: str, **titles: str) -> Post:
    return Post(PostId(UUID(int=1)), OrganisationId(UUID(int=2)), titles, aliases)


MINISTER_FR = post(fr="ministre de la Sécurité publique")
OFFERS = {
    "the same words": (MINISTER_FR, "Ministre de la sécurité publique", "fr", "Luong Tam Quang", CERTAIN),
    "another language, another holder": (MINISTER_FR, "Bộ trưởng Bộ Công an", "vi", "Lương Tam Quang", LIKELY),
    "an alias of the ministry": (MINISTER_FR, "ministre de la Police", "fr", "Tran Dai Quang", LIKELY),
    "more to it, the same holder": (
        MINISTER_FR,
        "vice-Premier ministre et ministre de la Sécurité publique",
        "fr",
        "To Lam",
        POSSIBLE,
    ),
    "more to it, another holder": (
        MINISTER_FR,
        "vice-Premier ministre et ministre de la Sécurité publique",
        "fr",
        "Tran Dai Quang",
        None,
    ),
    "more to it in another language": (
        MINISTER_FR,
        "Deputy Prime Minister and Minister of Public Security",
        "en",
        "Tran Dai Quang",
        POSSIBLE,
    ),
    "a deputy is not the minister": (MINISTER_FR, "Thứ trưởng Bộ Công an", "vi", "Tô Lâm", None),
    "no rank, the same holder, another language": (
        post(fr="chef du Bureau du ministère"),
        "Chánh Văn phòng Bộ",
        "vi",
        "Tô Lâm",
        POSSIBLE,
    ),
    "no rank, another holder": (
        post(fr="chef du Bureau du ministère"),
        "Chánh Văn phòng Bộ",
        "vi",
        "Nguyen Van A",
        None,
    ),
}


@pytest.mark.parametrize(("known", "title", "language", "person", "strength"), OFFERS.values(), ids=OFFERS)
def test_a_title_is_offered_as_one_of_a_post(known, title, language, person, strength):
    """One post in other words is found whoever holds it; a holder alone joins no two posts for certain."""
    holders = {known.id: {fold_name("Tô Lâm")}}
    found = match_post_titles(
        load_portfolios(), [known], holders, state="VN", title=title, language=language, person=person
    )
    assert [item.strength for item in found] == ([strength] if strength else [])
