"""Form: a declaration as typed, field by field, each field with the place in the declaration that it fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from customhouse.declaration import Amount, Declaration, GoodsItem, GoodsShipment, Measure, document, goods_declaration, goods_item, party

PREFIX = "f."
MAX_ITEMS = 999
_ITEM = "GoodsShipment/GovernmentAgencyGoodsItem"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, the WCO path it fills (below the item, for an item's), its label, what to write, whether it is a number."""

    name: str
    path: str
    label: str
    hint: str = ""
    number: bool = False
    codes: str = ""


HEADER = (
    Field("lrn", "FunctionalReferenceID", _("Your reference (LRN)"), _("Up to 22 letters and digits, used once only")),
    Field("type_code", "TypeCode", _("Declaration type"), codes="declaration_types"),
    Field("office", "DeclarationOfficeID", _("Customs office"), codes="offices"),
    Field("declarant", "Declarant/ID", _("Declarant"), _("The number of the party that declares")),
    Field("importer", "GoodsShipment/Importer/ID", _("Importer"), _("The importer's number")),
    Field("exporter_name", "Exporter/Name", _("Exporter: name")),
    Field("exporter_line", "Exporter/Address/Line", _("Exporter: street")),
    Field("exporter_city", "Exporter/Address/CityName", _("Exporter: town")),
    Field("exporter_postcode", "Exporter/Address/PostcodeID", _("Exporter: postcode")),
    Field("exporter_country", "Exporter/Address/CountryCode", _("Exporter: country"), _("Two letters, as FR")),
    Field("export_country", "GoodsShipment/ExportCountry/ID", _("Country of export"), _("Two letters, as FR")),
    Field("destination", "GoodsShipment/Destination/CountryCode", _("Country of destination"), _("Two letters")),
    Field("border_mode", "BorderTransportMeans/ModeCode", _("Transport at the border"), codes="transport_modes"),
    Field("nationality", "BorderTransportMeans/RegistrationNationalityCode", _("Nationality of the means of transport")),
    Field("location", "GoodsShipment/Consignment/GoodsLocation/Name", _("Where the goods are")),
    Field("container", "GoodsShipment/Consignment/TransportEquipment[1]/ID", _("Container number"), _("Empty if not in a container")),
    Field("incoterm", "GoodsShipment/TradeTerms/ConditionCode", _("Delivery term"), codes="incoterms"),
    Field("incoterm_place", "GoodsShipment/TradeTerms/LocationID", _("Place of the delivery term")),
    Field("currency", "InvoiceAmount", _("Currency of the invoice"), _("Three letters, as EUR")),
    Field("freight", "GoodsShipment/CustomsValuation/FreightChargeAmount", _("Freight not in the price"), number=True),
)
ITEM = (
    Field("code", "Commodity/Classification[1]/ID", _("Commodity code"), _("Six to ten digits; search the tariff")),
    Field("additional_code", "Commodity/Classification[2]/ID", _("Additional code")),
    Field("description", "Commodity/Description", _("Description of the goods")),
    Field("price", "Commodity/InvoiceLine/ItemChargeAmount", _("Price"), number=True),
    Field("origin", "Origin[1]/CountryCode", _("Country of origin"), _("Two letters")),
    Field("preference", "Commodity/DutyTaxFee[1]/DutyRegimeCode", _("Preference"), _("100 if none is claimed")),
    Field("quota", "Commodity/DutyTaxFee[1]/QuotaOrderID", _("Quota order number"), _("Empty if none is claimed")),
    Field("preferential_origin", "Origin[2]/CountryCode", _("Country of preferential origin")),
    Field("procedure", "GovernmentProcedure[1]/CurrentCode", _("Procedure"), codes="procedures"),
    Field("additional_procedure", "GovernmentProcedure[2]/CurrentCode", _("Additional procedure")),
    Field("net", "Commodity/GoodsMeasure/NetNetWeightMeasure", _("Net mass, kg"), number=True),
    Field("gross", "Commodity/GoodsMeasure/GrossMassMeasure", _("Gross mass, kg"), number=True),
    Field("supplementary", "Commodity/GoodsMeasure/TariffQuantity", _("Supplementary units"), number=True),
    Field("packages", "Packaging[1]/QuantityQuantity", _("Number of packages"), number=True),
    Field("package_kind", "Packaging[1]/TypeCode", _("Kind of packages"), codes="packages"),
    Field("document_code", "AdditionalDocument[1]/TypeCode", _("Document: code"), _("As N380 for the invoice")),
    Field("document_id", "AdditionalDocument[1]/ID", _("Document: number")),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form, by name, as typed; what is empty is absent."""

    fields: Mapping[str, str]

    @property
    def item_count(self) -> int:
        """How many items the form has: at least one."""
        numbers = [int(name.split(".")[1]) for name in self.fields if name.startswith("item.")]
        return min(max([1, *numbers]), MAX_ITEMS)

    def text(self, name: str) -> str | None:
        """What was typed in a field, without the white space around it."""
        return self.fields.get(name, "").strip() or None

    def number(self, name: str) -> Decimal | None:
        """The number typed in a field; what is none is told by `faults`."""
        try:
            value = Decimal((self.text(name) or "").replace(",", "."))
        except InvalidOperation:
            return None
        return value if value.is_finite() else None

    def of_item(self, place: int) -> "Typed":
        """The fields of one item, by their own names."""
        start = f"item.{place}."
        return Typed({name.removeprefix(start): text for name, text in self.fields.items() if name.startswith(start)})

    def faults(self) -> tuple[str, ...]:
        """The names of the fields that should be numbers and are none."""
        numbers = [field.name for field in HEADER if field.number]
        numbers += [f"item.{place}.{field.name}" for place in range(1, self.item_count + 1) for field in ITEM if field.number]
        return tuple(name for name in numbers if self.text(name) and self.number(name) is None)


def field_of(pointer: str) -> str:
    """The name of the field that a finding's pointer leads to, or nothing where the form has none for it."""
    if pointer.startswith(f"{_ITEM}["):
        place, _dot, path = pointer.removeprefix(f"{_ITEM}[").partition("]/")
        return next((f"item.{place}.{field.name}" for field in ITEM if _leads(field.path, path)), "")
    return next((field.name for field in HEADER if _leads(field.path, pointer)), "")


def _leads(path: str, pointer: str) -> bool:
    return bool(pointer) and (path == pointer or path.startswith((f"{pointer}/", f"{pointer}[")))


def declaration_of(typed: Typed) -> Declaration:
    """The declaration that the form says, with the sums that follow from its items."""
    items = tuple(_item(typed.of_item(place), place, typed.text("currency")) for place in range(1, typed.item_count + 1))
    prices = [price for place in range(1, len(items) + 1) if (price := typed.of_item(place).number("price")) is not None]
    packages = [count for place in range(1, len(items) + 1) if (count := typed.of_item(place).number("packages")) is not None]
    return Declaration(
        function_code="9",
        lrn=typed.text("lrn"),
        type_code=typed.text("type_code"),
        goods_item_quantity=len(items),
        declaration_office_id=typed.text("office"),
        invoice_amount=Amount(sum(prices, Decimal(0)), typed.text("currency")) if prices else None,
        total_package_quantity=Measure(sum(packages, Decimal(0))) if packages else None,
        declarant=_party(typed.text("declarant")),
        border_transport_means=party.TransportMeans(
            mode_code=typed.text("border_mode"), registration_nationality_code=typed.text("nationality")
        ),
        exporter=_exporter(typed),
        goods_shipment=_shipment(typed, items),
    )


def _party(number: str | None) -> party.Party | None:
    return party.Party(id=number) if number else None


def _exporter(typed: Typed) -> party.Party | None:
    address = party.Address(
        city_name=typed.text("exporter_city"),
        country_code=typed.text("exporter_country"),
        line=typed.text("exporter_line"),
        postcode_id=typed.text("exporter_postcode"),
    )
    name = typed.text("exporter_name")
    return party.Party(name=name, address=None if address == party.Address() else address) if name else None


def _shipment(typed: Typed, items: tuple[GoodsItem, ...]) -> GoodsShipment:
    freight, container = typed.number("freight"), typed.text("container")
    return GoodsShipment(
        export_country_id=typed.text("export_country"),
        destination_country_code=typed.text("destination"),
        importer=_party(typed.text("importer")),
        consignment=party.Consignment(
            container_code="1" if container else "0",
            goods_location=party.Location(name=typed.text("location")),
            transport_equipment=(party.TransportEquipment(sequence_numeric=1, id=container),) if container else (),
        ),
        customs_valuation=None
        if freight is None
        else goods_item.CustomsValuation(freight_charge_amount=Amount(freight, typed.text("currency"))),
        trade_terms=goods_declaration.TradeTerms(condition_code=typed.text("incoterm"), location_id=typed.text("incoterm_place")),
        items=items,
    )


def _item(typed: Typed, place: int, currency: str | None) -> GoodsItem:
    procedure = typed.text("procedure") or ""
    additional = typed.text("additional_procedure")
    procedures = [goods_item.GovernmentProcedure(current_code=procedure[:2], previous_code=procedure[2:])] if procedure else []
    if additional:
        procedures.append(goods_item.GovernmentProcedure(current_code=additional))
    code = typed.text("document_code")
    count, kind = typed.number("packages"), typed.text("package_kind")
    return GoodsItem(
        sequence_numeric=place,
        commodity=_commodity(typed, currency),
        customs_valuation=goods_item.CustomsValuation(method_code="1"),
        government_procedures=tuple(procedures),
        origins=_origins(typed),
        packagings=(goods_item.Packaging(sequence_numeric=1, quantity=_measure(count), type_code=kind),)
        if count is not None or kind
        else (),
        additional_documents=(document.AdditionalDocument(category_code=code[:1], type_code=code[1:], id=typed.text("document_id")),)
        if code
        else (),
    )


def _commodity(typed: Typed, currency: str | None) -> goods_item.Commodity:
    price = typed.number("price")
    codes = (("TSP", typed.text("code")), ("TRA", typed.text("additional_code")))
    claim = goods_item.DutyTaxFee(duty_regime_code=typed.text("preference"), quota_order_id=typed.text("quota"))
    return goods_item.Commodity(
        description=typed.text("description"),
        classifications=tuple(goods_item.Classification(id=code, identification_type_code=scheme) for scheme, code in codes if code),
        duty_tax_fees=() if claim == goods_item.DutyTaxFee() else (claim,),
        goods_measure=goods_item.GoodsMeasure(
            gross_mass=_measure(typed.number("gross")),
            net_mass=_measure(typed.number("net")),
            tariff_quantity=_measure(typed.number("supplementary")),
        ),
        invoice_line=None if price is None else goods_item.InvoiceLine(item_charge_amount=Amount(price, currency)),
    )


def _origins(typed: Typed) -> tuple[goods_item.Origin, ...]:
    kinds = (("1", typed.text("origin")), ("2", typed.text("preferential_origin")))
    return tuple(goods_item.Origin(country_code=country, type_code=kind) for kind, country in kinds if country)


def _measure(value: Decimal | None) -> Measure | None:
    return None if value is None else Measure(value)
