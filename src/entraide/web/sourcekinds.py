"""What kinds of source are called, at the beginning of a line."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from entraide.programme.api import SourceKind

SOURCE_KINDS: dict[SourceKind, str | Promise] = {
    SourceKind.SIGNED_TEXT: gettext_lazy("Signed text"),
    SourceKind.OFFICIAL_RELEASE: gettext_lazy("Official release"),
    SourceKind.PRESS: gettext_lazy("Press"),
}
