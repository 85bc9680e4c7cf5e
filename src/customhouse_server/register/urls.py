"""Addresses of the area's pages; what is worked out of a register stands before the registers themselves."""

from django.urls import path

from customhouse_server.register import pages, paper_pages, sheet_pages

app_name = "register"
urlpatterns = [
    path("", pages.index, name="index"),
    path("due/", sheet_pages.due, name="due"),
    path("due.<slug:form>", sheet_pages.due, name="due_data"),
    path("budget/plan/", sheet_pages.budget_plan, name="budget_plan"),
    path("budget/plan.<slug:form>", sheet_pages.budget_plan, name="budget_plan_data"),
    path("audits/plan/", sheet_pages.audit_plan, name="audit_plan"),
    path("audits/plan.<slug:form>", sheet_pages.audit_plan, name="audit_plan_data"),
    path("audits/enter/", sheet_pages.enter_audits, name="enter_audits"),
    path("scan/freeze/", pages.freeze, name="freeze"),
    path("my-papers/", paper_pages.mine, name="my_papers"),
    path("my-papers/<int:number>/", paper_pages.own, name="own"),
    path("my-reviews/<int:number>/", paper_pages.give_review, name="review"),
    path("calls/<int:number>/answer/", paper_pages.answer, name="answer"),
    path("papers/<int:number>/review/", paper_pages.enter_review, name="enter_review"),
    path("reviewers/assign/", paper_pages.assign, name="assign"),
    path("scan/editions/<int:place>.pdf", pages.frozen, name="edition"),
    path("<slug:name>/", pages.listed, name="list"),
    path("<slug:name>.<slug:form>", pages.listed, name="data"),
    path("<slug:name>/new/", pages.write, name="new"),
    path("<slug:name>/<int:number>/", pages.entry, name="entry"),
    path("<slug:name>/<int:number>/edit/", pages.write, name="edit"),
    path("<slug:name>/<int:number>/act/", pages.act, name="act"),
]
