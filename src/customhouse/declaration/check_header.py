"""Header checks: what a whole declaration must say."""

from collections.abc import Iterator

from customhouse.codes import is_container
from customhouse.declaration.finding_at import Found, at
from customhouse.declaration.goods_declaration import Declaration, GoodsShipment
from customhouse.declaration.party import Party

_CONTAINER_LENGTH = 11


def header_findings(declaration: Declaration, **_: object) -> Iterator[Found]:
    """What is missing or doubtful above the items."""
    shipment = declaration.goods_shipment or GoodsShipment()
    if not declaration.function_code:
        yield at("OBL-01", "FunctionCode")
    if not declaration.lrn:
        yield at("OBL-02", "FunctionalReferenceID")
    if not declaration.type_code:
        yield at("OBL-03", "TypeCode")
    if not declaration.items:
        yield at("OBL-05", "GoodsShipment/GovernmentAgencyGoodsItem")
    yield from _party(declaration.declarant, "OBL-04", "Declarant")
    if is_import(declaration):
        yield from _party(shipment.importer or _first_importer(declaration), "OBL-08", "GoodsShipment/Importer")
    if is_export(declaration):
        yield from _party(declaration.exporter or shipment.exporter or shipment.consignor, "OBL-09", "Exporter")
        if not declaration.exit_office_id:
            yield at("OBL-23", "ExitOffice/ID")
    yield from _carriage(declaration, shipment)


def is_import(declaration: Declaration) -> bool:
    """Whether goods are declared to come in, by the first letters of the type (SAD box 1: IM, CO)."""
    return (declaration.type_code or "")[:2] in ("IM", "CO")


def is_export(declaration: Declaration) -> bool:
    """Whether goods are declared to go out (SAD box 1: EX)."""
    return (declaration.type_code or "")[:2] == "EX"


def _first_importer(declaration: Declaration) -> Party | None:
    return next((item.importer for item in declaration.items if item.importer), None)


def _party(party: Party | None, code: str, path: str) -> Iterator[Found]:
    if party is None or not (party.id or party.name):
        yield at(code, f"{path}/ID")
    elif not party.id and party.address is None:
        yield at("OBL-25", f"{path}/Address")


def _carriage(declaration: Declaration, shipment: GoodsShipment) -> Iterator[Found]:
    consignment = shipment.consignment
    location = consignment.goods_location if consignment else None
    path = "GoodsShipment/Consignment"
    if location is None or not (location.id or location.name or location.address):
        yield at("OBL-20", f"{path}/GoodsLocation/ID")
    equipment = consignment.transport_equipment if consignment else ()
    on_items = any(item.commodity and item.commodity.transport_equipment for item in declaration.items)
    if consignment and consignment.container_code == "1" and not equipment and not on_items:
        yield at("OBL-19", f"{path}/TransportEquipment")
    for number, each in enumerate(equipment, start=1):
        if each.id and len(each.id) == _CONTAINER_LENGTH and each.id[:4].isalpha() and not is_container(each.id):
            yield at("PLA-05", f"{path}/TransportEquipment[{number}]/ID", value=each.id)
