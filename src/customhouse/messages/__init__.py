"""Wire formats in and out: WCO Data Model XML and our JSON form of the same model; they parse and render, and decide nothing."""

from customhouse.messages.document import Document, DocumentKind
from customhouse.messages.notification import Notice, TaxNotice, notification, rejection, tax_notification
from customhouse.messages.reader import UnreadableMessageError, read
from customhouse.messages.syntax import SYNTAX_RULES
from customhouse.messages.writer import render_json, render_xml

__all__ = [
    "SYNTAX_RULES",
    "Document",
    "DocumentKind",
    "Notice",
    "TaxNotice",
    "UnreadableMessageError",
    "notification",
    "read",
    "rejection",
    "render_json",
    "render_xml",
    "tax_notification",
]
