"""Goods: what a trader who asks for a calculation says of goods that he might bring in, as a declaration of them."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from customhouse.declaration import Amount, Declaration, GoodsItem, GoodsShipment, Measure, document, goods_declaration, goods_item

_RELEASE_FOR_HOME_USE = "40"
_CATEGORY_DIGITS = 1


class Goods(Struct, frozen=True, kw_only=True):
    """Goods bought at a price and delivered to the border, with freight and insurance where the price does not hold them.

    The quantities go by unit code (`TNE#I`) or by the name that a rate asks for (`milk_fat`).
    """

    code: str
    price: Decimal
    currency: str
    origin: str = ""
    freight: Decimal | None = None
    insurance: Decimal | None = None
    net_mass_kg: Decimal | None = None
    supplementary_units: Decimal | None = None
    quantities: Mapping[str, Decimal] = {}
    additional_codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    def declaration(self) -> Declaration:
        """A declaration of these goods alone, for release for home use."""
        incoterm = "CIF" if self.freight is None and self.insurance is None else "FOB"
        item = GoodsItem(
            sequence_numeric=1,
            commodity=self._commodity(),
            customs_valuation=goods_item.CustomsValuation(
                freight_charge_amount=self._amount(self.freight), insurance_charge_amount=self._amount(self.insurance)
            ),
            government_procedures=(goods_item.GovernmentProcedure(current_code=_RELEASE_FOR_HOME_USE, previous_code="00"),),
            origins=(goods_item.Origin(country_code=self.origin.upper(), type_code="1"),) if self.origin else (),
            additional_documents=tuple(_document(code) for code in self.documents),
            additional_information=tuple(document.AdditionalInformation(statement_code=code) for code in self.statements),
        )
        return Declaration(goods_shipment=GoodsShipment(trade_terms=goods_declaration.TradeTerms(condition_code=incoterm), items=(item,)))

    def _commodity(self) -> goods_item.Commodity:
        codes = [goods_item.Classification(id=self.code, identification_type_code="TSP")]
        codes += [goods_item.Classification(id=code, identification_type_code="TRA") for code in self.additional_codes]
        return goods_item.Commodity(
            classifications=tuple(codes),
            goods_measure=goods_item.GoodsMeasure(net_mass=_measure(self.net_mass_kg), tariff_quantity=_measure(self.supplementary_units)),
            duty_tax_fees=tuple(
                goods_item.DutyTaxFee(specific_tax_base_quantity=Measure(number, unit)) for unit, number in self.quantities.items()
            ),
            invoice_line=goods_item.InvoiceLine(item_charge_amount=self._amount(self.price)),
        )

    def _amount(self, number: Decimal | None) -> Amount | None:
        return None if number is None else Amount(number, self.currency)


def _measure(number: Decimal | None) -> Measure | None:
    return None if number is None else Measure(number)


def _document(code: str) -> document.AdditionalDocument:
    return document.AdditionalDocument(category_code=code[:_CATEGORY_DIGITS], type_code=code[_CATEGORY_DIGITS:])
