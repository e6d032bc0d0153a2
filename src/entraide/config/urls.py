"""Every address of the site; a partner's node is served beside it, see `config.asgi`."""

from django.urls import URLPattern, URLResolver, include, path

from entraide.web.desk.views import locked_out

urlpatterns: list[URLPattern | URLResolver] = [
    # Before allauth's own page, which would promise a mail: a forgotten password is the operator's matter.
    path("accounts/password/reset/", locked_out, name="locked_out"),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/", include("entraide.rest.urls")),
    path("", include("entraide.web.urls")),
]
