"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.tracker import pages

app_name = "tracker"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("calendar/", pages.calendar, name="calendar"),
    path("notices/<str:code>.md", pages.notice, name="notice"),
    path("committee/", pages.committee, name="committee"),
    path("committee/<uuid:matter>/", pages.meeting, name="meeting"),
    path("decisions/", pages.decisions, name="decisions"),
    path("portfolio/", pages.portfolio, name="portfolio"),
    path("state/<slug:kind>/", pages.state, name="state"),
    path("entries/<uuid:matter>/verify/", pages.verify, name="verify"),
    path("entries/<uuid:matter>/withdraw/", pages.withdraw, name="withdraw"),
    path("<slug:name>/", pages.agreement, name="agreement"),
    path("<slug:name>/<str:number>/", pages.provision, name="provision"),
]
