"""Addresses of the communiqués area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.proposals import adding, arrivals, bulk, importing, sentences, settling, views

app_name = "proposals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_sources, name="sources"),
    path("new/", importing.import_texts, name="import"),
    path("samples/", importing.import_samples, name="samples"),
    path("arrivals/", arrivals.show_arrivals, name="arrivals"),
    path("<uuid:source_id>/", views.review, name="review"),
    path("<uuid:source_id>/sentence/", sentences.decide_sentence, name="sentence"),
    path("<uuid:source_id>/published/", importing.tell_day, name="published"),
    path("<uuid:source_id>/keep-all/", bulk.keep_the_rest, name="keep-all"),
    path("<uuid:source_id>/settle-all/", settling.settle_alike, name="settle-all"),
    path("<uuid:source_id>/new/<slug:name>/", adding.add, name="add"),
    path("settle/<uuid:proposal_id>/", settling.settle, name="settle"),
    path("decide/<uuid:proposal_id>/", views.decide, name="decide"),
]
