"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.ruling import pages

app_name = "ruling"
urlpatterns = [
    path("", pages.register_page, name="register"),
    path("applications/", pages.listed, name="list"),
    path("applications/new/", pages.start, name="start"),
    path("applications/<uuid:ruling_id>/", pages.application, name="application"),
    path("applications/<uuid:ruling_id>/form/", pages.form, name="form"),
    path("applications/<uuid:ruling_id>/save/", pages.save, name="save"),
    path("applications/<uuid:ruling_id>/discard/", pages.discard, name="discard"),
    path("applications/<uuid:ruling_id>/act/", pages.act, name="act"),
    path("applications/<uuid:ruling_id>/walk/", pages.walk, name="walk"),
    path("applications/<uuid:ruling_id>/decision/", pages.decision, name="decision"),
    path("conflicts/", pages.conflicts, name="conflicts"),
    path("edition/", pages.new_edition, name="edition"),
    path("<str:reference>/", pages.published, name="published"),
]
