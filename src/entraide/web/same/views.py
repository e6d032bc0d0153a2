"""Same as? Facts that may be one, side by side, with the reasons; a person joins them, tells them apart, or splits."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entraide.access.api import Role
from entraide.communiques.api import (
    JoinView,
    SameQuestion,
    get_join,
    join_facts,
    kind_of_link,
    list_joins,
    list_resembling_kinds,
    list_same_questions,
    split_facts,
    tell_apart,
)
from entraide.kernel.errors import EntraideError
from entraide.kernel.node import Node
from entraide.programme.api import load_kinds, say
from entraide.web.account.access import actor_from, role_required
from entraide.web.errors import add_error, show_error
from entraide.web.http import node_of
from entraide.web.same.forms import AnswerForm, PairForm, SplitForm
from entraide.web.same.presenting import Question, describe_fact, id_in, present_question

READERS = (Role.desk_officer, Role.auditor)
PER_PAGE = 10
JOIN = "join"


@require_GET
@role_required(*READERS)
def show_questions(request: HttpRequest) -> HttpResponse:
    """Show which facts may be one, by kind."""
    node, kind = node_of(request), request.GET.get("kind", "")
    found = list_same_questions(node)
    counts = [
        {"name": item.name, "label": say(item.many), "count": sum(one.kind == item.name for one in found)}
        for item in list_resembling_kinds()
    ]
    wanted = [item for item in found if not kind or item.kind == kind]
    page = Paginator(wanted, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "kinds": [item for item in counts if item["count"]],
        "kind": kind,
        "total": len(found),
        "page": page,
        "questions": [item for one in page if (item := present_question(node, one))],
        "may_answer": actor_from(request).has_role(Role.desk_officer),
    }
    return render(request, "same/questions.html", context)


@require_http_methods(["GET"])
@role_required(Role.desk_officer)
def compare(request: HttpRequest) -> HttpResponse:
    """Put two facts side by side that a person names by their addresses, to join them."""
    form = PairForm(request.GET if "kind" in request.GET else None)
    question = None
    if form.is_bound and form.is_valid():
        one, other = (id_in(form.cleaned_data[name]) for name in ("one", "other"))
        question = present_question(node_of(request), SameQuestion(form.cleaned_data["kind"], one, other, (), ()))
        if question is None:
            form.add_error("other", gettext("One of the two is not in the register."))
    return _comparison(request, form, question)


@require_POST
@role_required(Role.desk_officer)
def answer(request: HttpRequest) -> HttpResponse:
    """Take what a person says of two facts: one, or two."""
    node, form = node_of(request), AnswerForm(request.POST)
    if not form.is_valid():
        return _asked_again(request, node, form)
    kept, other = form.pair()
    kind = load_kinds().find(form.cleaned_data["kind"])
    if kind is not None and kind_of_link(kind) is not None:
        other, kept = form.cleaned_data["one"], form.cleaned_data["other"]
    said = {"actor": actor_from(request), "kind": form.cleaned_data["kind"], "reason": form.cleaned_data["reason"]}
    try:
        if request.POST.get("act") == JOIN:
            join_facts(node, into_id=kept, other_id=other, signs=form.cleaned_data["signs"].split(), **said)
            messages.success(request, gettext("Both are one now. You can undo it under “Joined facts”."))
        else:
            tell_apart(node, one_id=form.cleaned_data["one"], other_id=form.cleaned_data["other"], **said)
            messages.success(request, gettext("Both stay two facts, and nobody is asked again."))
    except EntraideError as error:
        add_error(form, error)
        return _asked_again(request, node, form)
    return redirect(f"{reverse('same:questions')}?kind={form.cleaned_data['kind']}")


@require_GET
@role_required(*READERS)
def show_joins(request: HttpRequest) -> HttpResponse:
    """List what was joined, with the way back."""
    node = node_of(request)
    page = Paginator(list_joins(node), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "joins": [_shown(node, item) for item in page],
        "may_answer": actor_from(request).has_role(Role.desk_officer),
    }
    return render(request, "same/joins.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.desk_officer)
def split(request: HttpRequest, join_id: UUID) -> HttpResponse:
    """Undo a join, with the reason; raises `Http404`."""
    node = node_of(request)
    join = get_join(node, join_id)
    if join is None:
        raise Http404
    form = SplitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            left = split_facts(node, actor=actor_from(request), join_id=join_id, reason=form.cleaned_data["reason"])
        except EntraideError as error:
            show_error(request, error)
        else:
            messages.success(request, gettext("Both stand by themselves again."))
            if left:
                messages.warning(request, gettext("What somebody has changed since stays as it is."))
        return redirect("same:joins")
    context = {"form": form, "join": _shown(node, join), "trail": _trail()}
    return render(request, "same/split.html", context, status=400 if form.errors else 200)


def _asked_again(request: HttpRequest, node: Node, form: AnswerForm) -> HttpResponse:
    """Show the two facts again with what is wrong in the answer, above the form."""
    given = form.data
    question = None
    if load_kinds().find(given.get("kind", "")) and form.cleaned_data.get("one") and form.cleaned_data.get("other"):
        pair = SameQuestion(given["kind"], form.cleaned_data["one"], form.cleaned_data["other"], (), ())
        question = present_question(node, pair)
    return _comparison(request, form, question, status=400)


def _comparison(
    request: HttpRequest, form: AnswerForm | PairForm, question: Question | None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "question": question, "trail": _trail(), "may_answer": True}
    return render(request, "same/compare.html", context, status=status)


def _shown(node: Node, join: JoinView) -> dict[str, object]:
    kind = load_kinds().get(join.kind)
    kept = describe_fact(node, kind_of_link(kind) or kind, join.kept_id)
    return {"join": join, "kind_name": say(kind.one), "kept": kept}


def _trail() -> list[dict[str, str]]:
    return [{"label": gettext("Same as?"), "href": reverse("same:questions")}]
