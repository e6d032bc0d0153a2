"""Commitments: domains named in clauses that say what was done, is under way, is pledged or proposed."""

from dataclasses import dataclass

from entraide.communiques.domain.reader.document import Document, Sentence
from entraide.communiques.domain.reader.facts import Facts, body_sentences
from entraide.communiques.domain.reader.vocabulary import Hit

_GOVERNED = 16
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
    carried: Hit | None = None
    for sentence in body_sentences(facts.document):
        cues = _cues(facts.document, sentence)
        domains = [hit for hit in _domains(facts.document, sentence) if not facts.in_a_post(hit.start)]
        if not cues and carried is not None:
            cues = [carried]
        for hit in domains:
            cue = _cue_of(cues, hit) or _talk(facts.document, sentence, hit)
            if cue:
                found.setdefault(
                    (hit.value, cue.value), Pledge(hit.value, cue.value, hit.start, hit.end, cue.start, cue.end)
                )
        general += _general(facts.document, sentence, cues)
        carried = (
            cues[-1]
            if cues and facts.document.text[sentence.start : sentence.end].rstrip().endswith((":", ";"))
            else None
        )
    if not {domain for domain, _ in found} - {"mechanism"} and general:
        found.setdefault(("general", general[0].status), general[0])
    return sorted(found.values(), key=lambda pledge: (pledge.start, pledge.domain))


def _cues(document: Document, sentence: Sentence) -> list[Hit]:
    """The cues of the sentence; weak ones (nouns, aims) only where no verb says what is done."""
    cues = list(document.within("cue", sentence.start, sentence.end))
    known = {cue.start for cue in cues}
    cues += [cue for cue in _future_verbs(document, sentence) if cue.start not in known]
    verbs = [cue for cue in cues if not is_participle(document, cue)]
    cues = verbs or cues
    return sorted(cues or document.within("weak_cue", sentence.start, sentence.end), key=lambda cue: cue.start)


def is_participle(document: Document, cue: Hit) -> bool:
    """Return whether the verb only describes an instrument: `l'accord signé le 5 mai`, `the memorandum signed on`."""
    if not document.folded.startswith(("sign", "adopt", "conclu"), cue.start):
        return False
    before = document.folded[max(0, cue.start - 12) : cue.start].split()
    instrument = document.within("instrument", max(0, cue.start - 70), cue.start)
    return bool(instrument) and not (before and before[-1] in _AUXILIARIES)


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


def _domains(document: Document, sentence: Sentence) -> list[Hit]:
    without = document.within("without", sentence.start, sentence.end)
    hits = [
        hit
        for hit in document.within("domain", sentence.start, sentence.end)
        if not any(w.start <= hit.start < w.end and w.value == hit.value for w in without)
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


def _cue_of(cues: list[Hit], hit: Hit) -> Hit | None:
    """The nearest cue before the domain, else the first after it."""
    before = [cue for cue in cues if cue.start <= hit.start]
    if len(before) > 1 and before[-1].value == "pledged" and before[-2].value == "proposed":
        # `đề nghị sớm ký kết`, `proposed to sign`: the signing is what is proposed.
        gap = before[-1].start - before[-2].end
        return before[-2] if 0 <= gap < _GOVERNED and before[-1].form == "" else before[-1]
    if before:
        return before[-1]
    return cues[0] if cues else None


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
        cue = _cue_of(cues, hit)
        if cue:
            return [Pledge("general", cue.value, hit.start, hit.end, cue.start, cue.end)]
    return []
