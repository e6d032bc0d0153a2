"""The demonstration's way in: choose who to be. It exists on demonstrations that only this machine reaches."""

from uuid import UUID

from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from entraide.access.api import ROLES_OF_EDITION, Role, list_actors, record_demonstration_login
from entraide.kernel.ids import UserId
from entraide.web.account.checks import opens_demonstration
from entraide.web.account.texts import ROLE_TASKS
from entraide.web.http import node_of
from entraide.web.proposals.tasks import list_tasks

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "POST"])
def choose_role(request: HttpRequest) -> HttpResponse:
    """List the node's people by role, or log the visitor in as the one chosen.

    Raises `Http404` where it is no demonstration.
    """
    node = node_of(request)
    if not opens_demonstration(node.settings):
        raise Http404
    if request.method == "POST":
        return _enter(request, request.POST.get("user", ""))
    actors = list_actors(node)
    roles = [
        {"role": role, "task": ROLE_TASKS[role], "actors": [actor for actor in actors if role in actor.roles]}
        for role in Role
        if role in ROLES_OF_EDITION[node.settings.edition]
    ]
    return render(request, "account/demo.html", {"roles": roles, "tasks": list_tasks(node)})


def _enter(request: HttpRequest, chosen: str) -> HttpResponse:
    try:
        user_id = UserId(UUID(chosen))
    except ValueError as error:
        raise Http404 from error
    user = get_object_or_404(get_user_model(), pk=user_id, is_active=True)
    record_demonstration_login(node_of(request), user_id=user_id)
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect("/desk/")
