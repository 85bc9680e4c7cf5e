"""Typed again: the fields of the form filled from a declaration, to amend it or to lodge it corrected."""

from customhouse.declaration import Amount, Declaration, GoodsItem, Measure, goods_item, party

Fields = dict[str, str]


def fields_of(declared: Declaration) -> Fields:
    """What the form's fields say of a declaration; what the form has no field for is left out."""
    fields = {**_header(declared), **_shipment(declared)}
    for place, item in enumerate(declared.items, start=1):
        fields |= {f"item.{place}.{name}": text for name, text in _item(item).items()}
    return {name: text for name, text in fields.items() if text}


def _header(declared: Declaration) -> Fields:
    exporter = declared.exporter or party.Party()
    address = exporter.address or party.Address()
    means = declared.border_transport_means or party.TransportMeans()
    return {
        "lrn": declared.lrn or "",
        "type_code": declared.type_code or "",
        "office": declared.declaration_office_id or "",
        "declarant": (declared.declarant.id if declared.declarant else None) or "",
        "exporter_name": exporter.name or "",
        "exporter_line": address.line or "",
        "exporter_city": address.city_name or "",
        "exporter_postcode": address.postcode_id or "",
        "exporter_country": address.country_code or "",
        "border_mode": means.mode_code or "",
        "nationality": means.registration_nationality_code or "",
        "currency": (declared.invoice_amount.currency if declared.invoice_amount else None) or "",
    }


def _shipment(declared: Declaration) -> Fields:
    shipment = declared.goods_shipment
    if shipment is None:
        return {}
    consignment = shipment.consignment or party.Consignment()
    equipment = consignment.transport_equipment
    freight = shipment.customs_valuation.freight_charge_amount if shipment.customs_valuation else None
    return {
        "importer": (shipment.importer.id if shipment.importer else None) or "",
        "export_country": shipment.export_country_id or "",
        "destination": shipment.destination_country_code or "",
        "location": (consignment.goods_location.name if consignment.goods_location else None) or "",
        "container": (equipment[0].id if equipment else None) or "",
        "incoterm": (shipment.trade_terms.condition_code if shipment.trade_terms else None) or "",
        "incoterm_place": (shipment.trade_terms.location_id if shipment.trade_terms else None) or "",
        "freight": _number(freight),
    }


def _item(item: GoodsItem) -> Fields:
    goods = item.commodity or goods_item.Commodity()
    measure = goods.goods_measure or goods_item.GoodsMeasure()
    procedure = item.procedure()
    packaging = item.packagings[0] if item.packagings else goods_item.Packaging()
    first = item.additional_documents[0] if item.additional_documents else None
    return {
        "code": item.commodity_code(),
        "additional_code": next(iter(item.additional_codes()), ""),
        "description": goods.description or "",
        "price": _number(goods.invoice_line.item_charge_amount if goods.invoice_line else None),
        "origin": item.origin_country("1") or "",
        "preferential_origin": item.origin_country("2") or "",
        "preference": item.preference_code() or "",
        "quota": item.quota_order_id() or "",
        "procedure": f"{procedure.current_code or ''}{procedure.previous_code or ''}" if procedure else "",
        "additional_procedure": next(iter(item.additional_procedure_codes()), ""),
        "net": _number(measure.net_mass),
        "gross": _number(measure.gross_mass),
        "supplementary": _number(measure.tariff_quantity),
        "packages": _number(packaging.quantity),
        "package_kind": packaging.type_code or "",
        "document_code": first.code if first else "",
        "document_id": (first.id if first else None) or "",
    }


def _number(value: Amount | Measure | None) -> str:
    return f"{value.value:f}" if value else ""
