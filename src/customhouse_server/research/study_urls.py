"""Addresses of the studies on the event store."""

from django.urls import path

from customhouse_server.research import release_pages, study_pages

app_name = "study"
urlpatterns = [
    path("forecast/", study_pages.forecast, name="forecast"),
    path("forecast.<slug:form>", study_pages.forecast, name="forecast_file"),
    path("mirror/", study_pages.mirror, name="mirror"),
    path("releases/", release_pages.releases, name="releases"),
    path("releases/new/", release_pages.new, name="new_release"),
    path("releases/<int:number>/", release_pages.release, name="release"),
    path("releases/<int:number>.<slug:form>", release_pages.release, name="release_file"),
]
