"""Addresses of calendars and feeds; they are permanent."""

from django.urls import URLPattern, URLResolver, path

from entraide.programme.api import list_linked_kinds, list_listed_kinds
from entraide.web.feeds import lists, pages, views

app_name = "feeds"
urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", pages.show_data, name="data"),
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
]
