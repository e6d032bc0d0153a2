"""The body that a party or a post of a reading belongs to, by the directory's portfolios; proposed, never decided.

A text often names no more than "the two ministries" or "the Spanish minister of the Interior". What follows from the
words alone is proposed in the form, with the passage it follows from, and a person corrects it. Pure.
"""

from collections.abc import Mapping, Sequence

import regex

from entraide.directory.domain.portfolios import (
    Portfolios,
    is_plain_head,
    is_plain_minister,
    names_another_state,
    portfolio_of_name,
    portfolios_of_post,
    standard_name,
)
from entraide.kernel.languages import SOURCE
from entraide.kernel.partial_dates import DateBasis
from entraide.reader.domain.folding import fold_characters
from entraide.reader.domain.model import Evidence, Official, Party, Reading

# A province's or a region's minister is no minister of the State: "ministre de la Sécurité publique du Québec".
_OF_A_PLACE = regex.compile(r"\s+(?:du|de la|de l['’]|d['’]|de|of)\s*(\p{Lu}[\p{L}-]+)")
DERIVED = "the body that the post belongs to"


def body_of_party(words: Portfolios, reading: Reading, party: Party) -> str:
    """Return the party's organisation as the register would name it, empty when the text names none of this State."""
    name, states = party.organisation, [other.state for other in reading.parties]
    if is_plain_head(words, name, party.state) or names_another_state(words, name, party.state, states):
        return ""
    return standard_name(words, name, party.state, reading.language)


def body_of_post(words: Portfolios, reading: Reading, official: Official, parties: Sequence[tuple[str, str]]) -> str:
    """Return the organisation of an official's post, empty when the words do not say it.

    `parties` are the States and organisations of the text: the one whose name the post bears, else the one of the same
    portfolio, else the body of that portfolio under its usual name.
    """
    theirs = [name for state, name in parties if name and state == official.state]
    borne = next((name for name in theirs if _bears(official.post, name)), "")
    if borne or not official.state:
        return borne
    portfolios = {name: portfolio_of_name(words, name, official.state) for name in theirs}
    if is_plain_minister(words, official.post):
        ministries = [name for name, portfolio in portfolios.items() if portfolio in words.subjects]
        return ministries[0] if len(ministries) == 1 else ""
    return _body_of_portfolio(words, reading, official, portfolios)


def _body_of_portfolio(words: Portfolios, reading: Reading, official: Official, portfolios: Mapping[str, str]) -> str:
    """Return the body of the one portfolio that the post names: that of `portfolios` (by name), else the usual one."""
    codes = portfolios_of_post(words, official.post, official.state)
    if len(codes) != 1 or _is_of_a_place(words, reading, official):
        return ""
    known = (name for name, portfolio in portfolios.items() if portfolio == codes[0])
    return next(known, _usual_name(words, codes[0], reading.language))


def _usual_name(words: Portfolios, code: str, language: str) -> str:
    names = words.body_names.get(language) or words.body_names[SOURCE]
    return names[code]


def evidence_of_body(official: Official, organisation: str) -> dict[str, Evidence]:
    """Return the official's evidence, with the passage of the post behind an organisation that follows from it."""
    post = official.evidence.get("post")
    if not organisation or post is None or "organisation" in official.evidence:
        return dict(official.evidence)
    derived = post._replace(basis=DateBasis.INFERRED.value, reason=DERIVED)
    return {**official.evidence, "organisation": derived}


def _bears(post: str, organisation: str) -> bool:
    """Whether a post bears the name of an organisation, as "Minister of Justice" bears "Ministry of Justice"."""
    name, title = (" ".join(fold_characters(text).split()) for text in (organisation, post))
    rest = name.partition(" ")[2]
    return bool(name) and (name in title or (" " in rest and rest in title))


def _is_of_a_place(words: Portfolios, reading: Reading, official: Official) -> bool:
    """Whether the post's passage ends, or the text goes on, with the name of a place that is not the State's."""
    post = official.evidence.get("post")
    if post is None:
        return False
    passage = reading.clean_text[post.clean_start : post.clean_end]
    places = [match[1] for match in _OF_A_PLACE.finditer(passage) if match.end() == len(passage)]
    follows = _OF_A_PLACE.match(reading.clean_text, post.clean_end)
    places += [follows[1]] if follows else []
    return any(
        place not in official.post and not names_another_state(words, place, "", [official.state]) for place in places
    )
