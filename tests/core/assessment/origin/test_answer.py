"""Claims against the agreements of the sandbox: worked cases, the auxiliary rules, and proofs."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from customhouse.assessment import origin
from customhouse.pipeline import load_country, told

ROOT = Path(__file__).resolve().parents[4]
CASES = [
    (path.stem, number, case | {"day": file["day"]})
    for path in sorted((ROOT / "tests" / "cases").glob("origin_*.yaml"))
    for file in [yaml.safe_load(path.read_text())]
    for number, case in enumerate(file["cases"])
]
HARBOUR = load_country("sandbox").agreements["harbour"]
DAY = date(2026, 3, 2)


def claim(**fields: Any) -> origin.Claim:  # noqa: ANN401 - any field of a claim
    product = {"hs_code": "871200", "produced_in": "QZ", "currency": "EUR", "fob": "100", "ex_works": "100", "operations": ["welding"]}
    rest = {"materials": [{"hs_code": "871491", "origin": "CN", "value": "50"}]}
    rest["circumstances"] = {"drawback": False, "transport": {"direct": True}}
    rest |= fields
    return msgspec.convert({"product": product | rest.pop("product", {})} | rest, origin.Claim, strict=False)


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{stem}-{number}") for stem, number, case in CASES])
def test_a_worked_case_comes_out_as_the_law_says(case: dict[str, Any]) -> None:
    agreement = load_country("sandbox").agreements[case["agreement"]]
    given = claim(product={"ex_works": None, "fob": None} | case["product"], materials=case["materials"])
    answer = origin.answer(given, agreement, on=case["day"])
    assert answer.derivation.verdict.value == case["verdict"]
    assert case["told"] in [node.reason() for _, node in answer.derivation.lines()]


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({}, "satisfied"),
        ({"circumstances": {"drawback": False}}, "undetermined"),
        ({"circumstances": {"transport": {"direct": True}}}, "undetermined"),
        ({"circumstances": {"drawback": True, "transport": {"direct": True}}}, "not_satisfied"),
        ({"circumstances": {"drawback": False, "transport": {"via": ["SG"]}}}, "undetermined"),
        ({"circumstances": {"drawback": False, "transport": {"via": ["SG"], "evidence": ["through bill of lading"]}}}, "satisfied"),
        ({"circumstances": {"drawback": False, "transport": {"direct": True, "altered": True}}}, "not_satisfied"),
        ({"circumstances": {"drawback": False, "transport": {"direct": True}, "hs_edition": "2012"}}, "undetermined"),
        ({"product": {"operations": None}}, "undetermined"),
        ({"product": {"operations": ["packing"]}}, "not_satisfied"),
        ({"product": {"produced_in": ""}}, "undetermined"),
        ({"product": {"produced_in": "CN"}}, "not_satisfied"),
        ({"product": {"hs_code": "990000"}}, "undetermined"),
        ({"product": {"added_abroad": "10"}}, "satisfied"),
        ({"product": {"added_abroad": "10.01"}}, "not_satisfied"),
        ({"product": {"added_abroad": "10", "ex_works": None}}, "undetermined"),
        ({"product": {"is_set": True}}, "not_satisfied"),
        ({"product": {"is_set": True}, "materials": [{"origin": "CN", "value": "15"}]}, "satisfied"),
        ({"product": {"is_set": True}, "materials": [{"origin": "CN"}]}, "undetermined"),
    ],
)
def test_the_auxiliary_rules_are_part_of_the_answer(fields: dict[str, Any], verdict: str) -> None:
    assert origin.answer(claim(**fields), HARBOUR, on=DAY).derivation.verdict.value == verdict


def test_an_agreement_gives_nothing_before_it_is_in_force() -> None:
    assert origin.answer(claim(), HARBOUR, on=date(2019, 12, 31)).derivation.verdict.value == "not_satisfied"


@pytest.mark.parametrize(
    ("proof", "codes"),
    [
        (None, ["ORG-11"]),
        ({"consignment_value": "1000", "currency": "EUR"}, ["ORG-10"]),
        ({"consignment_value": "1000.01", "currency": "EUR"}, ["ORG-01"]),
        ({"type": "letter"}, ["ORG-02"]),
        ({"type": "movement_certificate"}, ["ORG-07", "ORG-07", "ORG-07"]),
        ({"type": "movement_certificate", "number": "1", "issuer": "QX", "issued_on": "2025-05-03"}, []),
        ({"type": "movement_certificate", "number": "1", "issuer": "QX", "issued_on": "2025-05-02"}, ["ORG-03"]),
        ({"type": "movement_certificate", "number": "1", "issuer": "QX", "issued_on": "2026-03-03"}, ["ORG-04"]),
        (
            {"type": "movement_certificate", "number": "1", "issuer": "QX", "issued_on": "2026-03-02", "exported_on": "2026-02-01"},
            ["ORG-08"],
        ),
        (
            {
                "type": "origin_declaration",
                "number": "1",
                "issuer": "E",
                "issued_on": "2026-03-01",
                "consignment_value": "6000",
                "currency": "EUR",
            },
            [],
        ),
        (
            {
                "type": "origin_declaration",
                "number": "1",
                "issuer": "E",
                "issued_on": "2026-03-01",
                "consignment_value": "6001",
                "currency": "EUR",
            },
            ["ORG-05"],
        ),
        ({"type": "origin_declaration", "number": "1", "issuer": "E", "issued_on": "2026-03-01", "approved_exporter": "QX/1"}, []),
    ],
)
def test_a_proof_is_checked_on_the_day_of_acceptance(proof: dict[str, Any] | None, codes: list[str]) -> None:
    findings = origin.answer(claim(proof=proof), HARBOUR, on=DAY).findings
    assert [each.code for each in findings] == codes
    assert all(told(each)["message"] for each in findings)


def test_published_schemes_are_computed_where_a_class_says_all_and_asked_where_it_does_not() -> None:
    published = [
        {
            "scheme_code": "albion",
            "title": "Albion",
            "countries": ["QX"],
            "rules": [
                {
                    "heading": "Chapter&nbsp;7",
                    "rule": "All the materials of Chapter 7 used are wholly obtained{{WO}}",
                    "alternate_rule": "",
                },
                {"heading": "8703", "rule": "{{CTH}}", "alternate_rule": "MaxNOM 50 % (EXW)"},
                {"heading": "words", "rule": "{{CC}}"},
            ],
            "proofs": [{"id": "p", "summary": "EUR1"}],
        }
    ]
    albion = origin.read_schemes(msgspec.json.encode(published).decode(), party="QZ")["albion"]
    assert albion.parties == ("QZ", "QX")
    assert [(each.codes, each.alternatives) for each in albion.rules] == [
        (("07",), ('stated "All the materials of Chapter 7 used are wholly obtained"',)),
        (("87.03",), ("CTH", 'stated "MaxNOM 50 % (EXW)"')),
    ]
    given = claim(product={"hs_code": "070190", "statements": {"All the materials of Chapter 7 used are wholly obtained": True}})
    assert origin.answer(given, albion, on=DAY).derivation.parts[0].verdict.value == "satisfied"
    with pytest.raises(origin.UnreadableOriginError):
        origin.read_schemes("{}", party="QZ")


def test_rule_sets_are_alternatives_where_the_file_says_so_and_parts_of_codes_are_asked_for() -> None:
    cth = {"rule": "Manufacture from materials of any [heading](/x), except that of the product.", "class": ["CTH"], "operator": None}
    more = {"rule": "The weight of sugar does not exceed **20%**", "class": [], "operator": "or"}
    joined = [cth, more | {"operator": None}, more | {"operator": "and"}]
    published = {
        "rule_sets": [
            {"min": "2001000000", "max": "2001999999", "rules": [cth, more], "valid": True},
            {"min": "2101000000", "max": "2102999999", "rules": joined, "valid": True},
            {"min": "2103000000", "max": "2103999999", "subdivision": "sauces", "rules": [cth], "valid": True},
            {"min": "2103000000", "max": "2103999999", "subdivision": "mustard", "rules": [more], "valid": True},
            {"min": "2201101100", "max": "2201101999", "subdivision": "spring water", "rules": [cth], "valid": True},
            {"min": "2200000000", "max": "2299999999", "rules": [cth], "valid": False},
        ]
    }
    read = origin.read_schemes(msgspec.json.encode(published).decode(), party="QZ")["scheme"]
    rules = {each.codes[0]: each.alternatives for each in read.rules}
    assert rules["20.01"] == ("CTH", 'stated "The weight of sugar does not exceed 20%"')
    assert len(rules["21.01-21.02"]) == 1
    assert rules["21.03"][0] == 'stated "The goods are: sauces" and (CTH)'
    assert rules["2201.10"] == ('stated "The goods are: spring water" and (CTH)',)
    assert len(rules) == 4


def test_a_claim_is_read_and_what_is_none_is_refused() -> None:
    assert origin.read_claim('[product]\nfob = "1.50"\n').product.fob == Decimal("1.50")
    with pytest.raises(origin.UnreadableOriginError):
        origin.read_claim("[product]\nfbo = 1\n")


@pytest.mark.parametrize(
    ("materials", "operations", "territory"),
    [
        ([{"hs_code": "440710", "origin": "SE", "value": "9"}], ["sawing"], "CN"),
        ([{"hs_code": "940390", "origin": "SE", "value": "9"}, {"hs_code": "940390", "origin": "KR", "value": "8"}], ["sawing"], "SE"),
        ([{"hs_code": "940390", "origin": "SE", "value": "9"}, {"hs_code": "940390", "origin": "KR", "value": "9"}], ["sawing"], ""),
        ([{"hs_code": "940390", "origin": "SE"}], ["sawing"], ""),
        ([{"hs_code": "440710", "origin": "SE", "value": "9"}], None, ""),
    ],
)
def test_goods_without_preference_originate_where_they_were_last_transformed(
    materials: list[dict[str, Any]], operations: list[str] | None, territory: str
) -> None:
    rules = load_country("sandbox").agreements["non_preferential"]
    given = claim(product={"hs_code": "940310", "produced_in": "CN", "operations": operations}, materials=materials)
    assert origin.answer(given, rules, on=DAY).territory == territory
