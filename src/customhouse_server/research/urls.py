"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.research import pages

app_name = "research"
urlpatterns = [
    path("", pages.simulations, name="simulations"),
    path("<uuid:simulation_id>/", pages.simulation, name="simulation"),
    path("<uuid:simulation_id>/resume/", pages.resume, name="resume"),
    path("<uuid:simulation_id>/by_<str:dimension>.csv", pages.table, name="table"),
]
