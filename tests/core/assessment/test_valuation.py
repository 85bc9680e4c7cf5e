from datetime import date
from decimal import Decimal

import msgspec
import pytest
from tests.core.assessment.valued import CARRIED, CIF, DAY, FOB, GOODS, SALE, SHOWN, chain, cost, unsold

from customhouse.assessment import valuation
from customhouse.assessment.valuation import Chain, RecordedPrice, UnreadableCaseError, UnsharedCostError, price_signal, read_case

LIMBS = ("officers", "partners", "employer", "voting_stock", "control", "common_control", "joint_control", "family")


def test_the_price_is_the_value_where_every_condition_is_met() -> None:
    found = chain()
    assert (found.amount, found.article, found.ruled_out) == (Decimal("1000.00"), "Article 1", ())
    assert "Buyer and seller are not related." in found.told()
    assert found.told()[-1] == "Customs value 1,000.00 EUR."


@pytest.mark.parametrize(
    ("answer", "told", "why"),
    [
        ("for_export", False, "not sold for export"),
        ("restrictions", "other", "Article 1.1(a)"),
        ("condition", "not_valued", "Article 1.1(b)"),
        ("proceeds", "not_determinable", "Article 1.1(c)"),
    ],
)
def test_a_condition_that_is_not_met_rules_article_1_out_with_its_reason(answer: str, told: object, why: str) -> None:
    found = chain(sale=SALE | {answer: told, "condition_evidence": SHOWN})
    assert why in found.ruled_out[0].reason
    assert found.ruled_out[0].evidence[0].reference == "4711"
    assert found.amount is None
    assert found.reason.startswith("Article 2: no identical goods are stated")


@pytest.mark.parametrize("question", ["for_export", "restrictions", "condition", "proceeds", "relationship"])
def test_a_question_that_is_not_answered_leaves_the_value_undetermined(question: str) -> None:
    found = chain(sale={name: told for name, told in SALE.items() if name != question})
    assert (found.amount, found.ruled_out) == (None, ())
    assert "stated" in found.reason


def test_a_permitted_restriction_does_not_stand_in_the_way() -> None:
    assert chain(sale=SALE | {"restrictions": "law"}).amount == Decimal("1000.00")


@pytest.mark.parametrize("limb", LIMBS)
def test_each_of_the_eight_limbs_makes_buyer_and_seller_related(limb: str) -> None:
    related = {"declared": False, "limbs": [{"limb": limb, "holds": True, "evidence": SHOWN}]}
    found = chain(sale=SALE | {"relationship": related})
    assert found.amount is None
    assert f"Article 15.4({'abcdefgh'[LIMBS.index(limb)]})" in found.reason


def test_eight_limbs_answered_with_no_are_an_answer() -> None:
    answered = [{"limb": limb, "holds": False} for limb in LIMBS]
    assert chain(sale=SALE | {"relationship": {"limbs": answered}}).amount == Decimal("1000.00")
    assert chain(sale=SALE | {"relationship": {"limbs": answered[1:]}}).amount is None


@pytest.mark.parametrize(("influenced", "article"), [(False, "Article 1"), (True, "")])
def test_between_related_persons_the_circumstances_of_the_sale_decide(influenced: bool, article: str) -> None:
    looked_at = {"influenced": influenced, "reason": "priced as for other buyers", "evidence": SHOWN}
    found = chain(sale=SALE | {"relationship": {"declared": True, "circumstances": looked_at}})
    assert found.article == article
    assert bool(found.ruled_out) is influenced


@pytest.mark.parametrize(
    ("value", "day", "stands"),
    [("1050", date(2026, 2, 1), True), ("1053", date(2026, 2, 1), False), ("1000", date(2025, 2, 1), False)],
)
def test_a_test_value_is_met_within_the_tolerance_and_the_time_of_the_country(value: str, day: date, stands: bool) -> None:
    test = {"kind": "unrelated_sale", "value": {"amount": value, "currency": "EUR"}, "day": day, "evidence": SHOWN}
    assert (chain(sale=SALE | {"relationship": {"declared": True, "test_values": [test]}}).amount is not None) is stands


def test_carriage_that_nobody_speaks_of_leaves_a_cif_value_undetermined() -> None:
    assert "transport and insurance" in chain(adjustments=[]).reason
    assert chain(FOB, adjustments=[]).amount == Decimal("1000.00")


@pytest.mark.parametrize(
    ("adjustment", "value"),
    [
        (cost("packing", "10.00"), "1010.00"),
        (cost("packing", "10.00", in_price=True), "1000.00"),
        (cost("royalty", "10.00", related_to_goods=True, condition_of_sale=False), "1000.00"),
        (cost("assist_design", "10.00", done_abroad=False), "1000.00"),
        (cost("assist_design", "10.00", done_abroad=True), "1010.00"),
        (cost("assist_tool", "100.00", production={"units_made": "3", "units_imported": "1"}), "1033.33"),
        (cost("inland_transport", "10.00", in_price=True), "990.00"),
        (cost("inland_transport", "10.00"), "1000.00"),
        (cost("duties_and_taxes", "10.00", in_price=True, evidence=[]), "1000.00"),
    ],
)
def test_an_adjustment_is_added_left_or_taken_out_as_article_8_says(adjustment: dict[str, object], value: str) -> None:
    assert chain(adjustments=[*CARRIED, adjustment]).amount == Decimal(value)


@pytest.mark.parametrize("adjustment", [cost("packing", "10", evidence=[]), cost("royalty", "10"), cost("assist_design", "10")])
def test_an_addition_without_objective_data_is_undetermined(adjustment: dict[str, object]) -> None:
    assert "Article 8" in chain(adjustments=[*CARRIED, adjustment]).reason


def test_a_foreign_amount_carries_its_dated_rate_and_one_without_a_rate_is_undetermined() -> None:
    found = chain(sale=SALE | {"price": {"amount": "100.00", "currency": "USD"}})
    assert found.amount == Decimal("123.45")
    assert "100.00 USD at 1.2345 on 2026-03-02" in found.explanation
    assert "JPY" in chain(sale=SALE | {"price": {"amount": "100", "currency": "JPY"}}).reason


def test_a_declared_price_is_left_only_by_a_final_decision_on_a_doubt() -> None:
    assert "Decision 6.1" in chain(ruled_out=unsold("transaction")).reason
    decided = [{"method": "transaction", "reason": "rejected", "evidence": [{"kind": "doubt_decision", "reference": "D-1"}]}]
    assert chain(ruled_out=decided).reason.startswith("Article 2")


def test_the_chain_ends_without_a_value_where_every_method_is_ruled_out() -> None:
    found = chain(sale=None, ruled_out=unsold("transaction", "identical", "similar", "deductive", "computed", "fall_back"))
    assert (found.amount, found.end, found.reason) == (None, None, "no method of the Agreement is left")


def test_no_chain_skips_a_method_or_leaves_one_without_a_reason() -> None:
    good = chain()
    with pytest.raises(ValueError, match="ruled out"):
        msgspec.structs.replace(good, order=good.order[1:])
    with pytest.raises(ValueError, match="accepted"):
        msgspec.structs.replace(chain(sale=None), amount=Decimal(1))
    with pytest.raises(msgspec.ValidationError, match="reason"):
        msgspec.json.decode(
            msgspec.json.encode(chain(sale=None, ruled_out=unsold("transaction"))).replace(b"there is none", b" "), type=Chain
        )


def test_a_chain_is_the_same_after_it_was_stored() -> None:
    found = chain(adjustments=[*CARRIED, cost("packing", "10.00")])
    assert msgspec.json.decode(msgspec.json.encode(found), type=Chain) == found


@pytest.mark.parametrize(("consents", "why"), [(False, "does not consent"), (None, "whether the producer consents")])
def test_the_costs_of_production_are_used_only_with_the_producer_s_consent(consents: bool | None, why: str) -> None:
    named = {"transaction", "identical", "similar", "deductive"}
    found = chain(sale=None, ruled_out=unsold(*sorted(named)), computed={"producer_consents": consents})
    assert why in found.explanation


SALES = {"goods_sold": "imported", "entry": "E-1", "evidence": SHOWN}
FREE = [
    {"kind": kind, "per_unit": {"amount": "0", "currency": "EUR"}, "evidence": SHOWN}
    for kind in ("commission", "inland_transport", "duties_and_taxes")
]


def deductive(*sales: tuple[str, str, date], deductions: object = FREE, **told: object) -> Chain:
    sold = [{"quantity": count, "unit_price": {"amount": price, "currency": "EUR"}, "sold_on": on} for count, price, on in sales]
    stated = SALES | {"sales": sold, "deductions": deductions} | told
    return chain(sale=None, ruled_out=unsold("transaction", "identical", "similar"), deductive=stated)


def test_sales_after_ninety_days_are_too_late_for_the_deductive_value() -> None:
    assert deductive(("1", "10", date(2026, 5, 30))).amount == Decimal("100.00")
    assert "90 days" in deductive(("1", "10", date(2026, 5, 31))).explanation


def test_only_sales_at_the_first_level_to_strangers_without_assists_count() -> None:
    sold = {"quantity": "99", "unit_price": {"amount": "1", "currency": "EUR"}, "sold_on": DAY}
    counted = sold | {"quantity": "1", "unit_price": {"amount": "10", "currency": "EUR"}}
    others = [sold | each for each in ({"is_at_first_level": False}, {"buyer_is_related": True}, {"buyer_supplied_assists": True})]
    stated = SALES | {"sales": [*others, counted], "deductions": FREE}
    found = chain(sale=None, ruled_out=unsold("transaction", "identical", "similar"), deductive=stated)
    assert found.amount == Decimal("100.00")


def test_extreme_days_and_numbers_are_valued_or_refused_and_break_nothing() -> None:
    last = GOODS | {"imported_on": date.max, "exported_on": date.max, "quantity": "999999999999999"}
    sold = {"quantity": "0.000000000001", "unit_price": {"amount": "999999999999999", "currency": "EUR"}, "sold_on": date.min}
    stated = SALES | {"sales": [sold], "deductions": FREE}
    without = unsold("transaction", "identical", "similar", "computed", "fall_back")
    assert chain(goods=last, sale=None, ruled_out=without, deductive=stated).amount is None
    dear = {"entry": "E", "customs_value": {"amount": "999999999999999", "currency": "EUR"}, "quantity": "0.000000000001", "unit": "NAR"}
    found = chain(
        goods=last, sale=None, ruled_out=unsold("transaction"), identical=[{**dear, "produced_in": "US", "exported_on": date.max}]
    )
    assert found.article == "Article 2"


def test_two_prices_for_the_same_number_of_units_are_for_somebody_to_decide() -> None:
    assert "same greatest number" in deductive(("5", "10", DAY), ("5", "11", DAY)).reason


def test_the_deductive_value_waits_until_each_deduction_is_spoken_of() -> None:
    assert "inland transport" in deductive(("5", "10", DAY), deductions=FREE[:1]).reason
    assert "not both" in deductive(("5", "10", DAY), deductions=FREE[1:]).reason


def test_processed_goods_are_valued_so_only_if_the_importer_asks() -> None:
    processing = [*FREE, {"kind": "processing", "per_unit": {"amount": "4", "currency": "EUR"}, "evidence": SHOWN}]
    assert "further processing" in deductive(("5", "10", DAY), processed=True).explanation
    asked = deductive(("5", "10", DAY), deductions=processing, processed=True, importer_asks_for_processed=True)
    assert asked.amount == Decimal("60.00")


def test_a_comparable_is_refused_with_its_reason_one_by_one() -> None:
    plain = {"customs_value": {"amount": "100", "currency": "EUR"}, "quantity": "10", "unit": "NAR", "exported_on": DAY}
    told = [
        {**plain, "entry": "E-1", "produced_in": "CN"},
        {**plain, "entry": "E-2", "produced_in": "US", "unit": "KGM"},
        {**plain, "entry": "E-3", "produced_in": "US", "accepted_under": "computed"},
    ]
    found = chain(sale=None, ruled_out=unsold("transaction"), identical=told)
    reason = found.ruled_out[1].reason
    assert all(why in reason for why in ("produced in CN", "counted in KGM", "accepted under Article 6"))
    assert [each.reference for each in found.ruled_out[1].evidence] == ["E-1", "E-2", "E-3"]


def test_what_is_at_the_same_time_is_undetermined_where_the_country_sets_no_rule() -> None:
    law = msgspec.structs.replace(CIF.regime, valuation_rules=type(CIF.regime.valuation_rules)())
    bare = type(CIF)(CIF.tariff, law, CIF.exchange_rates)
    told = {"entry": "E-1", "customs_value": {"amount": "1", "currency": "EUR"}, "quantity": "1", "unit": "NAR", "exported_on": DAY}
    found = chain(bare, sale=None, ruled_out=unsold("transaction"), identical=[{**told, "produced_in": "US"}])
    assert "sets no rule" in found.reason


NO_CASES = ["items = 3", "[[items]]\n", "[[items]]\ngoods = { description = 'x', quantity = nan }", "{", "a = " + "[" * 9999]


@pytest.mark.parametrize("text", NO_CASES)
def test_a_text_that_is_no_case_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCaseError):
        read_case(text)


def test_a_case_reads_the_same_from_toml_and_json_and_exactly() -> None:
    toml = '[[items]]\ngoods = { description = "x", quantity = 0.1 }\nsale = { price = { amount = 10.10, currency = "EUR" } }'
    json = '{"items": [{"goods": {"description": "x", "quantity": 0.1}, "sale": {"price": {"amount": 10.10, "currency": "EUR"}}}]}'
    assert read_case(toml) == read_case(json, name="case.json")
    sale = read_case(toml).items[0].sale
    assert sale is not None
    assert str(sale.price.amount) in {"10.10", "10.1"}


def test_a_shared_cost_needs_by_what_it_is_shared() -> None:
    told = {"shared": [{"by": "gross_mass", "cost": cost("transport", "1")}], "items": [{"goods": GOODS, "sale": SALE}]}
    with pytest.raises(UnsharedCostError, match="gross mass"):
        valuation.values_of(msgspec.convert(told, valuation.ValuationCase, strict=False), CIF, on=DAY)


def test_the_importer_reads_how_it_was_valued_and_no_entry_of_others() -> None:
    plain = {
        "customs_value": {"amount": "100", "currency": "EUR"},
        "quantity": "10",
        "unit": "NAR",
        "exported_on": DAY,
        "produced_in": "US",
    }
    others = [{**plain, "entry": "26QZ1"}, {**plain, "entry": "26QZ12"}, {**plain, "entry": "26QZ9", "produced_in": "CN"}]
    found = chain(sale=None, ruled_out=unsold("transaction"), identical=others)
    told = found.for_importer()
    assert "26QZ12" in found.explanation
    assert "26QZ" not in str(msgspec.json.encode(told))
    assert "Comparable 1 is taken" in told.explanation
    assert (told.amount, told.end and told.end.method) == (found.amount, found.end and found.end.method)
    refused = chain(sale=None, ruled_out=unsold("transaction"), identical=others[2:]).for_importer()
    assert "26QZ9" not in refused.explanation
    assert chain().for_importer() == chain()
    awkward = chain(sale=None, ruled_out=unsold("transaction"), identical=[{**plain, "entry": "100"}])
    assert awkward.for_importer().amount == Decimal("100.00")


def test_recorded_prices_are_shown_as_they_are_spread() -> None:
    recorded = [RecordedPrice(per_unit=Decimal(price), on=date(2026, 1, price), commercial_level="wholesale") for price in (1, 2, 3, 4)]
    signal = price_signal(Decimal(1), recorded, currency="EUR")
    assert (signal.count, signal.lower_quartile, signal.median, signal.upper_quartile) == (4, "1.75", "2.5", "3.25")
    assert (signal.first_on, signal.last_on, signal.standing.value) == (date(2026, 1, 1), date(2026, 1, 4), "below")
    assert str(price_signal(Decimal(1), [], currency="EUR")) == "no prices are recorded"
