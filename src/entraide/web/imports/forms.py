"""The form in which tables are given."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from entraide.communiques.api import SourceKind
from entraide.tables.api import (
    GivenFile,
    open_tables,
    read_upload_name,
)
from entraide.tables.domain.errors import TablesTooLarge
from entraide.web.sourcekinds import SOURCE_KINDS

LARGEST_UPLOAD = 20_000_000
"""Bytes of all files together; what is larger is not read."""


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploaded files, each at least there."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - Django's signature
        """Return the files; a missing one is the field's own error."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(item, initial) for item in given or [None]]


class TablesForm(forms.Form):
    """CSV files, or a zip file of them, and what kind of source they are themselves."""

    tables = FilesField(
        label=gettext_lazy("Tables"),
        allow_empty_file=True,
        help_text=gettext_lazy("One or several CSV files as exported and edited, or a zip file of them."),
        widget=ManyFiles(attrs={"accept": ".csv,.tsv,.txt,.zip,text/csv", "multiple": True}),
    )
    source_kind = forms.ChoiceField(
        label=gettext_lazy("What these files are"),
        required=False,
        choices=[
            ("", gettext_lazy("No source: each row names its own")),
            *((kind.value, label) for kind, label in SOURCE_KINDS.items()),
        ],
        help_text=gettext_lazy("Rows that name no source cite the line of the file, which is then kept as a source."),
    )

    def given(self) -> list[GivenFile]:
        """Return the tables given, zip files opened; raises `TablesTooLarge` and the other errors of `open_tables`."""
        uploaded: Sequence[Any] = self.cleaned_data["tables"]
        if sum(file.size or 0 for file in uploaded) > LARGEST_UPLOAD:
            raise TablesTooLarge(file=uploaded[0].name, limit=LARGEST_UPLOAD // 1_000_000)
        return open_tables(GivenFile(read_upload_name(file.name), file.read()) for file in uploaded)

    def kind(self) -> SourceKind | None:
        """Return what the person says that the files are."""
        chosen = self.cleaned_data["source_kind"]
        return SourceKind(chosen) if chosen else None
