"""Addresses of the desk."""

from django.urls import path

from customhouse_server.desk import pages

app_name = "desk"
urlpatterns = [
    path("contents/", pages.contents, name="contents"),
    path("design/", pages.design, name="design"),
    path("theme/", pages.theme, name="theme"),
]
