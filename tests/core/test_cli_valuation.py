import json
from pathlib import Path

from tests.core.test_cli import SAMPLES, run

CASE = str(SAMPLES / "shoes_value.toml")


def test_value_reads_a_case_out_article_by_article() -> None:
    code, told = run("value", CASE, "--country", "sandbox", "--on", "2026-11-24")
    words = " ".join(told.split())
    assert code == 0
    assert "Article 1 cannot be used: the invoice shown by the bank" in words
    assert "The value is determined under Article 2, on a CIF basis" in words
    assert "Customs value 5,981.39 EUR." in words


def test_value_prints_the_chains_as_json() -> None:
    code, told = run("value", CASE, "--on", "2026-11-24", "--json")
    answer = json.loads(told)
    assert code == 0
    assert [(each["amount"], each["article"]) for each in answer["items"]] == [("10000.00", "Article 2"), ("5981.39", "Article 1")]
    assert answer["items"][0]["ruled_out"][0]["evidence"][0]["kind"] == "doubt_decision"


def test_value_says_what_is_open_and_ends_with_a_finding(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"items": [{"goods": {"description": "gifts"}}]}')
    code, told = run("value", str(case), "--json")
    assert code == 1
    assert json.loads(told)["items"][0]["reason"].startswith("Article 1: no sale is stated")


def test_value_refuses_what_is_no_case(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text("items = 3")
    assert run("value", str(case))[0] == 2
    assert run("value", str(tmp_path / "none.toml"))[0] == 2


def test_value_refuses_a_shared_cost_that_cannot_be_shared(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    text = Path(CASE).read_text("utf-8").replace('gross_mass_kg = "400", ', "")
    case.write_text(text)
    assert run("value", str(case))[0] == 2
