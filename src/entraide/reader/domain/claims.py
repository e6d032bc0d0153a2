"""What the words around one official say of his State: claims, each a State with the kind of words that show it."""

from collections.abc import Callable, Iterator, Sequence

import regex

from entraide.reader.domain.complements import ENVOYS
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.grammar.syntax import Syntax
from entraide.reader.domain.homes import BODY, Ground, Landscape
from entraide.reader.domain.persons import Person
from entraide.reader.domain.posts import Post
from entraide.reader.domain.sides import sides_of
from entraide.reader.domain.vocabulary import Hit

STATED = (
    "post_shared", "post_name", "post_adjective", "post_organ", "post_compound", "brackets", "adjective", "of_after",
    "for_after", "by", "leads", "led_by", "peculiar", "fronted", "post_short", "behalf", "post_town", "envoy",
    "post_body", "post_short_body",
)  # fmt: skip
"""Kinds of claims that the text states, the strongest first."""
_MOST_POSTS = 8
_MOST_MENTIONS = 6
_NEXT_WORD = 14
_TWO = 2
_REACH = 60
_WIDE = 160
_SHORT = 4
# `burkinabè, Mahamadou Sana, et nigérien, le général Mohamed Toumba`.
_LEAD = regex.compile(
    r"\s*(?:,\s*(?:(?:le |la )?(?:general|colonel|commissaire|docteur|m\.|mme|dr)[\w' -]{0,24})?)?"
    r"(?:(?:host|guest|colleague|hote|collegue|visitor)[, ]+)?\s*"
)
_OF = regex.compile(r"\s*+(?:of|from|du|de la|de l'|des|de|d'|của)\s++(?:the )?(?:republic of )?")
_FOR = regex.compile(r"\s*+(?:,\s*+)?(?:for|pour les|pour le|pour la|pour l'|pour)\s*+(?:the )?(?:royal )?")
_BY = regex.compile(
    r"\s*+(?:was |were |est |etait |a ete )?(?:represented |represente\w* |emmene\w* |conduite? |led |headed )?"
    r"(?:by|par|là|do)\s*+(?:le |la |l'|its |son |sa )?"
)
_BEHALF = regex.compile(r"on behalf of|in the name of|au nom d|pour le compte d|thay mặt|đại diện cho|represent")
_FRONT = regex.compile(
    r"\s*(?:pour|for|from|on behalf of|au nom d[eu]|cote|du cote|phía|về phía|on the)"
    r"\s+(?:the |le |la |l'|les |de la |du )?"
)
_LEADS = regex.compile(
    r"\b(?:led|leads|leading|heads|headed|heading|condui\w+|dirige\w*|a la tete|dẫn đầu|làm trưởng đoàn)\b(?! by)"
)
_LED = regex.compile(
    r"\b(?:(?:led|headed|chaired) by|(?:conduite?s?|dirigee?s?|emmenee?s?|menee?s?|pilotee?s?) par|do|made up of"
    r"|compos\w+ of|compos\w+ d)\b"
)
_DELEGATION = ("deleg", "đoàn", "side", "partie", "phía")


def claims_of(document: Document, syntax: Syntax, person: Person, landscape: Landscape) -> list[Ground]:
    """Return all claims on the person's State, those of the post first."""
    found: list[Ground] = []
    for claim in _SOURCES:
        found += claim(document, syntax, person, landscape)
    return found


def _of_posts(document: Document, _syntax: Syntax, person: Person, landscape: Landscape) -> Iterator[Ground]:
    for post in sorted(person.posts, key=lambda post: post.start)[:_MOST_POSTS]:
        for number, (code, start, end) in enumerate(post.states):
            yield Ground(code, start, end, _kind_in_post(document, post, number, start))
        yield from _of_places(document, post, envoy=post.head.startswith(ENVOYS))
        yield from _of_bodies(document, post, landscape)


def _kind_in_post(document: Document, post: Post, number: int, start: int) -> str:
    """How a post names its State: for an envoy, as one of several, second, or by the form of the word."""
    if post.head.startswith(ENVOYS) and not number:
        return "envoy_goal" if _is_goal(document, post, start) else "envoy"
    if post.plural and len({code for code, _, _ in post.states}) >= _TWO:
        return "post_one_of"
    hits = document.within("state", start, start + 1)
    return "post_second" if number else f"post_{hits[0].form if hits else 'name'}"


def _is_goal(document: Document, post: Post, start: int) -> bool:
    """`Ambassador to Pakistan`: the State where the envoy serves."""
    before = document.tokens[document.token_at(start) - 1] if start > post.start else None
    return before is not None and before.folded in document.vocabulary.words["envoy_links"]


def _of_places(document: Document, post: Post, *, envoy: bool) -> Iterator[Ground]:
    """`Giám đốc Công an tỉnh Quảng Trị`, `directeur de la police de Dakar`."""
    for town in document.within("town", post.start, post.end + _NEXT_WORD)[:1]:
        gap = document.text[post.end : town.start]
        if not any(char in ",;(" or char.isupper() for char in gap):
            yield Ground(town.value, town.start, town.end, "post_goal" if envoy else "post_town")


def _of_bodies(document: Document, post: Post, landscape: Landscape) -> Iterator[Ground]:
    for hit in document.within("body", post.start, post.end)[:_TWO]:
        yield Ground(BODY, hit.start, hit.end, "post_body")
    if not landscape.short_forms:
        return
    for number in document.tokens_within(post.start, post.end + _NEXT_WORD):
        token = document.tokens[number]
        known = landscape.short_forms.get(token.text)
        if known and (token.start < post.end or not set(",;(") & set(document.text[post.end : token.start])):
            yield Ground(
                known.value, token.start, token.end, "post_short" if known.kind == "state" else "post_short_body"
            )


def _peculiar(document: Document, _syntax: Syntax, person: Person, _landscape: Landscape) -> Iterator[Ground]:
    """`conseillère fédérale`: a post that only one State has, where the text names that State."""
    for post in person.posts[:_MOST_POSTS]:
        text = document.vocabulary.fold(post.text)
        for code in document.vocabulary.states["posts_of"]:
            if text.startswith(document.vocabulary.lists[f"posts_of.{code}"]):
                yield Ground(code, post.start, post.end, "peculiar")


def _beside(document: Document, _syntax: Syntax, person: Person, landscape: Landscape) -> Iterator[Ground]:
    """`le Vietnamien X`, `X (Maroc)`, `X of Norway`, `X for Malaysia`, `Kazakhstan was represented by X`."""
    for name in person.names[:_MOST_MENTIONS]:
        sentence = document.sentence_at(name.start)
        for state in _states(document, name.end, min(sentence.end, name.end + 24))[:1]:
            kind = _kind_behind(document.folded[name.end : state.start])
            if kind:
                yield Ground(state.value, state.start, state.end, kind)
        for state in _states(document, max(sentence.start, name.lead_start - 48), name.lead_start)[-1:]:
            kind = _kind_before(document.folded[state.end : name.lead_start], state)
            if kind:
                yield Ground(state.value, state.start, state.end, kind)
        yield from _short_beside(document, landscape, name.lead_start)


def _kind_behind(gap: str) -> str:
    if gap.strip() == "(":
        return "brackets"
    return "of_after" if _OF.fullmatch(gap) else "for_after" if _FOR.fullmatch(gap) else ""


def _kind_before(gap: str, state: Hit) -> str:
    adjective = state.form == "adjective"
    if adjective and _LEAD.fullmatch(gap):
        return "adjective"
    if _BY.fullmatch(gap):
        return "by"
    return "name_before" if not adjective and gap.strip() in {"", "'s"} else ""


def _short_beside(document: Document, landscape: Landscape, start: int) -> Iterator[Ground]:
    number = document.token_at(start) - 1
    known = landscape.short_forms.get(document.tokens[number].text) if number >= 0 else None
    if known:
        token = document.tokens[number]
        yield Ground(known.value, token.start, token.end, "short_before")


def _states(document: Document, start: int, end: int) -> list[Hit]:
    return sorted([*document.within("state", start, end), *document.within("body", start, end)])


def _behalf(document: Document, _syntax: Syntax, person: Person, _landscape: Landscape) -> Iterator[Ground]:
    for name in person.names[:_MOST_MENTIONS]:
        end = document.sentence_at(name.start).end
        match = _BEHALF.search(document.folded, name.end, min(end, name.end + _REACH))
        if match:
            for state in _states(document, match.end(), min(end, match.end() + _REACH // 2))[:1]:
                yield Ground(state.value, state.start, state.end, "behalf")


def _fronted(document: Document, _syntax: Syntax, person: Person, _landscape: Landscape) -> Iterator[Ground]:
    """`Pour Interpol avait fait le déplacement X`, `For the Secretariat, X`: who is spoken for stands first."""
    start = person.names[0].start
    sentence = document.sentence_at(start)
    match = _FRONT.match(document.folded, sentence.start, min(start, sentence.start + _REACH))
    if match and start - sentence.start < _WIDE:
        for state in _states(document, match.end(), min(start, match.end() + 4))[:1]:
            yield Ground(state.value, state.start, state.end, "fronted")


def _delegations(document: Document, _syntax: Syntax, person: Person, _landscape: Landscape) -> Iterator[Ground]:
    """`conduit la délégation marocaine`, `the Indian side included X`: the delegation before and the one behind."""
    name = person.names[0]
    sentence = document.sentence_at(name.start)
    start, end = max(sentence.start, name.start - _WIDE), min(sentence.end, name.end + _WIDE)
    hits = [
        hit for hit in document.within("org_heads", start, end) if document.folded.startswith(_DELEGATION, hit.start)
    ]
    for hit in [hit for hit in hits if hit.start < name.start][-1:]:
        yield from _by_delegation(document, hit, hit.end, name.start, "before")
    for hit in [hit for hit in hits if hit.start >= name.end][:1]:
        yield from _by_delegation(document, hit, name.end, hit.start, "behind")


def _by_delegation(document: Document, hit: Hit, low: int, high: int, side: str) -> Iterator[Ground]:
    kind = f"delegation_{side}_apart" if document.within("met", low, high) else f"delegation_{side}"
    between = document.folded[low:high]
    if side == "behind" and _LEADS.search(between) and between.count(",") <= 1:
        kind = "leads"
    elif side == "before" and _LED.search(between) and not _LEADS.search(between.rpartition(",")[2]):
        kind = "led_by"
    for state in _of_noun(document, hit):
        yield Ground(state.value, state.start, state.end, kind)


def _of_noun(document: Document, hit: Hit) -> list[Hit]:
    """The State of a noun: the adjective before it or the name behind it."""
    before = document.within("state", hit.start - 24, hit.start)[-1:]
    if before and document.folded[before[0].end : hit.start].strip() in {"", "'s"}:
        return list(before)
    after = (
        document.within("state", hit.end, hit.end + _REACH)[:1] or document.within("town", hit.end, hit.end + 32)[:1]
    )
    return [state for state in after if "," not in document.text[hit.end : state.start]]


def _around(document: Document, syntax: Syntax, person: Person, _landscape: Landscape) -> Iterator[Ground]:
    """The nearest States of the sentence on either side, in the clause, and those of the sentence before."""
    for number, name in enumerate(person.names[:_TWO]):
        sentence = document.sentence_at(name.start)
        states = document.within("state", sentence.start, sentence.end)
        mark = "" if number == 0 else "later_"
        clause = syntax.of_token[name.first]
        for state in document.within("state", sentence.start, name.start)[-1:]:
            yield from _nearest(document, syntax, state, clause, f"{mark}near_before", f"{mark}clause_before")
        for state in document.within("state", name.end, sentence.end)[:1]:
            yield from _nearest(document, syntax, state, clause, f"{mark}near_after", f"{mark}clause_after")
        if len({state.value for state in states}) == 1:
            yield Ground(states[0].value, states[0].start, states[0].end, f"{mark}only_of_sentence")
        yield from _of_sentence(document, sentence, mark, named=bool(states))


def _nearest(
    document: Document, syntax: Syntax, state: Hit, clause: int, kind: str, in_clause: str
) -> Iterator[Ground]:
    yield Ground(state.value, state.start, state.end, kind)
    yield Ground(state.value, state.start, state.end, f"{kind}_{state.form}")
    yield Ground(state.value, state.start, state.end, f"{kind}_{_linked(document, state)}")
    if syntax.of_token[document.token_at(state.start)] == clause:
        yield Ground(state.value, state.start, state.end, in_clause)


_PLACED = frozenset(
    {"in", "at", "to", "en", "au", "aux", "à", "a", "tại", "ở", "sang", "đến", "tới", "thăm", "visiting", "visited"}
)
_OWNED = frozenset({"of", "for", "from", "du", "de", "des", "d'", "d", "của", "pour"})


def _linked(document: Document, state: Hit) -> str:
    """How the State is linked to the words before: as a place, as an owner, or not."""
    number = document.token_at(state.start) - 1
    skipped = document.vocabulary.words["articles"] - _OWNED - _PLACED
    while number > 0 and document.tokens[number].folded in skipped:
        number -= 1
    word = document.tokens[number].folded if number >= 0 else ""
    if word in _PLACED:
        return "placed"
    owned = word in _OWNED or document.folded[state.end : state.end + 2] in {"'s", "`s"}
    return "owner" if owned else "unlinked"


def _of_sentence(document: Document, sentence: Sentence, mark: str, *, named: bool) -> Iterator[Ground]:
    """Towns and bodies of the sentence; where it names no State, the last one of the sentence before."""
    if not named and sentence.number:
        previous = document.sentences[sentence.number - 1]
        for state in document.within("state", previous.start, previous.end)[-1:]:
            yield Ground(state.value, state.start, state.end, f"{mark}sentence_before")
    for town in document.within("town", sentence.start, sentence.end)[:_TWO]:
        yield Ground(town.value, town.start, town.end, f"{mark}town_of_sentence")
    for body in document.within("body", sentence.start, sentence.end)[:1]:
        yield Ground(BODY, body.start, body.end, f"{mark}body_of_sentence")


def _family(document: Document, _syntax: Syntax, person: Person, _landscape: Landscape) -> Iterator[Ground]:
    """The form of the family name, where it is usual in one State; names of two words say less."""
    parts = person.name.split()
    if len(parts) < _TWO:
        return
    kind = "family_name" if len(parts) > _TWO else "family_name_of_two"
    states, last = document.vocabulary.states, document.vocabulary.fold(parts[-1])
    for code, names in states["family_names"].items():
        if parts[0] in names:
            yield Ground(code, person.name_start, person.name_end, kind)
    for code in document.named.intersection(states["name_endings"]) if len(last) > _SHORT else ():
        if last.endswith(tuple(states["name_endings"][code])):
            yield Ground(code, person.name_start, person.name_end, "name_ending")


def _sides(document: Document, _syntax: Syntax, person: Person, _landscape: Landscape) -> Iterator[Ground]:
    return sides_of(document, person)


_SOURCES: Sequence[Callable[[Document, Syntax, Person, Landscape], Iterator[Ground]]] = (
    _of_posts, _peculiar, _beside, _behalf, _fronted, _delegations, _sides, _around, _family,
)  # fmt: skip
