"""Addresses of reports of errors."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.reports import answering, reporting

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", answering.list_reports, name="list"),
    path("new/<slug:table>/<uuid:fact_id>/", reporting.report_error, name="new"),
    path("set-aside/", answering.set_aside, name="set_aside"),
    path("<uuid:report_id>/", answering.answer, name="answer"),
    path("<uuid:report_id>/contact/", answering.show_contact, name="contact"),
]
