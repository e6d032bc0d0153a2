"""Every address of the site; a partner's node is served beside it, see `config.asgi`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/", include("entraide.rest.urls")),
    path("", include("entraide.web.urls")),
]
