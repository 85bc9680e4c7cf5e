"""Customs value: the price with its additions and deductions, in national currency (WTO Valuation Agreement, Articles 1, 8 and 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.catalogue import finding
from customhouse.assessment.countable import is_countable
from customhouse.assessment.regime import Charge, ChargeEffect, Regime, Share, ValuationBasis
from customhouse.declaration import Amount, Declaration, GoodsItem
from customhouse.kernel import Finding, apportioned
from customhouse.saying import Refusal, saying

_CENT = Decimal("0.01")
_CARRIAGE = {"freight": Charge(ChargeEffect.CARRIAGE, Share.GROSS_MASS), "insurance": Charge(ChargeEffect.CARRIAGE, Share.VALUE)}


class UnvaluedError(Refusal, ValueError):
    """Something is missing without which the customs value cannot be known; the message says what."""


class CustomsValue(Struct, frozen=True):
    """The value of one item, the charges that only taxes count, and the sentence that tells how it was built; or why it is unknown."""

    amount: Decimal | None
    tax_base_charges: Decimal = Decimal("0.00")
    explanation: str = ""
    reason: str = ""


@dataclass(slots=True)
class _Building:
    """The value of one item while it is put together, each part in the currency it was declared in."""

    item: GoodsItem
    parts: list[tuple[str, Amount]] = field(default_factory=list)
    tax_only: list[tuple[str, Amount]] = field(default_factory=list)


def customs_values(
    declaration: Declaration, regime: Regime, *, exchange: Mapping[str, Decimal]
) -> tuple[tuple[CustomsValue, ...], tuple[Finding, ...]]:
    """The customs value of each item, in order, and the findings made on the way.

    Charges of the header are shared so that the shares add up to them, and the item values are rounded so that they add up to the
    rounded value of the whole shipment.
    """
    buildings = [_Building(item) for item in declaration.items]
    try:
        for each in buildings:
            _add_own(each, declaration, regime)
        _share_header(buildings, declaration, regime, exchange)
        values = _rounded(buildings, regime, exchange)
    except UnvaluedError:
        values = [_valued_alone(each, declaration, regime, exchange) for each in buildings]
    return tuple(values), tuple(_remarks(declaration, regime, exchange))


def has_tax_base_charges(declaration: Declaration, item: GoodsItem, *, regime: Regime) -> bool:
    """Whether the item or the shipment declares a charge that only the base of a tax counts."""
    header = declaration.goods_shipment.customs_valuation if declaration.goods_shipment else None
    valuations = [each for each in (header, item.customs_valuation) if each]
    codes = [each.charges_type_code for valuation in valuations for each in valuation.charge_deductions]
    codes += [each.addition_code for each in item.valuation_adjustments if each.amount]
    charges = [regime.charges.get(code or "") for code in codes]
    return any(charge.effect is ChargeEffect.TAX_BASE_ONLY for charge in charges if charge)


def _valued_alone(building: _Building, declaration: Declaration, regime: Regime, exchange: Mapping[str, Decimal]) -> CustomsValue:
    """The value of one item where another of the shipment is unknown: known only if no header charge would have to be shared."""
    alone = _Building(building.item)
    try:
        _add_own(alone, declaration, regime)
        if len(declaration.items) == 1:
            _share_header([alone], declaration, regime, exchange)
        else:
            _refuse_header_charges(declaration, regime)
        return _rounded([alone], regime, exchange)[0]
    except UnvaluedError as refusal:
        return CustomsValue(None, reason=str(refusal))


def _refuse_header_charges(declaration: Declaration, regime: Regime) -> None:
    if _header_charges(declaration, regime):
        raise UnvaluedError("a charge of the whole shipment cannot be shared, because the value or mass of an item is not known")


def _add_own(building: _Building, declaration: Declaration, regime: Regime) -> None:
    commodity = building.item.commodity
    price = commodity.invoice_line.item_charge_amount if commodity and commodity.invoice_line else None
    if price is not None:
        building.parts.append(("price", _counted("price", price)))
    elif building.item.customs_value_amount is not None:
        building.parts.append(("declared value", _counted("declared value", building.item.customs_value_amount)))
    else:
        raise UnvaluedError("no price is declared for the item")
    valuation = building.item.customs_valuation
    declared = [] if valuation is None else _named(valuation.freight_charge_amount, valuation.insurance_charge_amount)
    declared += [(each.charges_type_code or "", each.amount) for each in (valuation.charge_deductions if valuation else ()) if each.amount]
    declared += [(each.addition_code or "", each.amount) for each in building.item.valuation_adjustments if each.amount]
    for name, declared_amount in declared:
        amount = _counted(name, declared_amount)
        _take(building, name, amount, charge=_charge(name, regime), included=_included(name, declaration, regime), basis=regime.valuation)


def _share_header(buildings: Sequence[_Building], declaration: Declaration, regime: Regime, exchange: Mapping[str, Decimal]) -> None:
    for name, amount in _header_charges(declaration, regime):
        charge, included = _charge(name, regime), _included(name, declaration, regime)
        for each, share in zip(buildings, _shares(name, amount, charge, buildings, exchange), strict=True):
            _take(each, name, share, charge=charge, included=included, basis=regime.valuation)


def _shares(name: str, amount: Amount, charge: Charge, buildings: Sequence[_Building], exchange: Mapping[str, Decimal]) -> list[Amount]:
    """The part of each item in a charge of the shipment; an only item bears it whole, whatever it weighs."""
    if len(buildings) == 1:
        return [amount]
    weights = [_weight(each, charge.share, exchange) for each in buildings]
    if sum(weights) <= 0 or min(weights) < 0:
        raise UnvaluedError(
            "{name} cannot be shared over items that have no {share}", name=name, share=saying(charge.share.replace("_", " "))
        )
    step = _CENT if amount.value % _CENT == 0 else Decimal(1).scaleb(int(amount.value.as_tuple().exponent))
    return [Amount(share, amount.currency) for share in apportioned(amount.value, weights, step=step)]


def _header_charges(declaration: Declaration, regime: Regime) -> list[tuple[str, Amount]]:
    valuation = declaration.goods_shipment.customs_valuation if declaration.goods_shipment else None
    if valuation is None:
        return []
    declared = _named(valuation.freight_charge_amount, valuation.insurance_charge_amount)
    declared += [(each.charges_type_code or "", each.amount) for each in valuation.charge_deductions if each.amount]
    for name, amount in declared:
        _charge(name, regime)
        _counted(name, amount)
    return declared


def _take(building: _Building, name: str, amount: Amount, *, charge: Charge, included: bool, basis: ValuationBasis) -> None:  # noqa: PLR0913 - one charge in full
    sign = _sign(charge.effect, included=included, basis=basis)
    if charge.effect is ChargeEffect.TAX_BASE_ONLY:
        building.tax_only.append((name, amount))
    elif sign:
        building.parts.append((name, Amount(sign * amount.value, amount.currency)))


def _counted(name: str, amount: Amount) -> Amount:
    if not is_countable(amount.value):
        raise UnvaluedError("the {name} is not an amount of money", name=name)
    return amount


def _sign(effect: ChargeEffect, *, included: bool, basis: ValuationBasis) -> int:
    """Carriage is added on a CIF basis unless the price holds it, and taken out on a FOB basis if the price does."""
    if effect is ChargeEffect.CARRIAGE:
        return (0 if included else 1) if basis is ValuationBasis.CIF else (-1 if included else 0)
    return {ChargeEffect.ADD: 1, ChargeEffect.DEDUCT: -1}.get(effect, 0)


def _charge(name: str, regime: Regime) -> Charge:
    charge = regime.charges.get(name) or _CARRIAGE.get(name)
    if charge is None:
        raise UnvaluedError("the charge or deduction code {name} is not one that the country knows", name=name or saying("(none)"))
    return charge


def _included(name: str, declaration: Declaration, regime: Regime) -> bool:
    terms = declaration.goods_shipment.trade_terms if declaration.goods_shipment else None
    return name in regime.incoterms.get((terms and terms.condition_code) or "", ())


def _named(freight: Amount | None, insurance: Amount | None) -> list[tuple[str, Amount]]:
    return [(name, amount) for name, amount in (("freight", freight), ("insurance", insurance)) if amount]


def _weight(building: _Building, share: Share, exchange: Mapping[str, Decimal]) -> Decimal:
    if share is Share.VALUE:
        return _national(building.parts[:1], exchange)
    measured = building.item.commodity.goods_measure if building.item.commodity else None
    if measured is None or measured.gross_mass is None:
        raise UnvaluedError("a charge shared by gross mass needs the gross mass of every item")
    if not is_countable(measured.gross_mass.value):
        raise UnvaluedError("a gross mass is not a number of kilograms")
    return measured.gross_mass.value


def _national(parts: Sequence[tuple[str, Amount]], exchange: Mapping[str, Decimal]) -> Decimal:
    total = Decimal(0)
    for name, amount in parts:
        if amount.currency is None:
            raise UnvaluedError("the {name} names no currency", name=name)
        if amount.currency not in exchange:
            raise UnvaluedError("no exchange rate is published for {currency} on the day", currency=amount.currency)
        total += amount.value * exchange[amount.currency]
    return total


def _rounded(buildings: Sequence[_Building], regime: Regime, exchange: Mapping[str, Decimal]) -> list[CustomsValue]:
    rounding = regime.value_rounding.rule
    exact = [_national(each.parts, exchange) for each in buildings]
    if any(value < 0 for value in exact):
        raise UnvaluedError("the deductions exceed the price")
    if all(value % rounding.step == 0 for value in exact) or len(exact) == 1:
        amounts = [rounding.of(value) for value in exact]
    else:
        amounts = apportioned(rounding.of(sum(exact, Decimal(0))), exact, step=rounding.step)
    charges = [rounding.of(_national(each.tax_only, exchange)) for each in buildings]
    told = [_told(each, amount, regime, exchange) for each, amount in zip(buildings, amounts, strict=True)]
    return [CustomsValue(*each) for each in zip(amounts, charges, told, strict=True)]


def _told(building: _Building, amount: Decimal, regime: Regime, exchange: Mapping[str, Decimal]) -> str:
    parts = " ".join(f"{'-' if part.value < 0 else '+'} {name} {abs(part.value):,f} {part.currency}" for name, part in building.parts)
    foreign = {part.currency for _, part in building.parts} - {regime.currency}
    rates = "".join(f"; 1 {currency} = {exchange[currency or '']:f} {regime.currency}" for currency in sorted(filter(None, foreign)))
    return f"{parts.removeprefix('+ ')} = {amount:,f} {regime.currency} ({regime.valuation}{rates})"


def _remarks(declaration: Declaration, regime: Regime, exchange: Mapping[str, Decimal]) -> list[Finding]:
    remarks = []
    for place, each in enumerate(declaration.currency_exchanges, start=1):
        published = exchange.get(each.currency_type_code or "")
        if published is not None and each.rate_numeric is not None and each.rate_numeric != published:
            params = {"declared": f"{each.rate_numeric:f}", "currency": each.currency_type_code or "", "published": f"{published:f}"}
            remarks.append(finding("ASM-05", f"CurrencyExchange[{place}]/RateNumeric", **params))
    terms = declaration.goods_shipment.trade_terms if declaration.goods_shipment else None
    incoterm = (terms and terms.condition_code) or ""
    bare = incoterm in regime.incoterms and not regime.incoterms[incoterm]
    if regime.valuation is ValuationBasis.CIF and bare and not _has_charges(declaration):
        remarks.append(finding("ASM-07", "GoodsShipment/TradeTerms", incoterm=incoterm, missing="freight or insurance"))
    return remarks


def _has_charges(declaration: Declaration) -> bool:
    header = declaration.goods_shipment.customs_valuation if declaration.goods_shipment else None
    valuations = [each for each in (header, *(item.customs_valuation for item in declaration.items)) if each]
    adjusted = any(each.amount for item in declaration.items for each in item.valuation_adjustments)
    return adjusted or any(each.freight_charge_amount or each.insurance_charge_amount or each.charge_deductions for each in valuations)
