"""What is published is made of the rules: a rule changed changes its page, and nothing else does."""

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse import pipeline
from customhouse.pipeline import publication
from customhouse.pipeline.country import shipped_countries

DAY = date(2026, 11, 24)
ROOT = Path(__file__).resolve().parents[3]
SANDBOX = pipeline.load_country("sandbox")


def page(country: pipeline.CountryPackage, name: str, *, on: date = DAY) -> publication.Publication:
    return publication.published(country, name, on=on)


def changed(folder: Path, file: str, *, old: str, new: str) -> pipeline.CountryPackage:
    """The sandbox with one text in one of its files put in place of another."""
    copy = Path(shutil.copytree(ROOT / "countries/sandbox", folder / "country"))
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), "utf-8")
    return pipeline.load_country(str(copy))


@pytest.mark.parametrize("country", shipped_countries())
@pytest.mark.parametrize("name", publication.PUBLICATIONS)
def test_every_country_publishes_every_sheet_with_its_edition_and_day(country: str, name: str) -> None:
    told = page(pipeline.load_country(country), name)
    assert (told.on, len(told.edition)) == (DAY, 12)
    assert told.sheet.title
    assert told.sheet.basis


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("taxes", "regime.toml", 'legal_basis = "Excise Act of Sandmark, s. 3"', 'legal_basis = "Excise Act of Sandmark, s. 33"'),
        ("reliefs", "regime.toml", 'value_limit = "150"', 'value_limit = "151"'),
        ("procedures", "regime.toml", 'description = "inward processing"', 'description = "processing"'),
        ("preferences", "regime.toml", '"N865", "U161"', '"N865"'),
        ("documents", "regime.toml", '"N865", "U161"', '"N865"'),
        ("value", "regime.toml", 'description = "interest"', 'description = "interest on credit"'),
        ("exchange-rates", "exchange_rates.csv", "Official Gazette of Sandmark", "Gazette"),
        ("offices", "codes/offices.csv", "06:00,22:00", "07:00,22:00"),
        ("quotas", "quotas.csv", "090067,2026-01-01,2027-01-01,2000", "090067,2026-01-01,2027-01-01,2001"),
        ("checks", "checks.toml", "off = []", 'off = ["COD-01"]'),
        ("redress", "country.toml", "answer_days = 10", "answer_days = 11"),
        ("fees", "fees.toml", 'amount = "48.00"', 'amount = "49.00"'),
        ("penalties", "penalties.toml", 'maximum = "500"', 'maximum = "600"'),
        ("restrictions", "measures.csv", "B:L100=apply", "B:L101=apply"),
        ("origin", "agreements/harbour.toml", 'title = "Movement certificate"', 'title = "Certificate"'),
        ("coverage", "country.toml", "routes = {", 'elsewhere = { transit = "the gazette" }\nroutes = {'),
    ],
)
def test_a_change_of_a_rule_changes_its_page(tmp_path: Path, name: str, file: str, old: str, new: str) -> None:
    before, after = page(SANDBOX, name), page(changed(tmp_path, file, old=old, new=new), name)
    assert before.sheet != after.sheet
    assert before.edition != after.edition


def test_the_same_content_has_the_same_edition(tmp_path: Path) -> None:
    copy = changed(tmp_path, "country.toml", old="answer_days = 10", new="answer_days = 10")
    assert copy.edition == SANDBOX.edition
    assert [page(copy, name).sheet for name in publication.PUBLICATIONS] == [page(SANDBOX, name).sheet for name in publication.PUBLICATIONS]


def test_a_supplied_tariff_makes_another_edition() -> None:
    assert pipeline.with_tariff(SANDBOX, "commodity,kind,rate\n02011000,ICD,5 %\n").edition != SANDBOX.edition


def test_the_day_that_is_asked_for_decides_what_is_in_force() -> None:
    then, now = (page(SANDBOX, "exchange-rates", on=day).told()["rows"] for day in (date(2025, 6, 1), date(2026, 3, 1)))
    assert [each["one unit is"] for each in then if each["currency"] == "USD"] == ["0.9217 EUR"]
    assert [each["one unit is"] for each in now if each["currency"] == "USD"] == ["0.9243 EUR"]


def test_what_a_country_does_not_state_is_said_not_to_be_published(tmp_path: Path) -> None:
    country = pipeline.load_country("uk")
    for name in ("fees", "penalties", "restrictions", "quotas", "origin"):
        sheet = page(country, name).sheet
        assert (sheet.rows, bool(sheet.unpublished)) == ((), True)
    silent = changed(tmp_path, "country.toml", old="appeal = ", new="# appeal = ")
    assert "to whom one appeals" in page(silent, "redress").sheet.unpublished
    assert not [name for name in publication.PUBLICATIONS if page(SANDBOX, name).sheet.unpublished]


def test_the_coverage_names_every_paragraph_of_the_article_and_what_is_missing(tmp_path: Path) -> None:
    told = publication.coverage(SANDBOX, on=DAY)
    assert sorted({each.subject.paragraph for each in told}) == [f"({letter})" for letter in "abcdefghij"]
    assert [each.subject.name for each in told if not each.is_published] == ["transit"]
    silent = changed(tmp_path, "penalties.toml", old="[[penalties]]", new="[[penalties]]\nvalid_from = 2100-01-01")
    assert [each.subject.name for each in publication.coverage(silent, on=DAY) if not each.is_published] == ["transit", "penalties"]


def test_what_is_published_elsewhere_counts_with_its_place(tmp_path: Path) -> None:
    country = changed(tmp_path, "country.toml", old="routes = {", new='elsewhere = { transit = "the gazette" }\nroutes = {')
    [transit] = [each for each in publication.coverage(country, on=DAY) if each.subject.name == "transit"]
    assert (transit.is_published, transit.elsewhere) == (True, "the gazette")


def test_a_restriction_is_what_refuses_goods_and_not_what_refuses_a_lower_duty() -> None:
    rows = page(SANDBOX, "restrictions").told()["rows"]
    assert [(each["commodity"], each["documents"]) for each in rows] == [("93033000", ("L100",))]  # type: ignore[attr-defined]


def test_what_is_not_known_is_not_published() -> None:
    with pytest.raises(publication.UnknownPublicationError, match="taxes"):
        page(SANDBOX, "nonsense")


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=3).map(tuple)), max_size=5))
def test_a_csv_has_every_row_and_no_formula(rows: list[tuple[str, tuple[str, ...]]]) -> None:
    sheet = publication.Sheet(title="t", about="a", source="s", basis="b", columns=("one", "several"), rows=tuple(rows))
    text = publication.as_csv(publication.Publication(name="n", country="QZ", edition="e", on=DAY, sheet=sheet))
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0].removeprefix("'") for row in read[1:]] == [row[0].removeprefix("'") for row in rows]
    assert not [cell for row in read for cell in row if cell.startswith(("=", "+", "-", "@"))]
