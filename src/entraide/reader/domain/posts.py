"""Posts: a head (ministre, Deputy Minister, Bộ trưởng), its complements and its state, chained with further posts.

`ministre chinois de la Sécurité publique et président de X` is one chain of two parts; memberships (`membre du
Politburo`) are parts that are left out of the post's text.
"""

from dataclasses import dataclass

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


def _chain(document: Document, hit: Hit, by_start: dict[int, Hit]) -> tuple[Post | None, range]:
    parts: list[str] = []
    states: list[Hit] = []
    start, text_start, before = _open_left(document, hit, states)
    first_token = document.token_at(start)
    behind = _is_behind(document, first_token, determined=before)
    head, current, joiner = "", hit, ""
    before_last: tuple[int, int, int] | None = None
    while True:
        walk = walk_complements(document, current, text_start if current is hit else current.start, behind=behind)
        states += walk.states
        if current.kind == "posts":
            text = _singular(" ".join(document.text[s:e] for s, e in walk.kept), current, document)
            parts.append((joiner if parts else "") + text)
            head = head or document.folded[current.start : current.end]
        elif current.kind == "counterparts":
            head = head or "homologue"
        following = _next_part(document, walk.token, by_start, counterpart=current.kind == "counterparts")
        if following is None:
            break
        if behind:
            before_last = (walk.token, len(parts), len(states))
        joiner, current = following
    if before_last and joiner == ", " and _leads_to_a_name(document, walk.token):
        # `A, Minister of X, Ambassador of Y B`: the last post is of the next person.
        last, kept_parts, kept_states = before_last
        del parts[kept_parts:], states[kept_states:]
    else:
        last = walk.token
    end = document.tokens[last - 1].end
    tokens = range(first_token, last)
    if not head and current.kind == "memberships" and not parts:
        head = ""
    state = states[0] if states else None
    plural = _is_plural(document.folded[hit.start : hit.end] if hit.kind == "counterparts" else head)
    post = Post(
        start,
        end,
        "".join(parts).strip().removesuffix(" nước"),
        head,
        state.value if state else "",
        state.start if state else 0,
        state.end if state else 0,
        before,
        hit.kind == "counterparts",
        plural,
        tuple((hit.value, hit.start, hit.end) for hit in states),
    )
    return post, tokens


def _leads_to_a_name(document: Document, number: int) -> bool:
    tokens = document.tokens
    if number + 1 >= len(tokens) or document.text[tokens[number - 1].end : tokens[number].start].strip():
        return False
    words = document.vocabulary.words["portfolio"] | document.vocabulary.words["not_names"]
    return all(t.text[0].isupper() and t.folded not in words for t in tokens[number : number + 2])


def _is_plural(head: str) -> bool:
    word = head.split(" ")[0]
    return word.endswith(("s", "x")) and not head.startswith("s") and word != "affairs"


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
    words = document.vocabulary.words
    number = document.token_at(hit.start) - 1
    start = hit.start
    english = document.vocabulary.language == "en"
    while (
        number >= 0
        and english
        and document.tokens[number].text[0].isupper()
        and (
            document.tokens[number].folded in words["portfolio"]
            or document.tokens[number].folded == "and"
            or _is_short_for_a_service(document, number)
        )
    ):
        start, number = document.tokens[number].start, number - 1
    text_start = start
    for state in document.within("state", max(0, start - 30), start):
        gap = document.folded[state.end : start]
        if gap.strip() in {"", "'s", "`s", "'", "-"} and len(gap) <= 4 and "\n" not in gap:
            states.append(state)
            start, number = state.start, document.token_at(state.start) - 1
            break
    determined = number >= 0 and document.tokens[number].folded in words["determiners"]
    return start, text_start, determined


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
    token = tokens[number]
    conjunctions = document.vocabulary.words["conjunctions"]
    if token.text != "," and token.folded not in conjunctions:
        return None
    following = number + 1
    if token.text == "," and tokens[following].folded in conjunctions and following + 1 < len(tokens):
        following += 1
    if counterpart and token.text == "," and tokens[following].folded in document.vocabulary.words["articles"]:
        following = min(following + 1, len(tokens) - 1)
    hit = by_start.get(tokens[following].start)
    if hit is None or hit.kind == "counterparts" or "\n" in document.text[token.start : hit.start]:
        return None
    return (", " if token.text == "," else f" {token.text} "), hit
