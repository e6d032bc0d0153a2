"""Addresses of the journal area."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.journal.views import download_proof, show_entry, show_journal, verify

app_name = "journal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", show_journal, name="journal"),
    path("verify/", verify, name="verify"),
    path("entries/<uuid:entry_id>/", show_entry, name="entry"),
    path("entries/<uuid:entry_id>/proof.json", download_proof, name="proof"),
]
