"""The thread of a promise in templates: read once for a list, drawn the same in a row, on a card and at the head."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import template

from entraide.programme.api import CommitmentView, Outcome
from entraide.web.http import node_of
from entraide.web.register.threads import DrawnThread, draw_threads
from entraide.web.templatetags.programme import by_words

register = template.Library()
DRAWN, READ = "_thread_marks_drawn", "_threads_read"
"""What a request remembers: that its page has the marks, and the threads that were read for it."""


@register.simple_tag(takes_context=True)
def read_threads(
    context: Any,  # noqa: ANN401 - a template's context
    commitments: Iterable[CommitmentView],
) -> Mapping[UUID, DrawnThread]:
    """Return the threads of a page's commitments by their ids, each read once for a page."""
    request = context["request"]
    read: dict[UUID, DrawnThread] = getattr(request, READ, {})
    read |= draw_threads(node_of(request), [item for item in commitments if item.id not in read])
    setattr(request, READ, read)
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
            {"number": counted[outcome], "text": words[outcome][:1].lower() + words[outcome][1:]}
            for outcome in Outcome
            if counted[outcome]
        ],
    }


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
