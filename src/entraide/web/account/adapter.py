"""Accounts are opened by an operator, never by a visitor."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Closes sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's interface
        """Return False: nobody signs up by themselves."""
        return False

    def clean_email(self, email: Any) -> Any:  # noqa: ANN401 - allauth's interface
        """Return `email` unchanged; users have none."""
        return email
