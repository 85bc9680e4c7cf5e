"""Addresses of the studies on the event store."""

from django.urls import path

from customhouse_server.research import study_pages

app_name = "study"
urlpatterns = [
    path("forecast/", study_pages.forecast, name="forecast"),
    path("forecast.<slug:form>", study_pages.forecast, name="forecast_file"),
    path("mirror/", study_pages.mirror, name="mirror"),
]
