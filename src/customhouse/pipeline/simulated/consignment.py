"""Consignment: made-up goods on their way, what a trader declares of them, and what is truly wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import msgspec

from customhouse.assessment import TaxStatus, assess
from customhouse.declaration import Amount, Declaration
from customhouse.kernel import Severity, WorkingHours
from customhouse.pipeline.country import CountryPackage
from customhouse.pipeline.simulated.chance import Chance
from customhouse.pipeline.simulated.goods import Goods, days_of_change, goods_of
from customhouse.pipeline.simulated.scenario import Agency, Office, Scenario
from customhouse.saying import Refusal

_CENT = Decimal("0.01")
_UNDERVALUED = Decimal("0.08")
_VAGUE = "Various goods as per invoice"
_STORY_DAYS = 366 + 90
"""Until when the last shipment of a year is surely lodged."""


class NothingToImportError(Refusal, ValueError):
    """On that day the law of the country has no goods that a simulation could import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """One shipment: when and where it arrives, whose it is, its declaration, the truth if that differs, what is wrong, who is to look."""

    reference: str
    arrives_at: datetime
    office: Office
    importer: str
    broker: str
    is_prelodged: bool
    declared: Declaration
    truth: Declaration
    irregularity: str
    agency: Agency | None


@dataclass(frozen=True, slots=True)
class World:
    """Where consignments come from and go: the country, the scenario, the goods that can be imported, and when each office is open.

    Nothing is declared there before the day `since`.
    """

    country: CountryPackage
    scenario: Scenario
    goods: tuple[Goods, ...]
    hours: dict[str, WorkingHours]
    since: date

    @classmethod
    def of(cls, country: CountryPackage, scenario: Scenario, *, on: date) -> "World":
        """The world from a day on, with those goods alone that can be declared without a fault until the stories of a year are over.

        Refuses with `NothingToImportError` where there are none.
        """
        every = cls(country, scenario, goods_of(country, on=on), country.office_hours(on=on), on)
        days = tuple(on + timedelta(days=place) for place in range(_STORY_DAYS))
        sound = tuple(
            each for each in every.goods if all(every._is_sound(each, on=day) for day in days_of_change(country.law, each.code, days=days))
        )
        if not sound:
            raise NothingToImportError("the tariff of {country} has no goods that could be imported on {day}", country=country.code, day=on)
        return replace(every, goods=sound)

    @property
    def begins_at(self) -> datetime:
        """The first instant of its first day, by the clock of the country."""
        return datetime.combine(self.since, time(), self.country.time_zone).astimezone(UTC)

    def _is_sound(self, goods: Goods, *, on: date) -> bool:
        fields: dict[str, object] = {"reference": "trial", "importer": "trial", "broker": "trial", "prelodged": False, "relief": ""}
        declared = self._declaration(fields, self.scenario.offices[0], [(goods, 100, 100)], Decimal(1))
        assessed = assess(declared, self.country.law, on=on)
        return not any(finding.severity is Severity.ERROR for finding in assessed.findings)

    def consignment(self, reference: str, chance: Chance, *, arrives_at: datetime) -> Consignment:
        """A shipment of that reference, drawn by chance; importers of a low rank import most."""
        trade = self.scenario.trade
        rank = int(trade.importers ** (chance.number(0, 999) / Decimal(1_000)))
        office = chance.weighted({each: each.share for each in self.scenario.offices})
        goods = [chance.one_of(self._usual(rank)) for _ in range(min(chance.number(1, 9), chance.number(1, trade.most_items)))]
        wrong = chance.weighted(self.scenario.irregular) if chance.happens(self._carelessness(rank, goods)) else ""
        if chance.happens(trade.vague):
            goods[0] = replace(goods[0], description=_VAGUE)
        priced = [(each, chance.number(20, 4_000), chance.number(70, 140)) for each in goods]
        importer, broker = f"{self.country.code}{7_700_100_000 + rank}", trade.brokers[rank % len(trade.brokers)]
        prelodged = chance.happens(trade.prelodged)
        relief = chance.one_of(self._reliefs()) if chance.happens(trade.relieved) else ""
        fields: dict[str, object] = {
            "reference": reference,
            "importer": importer,
            "broker": broker,
            "prelodged": prelodged,
            "relief": relief,
        }
        discount = _UNDERVALUED if wrong == "valuation" else Decimal(1)
        return Consignment(
            reference=reference,
            arrives_at=arrives_at,
            office=office,
            importer=importer,
            broker=broker,
            is_prelodged=prelodged,
            declared=self._declaration(fields, office, priced, discount),
            truth=self._declaration(fields, office, priced, Decimal(1)),
            irregularity=wrong,
            agency=self.scenario.agency_for({each.code[:2] for each in goods}),
        )

    def _reliefs(self) -> tuple[str, ...]:
        """The reliefs that anybody may claim, whatever the value and with no document."""
        effects = [each for each in self.country.law.regime.reliefs if each.status is TaxStatus.RELIEVED]
        return tuple(each.codes[0] for each in effects if each.value_limit is None and not each.documents)

    def _usual(self, rank: int) -> tuple[Goods, ...]:
        """The goods that an importer of that rank deals in: a stretch of the nomenclature."""
        start = Chance.of("line of trade", rank).number(0, len(self.goods) - 1)
        return (self.goods + self.goods)[start : start + max(1, len(self.goods) // 12)]

    def _carelessness(self, rank: int, goods: Sequence[Goods]) -> int:
        """How many in a thousand such shipments have something wrong."""
        trade = self.scenario.trade
        risky = trade.risky if any(each.code[:2] in trade.risky_chapters for each in goods) else 0
        return trade.careless + trade.small_importer * rank // trade.importers + risky

    def _declaration(
        self, fields: dict[str, object], office: Office, priced: list[tuple[Goods, int, int]], discount: Decimal
    ) -> Declaration:
        prices = [(mass * goods.price_per_kg * percent / 100 * discount).quantize(_CENT) for goods, mass, percent in priced]
        currency = self.country.currency
        items = [
            goods.item(place, net_mass=mass, price=Amount(price, currency), relief=str(fields["relief"]))
            for place, ((goods, mass, _), price) in enumerate(zip(priced, prices, strict=True), start=1)
        ]
        packages = sum(max(1, mass // 20) for _, mass, _ in priced)
        gross = sum(mass + mass // 20 + 1 for _, mass, _ in priced)
        place = {"name": office.location, "type_code": "A", "address": {"type_code": "U", "country_code": self.country.code}}
        return msgspec.convert(
            {
                "function_code": "9",
                "lrn": fields["reference"],
                "type_code": "IMD" if fields["prelodged"] else "IMA",
                "goods_item_quantity": len(items),
                "invoice_amount": {"value": sum(prices, Decimal(0)), "currency": currency},
                "total_gross_mass": {"value": gross, "unit": "KGM"},
                "total_package_quantity": {"value": packages},
                "declaration_office_id": office.code,
                "declarant": {"id": fields["broker"]},
                "border_transport_means": {"mode_code": office.mode},
                "goods_shipment": {
                    "export_country_id": priced[0][0].origin,
                    "destination_country_code": self.country.code,
                    "importer": {"id": fields["importer"]},
                    "consignment": {"container_code": "0", "goods_location": place},
                    "trade_terms": {"condition_code": "CIF", "location_id": office.place},
                    "items": items,
                },
            },
            Declaration,
            strict=False,
        )
