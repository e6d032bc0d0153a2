"""Addresses of the requests area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.requests import approval, drafts, execution, lists, paper

app_name = "requests"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", lists.show_list, name="list"),
    path("new/", drafts.start_draft, name="new"),
    path("<uuid:request_id>/", lists.show_request, name="detail"),
    path("<uuid:request_id>/edit/", drafts.edit_draft, name="edit"),
    path("<uuid:request_id>/check/", drafts.show_check, name="check"),
    path("<uuid:request_id>/submit/", drafts.submit, name="submit"),
    path("<uuid:request_id>/approve/", approval.approve, name="approve"),
    path("<uuid:request_id>/clear/", approval.clear, name="clear"),
    path("<uuid:request_id>/content/", execution.read, name="read"),
    path("<uuid:request_id>/acknowledge/", execution.acknowledge_request, name="acknowledge"),
    path("<uuid:request_id>/answer/", execution.answer, name="answer"),
    path("<uuid:request_id>/answer/approve/", execution.approve_drafted_answer, name="approve-answer"),
    path("<uuid:request_id>/paper/", paper.record, name="paper"),
    path("<uuid:request_id>/paper/answer/", paper.record_answer, name="paper-answer"),
    *(
        path(f"<uuid:request_id>/{name}/", execution.act, {"name": name}, name=name)
        for name in ("start", "close", "withdraw")
    ),
]
