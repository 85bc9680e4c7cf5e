"""The command that shows every way to bring goods in, as it is typed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from customhouse.cli import app

RUN = CliRunner()
ASKED = ["tariff", "options", "0101210000", "--country", "uk", "--origin", "DE", "--price", "1000", "--on", "2026-03-02"]
PART = {"duty_expression_id": "01", "duty_amount": 10}


def published(folder: Path, *types: str) -> str:
    measures = [
        {"id": kind, "measure_type": {"id": kind}, "geographical_area": {"id": "1013"}, "measure_components": [PART]} for kind in types
    ]
    file = folder / "answer.json"
    file.write_text(json.dumps({"goods_nomenclature_item_id": "0101210000", "import_measures": measures}))
    return str(file)


def test_options_are_told_with_their_lines_and_the_cheapest(tmp_path: Path) -> None:
    done = RUN.invoke(app, [*ASKED, "--measures", published(tmp_path, "103", "142"), "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [each["preference"] for each in told["options"]] == ["100", "200"]
    assert [line["amount"] for line in told["options"][0]["lines"]] == ["100.00", "220.00"]
    assert told["options"][told["cheapest"]]["total"] == "320.00"


def test_options_are_told_in_words(tmp_path: Path) -> None:
    done = RUN.invoke(app, [*ASKED, "--measures", published(tmp_path, "103", "695"), "--quantity", "KGM=12"])
    assert "without a claim" in done.stdout
    assert "A20 695 100.00" in done.stdout


def test_of_two_tariffs_the_one_that_applies_is_told(tmp_path: Path) -> None:
    file = published(tmp_path, "103", "305")
    done = RUN.invoke(app, [*ASKED, "--measures", file, "--other-measures", file, "--statement", "NIIMP", "--json"])
    (only,) = json.loads(done.stdout)["options"]
    assert only["tariff"] == "own"
    assert "not more than 3 %" in only["findings"][-1]["message"]


def test_what_cannot_be_read_ends_the_command_with_2(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text('{"data": []}')
    assert RUN.invoke(app, [*ASKED, "--measures", str(tmp_path / "list.json")]).exit_code == 2
    assert RUN.invoke(app, [*ASKED[:-4], "--price", "much"]).exit_code == 2
    assert RUN.invoke(app, [*ASKED, "--quantity", "KGM=-1"]).exit_code == 2
