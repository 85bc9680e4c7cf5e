"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.tariff import pages

app_name = "tariff"
urlpatterns = [
    path("", pages.browse, name="browse"),
    path("calculator/", pages.calculator, name="calculator"),
    path("editions/", pages.editions, name="editions"),
    path("editions/prepare/", pages.prepare, name="prepare"),
    path("editions/publish/", pages.publish, name="publish"),
    path("<str:code>/", pages.commodity, name="commodity"),
]
