"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.tariff import pages

app_name = "tariff"
urlpatterns = [
    path("", pages.browse, name="browse"),
    path("calculator/", pages.calculator, name="calculator"),
    path("<str:code>/", pages.commodity, name="commodity"),
]
