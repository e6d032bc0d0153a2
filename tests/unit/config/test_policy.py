"""The content security policy of every page."""

from django.http import HttpResponse
from django.test import RequestFactory

from entraide.config.middleware import CONTENT_SECURITY_POLICY, PolicyMiddleware


def test_page_carries_the_policy():
    """No inline code and nothing from another host runs, whatever slips into a page."""
    response = PolicyMiddleware(lambda _: HttpResponse())(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_view_keeps_its_own_policy():
    """A view that needs another policy says so itself."""
    own = {"Content-Security-Policy": "sandbox"}
    response = PolicyMiddleware(lambda _: HttpResponse(headers=own))(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == "sandbox"
