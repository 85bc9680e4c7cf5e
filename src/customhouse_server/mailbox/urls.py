"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.mailbox import pages

app_name = "mailbox"
urlpatterns = [
    path("", pages.start, name="start"),
    path("write/", pages.write, name="write"),
    path("case/", pages.case, name="case"),
    path("office/", pages.office, name="office"),
    path("office/key/", pages.make_key, name="make_key"),
    path("office/<uuid:case_id>/", pages.office_case, name="office_case"),
]
