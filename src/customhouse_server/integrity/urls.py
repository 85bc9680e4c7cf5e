"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.integrity import export_pages, pages, register_pages

app_name = "integrity"
urlpatterns = [
    path("", pages.home, name="home"),
    path("run/", pages.run, name="run"),
    path("leads/<uuid:lead_id>/", pages.lead, name="lead"),
    path("members/", pages.members, name="members"),
    path("mine/", register_pages.mine, name="mine"),
    path("risks/", register_pages.risks, name="risks"),
    path("assessment/", register_pages.assessment, name="assessment"),
    *(path(f"assessment.{form}", export_pages.assessment, {"form": form}, name=f"assessment_{form}") for form in ("csv", "json", "pdf")),
    *(path(f"risks.{form}", export_pages.risks, {"form": form}, name=f"risks_{form}") for form in ("csv", "json")),
    path("contracts/", register_pages.contracts, name="contracts"),
    path("contracts/<int:contract_id>/", register_pages.contract, name="contract"),
    path("contracts/<int:contract_id>/<str:code>/events/", register_pages.contract_events, name="contract_events"),
    path("reviews/", register_pages.reviews, name="reviews"),
]
