"""Addresses of the pairing area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.pairing import views

app_name = "pairing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_partners, name="partners"),
    path("start/", views.start, name="start"),
    path("<uuid:pairing_id>/", views.show_pairing, name="pairing"),
    path("<uuid:pairing_id>/stop/", views.stop, name="stop"),
    path("partners/<uuid:partner_id>/", views.show_partner, name="partner"),
    path("partners/<uuid:partner_id>/change/", views.change_partner, name="partner-change"),
]
