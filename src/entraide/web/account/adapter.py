"""How the account library behaves here: accounts are opened by an operator, second factors are stored encrypted."""

from base64 import b64decode, b64encode
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from entraide.web.http import node_of

PURPOSE = "entraide/second-factor/v1"


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Closes sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's interface
        """Return False: nobody signs up by themselves."""
        return False

    def clean_email(self, email: Any) -> Any:  # noqa: ANN401 - allauth's interface
        """Return `email` unchanged; users have none."""
        return email


class SealedSecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Stores the secrets of second factors encrypted under the node's root key, so that a stolen database has none."""

    def encrypt(self, text: str) -> str:
        """Return `text` wrapped by the key ring of the node that serves, in base64."""
        node = node_of(cast(HttpRequest, context.request))
        return b64encode(node.keyring.wrap(text.encode(), PURPOSE)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`; raises `VerificationFailed` when the text was changed or belongs to another node."""
        node = node_of(cast(HttpRequest, context.request))
        return node.keyring.unwrap(b64decode(encrypted_text), PURPOSE).decode()

    def get_totp_issuer(self) -> str:
        """Return the node's name, by which an authenticator tells its accounts apart."""
        return f"Entraide {node_of(cast(HttpRequest, context.request)).settings.name}"

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return the user name."""
        return user.get_username()
