"""Two facts side by side: what is known of each, who says it, and by which signs they may be one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from entraide.communiques.api import CitationView, SameQuestion, citations_of, kind_of_link
from entraide.directory.api import Tenure, list_posts, list_tenures
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.programme.api import get_fact, load_kinds, plug_of, say
from entraide.programme.domain.kinds import Kind
from entraide.web.language import reader_language
from entraide.web.register.presenting import Line, Shown, address_of, present_fact, title_of
from entraide.web.same.forms import ADDRESS, LONGEST_REASON
from entraide.web.templatetags.programme import edtf

MOST_PASSAGES = 3
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two facts: its id, its name with its page (where it has one), what is known of it, and the first passages
    that show it.
    """

    id: UUID
    title: Shown
    lines: Sequence[Line]
    passages: Sequence[CitationView]


@dataclass(frozen=True, slots=True)
class Question:
    """A question on the page: two sides, the reasons in the reader's language, and what the form sends; `either` may be
    kept, else the first only mentions the second.
    """

    kind: str
    kind_name: str
    sides: tuple[Side, Side]
    reasons: tuple[str, ...]
    signs: str
    either: bool = True

    @property
    def reason(self) -> str:
        """What stands in the form as the reason of a join: the signs."""
        return " ".join(self.reasons)[:LONGEST_REASON]


def present_question(node: Node, item: SameQuestion) -> Question | None:
    """Return a question as the page shows it; None where one of the facts is no longer there."""
    kind = load_kinds().get(item.kind)
    to = kind_of_link(kind)
    one, other = describe_fact(node, kind, item.one), describe_fact(node, to or kind, item.other)
    if one is None or other is None:
        return None
    reasons = tuple(say(words) for words in item.reasons)
    return Question(kind.name, say(kind.one), (one, other), reasons, " ".join(item.signs), to is None)


def describe_fact(node: Node, kind: Kind, fact_id: UUID) -> Side | None:
    """Return what is known of a fact; None where there is none of this id."""
    read = plug_of(kind.name).get
    if kind.name == PERSON:
        return _person(node, fact_id)
    try:
        view = read(node, fact_id) if read is not None else get_fact(node, kind, fact_id)
    except EntraideError:
        return None
    title = title_of(kind, view)
    href = address_of(kind, view) if kind.has_page else ""
    passages = [one for one in citations_of(node, kind.fact, fact_id) if one.quote][:MOST_PASSAGES]
    return Side(fact_id, Shown(title.text, href, title.language), present_fact(node, kind, view), passages)


def _person(node: Node, person_id: UUID) -> Side | None:
    """A person has no page: the posts that were held have one."""
    tenures = list_tenures(node, person_id=person_id)
    if not tenures:
        return None
    posts = {item.id: item for item in list_posts(node, ids=[tenure.post_id for tenure in tenures])}
    held = [
        Shown(
            f"{posts[tenure.post_id].title_in(reader_language())} ({_seen(tenure)})",
            f"/posts/{tenure.post_id}/",
        )
        for tenure in tenures
    ]
    lines = [Line(gettext("Posts"), tuple(held))]
    if len(tenures[0].spellings) > 1:
        lines.append(Line(gettext("Spellings"), tuple(map(Shown, tenures[0].spellings))))
    passages = [one for tenure in tenures for one in citations_of(node, "tenure", tenure.id)][:MOST_PASSAGES]
    return Side(person_id, Shown(tenures[0].person_name), lines, passages)


def _seen(tenure: Tenure) -> str:
    first, last = edtf(tenure.first_seen), edtf(tenure.last_seen)
    return first if first == last else f"{first} – {last}"


def id_in(address: str) -> UUID:
    """Return the id in an address that the form accepted."""
    found = re.search(ADDRESS, address.lower())
    return UUID(found.group(1)) if found else UUID(int=0)
