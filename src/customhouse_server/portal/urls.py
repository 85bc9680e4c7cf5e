"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.portal import pages

app_name = "portal"
urlpatterns = [
    path("", pages.index, name="index"),
    path("notices/write/", pages.write_notice, name="write_notice"),
    path("notices.atom", pages.feed, name="feed"),
    path("notices/feed.json", pages.json_feed, name="json_feed"),
    path("procedure/", pages.to_procedure, name="to_procedure"),
    path("procedures/<slug:code>/", pages.procedure, name="procedure"),
    path("forms/<slug:name>.<slug:file>", pages.form, name="form"),
    path("<slug:name>/", pages.publication, name="publication"),
    path("<slug:name>.<slug:form>", pages.publication, name="data"),
]
