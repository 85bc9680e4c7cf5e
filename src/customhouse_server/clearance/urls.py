"""Addresses of the area's pages."""

from django.urls import URLPattern

app_name = "clearance"
urlpatterns: list[URLPattern] = []
