"""Addresses of the communiqués area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.proposals import adding, bulk, settling, views

app_name = "proposals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_sources, name="sources"),
    path("new/", views.import_file, name="import"),
    path("samples/", views.import_samples, name="samples"),
    path("<uuid:source_id>/", views.review, name="review"),
    path("<uuid:source_id>/keep-all/", bulk.keep_the_rest, name="keep-all"),
    path("<uuid:source_id>/settle-all/", settling.settle_alike, name="settle-all"),
    path("<uuid:source_id>/new/<slug:name>/", adding.add, name="add"),
    path("settle/<uuid:proposal_id>/", settling.settle, name="settle"),
    path("decide/<uuid:proposal_id>/", views.decide, name="decide"),
]
