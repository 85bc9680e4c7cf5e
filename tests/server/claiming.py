"""Declarations that claim a quota, and the daily act: what the tests of quotas lodge, amend and run."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import msgspec

from customhouse import messages
from customhouse.declaration import Measure
from customhouse.declaration.goods_item import DutyTaxFee
from customhouse_server.accounts.person import Person
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import quota_answer, store
from customhouse_server.declaration.actions import View
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.ledger import actions as ledger
from customhouse_server.quota import actions as quotas
from customhouse_server.tariff.country import current_country
from load import sample

AT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SUGAR, RICE, SHOES = ("17019910", "090110"), ("10063098", "090083"), ("64039996", "090111")
ACCOUNT = "quota/090110/2026-01-01"


def claiming(lrn: str, *masses: str, claim: tuple[str, str] = SUGAR, type_code: str = "IMA") -> bytes:
    """A declaration of one item for each mass in kilograms, each claiming the quota."""
    code, number = claim
    whole = sample.declaration(lrn, commodities=(code,) * len(masses), type_code=type_code)
    assert whole.goods_shipment is not None
    items = []
    for item, mass in zip(whole.items, masses, strict=True):
        goods = item.commodity
        assert goods is not None
        assert goods.goods_measure is not None
        kilograms = Measure(Decimal(mass), "KGM")
        pairs = Measure(Decimal(mass), "NPR") if claim is SHOES else None
        weighed = msgspec.structs.replace(goods.goods_measure, gross_mass=kilograms, net_mass=kilograms, tariff_quantity=pairs)
        fee = DutyTaxFee(duty_regime_code="120", quota_order_id=number)
        items.append(msgspec.structs.replace(item, commodity=msgspec.structs.replace(goods, goods_measure=weighed, duty_tax_fees=(fee,))))
    shipment = msgspec.structs.replace(whole.goods_shipment, items=tuple(items))
    total = Measure(sum((Decimal(mass) for mass in masses), Decimal(0)), "KGM")
    return messages.render_xml(
        messages.Document(declaration=msgspec.structs.replace(whole, goods_shipment=shipment, total_gross_mass=total))
    )


def lodged(person: Person, lrn: str, *masses: str, at: dt.datetime = AT, **how: object) -> UUID:
    answer = declarations.lodge(person, Lodging(claiming(lrn, *masses, **how)), at=at)  # type: ignore[arg-type] - as `claiming` takes it
    assert answer.status == 201, answer.body
    return UUID(msgspec.json.decode(answer.body)["id"])


def allot(at: dt.datetime) -> int:
    """The daily act at an instant."""
    answered = quotas.answer(on=current_country().legal_day(at=at), at=at)
    for declaration_id in quota_answer.declarations_to_take_up():
        quota_answer.take_up(declaration_id, at=at)
    return answered


def amended(person: Person, declaration_id: UUID, *masses: str, at: dt.datetime) -> View:
    lrn = store.record_of(declaration_id).lrn
    return declarations.amend(person, declaration_id, Lodging(claiming(lrn, *masses)), reason="weighed again", at=at)


def left() -> Decimal:
    return ledger.accounts([ACCOUNT])[ACCOUNT].available
