"""Addresses of the public register; they are permanent."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.register import assessments, people, search, views

app_name = "register"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_home, name="home"),
    path("search/", search.show_results, name="search"),
    path("mechanisms/<uuid:mechanism_id>/", views.show_mechanism, name="mechanism"),
    path("meetings/", views.show_meetings, name="meetings"),
    path("meetings/<uuid:meeting_id>/", views.show_meeting, name="meeting"),
    path("instruments/<uuid:instrument_id>/", views.show_instrument, name="instrument"),
    path("commitments/<uuid:commitment_id>/", views.show_commitment, name="commitment"),
    path("commitments/<uuid:commitment_id>/assess/", assessments.assess, name="assess"),
    path("organisations/<uuid:organisation_id>/", people.show_organisation, name="organisation"),
    path("posts/<uuid:post_id>/", people.show_post, name="post"),
]
