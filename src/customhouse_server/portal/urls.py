"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.portal import pages

app_name = "portal"
urlpatterns = [
    path("", pages.index, name="index"),
    path("notices/write/", pages.write_notice, name="write_notice"),
    path("notices.atom", pages.feed, name="feed"),
    path("<slug:name>/", pages.publication, name="publication"),
    path("<slug:name>.<slug:form>", pages.publication, name="data"),
]
