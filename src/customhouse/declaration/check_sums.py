"""Sum checks: what the header states against what the items add up to."""

from collections.abc import Iterator
from decimal import Decimal

from customhouse.declaration.finding_at import Found, at
from customhouse.declaration.goods_declaration import Declaration
from customhouse.declaration.value import Amount


def sum_findings(declaration: Declaration, **_: object) -> Iterator[Found]:
    """Where header and items disagree."""
    items = declaration.items
    stated = declaration.goods_item_quantity
    if stated is not None and stated != len(items):
        yield at("SUM-01", "GoodsItemQuantity", stated=stated, counted=len(items))
    numbers = [item.sequence_numeric for item in items]
    if numbers != list(range(1, len(items) + 1)):
        yield at("SUM-02", "GoodsShipment/GovernmentAgencyGoodsItem", numbers=", ".join(str(number) for number in numbers))
    yield from _packages(declaration)
    yield from _prices(declaration)
    yield from _masses(declaration)


def _packages(declaration: Declaration) -> Iterator[Found]:
    stated = declaration.total_package_quantity
    counts = [packaging.quantity for item in declaration.items for packaging in item.packagings]
    if stated is None or None in counts:
        return
    counted = sum((count.value for count in counts if count), Decimal(0))
    if counted != stated.value:
        yield at("SUM-03", "TotalPackageQuantity", stated=stated.value, counted=counted)


def _prices(declaration: Declaration) -> Iterator[Found]:
    stated = declaration.invoice_amount
    prices = [
        item.commodity.invoice_line.item_charge_amount for item in declaration.items if item.commodity and item.commodity.invoice_line
    ]
    if (
        stated is None
        or len(prices) != len(declaration.items)
        or any(price is None or price.currency != stated.currency for price in prices)
    ):
        return
    counted = sum((price.value for price in prices if price), Decimal(0))
    if counted != stated.value:
        yield at("SUM-04", "InvoiceAmount", stated=_told(stated), counted=_told(Amount(counted, stated.currency)))


def _masses(declaration: Declaration) -> Iterator[Found]:
    stated = declaration.total_gross_mass
    measures = [item.commodity.goods_measure for item in declaration.items if item.commodity and item.commodity.goods_measure]
    masses = [measure.gross_mass for measure in measures if measure.gross_mass]
    if stated is None or len(masses) != len(declaration.items):
        return
    counted = sum((mass.value for mass in masses), Decimal(0))
    if counted != stated.value:
        yield at("SUM-05", "TotalGrossMassMeasure", stated=stated.value, counted=counted)


def _told(amount: Amount) -> str:
    return f"{amount.value:f} {amount.currency or ''}".strip()
