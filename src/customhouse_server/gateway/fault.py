"""Fault: what is wrong with a field of what was typed or sent; all faults are told at once, on the page and to a program."""

from collections.abc import Mapping

from customhouse.saying import Refusal, Saying, saying


class FaultyError(Refusal, ValueError):
    """What was given cannot be taken as it is; `faults` says why, by field."""

    def __init__(self, faults: Mapping[str, str | Saying]) -> None:
        """Keep the faults; each is said once, whatever fields it stands at."""
        said = {str(fault): fault if isinstance(fault, Saying) else saying(fault) for fault in faults.values()}
        super().__init__("{faults}", between="; ", faults=said.values())
        self.faults = dict(faults)


def refuse(faults: Mapping[str, str | Saying]) -> None:
    """Refuse with `FaultyError` where there is a fault."""
    if faults:
        raise FaultyError(faults)
