"""Code checks: every code that a list can know, looked up on the day."""

from collections.abc import Iterator
from datetime import date

from customhouse.codes import CodeLists
from customhouse.declaration.finding_at import Found, at, item_at
from customhouse.declaration.goods_declaration import Declaration
from customhouse.declaration.goods_item import GoodsItem
from customhouse.declaration.party import Party
from customhouse.declaration.value import Amount

# The rule and the path of a code, the list that must know it, and the code.
Code = tuple[str, str, str, str | None]


def code_findings(declaration: Declaration, *, lists: CodeLists, on: date) -> Iterator[Found]:
    """A finding for each code that its list does not know on the day; what is absent or has no list is not looked at."""
    codes = [*_header(declaration)]
    for place, item in enumerate(declaration.items, start=1):
        codes += _item(item, place)
    for rule, path, name, value in codes:
        if value and not lists.allows(name, value, on=on):
            yield at(rule, path, value=value, day=on)


def _header(declaration: Declaration) -> Iterator[Code]:
    means, shipment = declaration.border_transport_means, declaration.goods_shipment
    yield "COD-13", "TypeCode", "declaration_types", declaration.type_code
    yield "COD-12", "DeclarationOfficeID", "offices", declaration.declaration_office_id
    yield "COD-12", "PresentationOffice/ID", "offices", declaration.presentation_office_id
    yield from _currency(declaration.invoice_amount, "InvoiceAmount")
    yield from _address(declaration.exporter, "Exporter")
    yield from _address(declaration.declarant, "Declarant")
    if means:
        yield "COD-01", "BorderTransportMeans/RegistrationNationalityCode", "countries", means.registration_nationality_code
        yield "COD-11", "BorderTransportMeans/ModeCode", "transport_modes", means.mode_code
    if shipment:
        yield "COD-01", "GoodsShipment/ExportCountry/ID", "countries", shipment.export_country_id
        yield "COD-01", "GoodsShipment/Destination/CountryCode", "countries", shipment.destination_country_code
        yield from _address(shipment.importer, "GoodsShipment/Importer")
        if shipment.trade_terms:
            yield "COD-10", "GoodsShipment/TradeTerms/ConditionCode", "incoterms", shipment.trade_terms.condition_code
            yield "COD-14", "GoodsShipment/TradeTerms/LocationID", "locations", shipment.trade_terms.location_id


def _item(item: GoodsItem, place: int) -> Iterator[Code]:
    yield "COD-01", item_at(place, "ExportCountry/ID"), "countries", item.export_country_id
    yield "COD-01", item_at(place, "Destination/CountryCode"), "countries", item.destination_country_code
    for number, document in enumerate(item.additional_documents, start=1):
        yield "COD-06", item_at(place, f"AdditionalDocument[{number}]/TypeCode"), "documents", document.code
    for number, procedure in enumerate(item.government_procedures, start=1):
        path = item_at(place, f"GovernmentProcedure[{number}]/CurrentCode")
        if procedure.previous_code is None:
            yield "COD-05", path, "additional_procedures", procedure.current_code
        else:
            yield "COD-04", path, "procedures", f"{procedure.current_code or ''}{procedure.previous_code}"
    for number, origin in enumerate(item.origins, start=1):
        yield "COD-01", item_at(place, f"Origin[{number}]/CountryCode"), "origins", origin.country_code
    for number, packaging in enumerate(item.packagings, start=1):
        yield "COD-03", item_at(place, f"Packaging[{number}]/TypeCode"), "packages", packaging.type_code
    yield from _goods(item, place)


def _goods(item: GoodsItem, place: int) -> Iterator[Code]:
    if item.commodity is None:
        return
    for number, fee in enumerate(item.commodity.duty_tax_fees, start=1):
        path = item_at(place, f"Commodity/DutyTaxFee[{number}]")
        yield "COD-07", f"{path}/TypeCode", "tax_types", fee.type_code
        yield "COD-09", f"{path}/DutyRegimeCode", "preferences", fee.duty_regime_code
        if fee.payment:
            yield "COD-08", f"{path}/Payment/MethodCode", "payment_methods", fee.payment.method_code
    if item.commodity.invoice_line:
        yield from _currency(item.commodity.invoice_line.item_charge_amount, item_at(place, "Commodity/InvoiceLine/ItemChargeAmount"))


def _currency(amount: Amount | None, path: str) -> Iterator[Code]:
    if amount:
        yield "COD-02", path, "currencies", amount.currency


def _address(party: Party | None, path: str) -> Iterator[Code]:
    if party and party.address:
        yield "COD-01", f"{path}/Address/CountryCode", "countries", party.address.country_code
