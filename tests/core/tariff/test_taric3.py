"""TARIC3 documents: read as a stream into the plain set, increments applied, and nothing taken that is none."""

import io
from pathlib import Path

import pytest
from lxml import etree
from tests.core.tariff import taric3_sample as sample

from customhouse.kernel import Severity
from customhouse.tariff import loading
from customhouse.tariff.edition import TariffSet
from customhouse.tariff.measure_sheet import read_measures

SCHEMA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "tariff" / "uk" / "taric3" / "taric3.xsd"
TYPES = loading.measure_types("measure_type,kind,description,preferences\n103,A00,Duty,100\n143,A00,Quota,320\n552,A30,Anti-dumping,\n")
ENVELOPE_SCHEMA = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{sample.ENVELOPE}"
  xmlns="{sample.ENVELOPE}" elementFormDefault="qualified">
  <xs:element name="abstract.message" abstract="true"/>
  <xs:element name="app.message"><xs:complexType><xs:sequence><xs:element ref="abstract.message"/></xs:sequence>
    <xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>
  <xs:element name="transaction"><xs:complexType><xs:sequence><xs:element ref="app.message" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>
  <xs:element name="envelope"><xs:complexType><xs:sequence><xs:element ref="transaction" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>
</xs:schema>"""
XML_SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/></xs:schema>"""


def read(*entries: sample.Entry, into: TariffSet | None = None) -> loading.Loaded:
    source = ("sample.xml", io.BytesIO(sample.envelope(entries)))
    return loading.load(loading.Dialect.TARIC3, [source], into=into or TariffSet(), types=TYPES)


def by_id(loaded: loading.Loaded) -> dict[str, dict[str, str]]:
    return {line["id"]: dict(line) for line in loaded.lines["measures"]}


@pytest.mark.skipif(not SCHEMA.exists(), reason="the TARIC3 schema is not beside the repository")
def test_the_sample_is_valid_by_the_schema_of_the_commission(tmp_path: Path) -> None:
    beside = {"taric3.xsd": SCHEMA.read_text("utf-8"), "envelope.xsd": ENVELOPE_SCHEMA, "xml.xsd": XML_SCHEMA}
    for name, text in beside.items():
        (tmp_path / name).write_text(text, "utf-8")
    schema = etree.XMLSchema(etree.parse(tmp_path / "taric3.xsd"))
    schema.assertValid(etree.fromstring(sample.envelope(sample.small_tariff())))


def test_measures_come_with_their_duty_area_conditions_and_days() -> None:
    found = by_id(read(*sample.small_tariff()))
    assert {"kind": "A00", "preference": "100", "rate": "12.8 % + 176.8 EUR / DTN", "valid_to": ""}.items() <= found["101"].items()
    assert {"area": "2001", "excludes": "BR", "quota": "098201", "valid_to": "2022-01-01"}.items() <= found["102"].items()
    assert {"additional_code": "C999", "conditions": "A:D008=apply 4.5 %;A:-=apply 20 %"}.items() <= found["103"].items()
    assert "104" not in found


def test_lines_between_commodities_lend_their_words_and_only_the_last_are_declarable() -> None:
    lines = {line["code"]: line for line in read(*sample.small_tariff()).lines["commodities"]}
    assert sorted(lines) == ["0200000000", "0201000000", "0201100010", "0201100090"]
    assert lines["0201100010"]["description"] == "Carcasses > Carcasses & halves, young"
    assert [lines[code]["parent"] for code in sorted(lines)] == ["", "0200000000", "0201000000", "0201000000"]
    assert [lines[code]["declarable"] for code in sorted(lines)] == ["false", "false", "true", "true"]
    assert lines["0201100090"]["unit"] == "NAR"


def test_areas_quotas_and_additional_codes_come_too() -> None:
    lines = read(*sample.small_tariff()).lines
    assert {(line["area"], line["member"]) for line in lines["areas"]} >= {("1011", "*"), ("2001", "AR"), ("2001", "BR"), ("AR", "AR")}
    assert lines["quotas"] == [
        {
            "order_number": "098201",
            "origins": "2001",
            "valid_from": "2021-01-01",
            "valid_to": "2022-01-01",
            "volume": "6000.000",
            "unit": "KGM",
        }
    ]
    assert [line["code"] for line in lines["additional_codes"]] == ["C999"]


def test_the_order_of_inserts_does_not_matter_to_what_comes_of_them() -> None:
    forwards, backwards = read(*sample.small_tariff()), read(*reversed(sample.small_tariff()))
    for table, lines in forwards.lines.items():
        assert sorted(lines, key=str) == sorted(backwards.lines[table], key=str), table


def test_updates_and_deletes_apply_to_what_stands() -> None:
    update = (sample.UPDATE, *sample.component("101", "01", "10.000")[1:])
    gone = (sample.DELETE, *sample.component("101", "04", "176.800", "EUR", "DTN")[1:])
    found = read(*sample.small_tariff(), update, gone)
    assert by_id(found)["101"]["rate"] == "10 %"
    assert not found.findings


def test_what_does_not_fit_what_stands_is_told() -> None:
    strange = [
        (sample.DELETE, *sample.measure("9", "103", "1011", "0201100010")[1:]),
        (sample.UPDATE, *sample.measure("8", "103", "1011", "0201100010")[1:]),
        (sample.INSERT, "measure", {"measure.sid": "7", "validity.start.date": "the first of May"}),
        (sample.INSERT, "measure", {"measure.type": "103"}),
        (sample.INSERT, "footnote", {"footnote.id": "1"}),
    ]
    found = read(*strange)
    assert [finding.severity for finding in found.findings] == [Severity.WARNING] * 4
    assert list(by_id(found)) == ["8"]
    assert found.passed_over == {"footnote": 1}


def test_a_measure_without_an_end_ends_with_its_regulation() -> None:
    regulation = {"base.regulation.role": "1", "base.regulation.id": "C2100001", "effective.end.date": "2022-06-30"}
    found = by_id(read(sample.measure("1", "103", "1011", "0201100010"), (sample.INSERT, "base.regulation", regulation)))
    assert found["1"]["valid_to"] == "2022-07-01"


def test_a_condition_that_compares_a_price_leaves_the_duty_undetermined() -> None:
    price = {"measure.condition.sid": "1", "measure.sid": "1", "condition.code": "V", "component.sequence.number": "1"}
    price |= {"condition.duty.amount": "52.600", "condition.monetary.unit.code": "EUR", "condition.measurement.unit.code": "DTN"}
    entries = [sample.measure("1", "103", "1011", "0201100010"), sample.component("1", "01", "0.000")]
    found = by_id(read(*entries, (sample.INSERT, "measure.condition", price | {"action.code": "01"})))
    head = "id,commodity,kind,rate\n"
    [measure] = read_measures(f'{head}1,0201100010,A00,"{found["1"]["rate"]}"\n').measures
    assert measure.rate.unreadable


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<a>",
        b"<a/>",
        b'<!DOCTYPE envelope [<!ENTITY a "b">]><envelope>&a;</envelope>',
        b'<!DOCTYPE envelope SYSTEM "file:///etc/hostname"><envelope/>',
        b"<envelope><transaction><app.message><transmission><record/></transmission></app.message></transaction></envelope>",
        b"<envelope><record><update.type>3</update.type></record></envelope>",
        b"<envelope><record><update.type>9</update.type><measure/></record></envelope>",
        b"<envelope>" + b"<a>" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_document_of_the_kind_is_refused_with_one_error(text: bytes) -> None:
    with pytest.raises(loading.UnreadableSourceError):
        list(loading.read_records(io.BytesIO(text)))
