"""Namings of instruments: every noun phrase of an agreement, plan or minutes, with its determiner, title and years."""

from dataclasses import dataclass, field, replace

import regex

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts, Mark, body_sentences
from entraide.reader.domain.grammar.syntax import Context, Syntax, VerbGroup
from entraide.reader.domain.series import without_tail
from entraide.reader.domain.vocabulary import Hit

TITLE_LENGTH = 180
_MOST = 200
"""Namings of one text; the bound keeps the reader linear on any text."""
_MOST_IN_SENTENCE = 12
_MOST_BEFORE = 6
_BEFORE_NOUN = 4
_AT_ONCE = 6
_LONGEST_DATE = 48
_BEFORE_NOUN_VI = 2
_YEAR = r"(?:19|20)[0-9][0-9]"
_PERIOD = regex.compile(rf"\b({_YEAR})(?:\s?[-–/]\s?|\s(?:à|au|to|et|and|đến)\s)({_YEAR})\b|\b({_YEAR})\b")
_YEARS_BEFORE = regex.compile(rf"\b({_YEAR})(?: ?[-–/] ?({_YEAR}))? (?=[\p{{L}} -]*\Z)")
_HEAD_OF_LIST = regex.compile(r"(?P<head>.{3,60}?) (?P<link>sur|relatifs? à|concernant|on|about|về)\s")
_LEADING = regex.compile(r"^(?:et|and|và|ainsi que)\s")
_LIST_OF_COMMAS = regex.compile(r"[^,;]+")
_LIST = regex.compile(r"(?:[^,;\s]|\s(?!et |and |và ))+")
_AND = regex.compile(r"(?:,| et| and| và|;)(?: le| la| l'| un| une| a| an| the| de| du| des| d'| of)?\s?(?:[\w-]+ )?$")
_HANGING = regex.compile(
    r"(?: (?:ne|n['’]|to|au bas|aux termes|en vertu|dự kiến|vừa|mới|đã|sẽ|được"
    r"|(?:đã |vừa |mới )?được hai \w+|which|that))+$"
)
_WITHIN_A_TITLE = (", de ", ", du ", ", d'", ", des ", ", chống ")
_SINGULAR = {
    "protocoles": "protocole", "mémorandums": "mémorandum", "accords": "accord", "conventions": "convention",
    "plans": "plan", "programmes": "programme", "arrangements": "arrangement", "déclarations": "déclaration",
    "memoranda": "memorandum", "memorandums": "memorandum", "agreements": "agreement", "treaties": "treaty",
    "mous": "MoU", "protocols": "protocol", "traités": "traité",
}  # fmt: skip
_DETERMINERS = {
    "a": "un une a an một",
    "the": "le la l' les du au aux the",
    "des": "des",
    "this": "ce cet cette ces this these that those",
    "its": "son sa ses leur leurs notre nos its their his her our",
    "no": "aucun aucune no",
    "some": "several many various plusieurs certains some các những nhiều",
    "both": "both",
}
_KNOWN_DETERMINERS = {word: name for name, words in _DETERMINERS.items() for word in words.split()}
_QUALITIES = {
    "new": "nouveau nouvel nouvelle nouveaux nouvelles new mới",
    "draft": "projet projets draft futur future upcoming prochain prochaine possible éventuel éventuelle thảo",
    "old": "précédent précédente ancien previous earlier former existing existant existants existantes current trước",
    "counted": "premier première first second deuxième third troisième",
    "other": "autre autres another other similar such tel tels telle telles khác",
    "international": "international internationale internationaux internationales nations onu european européenne"
    " conventions quốc",
}
_KNOWN_QUALITIES = {word: name for name, words in _QUALITIES.items() for word in words.split()}
_OF_A_TITLE = frozenset({"bare", "participle", "gerund"})
_NO_PERIOD = frozenset(["by", "until", "d'ici", "avant", "before", "since", "depuis", "trước", "en", "từ"])
_BEFORE_A_NAME = (" l", " le", " la", " de l", " du", " the", " this", " its", " leur")
_OF_A_NEW_ONE = frozenset({"a", "des", "some", "counted", ""})
_ONE_AND_OTHER = regex.compile(
    r"\b(?:l['’]une?|le premier|la première|one|the first|một|thứ nhất)\s+(?P<one>[^.;]{4,90}?),?"
    r"\s(?:et |and |và )?(?:l['’]autre|le second|la seconde|le deuxième|the other|the second|thứ hai)"
    r"\s+(?P<other>[^.;,]{4,90})",
    regex.IGNORECASE,
)
_ONE_AND_OTHER_REACH = 400
_SAID_BEFORE = ("này", "nói trên", "trên", "vừa nêu")


@dataclass(slots=True)
class Naming:
    """One noun phrase: kind, head (offsets and token), where title begins and ends, and what stands before the noun.

    `order` counts the report's sentences; `bare` is a phrase of the noun alone, `dated` one that a day follows at once,
    `listed` one of several that a counted noun names together.
    """

    kind: str
    head: Hit
    token: int
    sentence: Sentence
    order: int
    context: Context
    start: int
    end: int
    title: str
    determiner: str = ""
    qualities: tuple[str, ...] = ()
    plural: bool = False
    count: int = 0
    bare: bool = False
    dated: bool = False
    period: str | None = None
    marks: dict[str, Mark] = field(default_factory=dict)
    listed: bool = False

    @property
    def in_body(self) -> bool:
        """Whether it stands in the report itself, not in a headline, a caption or a line of the page."""
        return self.sentence.kind == "body"


def find_namings(facts: Facts, syntax: Syntax) -> list[Naming]:
    """Return the instruments that the report names, those of its headlines and captions last; lists are parted."""
    found: list[Naming] = []
    body = body_sentences(facts.document)
    apart = [sentence for sentence in facts.document.sentences if sentence.kind != "body"]
    for order, sentence in enumerate([*body, *apart]):
        if len(found) > _MOST:
            break
        before: Hit | None = None
        for hit in _hits(facts.document, sentence):
            if not _is_other(facts, hit) and not _is_again(facts.document, before, hit):
                naming = _naming(facts, syntax, sentence, order, hit)
                found += _parts(facts.document, naming) if _is_named(facts.document, naming) else []
            before = hit
    return found


def _hits(document: Document, sentence: Sentence) -> list[Hit]:
    """The nouns of instruments in the sentence; where there is none those of documents: `several texts were signed`."""
    found = document.within("instrument", sentence.start, sentence.end)
    plain = document.within("document_words", sentence.start, sentence.end) if not found else ()
    return [*found, *(hit._replace(value="other") for hit in plain)][:_MOST_IN_SENTENCE]


def _is_named(document: Document, naming: Naming) -> bool:
    """Not `no agreement was signed`; of documents only `a text`, `two documents`, and what is signed."""
    if naming.determiner == "no" or naming.head.kind == "instrument":
        return naming.determiner != "no"
    signed = bool(document.within("signed", naming.sentence.start, naming.sentence.end))
    return signed and naming.in_body and naming.determiner in _OF_A_NEW_ONE


def _is_again(document: Document, before: Hit | None, hit: Hit) -> bool:
    """`memorandum of understanding (MoU)`, `a treaty, called the Treaty of X`: another word for the one before."""
    if before is None:
        return False
    between = document.text[before.end : hit.start]
    if between.strip(" «“\"'") == "(" or between in {" de ", " d'", " of "}:
        return True
    quoted = between.rstrip().endswith(("«", "“", '"')) or between.endswith("(")
    return quoted and before.value == hit.value and not _AND.search(document.folded, before.end, hit.start)


def _is_other(facts: Facts, hit: Hit) -> bool:
    """`d'accord`, `sur le plan`, the chief of protocol: no instrument."""
    document = facts.document
    around = document.within("not_instruments", max(0, hit.start - 25), hit.end)
    # `l'Accord pour la paix` has a name of its own.
    if document.text[hit.start].isupper() and document.text[max(hit.start - 8, 0) : hit.start].rstrip(" ’'").endswith(
        _BEFORE_A_NAME
    ):
        around = ()
    return any(other.start <= hit.start < other.end for other in around) or facts.in_a_post(hit.start)


def _naming(facts: Facts, syntax: Syntax, sentence: Sentence, order: int, hit: Hit) -> Naming:
    document = facts.document
    token = document.token_at(hit.start)
    end = _title_end(facts, syntax, hit, sentence)
    naming = Naming(
        hit.value, hit, token, sentence, order, syntax.context_of(token), hit.start, end, document.text[hit.start : end]
    )
    first = document.folded[hit.start : hit.end].split()[0].rstrip(",")
    naming.plural = first.endswith(("s", "x", "memoranda")) and hit.value != "minutes"
    _look_before(document, naming)
    _premodify(document, naming)
    _period(facts, naming)
    naming.title = naming.title[:TITLE_LENGTH]
    naming.bare = (
        len(document.text[naming.start : naming.end].split()) - len(document.text[hit.start : hit.end].split()) < 1
    )
    naming.dated = any(m.start - naming.end < _AT_ONCE for m in facts.dates_in(hit.end, naming.end + _AT_ONCE))
    naming.marks["kind"] = Mark(hit.start, hit.end, "a word for an instrument")
    naming.marks["title_short"] = Mark(naming.start, max(naming.end, hit.end), "the instrument's phrase")
    return naming


def _title_end(facts: Facts, syntax: Syntax, hit: Hit, sentence: Sentence) -> int:
    """Where the phrase ends: at a verb, a day, a bracket, a comma or another instrument."""
    document = facts.document
    limit = min(sentence.end, hit.start + TITLE_LENGTH)
    stops = [limit, *(m.start for m in facts.dates_in(hit.end, limit) if m.exact)]
    stops += [document.tokens[number].start for number in _verbs_after(document, syntax, hit, limit)]
    for mark in (" (", ";", "...", " : ", "\n"):
        place = document.text.find(mark, hit.end, limit)
        stops += [place] if place >= 0 else []
    for other in document.within("instrument", hit.end, limit)[:1]:
        link = _AND.search(document.folded, hit.end, other.start)
        stops += [link.start()] if link else []
    comma = document.folded.find(",", hit.end, min(stops))
    if comma >= 0 and not document.folded.startswith(_WITHIN_A_TITLE, comma):
        stops.append(comma)
    phrase = without_tail(document.text[hit.start : min(stops)])
    return max(hit.start + len(_HANGING.sub("", phrase)), hit.end)


def _verbs_after(document: Document, syntax: Syntax, hit: Hit, limit: int) -> list[int]:
    """The token of the first verb that is not of the title, or of the word that opens its clause."""
    span = document.tokens_within(hit.end, limit)
    found: list[int] = []
    for number in dict.fromkeys(syntax.of_token[n] for n in span):
        clause = syntax.clauses[number]
        if clause.verb is not None and clause.verb.start >= span.start and _ends_title(clause.verb):
            opened = clause.start if clause.kind in {"relative", "subordinate"} else clause.verb.start
            found.append(opened if opened >= span.start else clause.verb.start)
    return [min(found)] if found else []


def _ends_title(verb: VerbGroup) -> bool:
    """`an agreement setting up a centre` goes on, `a treaty signed in Rome` and `a plan that was agreed` do not."""
    if verb.name in {"sign", "conclude"}:
        return True
    return verb.tense != "participle" and (verb.passive or verb.tense not in _OF_A_TITLE)


def _look_before(document: Document, naming: Naming) -> None:
    """The determiner, the count and the qualities that stand before the noun, and the quality after it."""
    low = document.tokens_within(naming.sentence.start, naming.sentence.end).start
    qualities: list[str] = []
    for number in range(naming.token - 1, max(naming.token - 1 - _MOST_BEFORE, low - 1), -1):
        word = document.tokens[number].text.lower().replace("’", "'")
        qualities += [_KNOWN_QUALITIES[word]] if word in _KNOWN_QUALITIES else []
        if _is_determined(document, naming, number, word) or not word[0].isalnum():
            break
        if naming.token - number > _BEFORE_NOUN:
            break
    naming.qualities = tuple(dict.fromkeys([*qualities, *_look_after(document, naming)]))
    naming.plural = naming.plural or naming.count > 1 or naming.determiner == "some"


def _look_after(document: Document, naming: Naming) -> list[str]:
    """The qualities that follow the noun; `hiệp định này` is determined there too."""
    if document.text[naming.head.end : naming.head.end + 12].lower().strip().startswith(_SAID_BEFORE):
        naming.determiner = "this"
    following = document.tokens_within(naming.head.end, naming.sentence.end)[:2]
    words = [document.tokens[number].text.lower() for number in following]
    found = [_KNOWN_QUALITIES[word] for word in words if word in _KNOWN_QUALITIES]
    return [*found, "international"] if document.within("body", naming.head.start, naming.end) else found


def _is_determined(document: Document, naming: Naming, number: int, word: str) -> bool:
    """Whether the word is the noun's determiner or count; it is noted."""
    numbers = document.vocabulary.raw["numbers"]
    folded = document.tokens[number].folded
    near = document.vocabulary.language != "vi" or naming.token - number <= _BEFORE_NOUN_VI
    if folded in numbers and near:
        naming.count = int(numbers[folded])
        naming.determiner = naming.determiner or "counted"
        return True
    if word in _KNOWN_DETERMINERS:
        naming.determiner = _KNOWN_DETERMINERS[word]
        return True
    return False


def _premodify(document: Document, naming: Naming) -> None:
    """English: `the 2025 cooperation plan`, `an extradition treaty`: the words before the noun are its title's."""
    if document.vocabulary.language != "en":
        return
    for number in range(naming.token - 1, max(naming.token - 1 - _MOST_BEFORE, -1), -1):
        token = document.tokens[number]
        if token.start < naming.sentence.start or not (token.text[0].isalnum() or token.text in "-–"):
            return
        if _opens_phrase(document, number):
            start = document.tokens[number + 1].start
            if start < naming.start:
                naming.title = document.text[start : naming.start] + naming.title
                naming.start = start
            return


def _opens_phrase(document: Document, number: int) -> bool:
    """Whether the phrase of the noun begins after this word: an article, a number, a verb of signing."""
    token = document.tokens[number]
    known = token.text.lower() in _KNOWN_DETERMINERS or token.folded in document.vocabulary.raw["numbers"]
    return known or token.text.lower() in {"of", "and", "or"} or _is_signing(document, token.start)


def _is_signing(document: Document, start: int) -> bool:
    return bool(document.within("signed", start, start + 1))


def _period(facts: Facts, naming: Naming) -> None:
    """The years of a plan: after the noun within its title, or before it."""
    document, head = facts.document, naming.head
    match = _PERIOD.search(document.text, head.end, min(naming.sentence.end, naming.end + 2))
    if match is None and document.vocabulary.language == "en":
        match = _YEARS_BEFORE.search(document.text, max(naming.sentence.start, naming.start - 12), head.start)
    if match is None or _is_in_a_day(facts, match.start()):
        return
    years = [group for group in match.groups() if group]
    if len(years) == 1 and (naming.kind != "plan" or _is_no_period(document, head, match.start())):
        return
    naming.period = "/".join(years)
    naming.marks["period"] = Mark(match.start(), match.end(), "the years of the instrument")


def _is_in_a_day(facts: Facts, position: int) -> bool:
    near = facts.dates_in(max(position - _LONGEST_DATE, 0), position + 1)
    return any(mention.month and mention.end > position for mention in near)


def _is_no_period(document: Document, head: Hit, start: int) -> bool:
    """`le plan signé en 2019`, `by 2030`: the year of its signing, or of its end."""
    between = document.folded[head.end : start].split() if start > head.end else []
    signed = start > head.end and bool(document.within("signed", head.end, start))
    return signed or (bool(between) and between[-1] in _NO_PERIOD)


def _parts(document: Document, naming: Naming) -> list[Naming]:
    """`trois protocoles d'accord sur A, B et C` are three, when the list has as many parts as are counted."""
    if naming.count < 2 or not naming.plural:
        return [naming]
    if naming.count == len(_ONE_AND_OTHER.groupindex) and (told := _told_apart(document, naming)):
        return told
    whole = document.text[naming.start : naming.sentence.end].rstrip(" .")
    for pattern in (_LIST_OF_COMMAS, _LIST):
        pieces = [match.span() for match in pattern.finditer(whole)]
        if len(pieces) == naming.count:
            return [_part(naming, whole, start, end) for start, end in pieces]
    return [naming]


def _told_apart(document: Document, naming: Naming) -> list[Naming]:
    """`Two memoranda, one on A, the other on B`, in its sentence or in one soon after that."""
    end = min(naming.head.end + _ONE_AND_OTHER_REACH, len(document.text))
    match = _ONE_AND_OTHER.search(document.text, naming.head.end, end)
    if match is None or document.within("instrument", naming.head.end, match.start()):
        return []
    head = " ".join(_SINGULAR.get(word.lower(), word) for word in naming.title.split(" "))
    head = head if naming.bare else _SINGULAR.get(naming.title.split(" ")[0].lower(), naming.title.split(" ")[0])
    return [
        replace(
            naming, title=f"{head} {match[name]}"[:TITLE_LENGTH], plural=False, listed=True, bare=False,
            marks={**naming.marks, "title_short": Mark(*match.span(name), "one of two that are told apart")},
        )
        for name in ("one", "other")
    ]  # fmt: skip


def _part(naming: Naming, whole: str, start: int, end: int) -> Naming:
    title = Mark(naming.start + start, naming.start + end, "one of the instruments that are listed")
    return replace(
        naming, title=_part_title(whole, start, end)[:TITLE_LENGTH], plural=False, listed=True, bare=False,
        marks={**naming.marks, "title_short": title},
    )  # fmt: skip


def _part_title(whole: str, start: int, end: int) -> str:
    """`protocole d'accord sur B` for the second of `deux protocoles d'accord sur A et B`: the head in the singular."""
    match = _HEAD_OF_LIST.match(whole)
    if match is None:
        return whole[start:end]
    piece = _LEADING.sub("", whole[start:end].strip())
    if start == 0:
        piece = whole[match.end() : end].strip()
    head = " ".join(_SINGULAR.get(word.lower(), word) for word in match["head"].split(" "))
    link = match["link"]
    return f"{head} {link} {piece.removeprefix(link + ' ')}"
