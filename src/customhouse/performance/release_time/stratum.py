"""Stratum: by what a sample of declarations is divided; where the source of a stratum does not exist yet, it says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from customhouse.saying import Refusal

Labels = NDArray[np.str_]


class UnknownStratumError(Refusal, LookupError):
    """Declarations are not divided by this."""


@dataclass(frozen=True, slots=True)
class Stratum:
    """How the value of a passage is found; without a source there is none, and it says what it waits for."""

    of: Callable[[pa.Table], Labels] | None
    missing_source: str = ""


def labels(passages: pa.Table, stratum: str) -> Labels:
    """The value of each passage, none where the stratum has no source; refuses with `UnknownStratumError`."""
    if stratum not in STRATA:
        raise UnknownStratumError("there is no stratum {stratum!r}; there are: {strata}", stratum=stratum, strata=STRATA)
    find = STRATA[stratum].of
    return find(passages) if find else np.zeros(0, dtype=str)


def texts(passages: pa.Table, name: str) -> Labels:
    """A column as texts, empty where there is none."""
    found: Labels = passages[name].cast(pa.string()).fill_null("").to_numpy().astype(str)
    return found


def _column(name: str) -> Callable[[pa.Table], Labels]:
    def of(passages: pa.Table) -> Labels:
        return texts(passages, name)

    return of


def _first(name: str) -> Callable[[pa.Table], Labels]:
    def of(passages: pa.Table) -> Labels:
        lists = passages[name]
        longest = pc.if_else(pc.greater(pc.fill_null(pc.list_value_length(lists), 0), 0), lists, pa.scalar([""], lists.type))
        return texts(pa.table({name: pc.list_element(longest, 0)}), name)

    return of


def _whether(name: str, yes: str, no: str) -> Callable[[pa.Table], Labels]:
    def of(passages: pa.Table) -> Labels:
        return np.where(passages[name].is_valid().to_numpy(), yes, no)

    return of


def _agency(passages: pa.Table) -> Labels:
    found = texts(passages, "agency")
    return np.where(found == "", "none reported", found)


STRATA: Mapping[str, Stratum] = MappingProxyType(
    {
        "office": Stratum(_column("office")),
        "mode": Stratum(_column("border_mode")),
        "lane": Stratum(_column("lane")),
        "lodging": Stratum(_whether("prelodged", "before arrival", "after arrival")),
        "control": Stratum(_whether("examination_ordered", "examined", "not examined")),
        "chapter": Stratum(_first("chapters")),
        "origin": Stratum(_first("origins")),
        "agency": Stratum(_agency),
        "partner": Stratum(None, "no source yet: it comes with the register of authorised economic operators"),
    }
)
