"""Parties: the states whose officials, ministries or delegations take part, and their organisations."""

from dataclasses import dataclass

from entraide.reader.domain.document import Document
from entraide.reader.domain.frame_state import Facts, Mark
from entraide.reader.domain.vocabulary import Hit

_ONE = {"ministères": "ministère", "ministries": "ministry", "parquets": "parquet", "departments": "department"}


@dataclass(slots=True)
class Side:
    """A party while it is read."""

    state: str
    organisation: str
    mark: Mark


def find_parties(facts: Facts) -> list[Side]:
    """Return the parties in the order of their first mention."""
    document = facts.document
    sides: dict[str, Side] = {}
    for person in facts.people:
        if person.state and person.state not in sides:
            sides[person.state] = Side(person.state, "", Mark(*person.state_span, person.state_reason))
    sentences = _sentences_of_states(document)
    first = next((sentence.number for sentence in document.sentences if sentence.kind == "body"), 0)
    for hit in document.hits.get("state", ()):
        if hit.value not in sides and _takes_part(facts, hit, sentences, first):
            sides[hit.value] = Side(hit.value, "", Mark(hit.start, hit.end, "the state is named in the report"))
    for hit in document.hits.get("body", ()):
        before = document.folded[max(0, hit.start - 32) : hit.start]
        if any(
            word in before
            for word in (
                "pays du ",
                "pays des ",
                "pays de l",
                "membres des ",
                "membres de l",
                "countries of ",
                "members of ",
                "commissaire",
            )
        ) or document.folded[hit.end : hit.end + 12].lstrip().startswith(("member", "countries", "nsas", "states")):
            sides.setdefault(
                "XX",
                Side(
                    "XX", document.text[hit.start : hit.end], Mark(hit.start, hit.end, "members of the body take part")
                ),
            )
    for side in sides.values():
        if side.state != "XX":
            _organisation(document, side)
    return list(sides.values())


def _sentences_of_states(document: Document) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for hit in document.hits.get("state", ()):
        found.setdefault(hit.value, set()).add(document.sentence_at(hit.start).number)
    return found


def _takes_part(facts: Facts, hit: Hit, sentences: dict[str, set[int]], first: int) -> bool:
    """A state takes part when the title or the lead names it, or a sentence with a meeting, or two sentences."""
    document = facts.document
    sentence = document.sentence_at(hit.start)
    if sentence.kind == "caption":
        return False
    if sentence.kind == "title" or sentence.number <= first + 1 or document.within("met", sentence.start, sentence.end):
        return True
    return len(sentences[hit.value]) > 1 or bool(document.within("org_heads", hit.start - 30, hit.end + 30))


def _organisation(document: Document, side: Side) -> None:
    """The first ministry that is named with the state beside it."""
    ministries = document.hits.get("ministries", ())
    for index, hit in enumerate(ministries):
        end = _phrase_end(document, hit.end)
        following = ministries[index + 1].start if index + 1 < len(ministries) else len(document.text)
        window = document.within("state", hit.start - 25, min(hit.end + 60, following))
        bare = " " not in document.text[hit.start : end].strip()
        if not bare and any(state.value == side.state for state in window[:2]):
            side.organisation = _name(document, hit, end)
            side.mark = Mark(hit.start, end, "the ministry named with its state")
            return


def _name(document: Document, hit: Hit, end: int) -> str:
    """The organisation's name in the singular and without a state's adjective: `ministères vietnamien et lao de`."""
    text, position = "", hit.start
    for state in document.within("state", hit.start, end):
        if state.form == "adjective":
            piece = document.text[position : state.start].rstrip()
            text += piece.removesuffix(" et").removesuffix(" and") + " "
            position = state.end
    words = (text + document.text[position:end].lstrip()).split()
    one = _ONE.get(words[0].lower(), words[0])
    words[0] = one.capitalize() if words[0][0].isupper() and one.islower() else one
    return " ".join(words)


def _phrase_end(document: Document, position: int) -> int:
    words = document.vocabulary.words
    end, beyond = position, 0
    for number in document.tokens_within(position, position + 70):
        token = document.tokens[number]
        # `ministères vietnamien et lao de la Sécurité publique`.
        joined = token.folded in words["conjunctions"] and bool(document.within("state", token.end + 1, token.end + 2))
        known = (
            joined
            or token.folded in words["portfolio"]
            or token.folded in words["portfolio_lower"]
            or token.folded in words["post_links"]
            or token.folded in words["articles"]
        )
        verb = any(document.within(kind, token.start, token.start + 1) for kind in ("chaired", "held_past", "met"))
        if (
            verb
            or "\n" in document.text[end : token.start]
            or not (known or document.within("state", token.start, token.start + 1))
        ):
            break
        state = document.within("state", token.start, token.start + 1)
        beyond = max(beyond, state[0].end if state else 0)
        # Vietnamese: `trung` and `quốc` are words of offices and of a state's name.
        if token.start >= beyond and (token.folded in words["portfolio"] or token.folded in words["portfolio_lower"]):
            end = token.end
    return end
