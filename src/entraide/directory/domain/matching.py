"""Whether a name means an organisation that the directory has, with a reason that a person can read.

1. One of its names or aliases, folded: certain.
2. Same State and same portfolio, and no other organisation of the State has it: likely.
3. Same portfolio as several, or one of the two has no known portfolio: possible, a person decides.
Two different portfolios are two organisations, and none is offered for the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from entraide.directory.domain.organisations import Organisation
from entraide.directory.domain.portfolios import Portfolios, portfolio_of_name
from entraide.kernel.text import N_
from entraide.search.domain.folding import fold_name

CERTAIN, LIKELY, POSSIBLE = 3, 2, 1
SAME_NAME = N_("Same name.")
SAME_PORTFOLIO = N_("Same portfolio: {portfolio}.")
SEVERAL_OF_PORTFOLIO = N_("One of several bodies of this portfolio: {portfolio}.")
OTHER_BODY = N_("Another body of the same State.")


@dataclass(frozen=True, slots=True)
class OrganisationMatch:
    """An organisation that a name may mean: strength (3 certain, 2 likely, 1 possible), the reason as a message id, and
    the code of the portfolio that fills it, empty where none does.
    """

    organisation: Organisation
    strength: int
    reason: str
    portfolio: str = ""


def portfolios_of(words: Portfolios, organisation: Organisation) -> frozenset[str]:
    """Return the codes of the portfolios that an organisation's names and aliases mean."""
    names = organisation.spellings
    return frozenset(portfolio_of_name(words, name, organisation.state) for name in names) - {""}


def match_names(
    words: Portfolios, organisations: Sequence[Organisation], state: str, names: Sequence[str]
) -> list[OrganisationMatch]:
    """Return which of `organisations` the `names` of one organisation of `state` may mean, best first."""
    there = [item for item in organisations if item.state == state]
    keys = {fold_name(name) for name in names}
    known = [item for item in there if keys & {fold_name(name) for name in item.spellings}]
    if known:
        return [OrganisationMatch(item, CERTAIN, SAME_NAME) for item in known]
    codes = frozenset(portfolio_of_name(words, name, state) for name in names) - {""}
    return match_portfolios(words, there, codes)


def match_portfolios(
    words: Portfolios, organisations: Sequence[Organisation], codes: frozenset[str]
) -> list[OrganisationMatch]:
    """Return which of one State's `organisations` a body of the portfolios `codes` may be (rules 2 and 3)."""
    theirs = [(item, portfolios_of(words, item)) for item in organisations]
    same = [item for item, own in theirs if own & codes]
    if len(same) == len(codes) == 1:
        return [OrganisationMatch(same[0], LIKELY, SAME_PORTFOLIO, min(codes))]
    reason = SAME_PORTFOLIO if len(same) == 1 else SEVERAL_OF_PORTFOLIO
    found = [OrganisationMatch(item, POSSIBLE, reason, min(codes)) for item in same]
    unknown = organisations if not codes else [item for item, own in theirs if not own]
    return found + [OrganisationMatch(item, POSSIBLE, OTHER_BODY) for item in unknown]
