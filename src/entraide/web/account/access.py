"""Which roles open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from entraide.access.api import Actor, Role, actor_of, require_role
from entraide.web.http import node_of

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]

EVERYONE_INSIDE = tuple(Role)


def role_required(*roles: Role) -> Callable[[View[Rest]], View[Rest]]:
    """Let only people with one of `roles` into a view; with no roles named, nobody.

    A visitor is sent to the login page and back; a person without the role is told which roles would do (403).
    """

    def decorate(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require_role(actor_of(node_of(request), request.user), *roles)
            response = view(request, *args, **kwargs)
            # Pages of the inside are for one person's eyes: no cache on the way, and none after signing out.
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        return guarded

    return decorate


def actor_from(request: HttpRequest) -> Actor:
    """Return who sent `request`; raises `NotLoggedIn`. For use behind `role_required`."""
    return actor_of(node_of(request), request.user)
