"""Choices stand in the order in which a reader of the language looks for them."""

import pytest
from django.utils import translation

from entraide.kernel.languages import SPOKEN
from entraide.search.domain.folding import fold
from entraide.web.register.forms import domain_choices


@pytest.mark.parametrize("language", SPOKEN)
def test_a_letter_with_a_mark_stands_with_its_plain_letter(language: str) -> None:
    """A domain whose name begins with É or Đ stands under E or D, not after Z."""
    with translation.override(language):
        names = [name for code, name in domain_choices("") if code]
    initials = [fold(name)[0] for name in names]
    assert initials == sorted(initials)
    assert language != "fr" or any(name.startswith("É") for name in names)
