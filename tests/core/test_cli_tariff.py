"""The tariff commands as they are typed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from customhouse.cli import app

RUN = CliRunner()


def rates(dialect: str, *texts: str) -> list[dict[str, object]]:
    done = RUN.invoke(app, ["tariff", "rates", "--dialect", dialect], input="\n".join(texts) + "\n")
    assert done.exit_code == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_rates_come_out_one_a_line_as_they_went_in() -> None:
    free, compound, pointing, wrong = rates("hts", "Free", "6.3% + 13.5¢/kg", "No change", "nonsense")
    assert (free["status"], free["base"]) == ("computable", {})
    assert (compound["base"], compound["floor"], compound["currency"]) == ({"value": "0.063", "KGM": "0.135"}, None, "USD")
    assert (pointing["status"], pointing["refers_to"]) == ("reference", "No change")
    assert (wrong["status"], wrong["base"]) == ("unparsed", None)


def test_a_floor_and_a_cap_are_told_as_printed() -> None:
    (told,) = rates("taric", "13.8 % MIN 13 GBP/DTN MAX 15 GBP/DTN - 7 GBP/DTN")
    assert (told["base"], told["floor"], told["cap"]) == ({"value": "0.138"}, {"KGM": "0.13"}, {"KGM": "0.08"})


def test_several_rates_of_one_text_are_told_each() -> None:
    (by_program,) = rates("hts", "Free (A,AU) 3.4¢/kg (JO)")
    assert by_program["programs"][1]["programs"] == ["JO"]  # type: ignore[index]
    (by_season,) = rates("taric", "5.00 % (01 JAN-31 MAY), 10 % (01 JUN-31 DEC)")
    assert [each["base"] for each in by_season["seasons"]] == [{"value": "0.05"}, {"value": "0.1"}]  # type: ignore[attr-defined]


def test_a_file_that_is_not_there_ends_the_command_with_2() -> None:
    assert RUN.invoke(app, ["tariff", "rates", "nowhere.txt", "--dialect", "hts"]).exit_code == 2


def test_a_difference_is_told_in_words_and_as_json(tmp_path: Path) -> None:
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    before.write_text("id,rate\nA,5 %\nB,3 %\n")
    after.write_text("id,rate\nA,6 %\nC,1 %\n")
    words = RUN.invoke(app, ["tariff", "diff", str(before), str(after)])
    assert (words.exit_code, words.stdout.splitlines()[0]) == (0, "1 added, 1 removed, 1 changed")
    told = json.loads(RUN.invoke(app, ["tariff", "diff", str(before), str(after), "--json"]).stdout)
    assert told["counts"] == {"added": 1, "removed": 1, "changed": 1}
    assert told["changed"] == [{"code": "A", "fields": {"rate": {"before": "5 %", "after": "6 %"}}}]
    assert RUN.invoke(app, ["tariff", "diff", str(before), str(tmp_path / "nowhere")]).exit_code == 2
