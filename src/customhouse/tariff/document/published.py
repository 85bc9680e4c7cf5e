"""Published: the parts of a commodity document that a tariff is made of, as the service names them."""

import json
from decimal import Decimal

import msgspec

from customhouse.tariff.document.resource import nested


class UnreadableDocumentError(ValueError):
    """A text is no document of one commodity."""


class Component(msgspec.Struct, frozen=True):
    """One part of a rate: how it joins the parts before it, how much, in which currency, for each which unit."""

    duty_expression_id: str
    duty_amount: Decimal | None = None
    monetary_unit_code: str | None = None
    measurement_unit_code: str | None = None
    measurement_unit_qualifier_code: str | None = None


class ConditionLine(msgspec.Struct, frozen=True):
    """One line of a condition: its code, what is to be shown or held against an amount, and what follows."""

    condition_code: str
    document_code: str | None = None
    action_code: str | None = None
    action: str | None = None
    requirement_operator: str | None = None
    condition_duty_amount: Decimal | None = None
    condition_monetary_unit_code: str | None = None
    condition_measurement_unit_code: str | None = None
    condition_measurement_unit_qualifier_code: str | None = None
    measure_condition_components: tuple[Component, ...] = ()


class Area(msgspec.Struct, frozen=True):
    """A country or group, with the countries of the group where the document lists them."""

    id: str
    children_geographical_areas: tuple["Area", ...] = ()
    contained_geographical_areas: tuple["Area", ...] = ()


class Code(msgspec.Struct, frozen=True):
    """An additional code or a preference code."""

    code: str


class OrderNumber(msgspec.Struct, frozen=True):
    """A tariff quota."""

    number: str


class LegalAct(msgspec.Struct, frozen=True):
    """The act that a measure rests on."""

    regulation_code: str = ""


class Type(msgspec.Struct, frozen=True):
    """The type of a measure, and the series that the type belongs to."""

    id: str
    description: str | None = None
    measure_type_series_id: str | None = None


class PublishedMeasure(msgspec.Struct, frozen=True):
    """One measure as the document has it."""

    id: str | int
    measure_type: Type
    geographical_area: Area | None = None
    effective_start_date: str | None = None
    effective_end_date: str | None = None
    measure_components: tuple[Component, ...] = ()
    measure_conditions: tuple[ConditionLine, ...] = ()
    excluded_countries: tuple[Area, ...] = ()
    additional_code: Code | None = None
    order_number: OrderNumber | None = None
    preference_code: Code | None = None
    legal_acts: tuple[LegalAct, ...] = ()
    reduction_indicator: int | str | None = None


class Heading(msgspec.Struct, frozen=True):
    """Goods above the commodity."""

    goods_nomenclature_item_id: str = ""


class PublishedCommodity(msgspec.Struct, frozen=True):
    """The commodity with its measures on importation."""

    goods_nomenclature_item_id: str
    description: str = ""
    description_plain: str = ""
    declarable: bool = True
    heading: Heading | None = None
    ancestors: tuple[Heading, ...] = ()
    import_measures: tuple[PublishedMeasure, ...] = ()


def read_published(text: str) -> PublishedCommodity:
    """The commodity of a JSON:API document or of one already nested; refuses with `UnreadableDocumentError` any other text."""
    try:
        document = json.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
        if isinstance(document, dict) and "data" in document:
            document = nested(document)
        return msgspec.convert(document, PublishedCommodity)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as refusal:
        raise UnreadableDocumentError(f"this is no document of one commodity: {refusal}") from refusal
