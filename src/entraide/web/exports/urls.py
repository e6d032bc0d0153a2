"""Addresses of the exports; they are permanent: `/exports/<table>.<format>`, with the filters of the lists."""

from django.urls import URLPattern, URLResolver, path, register_converter

from entraide.web.exports import package, views
from entraide.web.exports.package import DayConverter

register_converter(DayConverter, "date")

app_name = "exports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.show_tables, name="tables"),
    path("datapackage.zip", package.download, name="package"),
    path("datapackage-<date:day>.zip", package.download, name="edition"),
    path("<slug:table>.<slug:form>", views.download, name="download"),
]
