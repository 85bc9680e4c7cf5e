"""Addresses: where each area hangs; the interface for programs under `/api/`, the desk at the root."""

from django.urls import include, path

from customhouse_server.settings.api import api

urlpatterns = [
    path("api/", api.urls),
    path("", include("customhouse_server.desk.urls")),
    path("declarations/", include("customhouse_server.declaration.urls")),
    path("clearance/", include("customhouse_server.clearance.urls")),
    path("tariff/", include("customhouse_server.tariff.urls")),
    path("integrity/", include("customhouse_server.integrity.urls")),
    path("mailbox/", include("customhouse_server.mailbox.urls")),
    path("perception/", include("customhouse_server.perception.urls")),
    path("account/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
