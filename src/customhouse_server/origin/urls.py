"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.origin import pages

app_name = "origin"
urlpatterns = [path("", pages.calculator, name="calculator")]
