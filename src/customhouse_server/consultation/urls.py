"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.consultation import pages

app_name = "consultation"
urlpatterns = [
    path("", pages.calendar, name="calendar"),
    path("calendar.<slug:form>", pages.calendar, name="calendar_data"),
    path("open/", pages.open_draft, name="open"),
    path("<int:number>/", pages.draft, name="draft"),
    path("<int:number>/act/", pages.act, name="act"),
]
