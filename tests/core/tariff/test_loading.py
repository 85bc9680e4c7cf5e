"""Schedules, measure extracts and plain files, each read into the rows of the plain set."""

import io
import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import edition, hts, loading, read_measures
from customhouse.tariff.condition import read_conditions
from customhouse.tariff.loading import Component, ConditionLine, Dialect, MeasureTypes, UnreadableSourceError, compact, duty_text
from customhouse.tariff.taric import read_rate

UK = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "tariff" / "uk"
TYPES = loading.measure_types("measure_type,kind,description,preferences\n103,A00,,100\n305,B00,,\n306,{additional_code},,\n410,,,\n")
EXTRACT = (
    "id,commodity__code,measure__sid,measure__type__id,measure__additional_code__code,measure__duty_expression,"
    "measure__effective_start_date,measure__effective_end_date,measure__conditions,measure__geographical_area__id,"
    "measure__excluded_geographical_areas__ids,measure__quota__order_number,measure__regulation__id\n"
)


def load(dialect: Dialect, *texts: str | bytes, into: edition.TariffSet | None = None, types: MeasureTypes = TYPES) -> loading.Loaded:
    sources = [
        (f"measures{place or ''}.csv", io.BytesIO(text if isinstance(text, bytes) else text.encode())) for place, text in enumerate(texts)
    ]
    return loading.load(dialect, sources, into=into or edition.TariffSet(), types=types)


def schedule(*lines: tuple[str, str, str]) -> str:
    rows = [
        {"htsno": number, "indent": indent, "description": "Goods", "general": general, "other": ""} for number, indent, general in lines
    ]
    return json.dumps(rows)


def test_a_schedule_gives_commodities_and_measures_in_the_form_of_the_plain_set() -> None:
    found = load(Dialect.HTS, schedule(("0101", "0", ""), ("0101.21.00", "1", "33 1/3%"), ("9903.88.15", "0", "The duty + 7.5%")))
    assert [line["code"] for line in found.lines["commodities"]] == ["0101", "01012100", "99038815"]
    assert [line["rate"] for line in found.lines["measures"]] == ["100 / 3 %"]
    assert sum(found.passed_over.values()) == 1


@pytest.mark.parametrize(
    "text", ["5.7¢/kg on drained weight + 8%", "33 1/3%", "45¢ each + 6.4% + 2.5¢/jewel over 7", "3% on the case + $1/doz"]
)
def test_a_rate_of_the_schedule_reads_back_as_itself(text: str) -> None:
    printed = hts.read_rate(text)
    [line] = load(Dialect.HTS, schedule(("0101.21.00", "0", text))).lines["measures"]
    again = read_rate(line["rate"])
    assert (again.base, again.floor, again.cap, again.unreadable) == (printed.base, printed.floor, printed.cap, "")


def test_a_measure_of_an_extract_comes_with_its_conditions_exclusions_and_first_day_without_it() -> None:
    conditions = "condition:B,certificate:C-644,action:29|condition:B,action:09"
    text = f'{EXTRACT}1,0101210000,77,103,,"10.00 %",2021-01-01,2021-12-31,"{conditions}",1011,CH|NO,,C1\n'
    [line] = load(Dialect.UK_CSV, text).lines["measures"]
    assert {"id": "77", "kind": "A00", "preference": "100", "valid_to": "2022-01-01", "excludes": "CH NO"}.items() <= line.items()
    assert line["conditions"] == "B:C644=apply;B:-=refuse"


def test_a_measure_on_several_commodities_has_an_id_for_each_and_one_that_repeats_is_told() -> None:
    row = "1,{code},77,103,,10 %,2021-01-01,#NA,#NA,1011,#NA,#NA,C1\n"
    found = load(Dialect.UK_CSV, EXTRACT + "".join(row.format(code=code) for code in ("0101210000", "0101290000", "0101290000")))
    assert [line["id"] for line in found.lines["measures"]] == ["77", "77/0101290000"]
    assert [finding.pointer for finding in found.findings] == ["row[4]"]


def test_excise_is_told_by_its_additional_code_and_what_is_no_tax_keeps_its_type() -> None:
    begun = ("1,306,X451,1 %,2021-01-01", "2,410,,,2021-01-01", "3,109,,p/st,2021-01-01", ",,,,", "5,103,,,never")
    found = load(Dialect.UK_CSV, EXTRACT + "".join(f"1,01,{each},,,,,,\n" for each in begun))
    assert [line["kind"] for line in found.lines["measures"]] == ["451", "410"]
    assert found.passed_over == {"supplementary unit": 1}
    assert len(found.findings) == 2


def test_commodities_of_an_extract_are_those_of_suffix_80() -> None:
    head = "commodity__sid,commodity__code,productline__suffix,start__date,end__date,description,indents,entity__type,end__line\n"
    found = load(
        Dialect.UK_CSV, f"{head}1,0101000000,80,2020-01-01,,Horses,0,heading,0\n2,0101210000,10,2020-01-01,,Horses,1,commodity,0\n"
    )
    assert found.lines["commodities"] == [
        {"code": "0101000000", "description": "Horses", "declarable": "false", "valid_from": "2020-01-01", "valid_to": ""}
    ]


@pytest.mark.skipif(not UK.exists(), reason="the measures of the United Kingdom are not beside the repository")
def test_the_components_of_real_measures_come_to_the_duty_that_is_printed() -> None:
    names = ("uk_measures_flat.csv", "uk_measure_components_flat.csv", "uk_measure_conditions_flat.csv")
    texts = [(UK / name).read_bytes() for name in names]
    composed, printed = (load(Dialect.UK_CSV, *files) for files in (texts, texts[::2]))
    rates = {line["id"]: line["rate"] for line in printed.lines["measures"]}
    assert len(rates) > 1_000
    for line in composed.lines["measures"]:
        one, other = read_rate(line["rate"]), read_rate(rates[line["id"]])
        assert (one.base, one.floor, one.cap, bool(one.unreadable)) == (other.base, other.floor, other.cap, bool(other.unreadable)), line
        assert not line["conditions"] or read_conditions(line["conditions"])


@given(
    st.sampled_from(["01", "04", "15", "17", "36"]),
    st.decimals(0, 1000, places=3),
    st.sampled_from(["", "EUR"]),
    st.sampled_from(["", "DTN"]),
)
def test_a_component_reads_as_its_amount_per_unit(expression: str, amount: object, currency: str, unit: str) -> None:
    parts = [
        Component(expression="01", amount="0"),
        Component(expression=expression, amount=str(amount), currency=currency, unit=unit if currency else ""),
    ]
    assert not read_rate(duty_text(parts[expression == "01" :])).unreadable


@pytest.mark.parametrize("expression", ["03", "12X", "40", ""])
def test_an_unknown_duty_expression_is_never_taken_for_a_rate(expression: str) -> None:
    assert read_rate(duty_text([Component(expression="01", amount="5"), Component(expression=expression, amount="1")])).unreadable


@pytest.mark.parametrize(
    "line",
    [
        ConditionLine(code="V", amount="52.6", currency="EUR", unit="DTN", action="01"),
        ConditionLine(code="E", amount="52.6", currency="EUR", unit="DTN", action="29"),
        ConditionLine(code="E", amount="much", unit="KGM", action="29"),
        ConditionLine(code="B", document="C644", action="99"),
        ConditionLine(code="B", document="C644"),
    ],
)
def test_a_condition_that_cannot_be_said_is_a_gap_and_not_left_out(line: ConditionLine) -> None:
    found = compact([line, ConditionLine(code=line.code, action="07")])
    assert (found.text, bool(found.gap)) == ("", True)


def test_a_limit_of_quantity_is_brought_to_its_unit() -> None:
    lines = [ConditionLine(code="E", amount="5", unit="DTN", action="29"), ConditionLine(code="E", action="10")]
    assert compact(lines).text == "E:KGM<=500=apply;E:-=refuse"


def test_a_part_leaves_what_it_does_not_name_and_a_whole_does_not() -> None:
    head = "id,commodity,kind,rate,valid_from\n"
    standing = edition.read_set({"measures": [head, "a,01,A00,1 %,2020-01-01\n", "b,02,A00,1 %,2020-01-01\n"]})
    loaded = load(Dialect.PLAIN, f"{head}b,02,A00,2 %,2020-01-01\n", into=standing)
    ids = {
        is_part: [line["id"] for line in loading.next_lines(loaded, standing, on=None, is_part=is_part)["measures"]]
        for is_part in (True, False)
    }
    assert ids == {True: ["a", "b"], False: ["b"]}
    dated = list(
        loading.next_lines(load(Dialect.HTS, schedule(("0101.21.00", "0", "5%"))), standing, on=date(2026, 1, 1), is_part=True)["measures"]
    )
    assert [line.get("valid_from") for line in dated] == ["2020-01-01", "2020-01-01", "2026-01-01"]


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        (Dialect.HTS, "a,b\n1,2\n"),
        (Dialect.HTS, b"\xff\xfe"),
        (Dialect.UK_CSV, ""),
        (Dialect.UK_CSV, "a,b\n1,2\n"),
        (Dialect.UK_CSV, EXTRACT + '"' + "x" * 200_000),
        (Dialect.UK_CSV, b"sid,type_desc,geo\n\xff,,\n"),
        (Dialect.TARIC3, "id,commodity\n"),
    ],
)
def test_what_is_not_in_its_dialect_is_refused_with_one_error(dialect: Dialect, text: str | bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        load(dialect, text)


def test_a_plain_file_of_another_name_is_refused() -> None:
    with pytest.raises(UnreadableSourceError):
        load(Dialect.PLAIN, "id,commodity,kind,rate\n", "id\n")


def test_rows_of_an_edition_are_read_with_their_editions() -> None:
    sheet = read_measures("id,commodity,kind,rate,added_in,removed_in\na,01,A00,1 %,1,2\na,01,A00,2 %,2,\nb,01,A00,1 %,x,\n")
    assert [(each.added_in, each.removed_in) for each in sheet.measures] == [(1, 2), (2, None)]
    assert [finding.pointer for finding in sheet.findings] == ["row[4]/added_in"]


@given(st.sampled_from(list(Dialect)), st.binary(max_size=200) | st.text(alphabet='<>/&"\n,{}[]a1;:', max_size=80).map(str.encode))
def test_whatever_bytes_come_are_loaded_or_refused(dialect: Dialect, content: bytes) -> None:
    with suppress(UnreadableSourceError, edition.UnreadableSetError):
        load(dialect, content)


CELLS = st.sampled_from(
    ["", "1", "-1", "103", "305", "9999-12-31", "0001-01-01", "2021-02-30", "condition:B", "condition:B,action:x|", "#NA", "²"]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=15).map(",".join), max_size=5))
def test_whatever_cells_come_in_an_extract_give_rows_or_findings(rows: list[str]) -> None:
    with suppress(UnreadableSourceError):
        found = load(Dialect.UK_CSV, EXTRACT + "\n".join(rows) + "\n")
        assert len(found.lines.get("measures", ())) + len(found.findings) + sum(found.passed_over.values()) >= sum(map(bool, rows))


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["htsno", "indent", "description", "general", "special", "units", "footnotes"]),
            st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2),
        ),
        max_size=3,
    )
)
def test_whatever_entries_a_schedule_has_are_loaded_or_refused(entries: list[dict[str, object]]) -> None:
    with suppress(UnreadableSourceError):
        load(Dialect.HTS, json.dumps(entries))
