"""An error of the tree in the reader's language: on a page of its own, above a form, or as a message."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext

from entraide.directory.api import language_name
from entraide.kernel.errors import EntraideError
from entraide.kernel.text import Said
from entraide.reader.domain.language import BARE_VIETNAMESE, BARE_VIETNAMESE_NAME
from entraide.web.language import filled, reader_language


@dataclass(frozen=True, slots=True)
class ErrorText:
    """The stable code of an error, what went wrong and what to do."""

    code: str
    message: str
    remedy: str


def error_text(error: EntraideError) -> ErrorText:
    """Return the texts of `error` in the reader's language, filled with its parameters, also translated."""
    params = {
        name: _language(str(value)) if name == "language" else _translated(value)
        for name, value in error.params.items()
    }
    return ErrorText(
        code=error.code,
        message=filled(error.message, params),
        remedy=filled(error.remedy, params),
    )


def show_error(request: HttpRequest, error: EntraideError) -> None:
    """Show `error` as a message of the next page."""
    text = error_text(error)
    messages.error(request, f"{text.message} {text.remedy}".strip(), extra_tags=text.code)


def add_error(form: Form, error: EntraideError, field: str | None = None) -> None:
    """Show `error` above `form`, or at its `field`."""
    text = error_text(error)
    form.add_error(field, f"{text.message} {text.remedy}".strip())


def _language(code: str) -> str:
    """Return the name of a language in the reader's language."""
    if code == BARE_VIETNAMESE:
        return gettext(BARE_VIETNAMESE_NAME)
    return language_name(code, reader_language())


def _translated(value: object) -> object:
    """Translate a parameter that is itself a message, or a list of such parted by commas; leave anything else."""
    if isinstance(value, Said):
        return filled(value.message, {name: _translated(part) for name, part in value.params.items()})
    if not isinstance(value, str) or not value:
        return value
    return ", ".join(gettext(part) if part else part for part in value.split(", "))
