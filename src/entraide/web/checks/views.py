"""The page of warnings, and a person's answer to one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from entraide.access.api import Role
from entraide.kernel.errors import EntraideError
from entraide.programme.api import answer_warning, list_answers, list_warnings
from entraide.web.account.access import actor_from, role_required
from entraide.web.checks.presenting import group_warnings, present_warnings
from entraide.web.errors import show_error
from entraide.web.http import node_of


class AnswerForm(forms.Form):
    """That a warning is so, and why."""

    key = forms.CharField(max_length=64)
    reason = forms.CharField(max_length=500, required=False)
    back = forms.CharField(max_length=300, required=False)


@require_GET
@role_required(Role.desk_officer, Role.auditor)
def show_warnings(request: HttpRequest) -> HttpResponse:
    """List what the checks warn of, and what was answered."""
    node = node_of(request)
    answers = list_answers(node)
    told = present_warnings(node, [item.warned for item in answers])
    context = {
        "groups": group_warnings(present_warnings(node, list_warnings(node))),
        "answers": list(zip(told, answers, strict=True)),
        "may_answer": actor_from(request).has_role(Role.desk_officer),
    }
    return render(request, "checks/warnings.html", context)


@require_POST
@role_required(Role.desk_officer)
def answer(request: HttpRequest) -> HttpResponse:
    """Take a person's word that a warning is so, and lead back to where it was given."""
    form = AnswerForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    try:
        answer_warning(
            node_of(request), actor=actor_from(request), key=given.get("key", ""), reason=given.get("reason", "")
        )
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, gettext("The warning is answered and stays quiet."))
    back = given.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else "checks:warnings")
