"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.quota import pages

app_name = "quota"
urlpatterns = [
    path("", pages.listed, name="list"),
    path("<str:order_number>/", pages.quota, name="quota"),
]
