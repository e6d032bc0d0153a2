"""Addresses of the public register; they are permanent."""

from django.urls import URLPattern, URLResolver, path

from entraide.programme.api import list_listed_kinds
from entraide.web.register import assessments, crawling, fact_pages, front, heat, lists, people, search, views

app_name = "register"
own: list[URLPattern | URLResolver] = [
    path("", front.show_home, name="home"),
    path("search/", search.show_results, name="search"),
    path("robots.txt", crawling.show_robots, name="robots"),
    path("domains/", heat.show_map, name="map"),
    path("mechanisms/<uuid:mechanism_id>/", views.show_mechanism, name="mechanism"),
    path("meetings/<uuid:meeting_id>/", views.show_meeting, name="meeting"),
    path("instruments/<uuid:instrument_id>/", views.show_instrument, name="instrument"),
    path("commitments/<uuid:commitment_id>/", views.show_commitment, name="commitment"),
    path("commitments/<uuid:commitment_id>/assess/", assessments.assess, name="assess"),
    path("organisations/", lists.show_organisations, name="organisations"),
    path("organisations/<uuid:organisation_id>/", people.show_organisation, name="organisation"),
    path("posts/<uuid:post_id>/", people.show_post, name="post"),
]
named = {pattern.name for pattern in own if isinstance(pattern, URLPattern)}
urlpatterns: list[URLPattern | URLResolver] = [
    *own,
    *(path(f"{kind.table}/", lists.show_list, {"name": kind.name}, name=kind.table) for kind in list_listed_kinds()),
    *(
        path(f"{kind.table}/<uuid:fact_id>/", fact_pages.show_fact, {"name": kind.name}, name=kind.name)
        for kind in list_listed_kinds()
        if kind.name not in named
    ),
]
"""Every kind of fact has its list; one without a page of its own has the general one."""
