"""A choice among things that were recorded, each in its own language."""

from typing import Any

from django import forms

from entraide.kernel.tongues import language_of
from entraide.web.language import reader_language


class TonguedSelect(forms.Select):
    """A select whose options say in which language they are, where that is not the reader's."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's own signature
        """Return an option with its `lang`."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        language = language_of(str(option["label"]))
        if language not in ("", reader_language()):
            option["attrs"]["lang"] = language
        return option
