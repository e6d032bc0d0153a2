"""Posts: a head (ministre, Deputy Minister, Bộ trưởng), its complements and its state, chained with further posts.

`ministre chinois de la Sécurité publique et président de X` is one chain of two parts; memberships (`membre du
Politburo`) are parts that are left out of the post's text.
"""

from dataclasses import dataclass, field

import regex

from entraide.reader.domain.complements import is_name_like, walk_complements
from entraide.reader.domain.document import Document
from entraide.reader.domain.vocabulary import Hit


@dataclass(frozen=True, slots=True)
class Post:
    """A post as written: offsets, cleaned text, folded head, state (or empty) and how it stands in the sentence."""

    start: int
    end: int
    text: str
    head: str
    state: str
    state_start: int
    state_end: int
    determined: bool
    counterpart: bool
    plural: bool
    states: tuple[tuple[str, int, int], ...] = ()


def find_posts(document: Document) -> tuple[tuple[Post, ...], set[int]]:
    """Return the posts in order and the numbers of all tokens that they hold."""
    heads = sorted(
        (hit for kind in ("posts", "counterparts", "memberships") for hit in document.hits.get(kind, ())),
        key=lambda hit: (hit.start, -hit.end),
    )
    posts: list[Post] = []
    taken: set[int] = set()
    by_start = {hit.start: hit for hit in reversed(heads)}
    for hit in heads:
        first = document.tokens_within(hit.start, hit.end)
        if not first or first[0] in taken or _is_of_a_verb(document, hit):
            continue
        post, tokens = _chain(document, hit, by_start)
        taken.update(tokens)
        if post:
            posts.append(post)
    return tuple(posts), taken


def _is_of_a_verb(document: Document, hit: Hit) -> bool:
    """`under the chair of X`: the word belongs to the verb of chairing."""
    return any(
        verb.start < hit.start and hit.end <= verb.end for verb in document.within("chaired", hit.start - 16, hit.start)
    )


@dataclass(slots=True)
class _Chain:
    """A post while its parts are read: texts, States, the folded head and the token behind it."""

    parts: list[str] = field(default_factory=list)
    states: list[Hit] = field(default_factory=list)
    head: str = ""
    token: int = 0

    def cut(self, token: int, parts: int, states: int) -> None:
        """Go back to what was read before the last part."""
        self.token = token
        del self.parts[parts:], self.states[states:]


def _chain(document: Document, hit: Hit, by_start: dict[int, Hit]) -> tuple[Post | None, range]:
    chain = _Chain()
    start, text_start, determined = _open_left(document, hit, chain.states)
    first_token = document.token_at(start)
    behind = _is_behind(document, first_token, determined=determined)
    current, joiner = hit, ""
    before_last: tuple[int, int, int] | None = None
    while True:
        _take_part(document, chain, current, text_start if current is hit else current.start, joiner, behind=behind)
        following = _next_part(document, chain.token, by_start, counterpart=current.kind == "counterparts")
        if following is None:
            break
        if behind:
            before_last = (chain.token, len(chain.parts), len(chain.states))
        joiner, current = following
    if before_last and joiner == ", " and _leads_to_a_name(document, chain.token):
        # `A, Minister of X, Ambassador of Y B`: the last post is of the next person.
        chain.cut(*before_last)
    post = _made(document, hit, chain, start, determined=determined)
    return post, range(first_token, chain.token)


def _take_part(document: Document, chain: _Chain, current: Hit, start: int, joiner: str, *, behind: bool) -> None:
    walk = walk_complements(document, current, start, behind=behind)
    chain.states += walk.states
    chain.token = walk.token
    if current.kind == "posts":
        text = _singular(" ".join(document.text[s:e] for s, e in walk.kept), current, document)
        chain.parts.append((joiner if chain.parts else "") + text)
        chain.head = chain.head or document.folded[current.start : current.end]
    elif current.kind == "counterparts":
        chain.head = chain.head or "homologue"


def _made(document: Document, hit: Hit, chain: _Chain, start: int, *, determined: bool) -> Post:
    counterpart = hit.kind == "counterparts"
    written = document.folded[hit.start : hit.end] if counterpart else chain.head
    state = chain.states[0] if chain.states else None
    return Post(
        start,
        document.tokens[chain.token - 1].end,
        "".join(chain.parts).strip().removesuffix(" nước"),
        chain.head,
        state.value if state else "",
        state.start if state else 0,
        state.end if state else 0,
        determined,
        counterpart,
        bool(chain.head) and _is_plural(written, french=document.vocabulary.language == "fr"),
        tuple((hit.value, hit.start, hit.end) for hit in chain.states),
    )


def _leads_to_a_name(document: Document, number: int) -> bool:
    tokens = document.tokens
    if number + 1 >= len(tokens) or document.text[tokens[number - 1].end : tokens[number].start].strip():
        return False
    office, others = document.vocabulary.words["portfolio"], document.vocabulary.words["not_names"]
    return all(
        t.text[0].isupper() and t.folded not in office and t.folded not in others for t in tokens[number : number + 2]
    )


def _is_plural(head: str, *, french: bool) -> bool:
    words = head.partition(" of ")[0].split(" ")
    if not french:
        return any(word.endswith("s") and not word.endswith(("ss", "us", "ffairs", "ffaires")) for word in words)
    return words[0].endswith(("s", "x")) and words[0] != "sous"


def _is_behind(document: Document, first: int, *, determined: bool) -> bool:
    """Whether a comma or bracket parts the post from two capitalised words before it: its holder's name."""
    tokens = document.tokens
    number = first - 1 - determined
    if number < 2 or tokens[number].text not in {",", "(", "–", "—"}:
        return False
    if document.vocabulary.language == "vi":
        words = document.vocabulary.words
        pair = tokens[number - 2 : number]
        return all(t.text[0].isupper() for t in pair) and pair[1].folded not in words["portfolio"]
    return all(tokens[n].text[0].isupper() for n in (number - 1, number - 2)) and is_name_like(document, number - 2)


def _singular(text: str, head: Hit, document: Document) -> str:
    """The post of one person: ministres, procureurs généraux and Ministers lose their s, `of the two` its number."""
    word, _, rest = text.partition(" ")
    own = document.folded[head.start : head.end].split(" ")
    plural = own[0].endswith("s") and word[-2:] not in {"is", "us", "ss"}
    if document.vocabulary.language == "fr" and plural and word.lower().endswith("s"):
        return _ONE_OF_FRENCH.sub(r"\1al", f"{word[:-1]} {rest}".strip(), count=1)
    if document.vocabulary.language == "en" and own[-1].endswith("s") and not own[-1].endswith(("ss", "affairs")):
        place = head.end - head.start + text.find(document.text[head.start : head.end])
        if text[place - 1 : place] == "s":
            text = text[: place - 1] + text[place:]
        return _TWO_OF_THEM.sub(" of ", text)
    return text


_ONE_OF_FRENCH = regex.compile(r"\b(génér|princip|fédér|nation|région|centr)aux\b")
_TWO_OF_THEM = regex.compile(r" of the (?:two|three|four|five|six) ")


def _open_left(document: Document, hit: Hit, states: list[Hit]) -> tuple[int, int, bool]:
    """Where a post begins with an adjective or an English portfolio before its head, and if a determiner leads it."""
    number = document.token_at(hit.start) - 1
    start = hit.start
    while number >= 0 and document.vocabulary.language == "en" and _is_field_before(document, number):
        start, number = document.tokens[number].start, number - 1
    text_start = start
    for state in document.within("state", max(0, start - 30), start):
        gap = document.folded[state.end : start]
        if gap.strip() in {"", "'s", "`s", "'", "-"} and len(gap) <= 4 and "\n" not in gap:
            states.append(state)
            start, number = state.start, document.token_at(state.start) - 1
            break
    determined = number >= 0 and document.tokens[number].folded in document.vocabulary.words["determiners"]
    return start, text_start, determined


def _is_field_before(document: Document, number: int) -> bool:
    """`Public Security Minister`, `PNP chief`: a capitalised word of an office, or letters, before the head."""
    token = document.tokens[number]
    if not token.text[0].isupper():
        return False
    office = token.folded in document.vocabulary.words["portfolio"] or token.folded == "and"
    return office or _is_short_for_a_service(document, number)


def _is_short_for_a_service(document: Document, number: int) -> bool:
    """`PNP deputy director`, `INTERPOL chief`: letters before the head that are no State."""
    token = document.tokens[number]
    if not token.text.isupper() or not _FEWEST <= len(token.text) <= _MOST:
        return False
    return not document.within("state", token.start, token.end)


_FEWEST, _MOST = 3, 8


def _next_part(
    document: Document, number: int, by_start: dict[int, Hit], *, counterpart: bool = False
) -> tuple[str, Hit] | None:
    """The next part of a chain: `et` or a comma, and another head without a determiner."""
    tokens = document.tokens
    if number + 1 >= len(tokens):
        return None
    token, comma = tokens[number], tokens[number].text == ","
    if not comma and token.folded not in document.vocabulary.words["conjunctions"]:
        return None
    hit = by_start.get(tokens[_behind_comma(document, number, counterpart=counterpart)].start)
    if hit is None or hit.kind == "counterparts" or "\n" in document.text[token.start : hit.start]:
        return None
    return (", " if comma else f" {token.text} "), hit


def _behind_comma(document: Document, number: int, *, counterpart: bool) -> int:
    """The token where a further head may stand: behind `, et` and, after a counterpart, behind `, le`."""
    tokens, words = document.tokens, document.vocabulary.words
    following, last = number + 1, len(tokens) - 1
    if tokens[number].text != ",":
        return following
    if tokens[following].folded in words["conjunctions"] and following < last:
        following += 1
    if counterpart and tokens[following].folded in words["articles"]:
        following = min(following + 1, last)
    return following
