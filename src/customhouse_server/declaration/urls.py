"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.declaration import pages

app_name = "declaration"
urlpatterns = [
    path("", pages.listed, name="list"),
    path("new/", pages.start, name="start"),
    path("upload/", pages.upload, name="upload"),
    path("drafts/<uuid:draft_id>/", pages.draft, name="draft"),
    path("drafts/<uuid:draft_id>/save/", pages.save, name="save"),
    path("drafts/<uuid:draft_id>/discard/", pages.discard, name="discard"),
    path("<uuid:declaration_id>/", pages.record, name="record"),
    path("<uuid:declaration_id>/correct/", pages.correct, name="correct"),
    path("<uuid:declaration_id>/amend/", pages.amend, name="amend"),
    path("<uuid:declaration_id>/present/", pages.present, name="present"),
]
