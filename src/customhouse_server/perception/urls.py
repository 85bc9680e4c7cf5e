"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.perception import pages

app_name = "perception"
urlpatterns = [
    path("", pages.results, name="results"),
    path("results.csv", pages.results_file, {"form": "csv"}, name="results_csv"),
    path("results.json", pages.results_file, {"form": "json"}, name="results_json"),
    path("answer/", pages.answer, name="answer"),
    path("office/", pages.office, name="office"),
]
