"""Fault: what is wrong with a field of what was typed or sent; all faults are told at once, on the page and to a program."""

from collections.abc import Mapping


class FaultyError(ValueError):
    """What was given cannot be taken as it is; `faults` says why, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Keep the faults."""
        super().__init__("; ".join(dict.fromkeys(faults.values())))
        self.faults = dict(faults)


def refuse(faults: Mapping[str, str]) -> None:
    """Refuse with `FaultyError` where there is a fault."""
    if faults:
        raise FaultyError(faults)
