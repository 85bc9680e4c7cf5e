"""Meursing table: the agricultural components of duties on processed food, by what the goods are composed of (Regulation (EU) No 510/2014).

A rate such as `9 % + EA MAX 24.2 % + ADSZ` names components; their amounts a 100 kg of net mass stand in a table by additional code and
area. The code is declared, or told by the shares of starch, sucrose, milk fat and milk protein in the weight of the goods. Components
that end in R are the reduced ones of a preference, and never those for all countries.
"""

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from customhouse.kernel import Validity
from customhouse.saying import Refusal, saying
from customhouse.tariff.area import Areas
from customhouse.tariff.dated_table import UnreadableTableError, read_table
from customhouse.tariff.rate import Linear, Rate, Term, linear

COMPONENTS: Mapping[str, str] = {"EA": "674", "EAR": "674", "ADSZ": "672", "ADSZR": "672", "ADFM": "673", "ADFMR": "673"}
"""The measure type of the table that holds each component."""
CONTENTS = ("starch", "sucrose", "milk_fat", "milk_protein")
"""What tells the code, each in per cent of the weight: starch with glucose, sucrose with invert sugar and isoglucose."""
_PER, _MASS, _DIGITS = Decimal(100), "KGM", 3
_FIRST_REDUCTION = "1"


class UnknownComponentError(Refusal, ValueError):
    """The amount of a component is not to be had; the message says why, and whether only customs can mend it."""

    def __init__(self, wording: str, /, *, is_for_customs: bool, **params: object) -> None:
        """Keep whose it is to mend."""
        super().__init__(wording, between=", ", **params)
        self.is_for_customs = is_for_customs


@dataclass(frozen=True, slots=True)
class Goods:
    """What the table asks of goods: their additional codes, their contents by name, and where they come from."""

    additional_codes: AbstractSet[str]
    contents: Mapping[str, Decimal]
    origin: str | None


@dataclass(frozen=True, slots=True)
class Composition:
    """One code, and the range of each content that it stands for: from, and below where it ends."""

    code: str
    ranges: Mapping[str, tuple[Decimal, Decimal | None]]

    def includes(self, contents: Mapping[str, Decimal]) -> bool:
        """Whether goods of these contents fall under the code."""
        return all(low <= contents[name] and (high is None or contents[name] < high) for name, (low, high) in self.ranges.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentAmount:
    """The amount a 100 kg that a measure type has for a code in an area; several reductions of one area are told apart by number."""

    measure_type: str
    code: str
    area: str
    amount: Decimal
    currency: str
    reduction: str = _FIRST_REDUCTION
    validity: Validity = field(default_factory=Validity)


class Meursing:
    """The table of a tariff: its codes and amounts; empty where the country package brings none."""

    def __init__(self, amounts: Iterable[ComponentAmount] = (), compositions: Iterable[Composition] = ()) -> None:
        """Keep the amounts by type and code."""
        self.compositions = tuple(compositions)
        self._amounts: dict[tuple[str, str], list[ComponentAmount]] = {}
        for each in amounts:
            self._amounts.setdefault((each.measure_type, each.code), []).append(each)

    def __reduce__(self) -> tuple[type["Meursing"], tuple[object, ...]]:
        """What another process needs to make the same table."""
        return Meursing, (tuple(each for rows in self._amounts.values() for each in rows), self.compositions)

    def code(self, goods: Goods) -> str:
        """The last three digits of the declared code that the table knows, or the code of the contents."""
        known = {code for _, code in self._amounts} | {each.code for each in self.compositions}
        declared = sorted(each for each in goods.additional_codes if len(each) == _DIGITS + 1 and each.startswith("7") and each.isdigit())
        if declared:
            if declared[0][1:] not in known:
                raise UnknownComponentError("the Meursing table has no code {code}", code=declared[0], is_for_customs=False)
            return declared[0][1:]
        missing = [name for name in CONTENTS if name not in goods.contents]
        if missing:
            wording = "it depends on the composition of the goods: declare the Meursing code, or the content of {contents}"
            raise UnknownComponentError(wording, is_for_customs=False, contents=missing)
        found = [each.code for each in self.compositions if each.includes(goods.contents)]
        if len(found) != 1:
            raise UnknownComponentError("no one Meursing code stands for the contents declared", is_for_customs=False)
        return found[0]

    def with_components(self, rate: Rate, goods: Goods, *, areas: Areas, reduction: str, on: date) -> Rate:
        """The rate with each component in the amount of the table; refuses with `UnknownComponentError` where it is not to be had."""
        code = self.code(goods)

        def resolved(part: Linear | None) -> Linear | None:
            return part and linear(self._resolved(term, code, goods, areas=areas, reduction=reduction, on=on) for term in part.terms)

        base = resolved(rate.base) or Linear()
        return replace(rate, base=base, floor=resolved(rate.floor), cap=resolved(rate.cap))

    def _resolved(self, term: Term, code: str, goods: Goods, *, areas: Areas, reduction: str, on: date) -> Term:  # noqa: PLR0913 - one row
        if term.quantity not in COMPONENTS:
            return term
        is_reduced = term.quantity.endswith("R")
        rows = [each for each in self._amounts.get((COMPONENTS[term.quantity], code), ()) if each.validity.includes(on)]
        if is_reduced:
            wanted = reduction or _FIRST_REDUCTION
            rows = [each for each in rows if each.reduction == wanted and not areas.is_every_country(each.area, on=on)]
        else:
            rows = [each for each in rows if areas.is_every_country(each.area, on=on)]
        near = [each for each in rows if areas.contains(each.area, goods.origin, on=on)]
        if not near:
            wording = "the Meursing table has no amount of {component} for the code 7{code} from {origin}"
            origin = goods.origin or saying("an unknown origin")
            raise UnknownComponentError(wording, is_for_customs=True, component=term.quantity, code=code, origin=origin)
        best = max(near, key=lambda each: areas.nearness(each.area, goods.origin, on=on))
        return Term(term.coefficient * best.amount / _PER, _MASS, best.currency)


def read_meursing(*, amounts: str, compositions: str = "") -> Meursing:
    """The table of two CSV texts, refused with `UnreadableTableError` where a cell is no number.

    `meursing.csv` has `measure_type,code,area,amount,currency,reduction,valid_from,valid_to`, `meursing_codes.csv` has `code` and, for
    each content, `starch_from,starch_below` and so on, an empty end meaning none.
    """
    rows = read_table(amounts, ("measure_type", "code", "area", "amount", "currency")) if amounts else ()
    codes = read_table(compositions, ("code",)) if compositions else ()
    try:
        found = [
            ComponentAmount(
                measure_type=row["measure_type"],
                code=row["code"],
                area=row["area"],
                amount=Decimal(row["amount"]),
                currency=row["currency"],
                reduction=row["reduction"] or _FIRST_REDUCTION,
                validity=row.validity,
            )
            for row in rows
        ]
        ranges = [
            Composition(row["code"], {name: _bounds(row[f"{name}_from"], row[f"{name}_below"]) for name in CONTENTS}) for row in codes
        ]
    except InvalidOperation as refusal:
        raise UnreadableTableError("the Meursing table has a cell that is no number: {refusal}", refusal=refusal) from refusal
    return Meursing(found, ranges)


def read_published(duties: str, codes: str, *, currency: str) -> Meursing:
    """The table as the public tariff service prints it in JSON: `meursing_duties.json` and `meursing_codes.json`."""
    amounts = [
        ComponentAmount(
            measure_type=str(row["measure_type_id"]),
            code=str(row["additional_code_id"]),
            area=str(row["geographical_area_id"]),
            amount=row["duty_amount"],
            currency=currency,
            reduction=str(row["reduction_indicator"]),
        )
        for row in json.loads(duties, parse_float=Decimal, parse_int=Decimal)["duties"]
    ]
    ranges = [
        Composition(key.removeprefix("key_"), {name: _printed_bounds(row[name]) for name in CONTENTS})
        for key, row in json.loads(codes).items()
    ]
    return Meursing(amounts, ranges)


def _bounds(low: str, high: str) -> tuple[Decimal, Decimal | None]:
    return Decimal(low or 0), Decimal(high) if high else None


def _printed_bounds(text: str | None) -> tuple[Decimal, Decimal | None]:
    """`1.5 - 2.99` ends below 3: the last digit printed is the step; `85 or more` has no end, and no text no bound."""
    if text is None:
        return Decimal(0), None
    low, _, high = text.replace(" or more", "").partition("-")
    if not high:
        return Decimal(low.strip()), None
    last = Decimal(high.strip())
    return Decimal(low.strip()), last + Decimal(1).scaleb(int(last.as_tuple().exponent))
