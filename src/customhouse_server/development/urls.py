"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.development import calendar_pages, diagnostic_pages, officer_pages, pages, revocation_pages

app_name = "development"
urlpatterns = [
    path("", pages.home, name="home"),
    path("me/", officer_pages.mine, name="me"),
    path("people/", officer_pages.officers, name="people"),
    path("people/workforce.csv", officer_pages.workforce_file, name="workforce_file"),
    path("people/<str:username>/", officer_pages.officer, name="officer"),
    path("people/<str:username>/certify/", officer_pages.certify, name="certify"),
    path("people/<str:username>/revoke/", revocation_pages.revoke, name="revoke"),
    path("diagnostics/", diagnostic_pages.start, name="start"),
    path("diagnostics/<uuid:dossier_id>/", diagnostic_pages.page, name="diagnostic"),
    path("diagnostics/<uuid:dossier_id>/save/", diagnostic_pages.save, name="save"),
    path("diagnostics/<uuid:dossier_id>/answers.csv", diagnostic_pages.exported, name="answers_file"),
    path("calendar/", calendar_pages.calendar, name="calendar"),
    path("donors/", pages.donors, name="donors"),
    path("delivery/", pages.delivered, name="delivery"),
    path("project/<uuid:dossier_id>/", pages.project_page, name="project"),
    path("project/<uuid:dossier_id>/act/", pages.act, name="act"),
    path("mission/<uuid:dossier_id>/engage/<uuid:expert_id>/", pages.engage, name="engage"),
    path("<str:kind>/", pages.open_dossier, name="open"),
    path("<str:kind>/list.csv", pages.exported, name="file"),
    path("<str:kind>/<uuid:dossier_id>/", pages.dossier, name="dossier"),
    path("<str:kind>/<uuid:dossier_id>/report.pdf", pages.printed, name="report"),
    path("<str:kind>/<uuid:dossier_id>/fields/", pages.change_fields, name="fields"),
    path("<str:kind>/<uuid:dossier_id>/<str:part>/", pages.change_rows, name="rows"),
]
