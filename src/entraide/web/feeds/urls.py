"""Addresses of calendars and feeds; they are permanent."""

from django.urls import URLPattern, URLResolver, path

from entraide.programme.api import list_linked_kinds, list_listed_kinds, load_kinds
from entraide.web.feeds import catalog, lists, pages, sitemap, verifier, views

app_name = "feeds"
urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", pages.show_data, name="data"),
    path("data/verify/", verifier.show_verify, name="verify"),
    path("data/verify_entraide.py", verifier.verifier, name="verifier"),
    path("catalog.jsonld", catalog.catalog, name="catalog"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemaps/pages.xml", sitemap.lists, name="sitemap_lists"),
    path("sitemaps/<slug:table>.xml", sitemap.part, name="sitemap_part"),
    path("sitemaps/<slug:table>/<uuid:after>.xml", sitemap.part, name="sitemap_part"),
    path("calendar.ics", views.calendar, name="calendar"),
    path("feed.atom", views.feed, name="feed"),
    path("mechanisms/<uuid:mechanism_id>/calendar.ics", views.calendar, name="mechanism_calendar"),
    path("mechanisms/<uuid:mechanism_id>/feed.atom", views.feed, name="mechanism_feed"),
    *(
        path(f"{kind.table}/feed.atom", lists.feed, {"kind": kind.name}, name=f"{kind.table}_feed")
        for kind in list_listed_kinds()
    ),
    *(
        path(f"{kind.table}/calendar.ics", lists.calendar, {"kind": kind.name}, name=f"{kind.table}_calendar")
        for kind in list_listed_kinds()
        if lists.has_calendar(kind)
    ),
    *(
        path(f"{kind.table}/<uuid:id_>.jsonld", views.linked, {"kind": kind.name}, name=f"{kind.table}_linked")
        for kind in list_linked_kinds()
    ),
    *(
        path(
            f"{kind.table}/<uuid:id_>.{form}",
            views.cited,
            {"table": kind.table, "form": form},
            name=f"{kind.table}_{form}",
        )
        for kind in load_kinds()
        if kind.has_page
        for form in views.BIBLIOGRAPHIES
    ),
]
