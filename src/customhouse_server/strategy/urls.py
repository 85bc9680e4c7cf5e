"""Addresses of the area's pages."""

from django.urls import path

from customhouse_server.strategy import frame_pages, pages, reviewing, seating_pages

app_name = "strategy"
urlpatterns = [
    path("", pages.listed, name="list"),
    path("bodies/", seating_pages.bodies, name="bodies"),
    path("load/", pages.load, name="load"),
    path("adopted/<slug:name>/", pages.public, name="public"),
    path("adopted/<slug:name>/cycle.ics", reviewing.public_ics, name="public_ics"),
    path("<uuid:plan_id>/", pages.plan, name="plan"),
    path("<uuid:plan_id>/plan.json", pages.as_json, name="json"),
    path("<uuid:plan_id>/versions/", pages.versions, name="versions"),
    path("<uuid:plan_id>/coverage/", pages.coverage, name="coverage"),
    path("<uuid:plan_id>/frame/", frame_pages.framed, name="frame"),
    path("<uuid:plan_id>/annex/<slug:name>/", pages.annex_list, name="annex"),
    path("<uuid:plan_id>/cycle/", reviewing.cycle, name="cycle"),
    path("<uuid:plan_id>/cycle.ics", reviewing.cycle_ics, name="cycle_ics"),
    path("<uuid:plan_id>/step/", reviewing.step, name="step"),
    path("<uuid:plan_id>/comment/", reviewing.comment, name="comment"),
    path("<uuid:plan_id>/indicators/", reviewing.indicators, name="indicators"),
    path("<uuid:plan_id>/reports/", reviewing.reports, name="reports"),
    path("<uuid:plan_id>/reports/<int:number>/", reviewing.report, name="report"),
    path("<uuid:plan_id>/reports/<int:number>/report.json", reviewing.report_json, name="report_json"),
    path("<uuid:plan_id>/reports/<int:number>/report.pdf", reviewing.report_paper, name="report_pdf"),
]
