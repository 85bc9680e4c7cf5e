"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.performance import pages, review_pages, stamp_pages, study_pages

app_name = "performance"
urlpatterns = [
    path("", pages.dashboard, name="dashboard"),
    path("indicators/<str:code>/", pages.one, name="indicator"),
    path("indicators/<str:code>/state/", pages.state, name="state"),
    path("indicators/<str:code>/data.csv", pages.data, name="data"),
    path("indicators/<str:code>/events/", pages.events, name="events"),
    path("history/<slug:declaration_id>/", pages.history, name="history"),
    path("assessments/", review_pages.assessments, name="assessments"),
    path("assessments/<int:year>/<slug:code>/", review_pages.assessment, name="assessment"),
    path("assessments/<int:year>/<slug:code>/act/", review_pages.act, name="assess"),
    path("stamps/", stamp_pages.stamps, name="stamps"),
    path("studies/", study_pages.studies, name="studies"),
    path("studies/new/", study_pages.new, name="new_study"),
    path("studies/<uuid:study_id>/", study_pages.study, name="study"),
    path("studies/<uuid:study_id>/declarations/", study_pages.members, name="members"),
    path("studies/<uuid:study_id>/package.zip", study_pages.package, name="package"),
    path("studies/<uuid:study_id>/study.pdf", study_pages.report, name="report"),
    path("studies/<uuid:study_id>/act/", study_pages.act, name="act"),
]
