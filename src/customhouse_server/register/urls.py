"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.register import pages

app_name = "register"
urlpatterns = [
    path("", pages.index, name="index"),
    path("scan/freeze/", pages.freeze, name="freeze"),
    path("scan/editions/<int:place>.pdf", pages.edition, name="edition"),
    path("<slug:name>/", pages.listed, name="list"),
    path("<slug:name>.<slug:form>", pages.listed, name="data"),
    path("<slug:name>/new/", pages.write, name="new"),
    path("<slug:name>/<int:number>/", pages.entry, name="entry"),
    path("<slug:name>/<int:number>/edit/", pages.write, name="edit"),
    path("<slug:name>/<int:number>/act/", pages.act, name="act"),
]
