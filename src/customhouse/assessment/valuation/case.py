"""Case: everything stated about the value of the goods of a consignment, as a document that an officer can write by hand."""

import json
import tomllib
from decimal import Decimal
from pathlib import PurePath

import msgspec

from customhouse.assessment.regime import Share
from customhouse.assessment.valuation.adjustment import Adjustment
from customhouse.assessment.valuation.comparable import Comparable
from customhouse.assessment.valuation.computed import Computed
from customhouse.assessment.valuation.deductive import Deductive
from customhouse.assessment.valuation.evidence import Evidence
from customhouse.assessment.valuation.fall_back import FallBackSource
from customhouse.assessment.valuation.goods import Goods
from customhouse.assessment.valuation.sale import Sale
from customhouse.assessment.valuation_rules import ValuationMethod
from customhouse.saying import Refusal


class UnreadableCaseError(Refusal, ValueError):
    """A text is no valuation case; the message says where it departs from the form."""


class Ground(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a method is not available, stated by whoever values, with the evidence that shows it."""

    method: ValuationMethod
    reason: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        """Refuse a ground without reason or evidence."""
        if not self.reason.strip() or not self.evidence:
            raise ValueError(f"{self.method.article} is left with a reason and evidence")


class SharedCost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cost of the whole consignment, shared over its items by value or by gross mass so that the shares add up to it."""

    cost: Adjustment
    by: Share = Share.VALUE


class ItemCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is stated about one item, method by method; `computed_before_deductive` is the importer's request of Article 4."""

    goods: Goods
    sale: Sale | None = None
    adjustments: tuple[Adjustment, ...] = ()
    identical: tuple[Comparable, ...] = ()
    similar: tuple[Comparable, ...] = ()
    deductive: Deductive | None = None
    computed: Computed | None = None
    fall_back: FallBackSource | None = None
    computed_before_deductive: bool = False
    ruled_out: tuple[Ground, ...] = ()

    def ground(self, method: ValuationMethod) -> Ground | None:
        """Why the method was said not to be available, if it was."""
        return next((each for each in self.ruled_out if each.method is method), None)

    def rejected(self, decision: Evidence) -> "ItemCase":
        """The case with its price left on the final decision of a doubt: the chain goes on from Article 2."""
        method = ValuationMethod.TRANSACTION
        others = tuple(each for each in self.ruled_out if each.method is not method)
        ground = Ground(method=method, reason=decision.shows or "a final decision rejected the declared value", evidence=(decision,))
        return msgspec.structs.replace(self, ruled_out=(ground, *others))

    @property
    def order(self) -> tuple[ValuationMethod, ...]:
        """The methods in the order in which they are tried (General Introductory Commentary; Article 4)."""
        first, second = ValuationMethod.DEDUCTIVE, ValuationMethod.COMPUTED
        turned = (second, first) if self.computed_before_deductive else (first, second)
        return (ValuationMethod.TRANSACTION, ValuationMethod.IDENTICAL, ValuationMethod.SIMILAR, *turned, ValuationMethod.FALL_BACK)


class ValuationCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The items of a consignment and the costs that they share."""

    items: tuple[ItemCase, ...]
    shared: tuple[SharedCost, ...] = ()
    title: str = ""
    citation: str = ""


def read_case(text: str, *, name: str = "case.toml") -> ValuationCase:
    """The case that a TOML text states, or a JSON text by its name; refuses with `UnreadableCaseError`."""
    try:
        parse = json.loads if PurePath(name).suffix == ".json" else tomllib.loads
        return msgspec.convert(parse(text, parse_float=Decimal), ValuationCase, strict=False)
    except (ValueError, TypeError, RecursionError) as refusal:
        raise UnreadableCaseError("the valuation case cannot be read: {refusal}", refusal=refusal) from refusal
