"""Posts: a head (ministre, Deputy Minister, Bộ trưởng), its complements and its state, chained with further posts.

`ministre chinois de la Sécurité publique et président de X` is one chain of two parts; memberships (`membre du Politburo`) are
parts that are left out of the post's text.
"""

from dataclasses import dataclass, field

from entraide.communiques.domain.reader.document import Document, Token
from entraide.communiques.domain.reader.vocabulary import Hit

_ENVOYS = (
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


@dataclass(slots=True)
class _Walk:
    """Where the walk over a post's words stands, and what it kept."""

    token: int
    kept: list[tuple[int, int]] = field(default_factory=list)
    states: list[Hit] = field(default_factory=list)
    keep_state: bool = False


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
        if not first or first[0] in taken:
            continue
        post, tokens = _chain(document, hit, by_start)
        taken.update(tokens)
        if post:
            posts.append(post)
    return tuple(posts), taken


def _chain(document: Document, hit: Hit, by_start: dict[int, Hit]) -> tuple[Post | None, range]:
    parts: list[str] = []
    states: list[Hit] = []
    start, text_start, before = _open_left(document, hit, states)
    first_token = document.tokens_within(start, hit.end)[0]
    head, current, joiner = "", hit, ""
    while True:
        walk = _walk(document, current, text_start if current is hit else current.start)
        states += walk.states
        if current.kind != "memberships":
            text = _singular(" ".join(document.text[s:e] for s, e in walk.kept), current, document)
            parts.append((joiner if parts else "") + text)
            head = head or document.folded[current.start : current.end]
        following = _next_part(document, walk.token, by_start)
        if following is None:
            break
        joiner, current = following
    end = document.tokens[walk.token - 1].end
    tokens = range(first_token, walk.token)
    if not head and current.kind == "memberships" and not parts:
        head = ""
    state = states[0] if states else None
    plural = bool(head) and (
        head.split(" ")[0].endswith(("s", "x"))
        and not head.startswith(("s", "ss"))
        and head.split(" ")[0] not in {"affairs"}
    )
    post = Post(
        start, end, "".join(parts).strip(), head, state.value if state else "", state.start if state else 0, state.end if state else 0,
        before, hit.kind == "counterparts", plural,
    )  # fmt: skip
    return post, tokens


def _singular(text: str, head: Hit, document: Document) -> str:
    """The post of one person: ministres, vice-ministres and Ministers lose their s."""
    word, _, rest = text.partition(" ")
    plural = document.folded[head.start : head.end].split(" ")[0].endswith("s") and word[-2:] not in {"is", "us", "ss"}
    return (
        f"{word[:-1]} {rest}".strip()
        if plural and word.lower().endswith("s") and document.vocabulary.language == "fr"
        else text
    )


def _open_left(document: Document, hit: Hit, states: list[Hit]) -> tuple[int, int, bool]:
    """Where the post begins when an adjective or (in English) its portfolio stands before the head, and whether a determiner leads it."""
    words = document.vocabulary.words
    number = document.tokens_within(hit.start, hit.end)[0] - 1
    start = hit.start
    english = document.vocabulary.language == "en"
    while (
        number >= 0
        and english
        and document.tokens[number].text[0].isupper()
        and (document.tokens[number].folded in words["portfolio"] or document.tokens[number].folded in {"and"})
    ):
        start, number = document.tokens[number].start, number - 1
    text_start = start
    for state in document.within("state", max(0, start - 30), start):
        gap = document.folded[state.end : start]
        if gap.strip() in {"", "'s", "'", "-"} and len(gap) <= 4 and "\n" not in gap:
            states.append(state)
            start, number = state.start, document.tokens_within(state.start, state.end)[0] - 1
            break
    determined = number >= 0 and document.tokens[number].folded in words["determiners"]
    return start, text_start, determined


def _walk(document: Document, hit: Hit, start: int) -> _Walk:
    """Take the complements of one head."""
    tokens = document.tokens
    walk = _Walk(document.tokens_within(hit.start, hit.end)[-1] + 1, [(start, hit.end)])
    walk.keep_state = document.folded[hit.start : hit.end].startswith(_ENVOYS)
    limit = min(len(tokens), walk.token + _FURTHEST)
    while walk.token < limit:
        token = tokens[walk.token]
        if "\n" in document.text[tokens[walk.token - 1].end : token.start]:
            break
        state = _hit_at(document, "state", token.start) or _hit_at(document, "body", token.start)
        if state is not None:
            _take_state(document, walk, state, token.start)
        elif not _take_word(document, walk, limit):
            break
    return walk


def _take_state(document: Document, walk: _Walk, state: Hit, start: int) -> None:
    if state.kind == "state" and not (walk.keep_state and walk.states):
        walk.states.append(state)
    if walk.keep_state or state.kind == "body":
        _keep(document, walk, start, state.end)
    walk.token = document.tokens_within(state.start, state.end)[-1] + 1


def _take_word(document: Document, walk: _Walk, limit: int) -> bool:
    """Take a link with its noun, an adjective or a coordinated complement; False when the post ends here."""
    tokens, words = document.tokens, document.vocabulary.words
    token = tokens[walk.token]
    if token.folded in words["post_links"] or (token.folded in words["envoy_links"] and walk.keep_state):
        return _take_complement(document, walk, walk.token, limit)
    if token.text == "," and walk.token + 1 < limit and document.vocabulary.language == "en":
        org = _hit_at(document, "ministries", tokens[walk.token + 1].start)
        state = _hit_at(document, "state", tokens[walk.token + 1].start)
        if org is not None:
            _keep(document, walk, token.start, org.end)
            walk.token = document.tokens_within(org.start, org.end)[-1] + 1
            return True
        if state is not None and document.folded.startswith("government of", state.start):
            walk.states.append(state)
            walk.token = document.tokens_within(state.start, state.end)[-1] + 1
            return True
    if token.folded in words["conjunctions"] or token.text == ",":
        following = walk.token + 1
        if (
            following < limit
            and tokens[following].folded in words["post_links"]
            and tokens[following].folded not in {"pour", "contre", "à", "a"}
        ):
            if token.text == "," and following + 1 < limit and not _is_office(document, following + 1):
                return False
            return _take_complement(document, walk, following, limit)
        if (
            token.text != ","
            and following < limit
            and _is_portfolio(document, following)
            and _hit_at(document, "posts", tokens[following].start) is None
        ):
            _keep(document, walk, token.start, tokens[following].end)
            walk.token = following + 1
            return True
        return False
    org = _hit_at(document, "ministries", token.start) or _hit_at(document, "org_heads", token.start)
    if org is not None and (document.vocabulary.language == "vi" or token.text[0].isupper()):
        _keep(document, walk, token.start, org.end)
        walk.token = document.tokens_within(org.start, org.end)[-1] + 1
        return True
    if token.folded in words["portfolio_lower"] or (
        _is_portfolio(document, walk.token) and len(walk.kept) + walk.token > 1
    ):
        _keep(document, walk, token.start, token.end)
        walk.token += 1
        return True
    return _take_brackets(document, walk, limit)


def _take_brackets(document: Document, walk: _Walk, limit: int) -> bool:
    """Take an abbreviation in brackets: (PCV), (Interpol)."""
    tokens = document.tokens
    number = walk.token
    if (
        tokens[number].text == "("
        and number + 2 < limit
        and tokens[number + 2].text == ")"
        and tokens[number + 1].text[0].isupper()
    ):
        _keep(document, walk, tokens[number].start, tokens[number + 2].end)
        walk.token = number + 3
        return True
    return False


def _take_complement(document: Document, walk: _Walk, link: int, limit: int) -> bool:
    tokens, words = document.tokens, document.vocabulary.words
    number = link + 1
    while number < limit and (
        tokens[number].folded in words["articles"] or tokens[number].folded in words["post_links"]
    ):
        number += 1
    if number >= limit or not tokens[number].text[0].isalpha():
        return False
    state = _hit_at(document, "state", tokens[number].start)
    if state is not None:
        _keep_link = walk.keep_state
        start = tokens[link].start
        if _keep_link:
            walk.states.append(state) if not walk.states else None
            _keep(document, walk, start, state.end)
        else:
            walk.states.append(state)
        walk.token = document.tokens_within(state.start, state.end)[-1] + 1
        return True
    if (
        tokens[link].folded in {"pour", "à", "a", "for"}
        and not tokens[number].text[0].isupper()
        and tokens[number].folded not in words["portfolio"]
    ):
        return False
    long = next(
        (
            h
            for kind in ("ministries", "org_heads", "body", "posts")
            if (h := _hit_at(document, kind, tokens[number].start))
        ),
        None,
    )
    end = long.end if long else tokens[number].end
    _keep(document, walk, tokens[link - 1].start if link > walk.token else tokens[link].start, end)
    walk.token = document.tokens_within(tokens[number].start, end)[-1] + 1
    return True


def _is_office(document: Document, number: int) -> bool:
    """Whether the noun after a link is a field of office or an organisation, not a name."""
    noun = _noun(document, number)
    kinds = ("ministries", "org_heads", "body", "posts")
    return noun.folded in document.vocabulary.words["portfolio"] or any(
        _hit_at(document, kind, noun.start) for kind in kinds
    )


def _noun(document: Document, number: int) -> Token:
    tokens, words = document.tokens, document.vocabulary.words
    while number + 1 < len(tokens) and (
        tokens[number].folded in words["articles"] or tokens[number].folded in words["post_links"]
    ):
        number += 1
    return tokens[number]


def _next_part(document: Document, number: int, by_start: dict[int, Hit]) -> tuple[str, Hit] | None:
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
    hit = by_start.get(tokens[following].start)
    if hit is None or hit.kind == "counterparts" or "\n" in document.text[token.start : hit.start]:
        return None
    return (", " if token.text == "," else f" {token.text} "), hit


def _keep(document: Document, walk: _Walk, start: int, end: int) -> None:
    if walk.kept and document.text[walk.kept[-1][1] : start].strip() == "" and start >= walk.kept[-1][1]:
        walk.kept[-1] = (walk.kept[-1][0], end)
    else:
        walk.kept.append((start, end))


def _is_portfolio(document: Document, number: int) -> bool:
    token = document.tokens[number]
    return token.folded in document.vocabulary.words["portfolio"] and (
        token.text[0].isupper() or document.vocabulary.language == "vi"
    )


def _hit_at(document: Document, kind: str, start: int) -> Hit | None:
    found = document.within(kind, start, start + 1)
    return found[0] if found else None
