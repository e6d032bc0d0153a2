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
_BEFORE = 40
"""Characters before a Vietnamese phrase in which the head of its organisation may stand."""
_LITTLE = frozenset(["of", "and", "the", "for", "on", "de", "du", "des", "la", "les", "le", "et", "l'", "d'", "&", "-"])


def neighbour_features(facts: Facts, sentence: Sentence, hit: Hit, context: Context) -> list[str]:
    """Return what the neighbours of `hit` tell."""
    found = [f"nominal={context.nominal}", *_years(facts, sentence)]
    found += _of_names(facts.document, sentence, hit)
    return [*found, f"general+slot={context.slot}"] if hit.value == GENERAL else found


def _of_names(document: Document, sentence: Sentence, hit: Hit) -> list[str]:
    """Whether the phrase stands in a name, and whether that is an organisation's."""
    if document.vocabulary.language == "vi":
        heads = document.within("org_heads", max(sentence.start, hit.start - _BEFORE), hit.start)
        own = any("," not in document.text[head.end : hit.start] for head in heads)
        return ["named_organisation"] if own else []
    first, last = document.token_at(hit.start), document.token_at(max(hit.end - 1, hit.start))
    low, high = _run(document, sentence, first, -1), _run(document, sentence, last, 1)
    if not (low < first or _has_capital(document, first)):
        return []
    tokens = document.tokens
    if not any(_has_capital(document, n) and tokens[n].start > sentence.start for n in range(low, high + 1)):
        return []
    start, end = tokens[low].start, tokens[high].end
    organised = document.within("org_heads", start, end) or document.within("body", start, end)
    return [*(["in_a_name"] if high > low else []), *(["named_organisation"] if organised else [])]


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
