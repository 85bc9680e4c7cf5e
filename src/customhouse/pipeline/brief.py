"""Brief: what the events of a declaration say of it, so that figures are told from events alone."""

from collections.abc import Iterable
from decimal import Decimal

from customhouse.assessment import Assessment, TaxStatus
from customhouse.clearance import Declared
from customhouse.declaration import Declaration


def declared_in_brief(declared: Declaration) -> Declared:
    """What the events of a declaration say of it."""
    shipment, means, items = declared.goods_shipment, declared.border_transport_means, declared.items
    procedures = (procedure for item in items if (procedure := item.procedure()))
    return Declared(
        type_code=declared.type_code or "",
        office=declared.declaration_office_id or declared.presentation_office_id or declared.supervising_office_id or "",
        border_mode=(means.mode_code if means else None) or "",
        declarant=(declared.declarant.id if declared.declarant else None) or "",
        importer=(shipment.importer.id if shipment and shipment.importer else None) or "",
        procedures=_once(f"{each.current_code or ''}{each.previous_code or ''}" for each in procedures),
        chapters=_once(item.commodity_code()[:2] for item in items),
        origins=_once(item.origin_country("1") for item in items),
        documents=_once(document.code for item in items for document in item.additional_documents),
    )


def forgone(assessed: Assessment) -> dict[str, Decimal]:
    """What is waived for good, by the code of the relief; what is only suspended or secured is not."""
    waived: dict[str, Decimal] = {}
    for line in (line for item in assessed.items for line in item.lines):
        if line.status in (TaxStatus.EXEMPT, TaxStatus.RELIEVED) and line.amount is not None and line.payable is not None:
            waived[line.relief] = waived.get(line.relief, Decimal(0)) + line.amount - line.payable
    return waived


def _once(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
