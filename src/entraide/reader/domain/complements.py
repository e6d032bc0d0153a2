"""The complements of a post: of what, for what, of which state, walked word by word from its head."""

from dataclasses import dataclass, field

from entraide.reader.domain.appositions import Rest, organisation_behind, rest_behind
from entraide.reader.domain.document import Document, Token
from entraide.reader.domain.grammar.lexicon import load_verbs
from entraide.reader.domain.vocabulary import Hit

ENVOYS = (
    "ambassad",
    "magistrat",
    "consul",
    "attache",
    "officier",
    "charge d'",
    "high commissioner",
    "liaison",
    "đại sứ",
)
_FURTHEST = 26
_ADJECTIVES = (
    "ale",
    "ales",
    "aux",
    "ique",
    "iques",
    "aire",
    "aires",
    "ive",
    "ives",
    "elle",
    "elles",
    "iere",
    "ieres",
    "ienne",
)
# Vietnamese words have no endings: `đồng` of `đồng chủ trì` is also a word of `hội đồng`.
_VERBS = ("chaired", "held_past", "met", "signed")
_PREPOSITIONS = frozenset(
    {
        "avant",
        "apres",
        "selon",
        "parmi",
        "entre",
        "envers",
        "lors",
        "avec",
        "dans",
        "pour",
        "depuis",
        "pendant",
        "durant",
        "ainsi",
        "aupres",
        "outre",
        "comme",
        "afin",
        "hier",
        "puis",
    }
)
_SHORTEST = 4
_PLACES = frozenset({"in", "at", "on", "from"})
_PURPOSES = frozenset({"pour", "contre", "à", "a"})


# What ends a post that stands behind its holder's name, besides a mark.
_ENDS = frozenset(
    [
        "who",
        "which",
        "that",
        "was",
        "is",
        "were",
        "has",
        "had",
        "will",
        "said",
        "says",
        "told",
        "of",
        "for",
        "and",
        "met",
        "as",
    ]
)
_FIELD_LINKS = frozenset({"and", "&", "of", "the", "for", "to", "against", "in"})
_LONGEST_FIELD = 14
_FEW = 3


@dataclass(slots=True)
class Walk:
    """Where the walk over a post's words stands, and what it kept; `behind`: the post follows its holder's name."""

    token: int
    behind: bool = False
    kept: list[tuple[int, int]] = field(default_factory=list)
    states: list[Hit] = field(default_factory=list)
    keep_state: bool = False


def walk_complements(document: Document, hit: Hit, start: int, *, behind: bool = False) -> Walk:
    """Take the complements of one head; `behind` says that the holder's name stands before the post."""
    tokens = document.tokens
    walk = Walk(document.token_at(hit.end - 1) + 1, behind, [(start, hit.end)])
    walk.keep_state = document.folded[hit.start : hit.end].startswith(ENVOYS)
    limit = min(len(tokens), walk.token + _FURTHEST)
    while walk.token < limit:
        token = tokens[walk.token]
        if document.breaks(tokens[walk.token - 1].end, token.start):
            break
        if document.vocabulary.language == "vi" and any(document.hit_at(kind, token.start) for kind in _VERBS):
            break
        state = document.hit_at("state", token.start) or document.hit_at("body", token.start)
        if state is not None:
            _take_state(document, walk, state, token.start)
        elif not _take_word(document, walk, limit):
            break
    if behind:
        _take_rest(document, walk, rest_behind(document, walk.token))
        _take_rest(document, walk, organisation_behind(document, walk.token))
    return walk


def _take_rest(document: Document, walk: Walk, rest: Rest | None) -> None:
    if rest is None:
        return
    if rest.end > rest.start:
        comma = document.tokens[walk.token].text == ","
        _keep(document, walk, document.tokens[walk.token].start if comma else rest.start, rest.end)
    walk.states += rest.states
    walk.token = rest.token


def _take_state(document: Document, walk: Walk, state: Hit, start: int) -> None:
    if state.kind == "state" and not (walk.keep_state and walk.states):
        walk.states.append(state)
    if walk.keep_state or state.kind == "body" or state.form == "organ":
        _keep(document, walk, start, state.end)
    walk.token = document.token_at(state.end - 1) + 1


def _take_word(document: Document, walk: Walk, limit: int) -> bool:
    """Take a link with its noun, an adjective or a coordinated complement; False when the post ends here."""
    tokens, words = document.tokens, document.vocabulary.words
    token = tokens[walk.token]
    if token.folded == "en" and walk.token + 1 < limit and tokens[walk.token + 1].folded == "charge":
        return _take_complement(document, walk, walk.token + 1, limit)
    links = words["post_links"] | words["envoy_links"] if walk.keep_state else words["post_links"]
    if token.folded in links:
        return _take_complement(document, walk, walk.token, limit)
    if token.folded in words["conjunctions"] or token.text == ",":
        return _take_apposed(document, walk, limit) or _take_coordinated(document, walk, limit)
    return _take_adjoining(document, walk) or _take_brackets(document, walk, limit)


def _take_apposed(document: Document, walk: Walk, limit: int) -> bool:
    """English: `Minister, Ministry of Home Affairs, Government of Bangladesh`."""
    tokens = document.tokens
    if tokens[walk.token].text != "," or walk.token + 1 >= limit or document.vocabulary.language != "en":
        return False
    start = tokens[walk.token + 1].start
    org, state = document.hit_at("ministries", start), document.hit_at("state", start)
    if org is not None:
        _keep(document, walk, tokens[walk.token].start, org.end)
    elif state is not None and document.folded.startswith("government of", state.start):
        walk.states.append(state)
    else:
        return False
    walk.token = document.token_at((org or state or document.tokens[walk.token]).end - 1) + 1
    return True


def _take_coordinated(document: Document, walk: Walk, limit: int) -> bool:
    """`et de la Coopération`, `, de l'Outre-mer`, `and Cooperation`."""
    tokens = document.tokens
    token, following = tokens[walk.token], walk.token + 1
    if following >= limit or _is_titled(document, following):
        return False
    if _is_further_link(document, token, following):
        foreign = token.text == "," and following + 1 < limit and not _is_office(document, following + 1)
        if foreign or is_name_like(document, following + 1):
            return False
        return _take_complement(document, walk, following, limit)
    if not _is_further_field(document, walk.token, behind=walk.behind):
        return False
    _keep(document, walk, token.start, tokens[following].end)
    walk.token = following + 1
    return True


def _is_titled(document: Document, number: int) -> bool:
    start = document.tokens[number].start
    return bool(document.hit_at("ranks", start) or document.hit_at("titles", start))


def _is_further_link(document: Document, token: Token, following: int) -> bool:
    """Whether a link goes on with the post; `, pour` and `et pour` before a common noun tell of a purpose."""
    link = document.tokens[following].folded
    if link not in document.vocabulary.words["post_links"]:
        return False
    if token.text == "," and link in _PLACES:
        return False
    purpose = link in _PURPOSES and (token.text == "," or not _noun(document, following + 1).text[0].isupper())
    return not purpose


def _is_further_field(document: Document, number: int, *, behind: bool) -> bool:
    """`juridiques et internationales`, `Security and Immigration`, no further head; a comma goes on behind a name."""
    tokens, following = document.tokens, number + 1
    if tokens[number].text == "," and not (behind and is_portfolio(document, following)):
        return False
    if document.hit_at("posts", tokens[following].start):
        return False
    office = tokens[following].folded in document.vocabulary.words["portfolio"]
    lower = office and tokens[number - 1].text.islower()
    return lower or is_portfolio(document, following) or _is_adjective(document, following)


def _take_adjoining(document: Document, walk: Walk) -> bool:
    """An organisation or an adjective right after."""
    token = document.tokens[walk.token]
    rank = document.hit_at("ranks", token.start)
    if rank is not None and _name_follows(document, rank):
        return False
    org = document.hit_at("ministries", token.start) or document.hit_at("org_heads", token.start)
    if org is not None and (document.vocabulary.language == "vi" or token.text[0].isupper()):
        _keep(document, walk, token.start, org.end)
        walk.token = document.token_at(org.end - 1) + 1
        return True
    if not _is_of_office(document, walk.token) and not (walk.behind and _is_capital_of_field(document, walk.token)):
        return False
    _keep(document, walk, token.start, token.end)
    walk.token += 1
    return True


def _is_capital_of_field(document: Document, number: int) -> bool:
    """`Ministre du Développement Communautaire` behind the name: a capital goes on with the field, no name follows."""
    token = document.tokens[number]
    french = document.vocabulary.language == "fr"
    return french and token.text[0].isupper() and token.text.isalpha() and _on_one_line(document, number)


def _is_of_office(document: Document, number: int) -> bool:
    lower = document.tokens[number].folded in document.vocabulary.words["portfolio_lower"]
    adjective = _is_adjective(document, number) or _is_second_syllable(document, number)
    return lower or adjective or is_portfolio(document, number)


def _name_follows(document: Document, rank: Hit) -> bool:
    """`Minister of Public Security General X`: the rank belongs to the name, not to the post."""
    number = document.token_at(rank.end - 1) + 1
    if number >= len(document.tokens):
        return False
    token = document.tokens[number]
    return token.text[0].isupper() and token.folded not in document.vocabulary.words["portfolio"]


def _is_adjective(document: Document, number: int) -> bool:
    """A French adjective in lower case: any word before a comma or a link, by its ending before the holder's name."""
    token = document.tokens[number]
    following = document.tokens[number + 1] if number + 1 < len(document.tokens) else None
    if following is None or document.vocabulary.language != "fr" or not _is_common_word(document, token):
        return False
    if following.text in {",", "("} or following.folded in {"et", "de", "du", "des", "d'"}:
        return True
    return following.text[0].isupper() and token.folded.endswith(_ADJECTIVES)


def _is_common_word(document: Document, token: Token) -> bool:
    small = not token.text.islower() or len(token.text) < _SHORTEST or token.folded in _PREPOSITIONS
    return not small and not document.within("held_past", token.start, token.start + 1)


def _is_second_syllable(document: Document, number: int) -> bool:
    """Vietnamese: `An ninh Công cộng`: a syllable in lower case right after a capital one of an office, no verb."""
    token, before = document.tokens[number], document.tokens[number - 1]
    if document.vocabulary.language != "vi" or not token.text.islower() or not token.text.isalpha():
        return False
    if not before.text[0].isupper() or before.folded not in document.vocabulary.words["portfolio"]:
        return False
    kinds = ("verb", "preposition", "subordinator", "modal")
    phrases = load_verbs("vi").phrases.get(token.folded, ())
    return not any(kind in kinds and len(phrase) == 1 for phrase, kind, _ in phrases) and token.folded not in _VI_ENDS


_VI_ENDS = frozenset(
    [
        "đã",
        "đang",
        "sẽ",
        "được",
        "bị",
        "là",
        "và",
        "của",
        "do",
        "về",
        "tại",
        "với",
        "cho",
        "vừa",
        "cùng",
        "đến",
        "từ",
        "khi",
        "để",
        "ở",
        "trong",
        "theo",
        "còn",
        "cũng",
        "ông",
        "bà",
    ]
)


def _take_brackets(document: Document, walk: Walk, limit: int) -> bool:
    """Take an abbreviation or a field in brackets: (PCV), (Counter Terrorism)."""
    tokens = document.tokens
    number = walk.token
    if tokens[number].text != "(" or number + 2 >= limit or not tokens[number + 1].text[0].isupper():
        return False
    close = next((n for n in range(number + 2, min(number + 5, limit)) if tokens[n].text == ")"), None)
    if close is None:
        return False
    _keep(document, walk, tokens[number].start, tokens[close].end)
    walk.token = close + 1
    return True


def _take_complement(document: Document, walk: Walk, link: int, limit: int) -> bool:
    tokens = document.tokens
    number = _behind_links(document, link + 1, limit)
    if number >= limit or not tokens[number].text[0].isalpha():
        return False
    state = document.hit_at("state", tokens[number].start)
    if state is not None:
        _take_owner(document, walk, link, state, limit)
        return True
    upper = tokens[number].text[0].isupper() or tokens[number].folded in document.vocabulary.words["portfolio"]
    if tokens[link].folded in {"pour", "à", "a", "for"} and not upper:
        return False
    end = _end_of_noun(document, number)
    if document.vocabulary.language == "en":
        end = max(end, _end_of_field(document, number, limit, behind=walk.behind))
    _keep(document, walk, tokens[link - 1].start if link > walk.token else tokens[link].start, end)
    walk.token = document.token_at(end - 1) + 1
    return True


def _behind_links(document: Document, number: int, limit: int) -> int:
    words = document.vocabulary.words
    while number < limit and (
        document.tokens[number].folded in words["articles"] or document.tokens[number].folded in words["post_links"]
    ):
        number += 1
    return number


def _end_of_noun(document: Document, number: int) -> int:
    """Where the noun of a complement ends: an organisation or a further post may have several words."""
    token = document.tokens[number]
    for kind in ("ministries", "org_heads", "body", "posts"):
        hit = document.hit_at(kind, token.start)
        if hit is not None:
            return hit.end
    return token.end


def _take_owner(document: Document, walk: Walk, link: int, state: Hit, limit: int) -> None:
    """The State after a link; an envoy's post and that of a named service keep it in their words."""
    kept = walk.keep_state or state.form == "organ"
    if not kept or not walk.states:
        walk.states.append(state)
    if kept:
        _keep(document, walk, document.tokens[link].start, state.end)
    walk.token = document.token_at(state.end - 1) + 1
    if document.folded[state.end : state.end + 2] in {"'s", "`s"}:
        _take_owned(document, walk, link, limit)


def _take_owned(document: Document, walk: Walk, link: int, limit: int) -> None:
    """`chairman of the UAE's newly established National Authority`: what the State owns belongs to the post."""
    tokens = document.tokens
    first = walk.token
    while first < min(limit, walk.token + _FEW) and tokens[first].text[0].islower() and tokens[first].text.isalpha():
        first += 1
    end = _end_of_field(document, first, limit, behind=walk.behind) if first < limit else 0
    if end:
        _keep(document, walk, tokens[link].start, tokens[link].end)
        _keep(document, walk, tokens[first].start, end)
        walk.token = document.token_at(end - 1) + 1


def _end_of_field(document: Document, first: int, limit: int, *, behind: bool) -> int:
    """Where an English field of office ends: `Western Hemisphere Affairs`, `the Northern Region of the police`.

    Before the holder's name it ends with the last word of a run that is known to be of an office; behind the name
    with the run itself.
    """
    end = 0
    for number in range(first, min(limit, first + _LONGEST_FIELD)):
        token = document.tokens[number]
        if _is_beyond(document, number, first, behind=behind):
            break
        upper = token.text[0].isupper()
        known = token.folded in document.vocabulary.words["portfolio"] or bool(
            document.hit_at("org_heads", token.start)
        )
        if known or (upper and behind):
            end = token.end
        elif not upper and token.folded not in _FIELD_LINKS:
            break
    return end


def _is_beyond(document: Document, number: int, first: int, *, behind: bool) -> bool:
    """Whether a field of office cannot go on here: another line, a rank before the name, or a State."""
    token = document.tokens[number]
    if number > first and not _on_one_line(document, number):
        return True
    if not behind and document.hit_at("ranks", token.start):
        return True
    return token.text[0].isupper() and document.hit_at("state", token.start) is not None


def _on_one_line(document: Document, number: int) -> bool:
    return document.text[document.tokens[number - 1].end : document.tokens[number].start] in {" ", "", "\u00a0"}


def is_name_like(document: Document, number: int) -> bool:
    """Whether two capitalised words that the lexicon does not know stand here: a person, no field of office."""
    tokens, words = document.tokens, document.vocabulary.words
    if number + 1 >= len(tokens) or document.vocabulary.language == "vi":
        return False
    pair = tokens[number : number + 2]
    kinds = ("ministries", "org_heads", "body", "posts", "state", "town", "ranks", "titles")
    return all(
        token.text[0].isupper()
        and len(token.text) > 1
        and token.folded not in words["portfolio"]
        and token.folded not in words["not_names"]
        and not any(document.hit_at(kind, token.start) for kind in kinds)
        for token in pair
    )


def _is_office(document: Document, number: int) -> bool:
    """Whether the noun after a link is a field of office or an organisation, not a name."""
    noun = _noun(document, number)
    kinds = ("ministries", "org_heads", "body", "posts")
    return noun.folded in document.vocabulary.words["portfolio"] or any(
        document.hit_at(kind, noun.start) for kind in kinds
    )


def _noun(document: Document, number: int) -> Token:
    tokens, words = document.tokens, document.vocabulary.words
    number = min(number, len(tokens) - 1)
    while number + 1 < len(tokens) and (
        tokens[number].folded in words["articles"] or tokens[number].folded in words["post_links"]
    ):
        number += 1
    return tokens[number]


def _keep(document: Document, walk: Walk, start: int, end: int) -> None:
    if walk.kept and document.text[walk.kept[-1][1] : start].strip() == "" and start >= walk.kept[-1][1]:
        walk.kept[-1] = (walk.kept[-1][0], end)
    else:
        walk.kept.append((start, end))


def is_portfolio(document: Document, number: int) -> bool:
    """Return whether the token names a field of office."""
    token = document.tokens[number]
    return token.folded in document.vocabulary.words["portfolio"] and (
        token.text[0].isupper() or document.vocabulary.language == "vi"
    )
