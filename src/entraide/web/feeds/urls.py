"""Addresses of calendars and feeds; they are permanent."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.feeds import views

app_name = "feeds"
urlpatterns: list[URLPattern | URLResolver] = [
    path("calendar.ics", views.calendar, name="calendar"),
    path("feed.atom", views.feed, name="feed"),
    path("mechanisms/<uuid:mechanism_id>/calendar.ics", views.calendar, name="mechanism_calendar"),
    path("mechanisms/<uuid:mechanism_id>/feed.atom", views.feed, name="mechanism_feed"),
]
