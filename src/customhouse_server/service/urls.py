"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.service import pages

app_name = "service"
urlpatterns = [
    path("", pages.standing, name="standing"),
    path("report/", pages.report, name="report"),
    path("<int:number>/", pages.say, name="say"),
]
