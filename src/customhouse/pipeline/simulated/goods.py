"""Goods: what a country can be made to import: declarable goods with a price, an origin and every quantity that their rates ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from customhouse.assessment import Law
from customhouse.declaration import Amount
from customhouse.pipeline.country import CountryPackage
from customhouse.pipeline.simulated.chance import Chance
from customhouse.tariff import Measure

_NAMED = {"value", "item", "KGM", "KGM#G"}  # declared by price and masses
_STRENGTH = {"ASV": Decimal(13), "BRX": Decimal(20)}  # per cent, not amounts


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods as they usually come: at so much a kilogram, from where, under which preference and with which proof of it."""

    code: str
    description: str
    supplementary_unit: str
    price_per_kg: Decimal
    units: tuple[str, ...]
    origin: str
    preference: str
    proof: str

    def item(self, sequence: int, *, net_mass: int, price: Amount, relief: str) -> dict[str, object]:
        """The goods item that declares so much of them, at the price, under a relief where one is claimed."""
        gross = net_mass + net_mass // 20 + 1
        measured = {"gross_mass": _of(gross, "KGM"), "net_mass": _of(net_mass, "KGM")}
        if self.supplementary_unit:
            measured["tariff_quantity"] = {"value": net_mass}
        fees: list[dict[str, object]] = [{"duty_regime_code": self.preference}]
        fees += [{"specific_tax_base_quantity": _of(_STRENGTH.get(unit, net_mass), unit)} for unit in self.units]
        papers = ["N380", *([self.proof] if self.proof else [])]
        kinds = ["1", *(["2"] if self.proof else [])]
        return {
            "sequence_numeric": sequence,
            "additional_documents": [{"category_code": code[:1], "type_code": code[1:], "id": f"{code}-{sequence}"} for code in papers],
            "commodity": {
                "description": self.description,
                "classifications": [{"id": self.code, "identification_type_code": "TSP"}],
                "duty_tax_fees": fees,
                "goods_measure": measured,
                "invoice_line": {"item_charge_amount": {"value": price.value, "currency": price.currency}},
            },
            "customs_valuation": {"method_code": "1"},
            "government_procedures": [{"current_code": "40", "previous_code": "00"}, {"current_code": relief or "000"}],
            "origins": [{"country_code": self.origin, "type_code": kind} for kind in kinds],
            "packagings": [{"sequence_numeric": 1, "quantity": {"value": max(1, net_mass // 20)}, "type_code": "BX"}],
        }


def goods_of(country: CountryPackage, *, on: date) -> tuple[Goods, ...]:
    """Every declarable good of the country from each origin that its tariff singles out, in the order of the codes."""
    tariff = country.law.tariff
    codes = [each.code for each in tariff.nomenclature if each.is_declarable and each.validity.includes(on)]
    origins = _origins(country.law, on=on)
    return tuple(_goods(country.law, code, origin, on=on) for code in codes for origin in origins)


def days_of_change(law: Law, code: str, *, days: Sequence[date]) -> tuple[date, ...]:
    """Of consecutive days the first, and each on which the code ends, or a measure on its goods comes into force or goes out of it."""
    commodity = law.tariff.commodity(code, on=days[0])
    ends = {commodity.validity.end} if commodity and commodity.validity.end else set()
    turns = ends.union(*(_turns(each, days) for each in law.tariff.covering(code)))
    return (days[0], *sorted(day for day in turns if days[0] < day <= days[-1]))


def _turns(measure: Measure, days: Sequence[date]) -> set[date]:
    if measure.season:
        return {day for before, day in pairwise(days) if measure.is_in_force(on=before) != measure.is_in_force(on=day)}
    return {day for day in (measure.validity.start, measure.validity.end) if day}


def _origins(law: Law, *, on: date) -> tuple[str, ...]:
    areas = law.tariff.areas
    named = {each.area for each in law.tariff.measures if not areas.is_every_country(each.area, on=on)}
    return tuple(sorted({member for area in named for member in (areas.members(area, on=on) or (area,))}))


def _goods(law: Law, code: str, origin: str, *, on: date) -> Goods:
    commodity = law.tariff.commodity(code, on=on)
    assert commodity is not None, "the code is of this tariff"
    measures = [each.measure for each in law.tariff.applicable(code, origin, on=on)]
    needs = {part for each in measures for name in each.rate.needs for part in name.split("*")} - _NAMED
    granted = [
        law.preferences[each] for measure in measures if not measure.quota for each in measure.preferences if each in law.preferences
    ]
    claim = next((each for each in granted if each.is_preferential and each.documents), None)
    return Goods(
        code=code,
        description=commodity.description,
        supplementary_unit=commodity.supplementary_unit,
        price_per_kg=Decimal(Chance.of("price", code).number(80, 4_000)).scaleb(-2),
        units=tuple(sorted(needs)),
        origin=origin,
        preference=claim.codes[0] if claim else law.regime.default_preference,
        proof=claim.documents[0] if claim else "",
    )


def _of(value: object, unit: str) -> dict[str, object]:
    return {"value": value, "unit": unit}
