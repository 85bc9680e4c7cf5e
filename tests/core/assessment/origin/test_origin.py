"""Rules held against bills of materials: the worked figures and what must hold of all of them."""

from decimal import Decimal
from itertools import combinations
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.assessment.origin.agreement import Agreement, Tolerance, UnreadableAgreementError, read_agreement
from customhouse.assessment.origin.bill_of_materials import BillOfMaterials, Material
from customhouse.assessment.origin.cheapest_way import cheapest_way
from customhouse.assessment.origin.claim import UnreadableClaimError, read_materials
from customhouse.assessment.origin.derivation import Node
from customhouse.assessment.origin.determination import counted
from customhouse.assessment.origin.evaluation import Evidence, evaluate
from customhouse.assessment.origin.rule import AnyOf
from customhouse.assessment.origin.rule_text import parse
from customhouse.assessment.origin.verdict import Verdict

SATISFIED, NOT_SATISFIED, UNDETERMINED = Verdict.SATISFIED, Verdict.NOT_SATISFIED, Verdict.UNDETERMINED
HOME = "QZ"


def agreement(rule: str = "CTH", code: str = "94.03", **fields: Any) -> Agreement:  # noqa: ANN401 - any field of an agreement
    told = {"name": "a", "title": "A", "parties": [HOME, "QX"], "hs_edition": "2022", "rules": [{"codes": [code], "alternatives": [rule]}]}
    return msgspec.convert(told | fields, Agreement, strict=False)


def bill(*materials: dict[str, Any], **product: Any) -> BillOfMaterials:  # noqa: ANN401 - any field of a product
    made = {"hs_code": "940310", "produced_in": HOME, "currency": "EUR", "fob": "100", "ex_works": "100", "mass_kg": "10"} | product
    return msgspec.convert({"product": made, "materials": materials}, BillOfMaterials, strict=False)


def judged(rule: str, made: BillOfMaterials, **fields: Any) -> Node:  # noqa: ANN401 - any field of an agreement
    under = agreement(**fields)
    return evaluate(parse(rule), Evidence(made.product, counted(made, under), under))


def foreign(value: str | None, code: str = "440710", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of a material
    return {"hs_code": code, "origin": "CN", "value": value} | fields


def test_the_golden_example_of_build_down() -> None:
    made = bill(foreign("57.8"), foreign("1.0", origin="QY", proof="D1"))
    node = judged("RVC 40 build-down", made)
    assert (node.verdict, node.margin) == (SATISFIED, Decimal("1.20"))
    assert node.reason() == "RVC 41.2 % >= 40 %: FOB 100, non-originating 58.8"
    assert judged("RVC 42 build-down", made).verdict is NOT_SATISFIED
    cumulated = judged("RVC 42 build-down", made, cumulation={"diagonal": [{"territory": "QY"}]})
    assert cumulated.reason() == "RVC 42.2 % >= 42 %: FOB 100, non-originating 57.8"
    assert cumulated.verdict is SATISFIED


def test_a_tolerated_material_is_told_with_its_figures() -> None:
    made = bill(foreign("30"), foreign("4.1", "720610"), hs_code="720711")
    node = judged("CTH except 72.06", made, tolerance={"value_share": "10"})
    assert node.verdict is SATISFIED
    assert node.reason() == "material 2 of 7206.10 fails; tolerated: 4.1 % <= 10 % of the ex-works price"


def test_textiles_are_tolerated_by_mass_and_excluded_goods_not_at_all() -> None:
    made = bill(foreign("90", "610990", mass_kg="0.5"), hs_code="610910")
    by_mass = {"value_share": "10", "weight_share": "10", "weight_codes": ["50-63"]}
    assert judged("CTH", made, tolerance=by_mass).verdict is SATISFIED
    assert judged("CTH", made, tolerance=by_mass | {"except_codes": ["61"]}).verdict is NOT_SATISFIED


@pytest.mark.parametrize(
    ("rule", "materials", "expected"),
    [
        ("CTH", [foreign("5", "")], UNDETERMINED),
        ("CTH", [foreign("5", "940390")], NOT_SATISFIED),
        ("CC", [foreign("5", "94")], NOT_SATISFIED),
        ("CTSH", [foreign("5", "9403")], UNDETERMINED),
        ("CTH", [foreign("5", "940390", origin=HOME)], UNDETERMINED),
        ("CTH", [foreign("5", "940390", origin=HOME, proof="S1")], SATISFIED),
        ("CTH", [foreign("5", "940390", origin="")], UNDETERMINED),
        ("RVC 40", [foreign(None)], UNDETERMINED),
        ("RVC 40", [foreign("61"), foreign(None)], NOT_SATISFIED),
        ("RVC 40", [foreign("10"), foreign("20", origin="")], SATISFIED),
        ("RVC 40 build-up", [foreign("40", origin="QX", proof="S1")], SATISFIED),
        ("RVC 40 build-up", [foreign("40")], NOT_SATISFIED),
        ("RVC 40 net cost", [foreign("10")], UNDETERMINED),
        ("RVC 40 focused on 44", [foreign("61"), foreign("10", "730000")], NOT_SATISFIED),
        ("RVC 40 focused on 73", [foreign("61"), foreign("10", "730000")], SATISFIED),
        ("MaxNOM 50", [foreign("50")], SATISFIED),
        ("MaxNOM 50 FOB", [foreign("50.01")], NOT_SATISFIED),
        ("MaxWeight 40 of 17", [foreign("1", "170199", mass_kg="4")], SATISFIED),
        ("MaxWeight 40 of 17", [foreign("1", "170199")], UNDETERMINED),
        ("not from 44", [foreign("1")], NOT_SATISFIED),
        ("materials of 44 wholly obtained", [foreign("1")], NOT_SATISFIED),
        ("materials of 44 wholly obtained", [foreign("1", origin=HOME, proof="S1", wholly_obtained=True)], SATISFIED),
        ("PE", [foreign("1")], NOT_SATISFIED),
        ("WO", [], UNDETERMINED),
        ('process "spun"', [], UNDETERMINED),
        ('stated "made by hand"', [], UNDETERMINED),
        ("any heading", [foreign("99")], SATISFIED),
    ],
)
def test_a_criterion_is_satisfied_or_not_or_undetermined(rule: str, materials: list[dict[str, Any]], expected: Verdict) -> None:
    assert judged(rule, bill(*materials)).verdict is expected


def test_goods_are_wholly_obtained_in_a_category_of_the_rule_with_evidence_and_of_nothing_foreign() -> None:
    grown = {"wholly_obtained": "plant", "wholly_obtained_evidence": "harvest record"}
    assert judged("WO plant", bill(**grown)).verdict is SATISFIED
    assert judged("WO plant", bill(wholly_obtained="plant")).verdict is UNDETERMINED
    assert judged("WO mineral", bill(**grown)).verdict is NOT_SATISFIED
    assert judged("WO", bill(foreign("1"), **grown)).verdict is NOT_SATISFIED
    assert judged("WO", bill(foreign("1", origin=""), **grown)).verdict is UNDETERMINED


def test_a_code_may_be_written_with_dots() -> None:
    assert judged("CTH", bill(foreign("1", "9403.90"), hs_code="9403 10")).verdict is NOT_SATISFIED
    assert judged("CTH", bill(foreign("1", "94.04"), hs_code="9403.10")).verdict is SATISFIED


def test_packing_neutral_elements_and_accessories_have_rules_of_their_own() -> None:
    made = bill(
        *(foreign("90", "940390", kind=kind) for kind in ("neutral", "shipment_packing")), foreign("5", "940390", kind="retail_packing")
    )
    assert judged("CTH", made).verdict is SATISFIED
    assert judged("RVC 95", made).verdict is SATISFIED
    assert judged("RVC 96", made).verdict is NOT_SATISFIED
    assert judged("RVC 96", made, retail_packing_in_value=False).verdict is SATISFIED


def test_an_intermediate_that_meets_its_own_rule_is_absorbed_whole() -> None:
    part = foreign("80", "940390", origin="", materials=[foreign("60", "440710")])
    assert judged("RVC 40", bill(part)).verdict is SATISFIED
    assert judged("RVC 40", bill(part), absorption=False).verdict is SATISFIED  # traced: 60 of 100 do not originate
    assert judged("RVC 50", bill(part), absorption=False).verdict is NOT_SATISFIED
    abroad = part | {"made_in": "QY"}
    assert judged("RVC 40", bill(abroad)).verdict is NOT_SATISFIED
    assert judged("RVC 40", bill(abroad), cumulation={"full": ["QY"]}).verdict is SATISFIED


def test_a_stock_of_mixed_origin_counts_by_its_record_and_method() -> None:
    stock = {"method": "inventory", "record": "ledger 7", "originating_share": "50"}
    made = bill(foreign("80", origin=HOME, proof="S1", fungible=stock))
    assert judged("RVC 60", made, fungible_methods=["inventory"]).verdict is SATISFIED
    assert judged("RVC 60", made, fungible_methods=["segregation"]).verdict is NOT_SATISFIED


def test_sums_in_another_currency_need_a_rate() -> None:
    made = bill(foreign("100", currency="USD"))
    assert judged("RVC 40", made).verdict is UNDETERMINED
    assert judged("RVC 40", msgspec.structs.replace(made, rates={"USD": Decimal("0.5")})).verdict is SATISFIED


def test_the_cheapest_way_takes_the_cheapest_offers_that_suffice() -> None:
    dear = foreign("40", offers=[{"origin": HOME, "value": "70"}])
    cheap = foreign("30", offers=[{"origin": "QX", "value": "33"}, {"origin": HOME, "value": "35"}])
    way = cheapest_way(bill(dear, cheap), agreement("RVC 50"))
    assert (way.is_possible, way.cost_difference) == (True, Decimal(3))
    assert [(each.act, each.what, each.origin) for each in way.changes] == [("replace", "material 2", "QX")]
    beyond = cheapest_way(bill(dear, cheap), agreement("RVC 50"), most_trials=1)
    assert (beyond.is_possible, beyond.is_cheapest, [each.what for each in beyond.changes]) == (True, False, ["material 2"])
    assert cheapest_way(bill(dear, cheap), agreement('process "never"')).is_possible is False


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(-5, 20)), min_size=1, max_size=5), st.integers(1, 100))
def test_no_other_choice_of_offers_is_cheaper(priced: list[tuple[int, int]], percent: int) -> None:
    made = bill(
        *(foreign(str(value), offers=[{"origin": HOME, "value": str(value + more)}]) for value, more in priced if value + more >= 0)
    )
    way = cheapest_way(made, agreement(f"RVC {percent}"))
    offers = [(each.value or Decimal(0), each.offers[0].value or Decimal(0)) for each in made.materials]
    whole = sum(value for value, _ in offers)
    enough = [
        sum((offers[each][1] - offers[each][0] for each in chosen), Decimal(0))
        for size in range(len(offers) + 1)
        for chosen in combinations(range(len(offers)), size)
        if 100 - whole + sum(offers[each][0] for each in chosen) >= percent
    ]
    assert (way.is_possible, way.cost_difference) == (True, min(enough))


def test_two_hundred_materials_are_answered_within_the_bound() -> None:
    way = cheapest_way(bill(*[foreign("0.5")] * 200), agreement("RVC 60"))
    assert (way.is_possible, way.is_cheapest, len(way.changes)) == (True, False, 120)


def test_evidence_that_lacks_comes_before_a_material_that_is_bought() -> None:
    made = bill(foreign("60", origin="QX"), processes=[{"name": "spun"}])
    way = cheapest_way(made, agreement('RVC 50 and process "spun"'))
    assert [(each.act, each.what) for each in way.changes] == [("prove", "material 1"), ("process", "spun")]


MATERIALS = st.builds(
    Material,
    hs_code=st.sampled_from(["", "94", "9403", "940390", "440710", "720610"]),
    origin=st.sampled_from(["", HOME, "QX", "CN"]),
    proof=st.sampled_from(["", "S1"]),
    value=st.one_of(st.none(), st.decimals(0, 60, places=2)),
    mass_kg=st.one_of(st.none(), st.decimals(0, 10, places=1)),
)
RULES = st.sampled_from(
    [
        "CC",
        "CTH except 72.06",
        "CTSH",
        "RVC 40",
        "RVC 30 build-up",
        "MaxNOM 50",
        "MaxWeight 40 of 44",
        "not from 72",
        "PE",
        "materials of 44 wholly obtained",
    ]
)
BILLS = st.lists(MATERIALS, max_size=5)
WORTH = {NOT_SATISFIED: 0, UNDETERMINED: 1, SATISFIED: 2}


def with_materials(materials: list[Material]) -> BillOfMaterials:
    return msgspec.structs.replace(bill(), materials=tuple(materials))


@given(BILLS, RULES)
def test_an_originating_material_in_place_of_another_or_beside_them_never_harms(materials: list[Material], rule: str) -> None:
    if rule.startswith("materials"):
        rule = "RVC 40"
    before = judged(rule, with_materials(materials))
    own = Material(hs_code="940390", origin=HOME, proof="S1", value=Decimal(5), mass_kg=Decimal(1))
    assert WORTH[judged(rule, with_materials([*materials, own])).verdict] >= WORTH[before.verdict]
    same = [msgspec.structs.replace(each, origin=HOME, proof="S1") for each in materials[:1]]
    assert WORTH[judged(rule, with_materials([*same, *materials[1:]])).verdict] >= WORTH[before.verdict]


@given(BILLS, RULES, st.decimals(0, 100, places=1))
def test_a_tolerance_never_makes_a_satisfied_rule_unsatisfied(materials: list[Material], rule: str, share: Decimal) -> None:
    before = judged(rule, with_materials(materials))
    after = judged(rule, with_materials(materials), tolerance=msgspec.to_builtins(Tolerance(value_share=share)))
    assert before.verdict is not SATISFIED or after.verdict is SATISFIED


@given(BILLS, RULES, st.randoms(use_true_random=False))
def test_names_and_order_of_materials_change_nothing(materials: list[Material], rule: str, random: Any) -> None:  # noqa: ANN401 - of hypothesis
    shuffled = [msgspec.structs.replace(each, name=f"other {place}") for place, each in enumerate(materials)]
    random.shuffle(shuffled)
    first, second = judged(rule, with_materials(materials)), judged(rule, with_materials(shuffled))
    assert (first.verdict, first.margin) == (second.verdict, second.margin)


@given(BILLS, RULES, RULES)
def test_a_choice_is_satisfied_when_either_is(materials: list[Material], one: str, other: str) -> None:
    made, under = with_materials(materials), agreement()
    evidence = Evidence(made.product, counted(made, under), under)
    first, second = evaluate(parse(one), evidence), evaluate(parse(other), evidence)
    chosen = evaluate(AnyOf((parse(one), parse(other))), evidence)
    assert (chosen.verdict is SATISFIED) == (SATISFIED in {first.verdict, second.verdict})


@given(BILLS, RULES)
def test_what_is_determined_stays_so_when_the_missing_is_filled_in(materials: list[Material], rule: str) -> None:
    before = judged(rule, with_materials(materials)).verdict
    for origin, code in (("CN", "940390"), ("CN", "440710"), (HOME, "940390")):
        filled = [
            msgspec.structs.replace(
                each,
                origin=each.origin or origin,
                proof=each.proof or "S1",
                hs_code=each.hs_code or code,
                value=each.value or Decimal(7),
                mass_kg=each.mass_kg or Decimal(1),
            )
            for each in materials
        ]
        assert (
            before is UNDETERMINED or rule.startswith("materials") or judged(rule, with_materials(filled)).verdict in {before, UNDETERMINED}
        )


def test_the_narrowest_range_has_the_rule() -> None:
    both = agreement(rules=[{"codes": ["01-97"], "alternatives": ["CC"]}, {"codes": ["94.03"], "alternatives": ["CTH"]}])
    assert both.rule_for("940310") == parse("CTH")
    assert both.rule_for("010121") == parse("CC")
    assert both.rule_for("990000") is None


def test_a_file_of_an_agreement_lists_every_fault() -> None:
    head = 'name = "a"\ntitle = "A"\nparties = ["QZ"]\nhs_edition = "2022"\n'
    rules = '[[rules]]\ncodes = ["7"]\nalternatives = ["CTH"]\n[[rules]]\ncodes = ["72"]\nalternatives = ["nonsense"]\n'
    with pytest.raises(UnreadableAgreementError) as told:
        read_agreement(head + rules)
    assert len(str(told.value).splitlines()) == 2
    with pytest.raises(UnreadableAgreementError, match="two rules"):
        read_agreement(head + '[[rules]]\ncodes = ["72"]\nalternatives = ["CTH"]\n' * 2)


def test_materials_are_pasted_as_a_table() -> None:
    assert read_materials("name,hs_code,value\nwood,440710,5.20\n") == (Material(name="wood", hs_code="440710", value=Decimal("5.20")),)
    for text in ("", "nonsense\n1\n", "name,value\nwood,many\n", "name,value\nwood,-1\n", "name,value\nwood,NaN\n", "name\na,b\n"):
        with pytest.raises(UnreadableClaimError):
            read_materials(text)
