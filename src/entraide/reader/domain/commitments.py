"""Commitments: domains named in clauses that say what was done, is under way, is pledged or proposed."""

import re
from dataclasses import dataclass

from entraide.reader.domain.cues import governing_cues
from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.frame_state import Facts, body_sentences
from entraide.reader.domain.vocabulary import Hit

_GOVERNED = 16
_BEFORE = 48
_SPECIALISTS = re.compile(r"speciali[sz]e|speciali[sz]ing|chuyên trách|in charge of|charges de la")
_NEEDS = ("necessit", "importance", "need", "the need", "sự cần thiết", "tầm quan trọng")


@dataclass(frozen=True, slots=True)
class Pledge:
    """One domain with its status, where its words stand, and the cue that gave the status."""

    domain: str
    status: str
    start: int
    end: int
    cue_start: int
    cue_end: int


def find_commitments(facts: Facts) -> list[Pledge]:
    """Return one pledge per pair of domain and status, the first that shows it."""
    found: dict[tuple[str, str], Pledge] = {}
    general: list[Pledge] = []
    document = facts.document
    sentences = body_sentences(document)
    strong = governing_cues(facts, sentences)
    for sentence, cues in zip(sentences, strong, strict=True):
        governing = cues or sorted(document.within("weak_cue", sentence.start, sentence.end))
        for hit in _domains(document, sentence):
            if facts.in_a_post(hit.start) or _is_of_a_person(document, hit):
                continue
            cue = _cue_of(document, governing, hit) or _talk(document, sentence, hit)
            if cue:
                found.setdefault(
                    (hit.value, cue.value), Pledge(hit.value, cue.value, hit.start, hit.end, cue.start, cue.end)
                )
        general += _general(document, sentence, governing)
    if not {domain for domain, _ in found} - {"mechanism"}:
        for pledge in general:
            found.setdefault(("general", pledge.status), pledge)
    return sorted(found.values(), key=lambda pledge: (pledge.start, pledge.domain))


def _domains(document: Document, sentence: Sentence) -> list[Hit]:
    without = document.within("without", sentence.start, sentence.end)
    hits = [
        hit
        for hit in document.within("domain", sentence.start, sentence.end)
        if not any(w.start <= hit.start < w.end and w.value == hit.value for w in without)
    ]
    # `phòng, chống tội phạm ma túy`: crime in general only where nothing more precise follows.
    precise = [hit for hit in hits if hit.value != "organised-crime"]
    hits = [
        hit
        for hit in hits
        if hit.value != "organised-crime"
        or not any(hit.start < p.start <= hit.end + 1 and p.end > hit.end for p in precise)
    ]
    if not hits:
        hits += [
            Hit(w.start, w.end, "domain", w.value, "weak")
            for w in document.within("weak_domain", sentence.start, sentence.end)
        ]
    for near in document.within("near", sentence.start, sentence.end):
        for first, second, gap in document.vocabulary.near[near.value]:
            if document.folded.startswith(first, near.start):
                place = document.folded.find(second, near.end, min(sentence.end, near.end + gap + len(second)))
                if place >= 0 and not document.folded[place - 1].isalnum():
                    hits.append(Hit(near.start, place + len(second), "domain", near.value, "near"))
                    break
    return sorted(hits)


def _cue_of(document: Document, cues: list[Hit], hit: Hit) -> Hit | None:
    """The nearest cue before the domain, or the one that governs that; else the first after it."""
    before = [cue for cue in cues if cue.start <= hit.start]
    pair = tuple(cue.value for cue in before[-2:])
    need = pair == ("pledged", "proposed") and document.folded.startswith(_NEEDS, before[-1].start)
    if pair == ("proposed", "pledged") or need:
        # `đề nghị sớm ký kết`: the signing is what is proposed; `convenu de la nécessité de`: the need is agreed.
        gap = before[-1].start - before[-2].end
        return before[-2] if 0 <= gap < _GOVERNED and before[-1].form == "" else before[-1]
    if len(before) > 1 and before[-1].value in {"ongoing", "done"} and _is_infinitive(document, before[-1]):
        # `doivent maintenir ... et continuer à discuter`: what is still to be done is promised.
        promised = [cue for cue in before if cue.value in {"pledged", "proposed"}]
        return promised[-1] if promised else before[-1]
    if before:
        return before[-1]
    return cues[0] if cues else None


def _is_of_a_person(document: Document, hit: Hit) -> bool:
    """`des magistrats spécialisés dans la lutte contre le terrorisme`: what persons do is no subject of the report."""
    return _SPECIALISTS.search(document.folded, max(0, hit.start - _BEFORE), hit.start) is not None


def _is_infinitive(document: Document, cue: Hit) -> bool:
    word = document.text[cue.start : cue.end]
    if document.vocabulary.language == "en":
        return document.folded[max(0, cue.start - 3) : cue.start] == "to " or word.startswith("to ")
    return document.vocabulary.language == "fr" and word.endswith(("er", "ir"))


def _talk(document: Document, sentence: Sentence, hit: Hit) -> Hit | None:
    """`un entretien ... sur la radicalisation`: what is talked about is under way."""
    talks = document.within("talk_nouns", sentence.start, hit.start)
    if talks and any(
        word in document.folded[talks[-1].end : hit.start + 1] for word in (" sur ", " on ", " about ", " về ")
    ):
        return talks[-1]._replace(value="ongoing")
    return None


def _general(document: Document, sentence: Sentence, cues: list[Hit]) -> list[Pledge]:
    for hit in document.within("general", sentence.start, sentence.end):
        cue = _cue_of(document, cues, hit)
        if cue:
            return [Pledge("general", cue.value, hit.start, hit.end, cue.start, cue.end)]
    return []
