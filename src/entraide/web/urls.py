"""All pages: the public register at the root, the node's work below its own prefixes."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("entraide.web.register.urls")),
    path("", include("entraide.web.feeds.urls")),
    path("about/", include("entraide.web.about.urls")),
    path("acts/", include("entraide.web.acts.urls")),
    path("checks/", include("entraide.web.checks.urls")),
    path("desk/", include("entraide.web.desk.urls")),
    path("error-reports/", include("entraide.web.reports.urls")),
    path("exports/", include("entraide.web.exports.urls")),
    path("imports/", include("entraide.web.imports.urls")),
    path("sources/", include("entraide.web.sources.urls")),
    path("same/", include("entraide.web.same.urls")),
    path("upkeep/", include("entraide.web.upkeep.urls")),
    path("proposals/", include("entraide.web.proposals.urls")),
    path("pairing/", include("entraide.web.pairing.urls")),
    path("requests/", include("entraide.web.requests.urls")),
    path("plans/", include("entraide.web.plans.urls")),
    path("journal/", include("entraide.web.journal.urls")),
    path("safeguards/", include("entraide.web.safeguards.urls")),
    path("design/", include("entraide.web.design.urls")),
]
