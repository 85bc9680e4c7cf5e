"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.availability import pages

app_name = "availability"
urlpatterns = [
    path("", pages.standing, name="standing"),
    path("report/", pages.report, name="report"),
    path("<int:number>/", pages.say, name="say"),
]
