"""Addresses of the exports; they are permanent: `/exports/<table>.<format>`, with the filters of the lists."""

from django.urls import URLPattern, URLResolver, path

from entraide.web.exports import views

app_name = "exports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_tables, name="tables"),
    path("<slug:table>.<slug:form>", views.download, name="download"),
]
