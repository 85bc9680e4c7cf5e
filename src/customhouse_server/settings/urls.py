"""Addresses: where each area hangs; the interface for programs under `/api/`, the desk at the root."""

from django.urls import include, path

from customhouse_server.settings.api import api
from customhouse_server.settings.programs import programs

urlpatterns = [
    path("api/", api.urls),
    path("programs/", programs, name="programs"),
    path("", include("customhouse_server.home.urls")),
    path("", include("customhouse_server.desk.urls")),
    path("declarations/", include("customhouse_server.declaration.urls")),
    path("clearance/", include("customhouse_server.clearance.urls")),
    path("quotas/", include("customhouse_server.quota.urls")),
    path("valuation/", include("customhouse_server.valuation.urls")),
    path("origin/", include("customhouse_server.origin.urls")),
    path("rulings/", include("customhouse_server.ruling.urls")),
    path("plans/", include("customhouse_server.strategy.urls")),
    path("development/", include("customhouse_server.development.urls")),
    path("rules/", include("customhouse_server.portal.urls")),
    path("service/", include("customhouse_server.availability.urls")),
    path("enquiries/", include("customhouse_server.enquiry.urls")),
    path("consultations/", include("customhouse_server.consultation.urls")),
    path("registers/", include("customhouse_server.register.urls")),
    path("tariff/", include("customhouse_server.tariff.urls")),
    path("reforms/", include("customhouse_server.research.urls")),
    path("research/", include("customhouse_server.research.study_urls")),
    path("performance/", include("customhouse_server.performance.urls")),
    path("trackers/", include("customhouse_server.tracker.urls")),
    path("integrity/", include("customhouse_server.integrity.urls")),
    path("mailbox/", include("customhouse_server.mailbox.urls")),
    path("perception/", include("customhouse_server.perception.urls")),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
