"""Addresses of the public register; they are permanent."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.register import assessments, crawling, heat, lists, people, search, views

app_name = "register"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_home, name="home"),
    path("search/", search.show_results, name="search"),
    path("robots.txt", crawling.show_robots, name="robots"),
    path("sitemap.xml", crawling.show_sitemap, name="sitemap"),
    path("domains/", heat.show_map, name="map"),
    path("mechanisms/", lists.show_mechanisms, name="mechanisms"),
    path("mechanisms/<uuid:mechanism_id>/", views.show_mechanism, name="mechanism"),
    path("meetings/", lists.show_meetings, name="meetings"),
    path("meetings/<uuid:meeting_id>/", views.show_meeting, name="meeting"),
    path("instruments/", lists.show_instruments, name="instruments"),
    path("instruments/<uuid:instrument_id>/", views.show_instrument, name="instrument"),
    path("commitments/", lists.show_commitments, name="commitments"),
    path("commitments/<uuid:commitment_id>/", views.show_commitment, name="commitment"),
    path("commitments/<uuid:commitment_id>/assess/", assessments.assess, name="assess"),
    path("organisations/", lists.show_organisations, name="organisations"),
    path("organisations/<uuid:organisation_id>/", people.show_organisation, name="organisation"),
    path("posts/<uuid:post_id>/", people.show_post, name="post"),
]
