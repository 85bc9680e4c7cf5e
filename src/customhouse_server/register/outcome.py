"""Outcome: from an event over what came of it to the indicators that should tell it."""

from dataclasses import dataclass

import msgspec

from customhouse.saying import saying
from customhouse_server.accounts.person import Person
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.performance.behind import page_of
from customhouse_server.performance.current import known_indicators
from customhouse_server.register.partner import Event, Output


def refuse_unknown_indicators(_: msgspec.Struct | None, after: msgspec.Struct | None) -> None:
    """Refuse an output that names an indicator which this administration does not have."""
    outputs = after.outputs if isinstance(after, Event) else ()
    strange = sorted({each.indicator for each in outputs if each.indicator} - known_indicators().keys())
    if strange:
        wording = "outputs: there is no indicator {codes}; leave it empty, or name one of the performance pages"
        raise FaultyError({"outputs": saying(wording, codes=strange)})


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of an event, the indicator that should tell it, and the page of that indicator as far as it is for the reader.

    The indicator is told by its name where its page is, else by its code; it is empty where none was named.
    """

    what: str
    indicator: str
    page: str


def chain(event: Event, reader: Person | None) -> tuple[Shown, ...]:
    """What came of an event, in its order."""
    return tuple(_shown(each, reader) for each in event.outputs)


def _shown(output: Output, reader: Person | None) -> Shown:
    meant = known_indicators().get(output.indicator)
    page = page_of(reader, meant)
    return Shown(output.what, meant.name if meant and page else output.indicator, page)
