"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.clearance import pages

app_name = "clearance"
urlpatterns = [
    path("", pages.worklist, name="worklist"),
    path("<uuid:declaration_id>/", pages.control, name="control"),
    path("<uuid:declaration_id>/claim/", pages.claim, name="claim"),
    path("<uuid:declaration_id>/act/", pages.act, name="act"),
]
