"""Sample declarations for load: sound five-item imports into Sandmark, all alike but for the reference."""

from decimal import Decimal

from customhouse import messages
from customhouse.declaration import Amount, Declaration, GoodsItem, GoodsShipment, Measure
from customhouse.declaration.goods_declaration import TradeTerms
from customhouse.declaration.goods_item import (
    Classification,
    Commodity,
    CustomsValuation,
    DutyTaxFee,
    GoodsMeasure,
    GovernmentProcedure,
    InvoiceLine,
    Origin,
    Packaging,
)
from customhouse.declaration.party import Address, Consignment, Location, Party

OFFICE = "QZ000101"
_COMMODITIES = ("08055010", "07096010", "09012100", "04090000", "08081080")


def declaration(
    lrn: str, *, declarant: str = "QZ12345678", type_code: str = "IMA", commodities: tuple[str, ...] = _COMMODITIES, origin: str = "BR"
) -> Declaration:
    """An import of one item for each commodity, in which every check is met."""
    items = tuple(_item(place, code, origin=origin) for place, code in enumerate(commodities, start=1))
    total = Decimal(1000) * len(items)
    return Declaration(
        function_code="9",
        lrn=lrn,
        type_code=type_code,
        goods_item_quantity=len(items),
        invoice_amount=Amount(total, "EUR"),
        total_gross_mass=Measure(Decimal(110) * len(items), "KGM"),
        total_package_quantity=Measure(Decimal(10) * len(items)),
        declaration_office_id=OFFICE,
        declarant=Party(id=declarant),
        goods_shipment=GoodsShipment(
            export_country_id="BR",
            destination_country_code="QZ",
            importer=Party(id=declarant),
            consignment=Consignment(
                container_code="0", goods_location=Location(id="QZPORT01", type_code="A", address=Address(type_code="U", country_code="QZ"))
            ),
            trade_terms=TradeTerms(condition_code="CIF", location_id="QZPRT"),
            items=items,
        ),
    )


def xml(lrn: str, **differing: object) -> bytes:
    """The sample as WCO Data Model XML."""
    return messages.render_xml(messages.Document(declaration=declaration(lrn, **differing)))  # type: ignore[arg-type]


def json(lrn: str, **differing: object) -> bytes:
    """The sample in the JSON form."""
    return messages.render_json(messages.Document(declaration=declaration(lrn, **differing)))  # type: ignore[arg-type]


def _item(place: int, code: str, *, origin: str) -> GoodsItem:
    return GoodsItem(
        sequence_numeric=place,
        commodity=Commodity(
            description=f"Produce of heading {code[:4]}",
            classifications=(Classification(id=code, identification_type_code="TSP"),),
            duty_tax_fees=(DutyTaxFee(duty_regime_code="100"),),
            goods_measure=GoodsMeasure(gross_mass=Measure(Decimal(110), "KGM"), net_mass=Measure(Decimal(100), "KGM")),
            invoice_line=InvoiceLine(item_charge_amount=Amount(Decimal(1000), "EUR")),
        ),
        customs_valuation=CustomsValuation(method_code="1"),
        government_procedures=(GovernmentProcedure(current_code="40", previous_code="00"),),
        origins=(Origin(country_code=origin, type_code="1"),),
        packagings=(Packaging(sequence_numeric=1, quantity=Measure(Decimal(10)), type_code="BX"),),
    )
