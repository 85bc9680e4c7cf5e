"""View: what a person is shown of one declaration, or of a list of them."""

from dataclasses import dataclass

from customhouse.clearance import Act, Case
from customhouse_server.declaration.content import Content
from customhouse_server.declaration.record import Record


@dataclass(frozen=True, slots=True)
class View:
    """One declaration as a person sees it: where it stands, what it says, and what the person may do with it now."""

    record: Record
    content: Content
    case: Case
    allowed: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list."""

    limit: int = 50
    offset: int = 0
    oldest_first: bool = False


FIRST_PAGE = Page()


@dataclass(frozen=True, slots=True)
class Listing:
    """Some declarations of a longer list, and how long it is."""

    records: tuple[Record, ...]
    total: int
