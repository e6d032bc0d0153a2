"""A decision that failed, kept in the session until it is mended: the answer to a form is always another page.

So a reload asks for nothing twice, and the card comes back with what was typed and the error beside it.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from entraide.communiques.api import ProposalView
from entraide.communiques.domain.errors import AlreadyDecided, BadField, KeepFirst
from entraide.communiques.domain.proposals import ProposalState
from entraide.kernel.errors import EntraideError
from entraide.programme.api import load_kinds, say
from entraide.web.errors import error_text
from entraide.web.proposals.texts import STATES, country, field_name, headline

FAILED = "proposals.failed"
"""The key in the session; one decision at a time."""


@dataclass(frozen=True, slots=True)
class Failed:
    """What was sent about the proposal `key`, the field and the line of each error, and whether its form was open."""

    key: str
    data: QueryDict
    errors: tuple[tuple[str, str], ...]
    whole: bool


def review_address(source_id: UUID, key: str = "", *, correct: bool = False, anchor: bool = True) -> str:
    """Return the address of a review at the card of the proposal `key`, with its form open where it is corrected.

    Without the `anchor` the page itself says what has the focus.
    """
    base = reverse("proposals:review", args=[source_id])
    if not key:
        return base
    return f"{base}?{urlencode({'correct' if correct else 'at': key})}{f'#{key}' if anchor else ''}"


def fail(
    request: HttpRequest, source_id: UUID, key: str, errors: list[tuple[str, str]], *, whole: bool = False
) -> HttpResponse:
    """Keep what was sent with its errors, and lead back to the card; nothing has changed."""
    request.session[FAILED] = {
        "source": str(source_id),
        "key": key,
        "data": request.POST.urlencode(),
        "errors": errors,
        "whole": whole,
    }
    return redirect(review_address(source_id, key, correct=whole, anchor=False))


def failed_at(request: HttpRequest, source_id: UUID) -> Failed | None:
    """Return the failed decision about a proposal of a source, if there is one."""
    kept = request.session.get(FAILED)
    if not kept or kept["source"] != str(source_id):
        return None
    errors = tuple((str(field), str(text)) for field, text in kept["errors"])
    return Failed(kept["key"], QueryDict(kept["data"]), errors, kept["whole"])


def forget_failed(request: HttpRequest) -> None:
    """Forget what failed, once it is mended or another card is opened."""
    request.session.pop(FAILED, None)


def told_error(error: EntraideError, kind: str, others: list[ProposalView]) -> tuple[str, str]:
    """Return the field of an error, empty where it has none, and one line in words instead of keys and codes."""
    field = str(error.params["field"]) if isinstance(error, BadField) else ""
    text = error_text(_worded(error, kind, others))
    return field, f"{text.message} {text.remedy}".strip()


def _worded(error: EntraideError, kind: str, others: list[ProposalView]) -> EntraideError:
    if isinstance(error, BadField):
        return BadField(value=error.params["value"], field=field_name(kind, str(error.params["field"])))
    if isinstance(error, AlreadyDecided):
        return AlreadyDecided(state=str(STATES[ProposalState(str(error.params["state"]))][0]))
    if isinstance(error, KeepFirst):
        what = str(error.params["what"])
        named = next((_named(item) for item in others if item.key == what), "")
        return KeepFirst(what=named or (country(what) if len(what) == 2 else what))
    return error


def _named(item: ProposalView) -> str:
    return f"{say(load_kinds().get(item.kind).one)} – {Truncator(headline(item.kind, item.fields)).chars(80)}"
