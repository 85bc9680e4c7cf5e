"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.valuation import pages

app_name = "valuation"
urlpatterns = [
    path("<uuid:declaration_id>/", pages.doubts, name="doubts"),
    path("<uuid:declaration_id>/step/", pages.step, name="step"),
    path("<uuid:declaration_id>/value/", pages.value, name="value"),
]
