"""How the phrase of a domain stands among its neighbours: in a name, in a sentence of years gone by, under which noun.

What the clause says of a domain (`standing`) tells its status; whether the words mean cooperation at all is told by
these: the name of an office or of a treaty holds the same words, and so does what was signed years ago.
"""

from entraide.reader.domain.document import Document, Sentence
from entraide.reader.domain.domains import GENERAL
from entraide.reader.domain.frame_state import Facts
from entraide.reader.domain.grammar.syntax import Context
from entraide.reader.domain.vocabulary import Hit

_RUN = 8
"""Tokens to each side that a name may go on."""
_LITTLE = frozenset(["of", "and", "the", "for", "on", "de", "du", "des", "la", "les", "le", "et", "l'", "d'", "&", "-"])


def neighbour_features(facts: Facts, sentence: Sentence, hit: Hit, context: Context) -> list[str]:
    """Return what the neighbours of `hit` tell."""
    found = [f"nominal={context.nominal}", *_years(facts, sentence)]
    if _in_a_name(facts.document, sentence, hit):
        found.append("in_a_name")
    return [*found, f"general+slot={context.slot}"] if hit.value == GENERAL else found


def _in_a_name(document: Document, sentence: Sentence, hit: Hit) -> bool:
    """Whether the phrase stands in a run of capitals of several words; Vietnamese writes subjects so as well."""
    if document.vocabulary.language == "vi":
        return False
    first, last = document.token_at(hit.start), document.token_at(max(hit.end - 1, hit.start))
    low, high = _run(document, sentence, first, -1), _run(document, sentence, last, 1)
    if high == low or not (low < first or _has_capital(document, first)):
        return False
    return any(_has_capital(document, n) and document.tokens[n].start > sentence.start for n in range(low, high + 1))


def _has_capital(document: Document, token: int) -> bool:
    return document.tokens[token].text[:1].isupper()


def _run(document: Document, sentence: Sentence, token: int, step: int) -> int:
    """The token where the run of capitals around `token` ends, to one side."""
    tokens, end = document.tokens, token
    for number in range(token + step, token + step * _RUN, step):
        if not 0 <= number < len(tokens) or not sentence.start <= tokens[number].start < sentence.end:
            break
        text = tokens[number].text
        if text[:1].isupper():
            end = number
        elif text.lower().replace("’", "'") not in _LITTLE:
            break
    return end


def _years(facts: Facts, sentence: Sentence) -> list[str]:
    """Whether the sentence names a year before or after that of the report."""
    years = {mention.year for mention in facts.dates_in(sentence.start, sentence.end) if mention.year}
    if not years or not facts.context.year:
        return []
    found = ["year=gone"] if min(years) < facts.context.year else []
    return [*found, "year=coming"] if max(years) > facts.context.year else found
