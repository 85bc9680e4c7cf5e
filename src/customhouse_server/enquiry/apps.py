"""The area as the framework registers it."""

from django.apps import AppConfig


class EnquiryConfig(AppConfig):
    """Enquiry point."""

    name = "customhouse_server.enquiry"
    label = "enquiry"
