import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import Action
from customhouse.tariff.document import Types, UnreadableDocumentError, read_document
from customhouse.tariff.measure_type import kind_of, read_claims, read_measure_types

TABLE = """measure_type,kind,description,preferences
103,A00,duty,100
142,A00,preference,200 300
306,{additional_code},excise,
410,,control,
"""
TYPES = Types(read_measure_types(TABLE), read_claims(TABLE))


def measure(kind: str = "103", **told: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a document
    part = {"duty_expression_id": "01", "duty_amount": 12.1}
    return {"id": 1, "measure_type": {"id": kind}, "geographical_area": {"id": "1011"}, "measure_components": [part], **told}


def nested(*measures: dict[str, Any]) -> str:
    return json.dumps({"goods_nomenclature_item_id": "0101210000", "description": "Horses", "import_measures": measures})


def resources() -> dict[str, Any]:
    links = {"import_measures": {"data": [{"type": "measure", "id": "1"}]}}
    own = {"type": "commodity", "id": "9", "attributes": {"goods_nomenclature_item_id": "0101210000"}, "relationships": links}
    relations = {
        "measure_type": {"data": {"type": "measure_type", "id": "103"}},
        "geographical_area": {"data": {"type": "geographical_area", "id": "1011"}},
        "measure_components": {"data": [{"type": "measure_component", "id": "1-01"}]},
    }
    included = [
        {"type": "measure", "id": "1", "attributes": {"effective_end_date": "2026-12-31T00:00:00Z"}, "relationships": relations},
        {"type": "measure_component", "id": "1-01", "attributes": {"duty_expression_id": "01", "duty_amount": 12.1}},
        {
            "type": "geographical_area",
            "id": "1011",
            "relationships": {"children_geographical_areas": {"data": [{"type": "geographical_area", "id": "1011"}]}},
        },
    ]
    return {"data": own, "included": included}


def test_resources_and_nested_objects_read_alike() -> None:
    (linked,) = read_document(json.dumps(resources()), TYPES).measures
    (plain,) = read_document(nested(measure(effective_end_date="2026-12-31")), TYPES).measures
    assert linked == plain
    assert (plain.kind, str(plain.rate), plain.preferences, plain.type) == ("A00", "12.1 %", ("100",), "103")


def test_the_last_day_of_a_measure_is_included() -> None:
    (found,) = read_document(nested(measure(effective_end_date="2026-12-31T00:00:00.000Z")), TYPES).measures
    assert found.is_in_force(on=date(2026, 12, 31))
    assert not found.is_in_force(on=date(2027, 1, 1))


def test_controls_are_counted_and_types_that_the_country_does_not_know_are_told() -> None:
    control = measure("103", measure_type={"id": "103", "measure_type_series_id": "B"})
    found = read_document(nested(measure(), measure("410"), control, measure("999")), TYPES)
    assert (len(found.measures), found.controls) == (1, 2)
    assert [finding.code for finding in found.findings] == ["TRF-02"]


def test_an_excise_is_told_by_its_additional_code() -> None:
    (found,) = read_document(nested(measure("306", additional_code={"code": "X413"})), TYPES).measures
    assert found.kind == "413"
    assert kind_of("A00", additional_code="X413") == "A00"


def test_components_join_by_their_expression() -> None:
    parts = [
        {"duty_expression_id": "01", "duty_amount": 13.8},
        {"duty_expression_id": "15", "duty_amount": 13, "monetary_unit_code": "GBP", "measurement_unit_code": "DTN"},
        {
            "duty_expression_id": "17",
            "duty_amount": 15,
            "monetary_unit_code": "GBP",
            "measurement_unit_code": "TNE",
            "measurement_unit_qualifier_code": "I",
        },
    ]
    (found,) = read_document(nested(measure(measure_components=parts)), TYPES).measures
    assert str(found.rate.cap) == "0.015 GBP / KGM#I"
    (component,) = read_document(nested(measure(measure_components=[parts[0], {"duty_expression_id": "12"}])), TYPES).measures
    assert component.rate.needs == {"value", "EA"}
    (strange,) = read_document(nested(measure(measure_components=[{"duty_expression_id": "44", "duty_amount": 3}])), TYPES).measures
    assert strange.rate.unreadable


@pytest.mark.parametrize(
    ("line", "test", "action"),
    [
        ({"condition_code": "B", "document_code": "C644", "action_code": "29"}, "C644", Action.APPLY),
        ({"condition_code": "B", "document_code": "", "action": "Import/export not allowed after control"}, "-", Action.REFUSE),
        ({"condition_code": "B", "action_code": "07"}, "-", Action.SKIP),
        (
            {"condition_code": "E", "action_code": "27", "condition_duty_amount": 2, "condition_measurement_unit_code": "TNE"},
            "KGM<=2000",
            Action.APPLY,
        ),
        (
            {"condition_code": "R", "action_code": "10", "condition_duty_amount": 160, "condition_measurement_unit_code": "KGM"},
            "KGM/supplementary>=160",
            Action.REFUSE,
        ),
    ],
)
def test_a_line_of_a_condition_is_read_by_its_codes(line: dict[str, Any], test: str, action: Action) -> None:
    (found,) = read_document(nested(measure(measure_conditions=[line])), TYPES).measures
    assert [(each.test, each.action) for each in found.conditions] == [(test, action)]


def test_an_entry_price_names_its_own_rate() -> None:
    line = {
        "condition_code": "V",
        "action_code": "01",
        "condition_duty_amount": 52.6,
        "condition_monetary_unit_code": "EUR",
        "condition_measurement_unit_code": "DTN",
        "measure_condition_components": [{"duty_expression_id": "01", "duty_amount": 14.4}],
    }
    (found,) = read_document(nested(measure(measure_conditions=[line], measure_components=[])), TYPES).measures
    (condition,) = found.conditions
    assert (condition.test, str(condition.rate)) == ("value/100 KGM>=52.6 EUR", "14.4 %")
    assert found.rate.unreadable


def test_an_answer_narrowed_to_an_origin_covers_it() -> None:
    group = measure(geographical_area={"id": "2020"}, excluded_countries=[{"id": "KE"}])
    found = read_document(nested(group, measure(geographical_area={"id": "UG"})), TYPES, narrowed_to="TZ")
    assert [(each.area, each.member) for each in found.memberships] == [("2020", "TZ")]
    assert [each.area for each in found.measures] == ["2020", "TZ"]


@given(
    st.one_of(
        st.text(),
        st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(
            json.dumps
        ),
    )
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocumentError):
        read_document(text, TYPES)


@given(st.decimals(0, 10**6, places=3))
def test_an_amount_is_read_as_it_is_printed(amount: Decimal) -> None:
    part = f'{{"duty_expression_id": "01", "duty_amount": {amount:f}}}'
    text = nested(measure(measure_components=["PART"])).replace('"PART"', part)
    (found,) = read_document(text, TYPES).measures
    assert found.rate.of({"value": Decimal(100)}, {}) == amount
