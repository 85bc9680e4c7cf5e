"""The tariff commands as they are typed."""

import json
from pathlib import Path

from tests.core.tariff import taric3_sample as sample
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


HEAD = "id,commodity,area,excludes,kind,additional_code,preference,quota,rate,conditions,legal_basis,valid_from,valid_to\n"


def plain(folder: Path, *rows: str) -> str:
    file = folder / "measures.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return str(file)


def load(source: str, into: Path, *more: str) -> dict[str, object]:
    done = RUN.invoke(app, ["tariff", "load", source, "--dialect", "plain", "--into", str(into), "--by", "ann", "--json", *more])
    assert done.exit_code == 0, done.output
    told: dict[str, object] = json.loads(done.stdout)
    return told


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_loading_the_same_file_again_changes_no_byte(tmp_path: Path) -> None:
    into = tmp_path / "tariff"
    source = plain(tmp_path, "a,0101,,,A00,,,,5 %,,act,2020-01-01,")
    first = load(source, into)
    before = content(into)
    again = load(source, into)
    assert (first["is_changed"], again["is_changed"], first["is_draft"]) == (True, False, True)
    assert content(into) == before


def test_an_edition_is_published_by_a_second_person_and_then_compared_with_the_next(tmp_path: Path) -> None:
    into = tmp_path / "tariff"
    load(plain(tmp_path, "a,0101,,,A00,,,,5 %,,act,2020-01-01,"), into)
    assert RUN.invoke(app, ["tariff", "publish", str(into), "--by", "Ann "]).exit_code == 1
    assert RUN.invoke(app, ["tariff", "publish", str(into), "--by", "ben"]).exit_code == 0
    assert RUN.invoke(app, ["tariff", "publish", str(into), "--by", "ben"]).exit_code == 1
    load(plain(tmp_path, "a,0101,,,A00,,,,5 %,,act,2020-01-01,2099-01-01", "b,0101,,,A00,,,,6 %,,act,2099-01-01,"), into)
    done = RUN.invoke(app, ["tariff", "diff", f"{into}@1", f"{into}@2", "--json"])
    assert json.loads(done.stdout)["counts"] == {"added": 1, "removed": 0, "changed": 1}
    assert RUN.invoke(app, ["tariff", "diff", f"{into}@1", f"{into}@3"]).exit_code == 2
    history = json.loads(RUN.invoke(app, ["tariff", "editions", str(into), "--json"]).stdout)
    assert [(each["state"], each["added"], each["retired"]) for each in history] == [("published", 1, 0), ("draft", 2, 1)]


def test_a_draft_that_breaks_a_rule_is_not_published_and_the_rows_are_named(tmp_path: Path) -> None:
    into = tmp_path / "tariff"
    load(plain(tmp_path, "a,0101,9999,,A00,,,,5 %,,act,2020-01-01,"), into)
    done = RUN.invoke(app, ["tariff", "check", str(into), "--json"])
    assert done.exit_code == 1
    [broken] = json.loads(done.stdout)
    assert (broken["rule"], broken["rows"][0]["row"]) == ("an area is a country or a group", "measures[a]")
    assert RUN.invoke(app, ["tariff", "publish", str(into), "--by", "ben"]).exit_code == 1


def test_a_source_that_cannot_be_read_ends_the_command_with_2_and_writes_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(b"<!DOCTYPE a><a/>")
    options = ["--dialect", "taric3", "--into", str(tmp_path / "tariff"), "--by", "ann"]
    assert RUN.invoke(app, ["tariff", "load", str(bad), *options]).exit_code == 2
    assert not (tmp_path / "tariff").exists()


def test_a_commodity_is_shown_with_the_measures_in_force_and_their_history() -> None:
    done = RUN.invoke(app, ["tariff", "show", "0702000000", "--country", "sandbox", "--on", "2026-05-01", "--origin", "AR", "--json"])
    told = json.loads(done.stdout)
    assert told["in_force"]
    assert all(each["valid_from"] is None or each["valid_from"] <= "2026-05-01" for each in told["in_force"])
    assert RUN.invoke(app, ["tariff", "show", "9999999999", "--country", "sandbox"]).exit_code == 1


def taric3(file: Path, into: Path, *entries: sample.Entry) -> dict[str, object]:
    file.write_bytes(sample.envelope(entries))
    done = RUN.invoke(app, ["tariff", "load", str(file), "--dialect", "taric3", "--into", str(into), "--by", "ann", "--json"])
    assert done.exit_code == 0, done.output
    told: dict[str, object] = json.loads(done.stdout)
    return told


def test_an_increment_changes_the_edition_that_is_in_force_and_again_nothing(tmp_path: Path) -> None:
    into = tmp_path / "tariff"
    taric3(tmp_path / "full.xml", into, *sample.small_tariff())
    assert RUN.invoke(app, ["tariff", "check", str(into)]).exit_code == 0
    assert RUN.invoke(app, ["tariff", "publish", str(into), "--by", "ben"]).exit_code == 0
    ended = sample.measure("102", "143", "2001", "0201100010", {"ordernumber": "098201", "validity.end.date": "2021-06-30"})
    told = taric3(tmp_path / "next.xml", into, (sample.UPDATE, *ended[1:]))
    assert told["tables"]["measures"] == {"added": 1, "retired": 1, "unchanged": 2}  # type: ignore[index]
    before = content(into)
    assert taric3(tmp_path / "next.xml", into, (sample.UPDATE, *ended[1:]))["is_changed"] is False
    assert taric3(tmp_path / "full.xml", into, *sample.small_tariff())["is_changed"] is False
    assert content(into) == before
