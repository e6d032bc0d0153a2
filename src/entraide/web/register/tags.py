"""The thread of a promise in templates: read once for a list, drawn the same in a row, on a card and at the head."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import template

from entraide.programme.api import CommitmentView, Outcome
from entraide.web.http import node_of
from entraide.web.register.threads import DrawnThread, draw_threads, threads_of
from entraide.web.templatetags.programme import by_words

register = template.Library()
DRAWN = "thread_marks_drawn"
"""What a request remembers: that its page has the marks."""


@register.simple_tag(takes_context=True)
def read_threads(
    context: Any,  # noqa: ANN401 - a template's context
    commitments: Iterable[CommitmentView],
) -> Mapping[UUID, DrawnThread]:
    """Return the threads of a page's commitments by their ids, each read once for a page."""
    read = threads_of(context["request"])
    read |= draw_threads(node_of(context["request"]), [item for item in commitments if item.id not in read])
    return read


@register.simple_tag(takes_context=True)
def outcomes_of(
    context: Any,  # noqa: ANN401 - a template's context
    commitments: Iterable[CommitmentView],
) -> dict[str, Any]:
    """Return how many promises have which outcome, a sentence of several domains once."""
    read = read_threads(context, commitments)
    threads = [read[alike[0].id] for alike in by_words(tuple(commitments))]
    counted = Counter(thread.outcome for thread in threads)
    words = {thread.outcome: thread.verdict for thread in threads}
    return {
        "total": len(threads),
        "counted": [
            {
                "outcome": outcome,
                "number": counted[outcome],
                "text": words[outcome][:1].lower() + words[outcome][1:],
            }
            for outcome in Outcome
            if counted[outcome]
        ],
    }


@register.simple_tag(takes_context=True)
def scorecard_of(
    context: Any,  # noqa: ANN401 - a template's context
    commitments: Iterable[CommitmentView],
) -> list[dict[str, Any]]:
    """Return for each term, the latest first, its promises by outcome; those without a term come last."""
    by_term: dict[str, list[CommitmentView]] = {}
    found = tuple(commitments)
    read_threads(context, found)
    for item in found:
        by_term.setdefault(item.period, []).append(item)
    terms = sorted(by_term, reverse=True)
    return [{"period": term, **outcomes_of(context, by_term[term])} for term in terms]


@register.filter
def commitments_within(rows: Iterable[Any]) -> tuple[CommitmentView, ...]:
    """Return the commitments of rows that hold several each."""
    return tuple(item for row in rows for item in row.commitments)


@register.inclusion_tag("components/thread.html", takes_context=True)
def draw(context: Any, thread: DrawnThread | None, form: str = "row") -> dict[str, Any]:  # noqa: ANN401 - as above
    """Draw a thread as a `row`, a `card` or `full`; the first on a page brings the marks that all of them use."""
    request = context.get("request")
    first = thread is not None and not getattr(request, DRAWN, False)
    if first and request is not None:
        setattr(request, DRAWN, True)
    return {"thread": thread, "form": form, "first": first}


@register.filter
def commitments_of(rows: Iterable[tuple[CommitmentView, object]]) -> tuple[CommitmentView, ...]:
    """Return the commitments of rows that hold each with its mechanism."""
    return tuple(item for item, _ in rows)


@register.filter
def thread_of(threads: Mapping[UUID, DrawnThread], commitment: CommitmentView) -> DrawnThread | None:
    """Return the thread of a commitment among those that were read."""
    return threads.get(commitment.id)
