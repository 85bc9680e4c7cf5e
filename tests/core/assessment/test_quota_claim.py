from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse import tariff
from customhouse.assessment import Assessment, Law, assess, quota_split, read_exchange_rates, read_regime
from customhouse.declaration import Declaration
from customhouse.tariff import quota
from customhouse.tariff.quota import Answer, Known

MEASURES = """id,commodity,area,excludes,kind,additional_code,preference,quota,rate,conditions,legal_basis,valid_from,valid_to
DUTY,1006,,,ICD,,100,,10 %,,Tariff Act,2022-01-01,
FIRST,1006,,,ICD,,120,01,0 %,,Quota Order,2022-01-01,
MASS,1006,,,ICD,,120,02,2 EUR / 100 kg,,Quota Order,2022-01-01,
LICENSED,1006,,,ICD,,120,03,0 %,,Quota Order,2022-01-01,
MONEY,1006,,,ICD,,120,04,0 %,,Quota Order,2022-01-01,
PAIRS,1006,,,ICD,,120,05,0 %,,Quota Order,2022-01-01,
UNKEPT,1006,,,ICD,,120,06,0 %,,Quota Order,2022-01-01,
VAT,,,,VAT,,,,20 %,,VAT Act,2022-01-01,
"""
QUOTAS = """order_number,valid_from,valid_to,volume,unit,step,origins,method,documents,critical,blocked,suspended
01,2026-01-01,2026-12-01,1000,KGM,,TH GRP,first_come,,0.9,2026-03-01/2026-03-02,2026-04-01/2026-04-02
02,2026-01-01,2026-12-01,1000,KGM,,,first_come,,0.9,,
03,2026-01-01,2026-12-01,1000,KGM,,,licence,L001 L002,,,2026-04-01/2026-04-02
04,2026-01-01,2026-12-01,5000,EUR,0.01,,first_come,,0.9,,
05,2026-01-01,2026-12-01,100,NPR,1,,first_come,,0.9,,
"""
REGIME = """currency = "EUR"
valuation = "CIF"
[[taxes]]
name = "duty"
kinds = ["ICD"]
required = true
by_preference = true
[[taxes]]
name = "vat"
kinds = ["VAT"]
base = ["value", "duty"]
required = true
[[procedures]]
codes = ["40"]
[[procedures]]
codes = ["71"]
status = "suspended"
"""
LAW = Law(
    tariff.read_tariff(measures=MEASURES, areas="area,member,valid_from,valid_to\nGRP,VN,,\n", quotas=QUOTAS),
    read_regime(REGIME),
    read_exchange_rates("currency,per_unit_rate,valid_from,valid_to,source\n"),
)
DAY = date(2026, 2, 2)


def declared(
    *numbers: str, mass: str | None = "600", origin: str = "TH", procedure: str = "40", documents: tuple[str, ...] = ()
) -> Declaration:
    items = [
        {
            "sequence_numeric": place,
            "commodity": {
                "classifications": [{"id": "1006", "identification_type_code": "TSP"}],
                "duty_tax_fees": [{"duty_regime_code": "120", "quota_order_id": number}],
                "goods_measure": {"net_mass": {"value": mass, "unit": "KGM"}} if mass else {},
                "invoice_line": {"item_charge_amount": {"value": "1000.00", "currency": "EUR"}},
            },
            "government_procedures": [{"current_code": procedure, "previous_code": "00"}],
            "origins": [{"country_code": origin, "type_code": "1"}],
            "additional_documents": [{"category_code": code[0], "type_code": code[1:]} for code in documents],
        }
        for place, number in enumerate(numbers, start=1)
    ]
    return msgspec.convert({"goods_shipment": {"trade_terms": {"condition_code": "CIF"}, "items": items}}, Declaration, strict=False)


def known(left: str | None, answer: Answer | None = None, *, number: str = "01") -> Known:
    balances = {} if left is None else {f"quota/{number}/2026-01-01": Decimal(left)}
    return Known(balances=balances, answers={number: answer} if answer else {})


def told(assessed: Assessment) -> tuple[list[str], Decimal, Decimal]:
    duty, vat = assessed.items[0].lines
    assert duty.payable is not None
    assert vat.payable is not None
    return [each.code for each in assessed.findings], duty.payable, duty.secured + vat.secured


def assessed(number: str = "01", *, on: date = DAY, quotas: Known | None = None, **facts: Any) -> Assessment:  # noqa: ANN401 - as declared
    return assess(declared(number, **facts), LAW, on=on, quotas=known("900") if quotas is None else quotas)


IN, OUT, SECURED = (Decimal(0), Decimal(0)), (Decimal("100.00"), Decimal(0)), (Decimal(0), Decimal("120.00"))


@pytest.mark.parametrize(
    ("case", "codes", "comes_to"),
    [
        ({}, [], IN),
        ({"origin": "VN"}, [], IN),
        ({"quotas": known("100")}, ["QUO-10"], SECURED),
        ({"quotas": known("599")}, ["QUO-10"], SECURED),
        ({"quotas": known(None)}, ["QUO-08"], SECURED),
        ({"quotas": known("0")}, ["QUO-07"], OUT),
        ({"on": date(2026, 12, 1)}, ["QUO-01"], OUT),
        ({"origin": "CN"}, ["QUO-02"], OUT),
        ({"on": date(2026, 3, 1)}, ["QUO-05"], OUT),
        ({"on": date(2026, 4, 1)}, ["QUO-06"], OUT),
        ({"number": "03"}, ["QUO-03"], OUT),
        ({"number": "03", "documents": ("L002",)}, [], IN),
        ({"number": "03", "documents": ("L002",), "on": date(2026, 4, 1)}, ["QUO-06"], OUT),
        ({"number": "05"}, ["QUO-04"], OUT),
        ({"number": "06"}, [], IN),
        ({"quotas": known("0", Answer(allotted=Decimal(600)))}, [], IN),
        ({"quotas": known("900", Answer(refused=Decimal(600)))}, ["QUO-09"], OUT),
        ({"quotas": known("0", Answer(allotted=Decimal(500), refused=Decimal(100)))}, ["QUO-11"], IN),
    ],
)
def test_a_claim_falls_in_the_quota_or_outside_it_by_what_is_known_and_says_why(
    case: Mapping[str, Any], codes: list[str], comes_to: tuple[Decimal, Decimal]
) -> None:
    assert told(assessed(**case)) == (codes, *comes_to)


def test_a_line_says_what_its_place_in_the_quota_rests_on() -> None:
    duty = {
        name: assessed(quotas=known(left)).items[0].lines[0].explanation for name, left in (("in", "900"), ("critical", "9"), ("out", "0"))
    }
    assert "; within quota 01, of which 900 KGM are left before today's requests" in duty["in"]
    assert duty["critical"].endswith("; 100.00 EUR more are secured")
    assert duty["out"].startswith("10 % of 1,000.00 EUR = 100.00 EUR; measure DUTY")
    assert "; Quota 01 is exhausted" in duty["out"]


def test_what_is_asked_of_a_quota_is_counted_in_its_unit_or_in_money() -> None:
    claims = [assessed(number, quotas=known(None)).items[0].quota for number in ("01", "04", "03", "05")]
    assert [claim and (claim.account, claim.asked) for claim in claims] == [
        ("quota/01/2026-01-01", 600),
        ("quota/04/2026-01-01", Decimal("1000.00")),
        ("quota/03/2026-01-01", None),
        ("quota/05/2026-01-01", None),
    ]


def test_goods_that_do_not_owe_the_duty_now_ask_nothing_of_a_quota() -> None:
    warehoused = assessed(procedure="71")
    assert (warehoused.items[0].quota, warehoused.findings) == (None, ())


def test_items_that_ask_together_for_more_than_is_left_are_all_secured() -> None:
    both = assess(
        declared("01", "01", "02"), LAW, on=DAY, quotas=Known(balances={f"quota/{n}/2026-01-01": Decimal(900) for n in ("01", "02")})
    )
    assert [item.quota and item.quota.standing for item in both.items] == ["secured", "secured", "open"]


def test_only_what_still_waits_is_secured_once_a_part_is_allotted() -> None:
    part = assessed(quotas=known("0", Answer(allotted=Decimal(400), waiting=Decimal(200))))
    assert told(part) == (["QUO-10"], 0, Decimal("40.00"))


def test_an_item_allotted_in_part_becomes_two_of_which_the_rest_pays_the_duty_outside() -> None:
    whole, answers = declared("01", "02"), {"01": Answer(allotted=Decimal("428.571"), refused=Decimal("171.429"))}
    shares = quota_split.shares_allotted(assess(whole, LAW, on=DAY, quotas=known("900")), answers)
    parts = quota_split.split_by_allotment(whole, shares, outside_preference="100")
    found = assess(parts, LAW, on=DAY, quotas=Known(answers=answers, balances={"quota/02/2026-01-01": Decimal(900)}))
    assert [each.customs_value for each in found.items] == [Decimal("714.29"), Decimal("1000.00"), Decimal("285.71")]
    assert [each.lines[0].payable for each in found.items] == [0, 12, Decimal("28.57")]
    assert [each.quota and each.quota.asked for each in found.items] == [Decimal("428.571"), 600, None]


@given(
    left=st.decimals(0, 2000, places=3),
    mass=st.decimals("0.001", 2000, places=3),
    number=st.sampled_from(["01", "02"]),
)
def test_a_claim_never_leaves_the_duty_outside_the_quota_uncovered_while_it_may_still_be_owed(
    left: Decimal, mass: Decimal, number: str
) -> None:
    found = assess(declared(number, mass=str(mass)), LAW, on=DAY, quotas=known(str(left), number=number))
    beyond = assess(declared(""), LAW, on=DAY)
    claim = found.items[0].quota
    assert claim
    if claim.standing == "open":
        assert (mass <= left, found.totals.secured) == (True, 0)
    else:
        assert found.totals.payable + found.totals.secured == beyond.totals.payable


def test_every_state_of_a_quota_against_a_claim_has_its_finding() -> None:
    against = [quota.State.BLOCKED, quota.State.SUSPENDED, quota.State.EXHAUSTED]
    days = {quota.State.BLOCKED: date(2026, 3, 1), quota.State.SUSPENDED: date(2026, 4, 1), quota.State.EXHAUSTED: DAY}
    assert [told(assessed(on=days[each], quotas=known("0")))[0] for each in against] == [["QUO-05"], ["QUO-06"], ["QUO-07"]]
