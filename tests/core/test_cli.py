import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from customhouse.cli import app

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "countries" / "sandbox" / "samples"
HEADER = "id,commodity,area,excludes,kind,additional_code,preference,quota,rate,conditions,legal_basis,valid_from,valid_to"


def run(*words: str, data: bytes | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words), input=data)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


def sample(name: str) -> str:
    return str(SAMPLES / f"{name}.xml")


def test_check_tells_a_declaration_and_is_content_with_a_good_one() -> None:
    assert run("check", sample("books"), "--country", "sandbox", "--on", "2026-11-20") == (0, "declaration SAMPLE-BOOKS\n")


def test_check_reads_standard_input_and_says_all_that_is_wrong() -> None:
    code, told = run("check", "-", "--json", "--on", "2026-11-20", data=(SAMPLES / "many_mistakes.xml").read_bytes())
    answer = json.loads(told)
    assert code == 1
    assert answer["kind"] == "declaration"
    assert {"COD-01", "FMT-01", "OBL-04", "SUM-01"} <= {finding["code"] for finding in answer["findings"]}
    assert all(finding["message"] and finding["fix"] and finding["legal_basis"] for finding in answer["findings"])


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (b"<MetaData><Declaration><FunctionCode>13</FunctionCode><TypeCode>COR</TypeCode></Declaration></MetaData>", "amendment"),
        (b"<MetaData><Declaration><FunctionCode>13</FunctionCode><TypeCode>INV</TypeCode></Declaration></MetaData>", "cancellation"),
        (b"<MetaData><Response><FunctionCode>09</FunctionCode></Response></MetaData>", "notification"),
    ],
)
def test_check_tells_documents_apart(xml: bytes, kind: str) -> None:
    code, told = run("check", "-", "--json", data=xml)
    assert (code, json.loads(told)["kind"]) == (0, kind)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"<a>", b"{"])
def test_what_cannot_be_read_is_told_apart_from_what_is_wrong(data: bytes) -> None:
    assert run("check", "-", data=data)[0] == 2


def test_a_file_that_is_not_there_is_unreadable() -> None:
    assert run("check", "no_such_file.xml")[0] == 2


def test_assess_prints_every_line_with_amounts_as_text() -> None:
    code, told = run("assess", sample("bicycles"), "--country", "sandbox", "--on", "2026-11-20", "--json")
    answer = json.loads(told)
    assert code == 0
    lines = answer["items"][0]["lines"]
    assert [(line["tax"], line["amount"], line["payable"], line["status"]) for line in lines] == [
        ("ICD", "2940.00", "2940.00", "due"),
        ("ADD", "2226.00", "2226.00", "due"),
        ("VAT", "3924.90", "3924.90", "due"),
    ]
    assert answer["totals"]["payable"] == "9090.90"


def test_measures_handed_in_take_the_place_of_the_packages(tmp_path: Path) -> None:
    sheet = tmp_path / "measures.csv"
    sheet.write_text(f"{HEADER}\nm1,87120030,1011,,ICD,,,,50.00 %,,Act 1,,\n")
    _, told = run("assess", sample("bicycles"), "--country", "sandbox", "--measures", str(sheet), "--on", "2026-11-20", "--json")
    duty = json.loads(told)["items"][0]["lines"][0]
    assert (duty["tax"], duty["measure"], duty["amount"]) == ("ICD", "m1", "10500.00")


def test_a_folder_and_an_export_of_a_schedule_are_taken_too(tmp_path: Path) -> None:
    entry, day = "countries/us/samples/steel_brackets.xml", ("--on", "2026-08-03", "--json")
    (tmp_path / "measures.csv").write_text("commodity,kind,rate\n7326,DUTY,4%\n")
    (tmp_path / "commodities.csv").write_text("code,description\n7326,Articles of iron or steel\n")
    export = tmp_path / "schedule.csv"
    export.write_text("HTS Number,Indent,Description,General Rate of Duty\n7326.90.86,0,Other,3%\n")
    for path, duty in ((tmp_path, "566.88"), (export, "425.16")):
        code, told = run("assess", str(ROOT / entry), "--country", "us", "--measures", str(path), *day)
        lines = {line["tax"]: line["amount"] for line in json.loads(told.splitlines()[-1])["items"][0]["lines"]}
        assert (code, lines["DUTY"]) == (0, duty)
    assert run("assess", str(ROOT / entry), "--country", "us", "--measures", str(tmp_path / "nothing"))[0] == 2


def test_a_measure_sheet_in_error_is_unreadable(tmp_path: Path) -> None:
    sheet = tmp_path / "measures.csv"
    sheet.write_text("id,colour\n1,red\n")
    assert run("assess", sample("bicycles"), "--country", "sandbox", "--measures", str(sheet))[0] == 2


def test_an_unknown_country_is_unreadable() -> None:
    assert run("assess", sample("bicycles"), "--country", "atlantis")[0] == 2


def test_clear_goes_all_the_way() -> None:
    code, told = run("clear", sample("books"), "--country", "sandbox", "--on", "2026-11-20", "--seed", "green", "--json")
    answer = json.loads(told)
    assert (code, answer["state"], answer["selection"]["lane"]) == (0, "released", "green")
    told_events = [event["event"] for event in answer["events"]]
    assert (told_events[0], told_events[-1]) == ("DeclarationAccepted", "GoodsCleared")


def test_the_tables_are_printed_for_people() -> None:
    code, told = run("clear", sample("cheap_shirts"), "--country", "sandbox", "--on", "2026-11-20", "--seed", "green")
    assert code == 0
    assert "Lane yellow, state documents_requested" in told
    assert "12 % of 1,500.00 EUR = 180.00 EUR" in told
