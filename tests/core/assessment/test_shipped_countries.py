import pickle
from datetime import date
from pathlib import Path

import pytest

from customhouse import pipeline
from customhouse.assessment import Law
from customhouse.tariff import read_measures

COUNTRIES = sorted(path.parent for path in (Path(__file__).resolve().parents[3] / "countries").glob("*/regime.toml"))
DAY = date(2026, 3, 2)


def law(folder: Path) -> Law:
    return pipeline.load_country(str(folder)).law


@pytest.mark.parametrize("folder", COUNTRIES, ids=lambda folder: folder.name)
def test_every_measure_of_a_country_feeds_a_tax_on_goods_that_exist(folder: Path) -> None:
    ours = law(folder)
    sheet = read_measures((folder / "measures.csv").read_text(), rates=pipeline.load_country(str(folder)).rates)
    assert [finding.params for finding in sheet.findings if "entry price" not in finding.params["what"]] == []
    for measure in ours.tariff.measures:
        assert len(ours.taxes_fed_by(measure.kind)) == 1, measure.id
        assert not measure.commodity or ours.tariff.commodity(measure.commodity, on=DAY), measure.id
        assert len(measure.area) == 2 or ours.tariff.areas.members(measure.area, on=DAY), measure.id
        assert set(measure.preferences) <= set(ours.preferences), measure.id


@pytest.mark.parametrize("folder", COUNTRIES, ids=lambda folder: folder.name)
def test_a_quota_and_the_measures_within_it_name_each_other(folder: Path) -> None:
    tariff = law(folder).tariff
    claimed = {each.quota for each in tariff.measures if each.quota}
    kept, above = {each.order_number for each in tariff.quotas}, {each.parent for each in tariff.quotas if each.parent}
    assert claimed <= kept
    assert kept - above <= claimed
    for each in tariff.quotas:
        assert each.legal_basis, each.account
        assert all(len(origin) == 2 or tariff.areas.members(origin, on=DAY) for origin in each.origins), each.account


@pytest.mark.parametrize("folder", COUNTRIES, ids=lambda folder: folder.name)
def test_every_line_of_a_country_has_its_parents(folder: Path) -> None:
    nomenclature = law(folder).tariff.nomenclature
    for commodity in nomenclature:
        assert not commodity.parent or commodity.code.startswith(commodity.parent)
        assert not commodity.parent or nomenclature.find(commodity.parent, on=DAY)


def test_the_sandbox_tariff_has_a_measure_of_its_own_for_each_line() -> None:
    ours = law(next(folder for folder in COUNTRIES if folder.name == "sandbox"))
    lines = [each for each in ours.tariff.nomenclature if each.is_declarable]
    assert len(lines) >= 150
    for line in lines:
        kinds = {each.kind for each in ours.tariff.measures_on(line.code, "US", on=DAY)}
        assert {"ICD", "VAT"} <= kinds, line.code


@pytest.mark.parametrize("folder", COUNTRIES, ids=lambda folder: folder.name)
def test_the_law_of_a_country_can_be_handed_to_another_process(folder: Path) -> None:
    ours = law(folder)
    theirs = pickle.loads(pickle.dumps(ours))  # noqa: S301 - our own value, made on the line itself
    assert theirs.tariff.measures == ours.tariff.measures
    assert theirs.regime == ours.regime
    for line in ours.tariff.nomenclature:
        assert theirs.tariff.measures_on(line.code, "CN", on=DAY) == ours.tariff.measures_on(line.code, "CN", on=DAY)
