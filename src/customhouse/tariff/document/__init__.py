"""Documents in which a public tariff service answers about one commodity, as commodity and measures of a tariff."""

from customhouse.tariff.document.published import UnreadableDocumentError
from customhouse.tariff.document.reader import CommodityDocument, Types, read_document

__all__ = ["CommodityDocument", "Types", "UnreadableDocumentError", "read_document"]
