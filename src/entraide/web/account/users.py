"""Accounts and tokens, in the operator's hands."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entraide.access.api import (
    BadUserName,
    NoSuchUser,
    PostMissing,
    Role,
    RoleOfNodesOnly,
    RolesExclude,
    UserAccount,
    UserExists,
    WeakPassword,
    create_token,
    create_user,
    deactivate_user,
    list_tokens,
    list_unit_names,
    list_users,
    revoke_token,
    set_password,
    set_roles,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.ids import UserId
from entraide.web.account.access import actor_from, role_required
from entraide.web.account.forms import NewTokenForm, NewUserForm, PasswordForm, RolesForm
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of

# Where on the form of a new account an error belongs; any other stands above the form.
FIELDS: dict[type[EntraideError], str] = {
    BadUserName: "username",
    UserExists: "username",
    PostMissing: "post",
    RolesExclude: "roles",
    RoleOfNodesOnly: "roles",
    WeakPassword: "password",
}


@require_GET
@role_required(Role.operator, Role.auditor)
def show_users(request: HttpRequest) -> HttpResponse:
    """List every account with its roles."""
    context = {
        "accounts": list_users(node_of(request)),
        "may_change": actor_from(request).has_role(Role.operator),
    }
    return render(request, "account/users.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.operator)
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    node = node_of(request)
    form = NewUserForm(request.POST or None, edition=node.settings.edition)
    if request.method == "POST" and form.is_valid():
        try:
            opened = create_user(node, actor=actor_from(request), **form.cleaned_data)
        except EntraideError as error:
            add_error(form, error, FIELDS.get(type(error)))
        else:
            messages.success(request, _("The account of “%(post)s” is open.") % {"post": opened.post})
            return redirect("account:users")
    context = {"form": form, "units": list_unit_names(node)}
    return render(request, "account/user_new.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@role_required(Role.operator)
def change_account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show one account and change its roles."""
    account = _account(request, user_id)
    form = _roles_form(account, request)
    if request.method == "POST" and form.is_valid():
        roles = form.cleaned_data["roles"]
        try:
            set_roles(node_of(request), actor=actor_from(request), user_id=account.actor.user_id, roles=roles)
        except EntraideError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The roles are changed."))
            return redirect("account:users")
    return _show_account(request, account, form=form)


@require_POST
@role_required(Role.operator)
def give_password(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give a person a new password; their sessions end."""
    account = _account(request, user_id)
    form = PasswordForm(request.POST)
    if form.is_valid():
        password = form.cleaned_data["password"]
        try:
            set_password(node_of(request), actor=actor_from(request), user_id=account.actor.user_id, password=password)
        except EntraideError as error:
            add_error(form, error, "password")
        else:
            messages.success(request, _("The new password holds; tell it to the person yourself."))
            return redirect("account:users")
    return _show_account(request, account, password_form=form)


@require_POST
@role_required(Role.operator)
def close_account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close an account."""
    account = _account(request, user_id)
    try:
        deactivate_user(node_of(request), actor=actor_from(request), user_id=account.actor.user_id)
    except EntraideError as error:
        show_error(request, error)
    else:
        messages.success(request, _("The account of “%(post)s” is closed.") % {"post": account.actor.post})
    return redirect("account:users")


@require_http_methods(["GET", "POST"])
@role_required(Role.operator, Role.auditor)
def show_tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens of programs; an operator makes one, whose text is shown once."""
    node, actor = node_of(request), actor_from(request)
    may_change = actor.has_role(Role.operator)
    form = NewTokenForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = create_token(node, actor=actor, **form.cleaned_data)
        except EntraideError as error:
            add_error(form, error)
        else:
            form = NewTokenForm()
    context = {
        "tokens": list_tokens(node),
        "form": form if may_change else None,
        "made": made,
        "may_change": may_change,
    }
    return render(request, "account/tokens.html", context, status=400 if form.errors else 200)


@require_POST
@role_required(Role.operator)
def end_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Revoke a token."""
    revoke_token(node_of(request), actor=actor_from(request), token_id=token_id)
    messages.success(request, _("The token is revoked."))
    return redirect("account:tokens")


def _show_account(
    request: HttpRequest,
    account: UserAccount,
    *,
    form: RolesForm | None = None,
    password_form: PasswordForm | None = None,
) -> HttpResponse:
    wrong = (form is not None and form.errors) or (password_form is not None and password_form.errors)
    context = {
        "account": account,
        "form": form or _roles_form(account),
        "password_form": password_form or PasswordForm(),
    }
    return render(request, "account/user.html", context, status=400 if wrong else 200)


def _roles_form(account: UserAccount, request: HttpRequest | None = None) -> RolesForm:
    return RolesForm((request and request.POST) or None, initial={"roles": sorted(account.actor.roles)})


def _account(request: HttpRequest, user_id: UUID) -> UserAccount:
    for account in list_users(node_of(request)):
        if account.actor.user_id == UserId(user_id):
            return account
    raise NoSuchUser
