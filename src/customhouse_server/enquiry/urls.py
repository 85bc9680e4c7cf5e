"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.enquiry import pages

app_name = "enquiry"
urlpatterns = [
    path("", pages.worklist, name="worklist"),
    path("ask/", pages.ask, name="ask"),
    path("follow/", pages.follow, name="follow"),
    path("answers/", pages.answers, name="answers"),
    path("answers.<slug:form>", pages.answers, name="answers_data"),
    path("<slug:reference>/", pages.enquiry, name="enquiry"),
    path("<slug:reference>/act/", pages.act, name="act"),
]
