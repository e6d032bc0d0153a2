"""The public pages that explain the rules."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import override

from entraide.kernel.languages import SPOKEN
from entraide.safeguards.api import NoSuchCode, list_rules, load_rules
from entraide.web.safeguards.views import show_rule, show_rules
from tests.factories.nodes import make_node


def request_for(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.node = make_node()  # type: ignore[attr-defined]
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("language", SPOKEN)
def test_all_rules_are_listed_with_the_digest(language: str) -> None:
    """The list shows every rule in the reader's language, and the digest of the set."""
    with override(language):
        page = show_rules(request_for("/safeguards/")).content.decode()
    for rule in list_rules(make_node(), language):
        assert f"{rule.id} · " in page
    assert load_rules(make_node()).digest[:4] in page


def test_a_rule_shows_its_sources_and_their_status() -> None:
    """R04 names both sources: one read, one to be confirmed."""
    page = show_rule(request_for("/safeguards/R04/"), "R04").content.decode()
    assert "United Nations Model Treaty on Extradition" in page
    assert "Text read" in page
    assert "To be confirmed" in page


def test_an_unknown_rule_is_not_found() -> None:
    """A wrong id raises the error that becomes a clear page."""
    with pytest.raises(NoSuchCode):
        show_rule(request_for("/safeguards/R99/"), "R99")
