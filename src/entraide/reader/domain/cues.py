"""Cues: the verbs and phrases that say whether a thing was done, is under way, is promised or proposed."""

from collections.abc import Sequence

import regex

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.vocabulary import Hit

_AUXILIARIES = frozenset(
    {
        "a",
        "ont",
        "ete",
        "was",
        "were",
        "been",
        "has",
        "have",
        "also",
        "egalement",
        "avait",
        "avaient",
        "est",
        "sont",
        "ainsi",
    }
)
_FINITE_AFTER = frozenset({"et", "and", "và"})
_ORGANISING = 24
_ABOUT = 70
_TITLE = 44
_TITLING = ("consacr", "portant sur", "axe", "dedie", "centre", "relati")
_CONTENT = regex.compile(r"\s*(?:il|elle|ils|elles|celui-ci|celle-ci|ce document|ce texte|it|this document) ")


def governing_cues(facts: Facts, sentences: Sequence[Sentence]) -> list[list[Hit]]:
    """Return for each sentence the cues that govern it.

    A sentence without a verb of its own takes that of the one before, where this ends in a colon or a semicolon, or
    of the one after, where it ends in a semicolon itself: parts of one list.
    """
    document = facts.document
    own = [_verbs(facts, sentences, index) for index in range(len(sentences))]
    governing: list[list[Hit]] = []
    for index, sentence in enumerate(sentences):
        cues = own[index]
        if not cues and index and _ends(document, sentences[index - 1], (":", ";")):
            cues = governing[index - 1][-1:]
        if not cues and index + 1 < len(sentences) and _ends(document, sentence, (";",)):
            cues = own[index + 1][:1]
        governing.append(cues)
    return governing


def _ends(document: Document, sentence: Sentence, marks: tuple[str, ...]) -> bool:
    return document.text[sentence.start : sentence.end].rstrip().endswith(marks)


def _verbs(facts: Facts, sentences: Sequence[Sentence], index: int) -> list[Hit]:
    """The cues of the sentence itself, each with the status that it has there."""
    document, sentence = facts.document, sentences[index]
    cues = list(document.within("cue", sentence.start, sentence.end))
    known = {cue.start for cue in cues}
    cues += [cue for cue in _future_verbs(document, sentence) if cue.start not in known]
    cues = [cue for cue in cues if not _organises(document, cue) and not _of_old(facts, sentence, cue)]
    cues = [cue for cue in cues if not _in_a_title(document, sentence, cue)]
    verbs = [cue for cue in cues if not is_participle(document, cue)]
    previous = sentences[index - 1] if index else None
    return [_in_place(document, sentence, previous, cue) for cue in sorted(verbs or cues, key=lambda cue: cue.start)]


def is_participle(document: Document, cue: Hit) -> bool:
    """Return whether the verb only describes an instrument: `l'accord signé le 5 mai`, `the memorandum signed on`."""
    if not document.folded.startswith(("sign", "adopt", "conclu"), cue.start):
        return False
    before = document.folded[max(0, cue.start - 12) : cue.start].split()
    instrument = document.within("instrument", max(document.sentence_at(cue.start).start, cue.start - 70), cue.start)
    return bool(instrument) and not (before and (before[-1] in _AUXILIARIES or before[-1] in _FINITE_AFTER))


def _organises(document: Document, cue: Hit) -> bool:
    """`ont organisé la 3e réunion`, `đã tổ chức Hội đàm`: holding the meeting itself is no deed of cooperation."""
    if cue.value != "done" or not any(w in document.folded[cue.start : cue.end] for w in ("organis", "tổ chức")):
        return False
    return bool(document.within("meetings", cue.end, cue.end + _ORGANISING))


def _of_old(facts: Facts, sentence: Sentence, cue: Hit) -> bool:
    """`Canada and India signed an extradition treaty in 1987`: a promise of another year than the report's."""
    document = facts.document
    if not document.folded.startswith(("sign", "ont signe", "a signe", "was signed", "đã ký", "ký"), cue.start):
        return False
    years = [m.year for m in facts.dates_in(cue.end, sentence.end) if m.year and m.month is None]
    latest = max(facts.years, default=0)
    return bool(years) and all(year < latest and year not in facts.years for year in years)


def _in_a_title(document: Document, sentence: Sentence, cue: Hit) -> bool:
    """`ont signé un arrangement consacré à la cybercriminalité`: the words belong to the instrument's title."""
    if cue.value != "ongoing" or not document.folded.startswith(_TITLING, cue.start):
        return False
    named = document.within("instrument", max(sentence.start, cue.start - _TITLE), cue.start)
    return bool(named) and bool(document.within("signed", sentence.start, named[-1].start))


def _in_place(document: Document, sentence: Sentence, previous: Sentence | None, cue: Hit) -> Hit:
    """The cue with the status that its neighbours give it."""
    if cue.value == "ongoing" and document.folded.startswith(("review", "examin"), cue.start):
        # `reviewed the 2021-2022 action plan`: what was carried out, not what is talked about.
        near = document.within("instrument", cue.end, min(sentence.end, cue.end + _ABOUT))
        return cue._replace(value="done") if near else cue
    if cue.value == "ongoing" and document.folded.startswith(("porte", "porta", "covers"), cue.start):
        # `Il porte sur la formation` after a signing: what was promised.
        signed = previous is not None and document.within("signed", previous.start, previous.end)
        if signed and _CONTENT.match(document.folded, sentence.start):
            return cue._replace(value="pledged")
    return cue


def _future_verbs(document: Document, sentence: Sentence) -> list[Hit]:
    """Verbs in the future tense, known by their endings, promise."""
    endings = tuple(document.vocabulary.raw["future_endings"])
    if not endings:
        return []
    without = document.vocabulary.words["not_future"]
    found: list[Hit] = []
    for number in document.tokens_within(sentence.start, sentence.end):
        token = document.tokens[number]
        if (
            len(token.folded) > 4
            and token.folded.endswith(endings)
            and token.text[0].islower()
            and token.folded not in without
        ):
            found.append(Hit(token.start, token.end, "cue", "pledged", "future"))
    return found
