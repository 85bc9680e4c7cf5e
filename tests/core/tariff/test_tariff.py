from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import Validity
from customhouse.tariff import Measure, Tariff, read_rate, read_tariff
from customhouse.tariff.area import read_areas
from customhouse.tariff.measure_sheet import COLUMNS

DAY = date(2026, 3, 2)
AREAS = "area,member,valid_from,valid_to\n1011,*,,\n2020,KE,,\n2020,UG,,\n2020,XK,2026-01-01,2026-02-01\n"
HEADER = ",".join(COLUMNS)


def tariff(*rows: str, commodities: str = "") -> Tariff:
    return read_tariff(measures="\n".join([HEADER, *rows]), areas=AREAS, commodities=commodities)


def ids(measures: Iterable[Measure]) -> set[str]:
    return {each.id for each in measures}


MFN = "mfn,0709,1011,,A00,,,,12 %,,,,"
GROUP = "group,0709,2020,,A00,,,,6 %,,,,"
COUNTRY = "country,0709,KE,,A00,,,,0 %,,,,"


def test_a_country_beats_a_group_and_a_group_beats_all_countries() -> None:
    found = tariff(MFN, GROUP, COUNTRY)
    assert ids(found.measures_on("0709301000", "KE", on=DAY)) == {"country"}
    assert ids(found.measures_on("0709301000", "UG", on=DAY)) == {"group"}
    assert ids(found.measures_on("0709301000", "US", on=DAY)) == {"mfn"}


def test_an_excluded_country_falls_back_to_all_countries() -> None:
    found = tariff(MFN, "group,0709,2020,UG,A00,,,,6 %,,,,")
    assert ids(found.measures_on("0709301000", "UG", on=DAY)) == {"mfn"}


def test_an_excluded_group_takes_out_its_members() -> None:
    found = tariff("mfn,0709,1011,2020,A00,,,,12 %,,,,")
    assert found.measures_on("0709301000", "KE", on=DAY) == ()


def test_a_country_belongs_to_a_group_only_while_it_is_a_member() -> None:
    found = tariff(MFN, GROUP)
    assert ids(found.measures_on("0709", "XK", on=date(2026, 1, 31))) == {"group"}
    assert ids(found.measures_on("0709", "XK", on=date(2026, 2, 1))) == {"mfn"}


def test_the_more_specific_goods_win() -> None:
    found = tariff(MFN, "line,0709301000,1011,,A00,,,,3 %,,,,")
    assert ids(found.measures_on("0709301000", "US", on=DAY)) == {"line"}
    assert ids(found.measures_on("0709309000", "US", on=DAY)) == {"mfn"}


def test_measures_of_another_kind_code_or_claim_are_no_rivals() -> None:
    rows = [
        MFN,
        "ad,0709,CN,,A30,,,,20 %,,,,",
        "coded,0709,CN,,A30,C999,,,40 %,,,,",
        "pref,0709,CN,,A00,,300,,0 %,,,,",
        "vat,,,,B00,,,,20 %,,,,",
    ]
    assert ids(tariff(*rows).measures_on("0709301000", "CN", on=DAY)) == {"mfn", "ad", "coded", "pref", "vat"}


def test_goods_are_free_only_if_every_additional_code_is() -> None:
    mixed = tariff("a,2402,1011,,A00,A100,,,0 %,,,,", "b,2402,1011,,A00,A999,,,10 %,,,,")
    assert not mixed.is_free("2402200000", "US", kind="A00", on=DAY)
    free = tariff("a,2402,1011,,A00,A100,,,0 %,,,,", "b,2402,1011,,A00,A999,,,NIHIL,,,,")
    assert free.is_free("2402200000", "US", kind="A00", on=DAY)
    assert not free.is_free("2403000000", "US", kind="A00", on=DAY)


def test_a_measure_applies_from_its_first_day_to_the_day_before_its_end() -> None:
    found = tariff("m,0709,,,A00,,,,12 %,,,2026-03-01,2026-03-02")
    assert ids(found.measures_on("0709", "US", on=date(2026, 3, 1))) == {"m"}
    assert found.measures_on("0709", "US", on=DAY) == ()


def test_a_seasonal_rate_applies_in_its_season() -> None:
    found = tariff('s,0805,,,A00,,,,"16.00% (01 JAN-31 MAR, 16 OCT-31 DEC), 12.00% (01 APR-15 OCT)",,,,')
    assert [each.rate.text for each in found.measures_on("0805", "ZA", on=DAY)] == ["16.00%"]
    assert [each.rate.text for each in found.measures_on("0805", "ZA", on=date(2026, 10, 15))] == ["12.00%"]


def test_the_parent_that_the_nomenclature_names_passes_its_measures_down() -> None:
    commodities = (
        "code,parent,description,valid_from,valid_to,declarable\n7202118000,7202111000,other,,,true\n7202111000,,special,,,false\n"
    )
    found = tariff("m,7202111000,,,A00,,,,2.7 %,,,,", commodities=commodities)
    assert ids(found.measures_on("7202118000", "CN", on=DAY)) == {"m"}


def test_supplied_measures_take_the_place_of_the_packages_for_the_goods_they_name() -> None:
    own = tariff(MFN, "own,0803,,,A00,,,,9 %,,,,", "vat,,,,B00,,,,20 %,,,,", "ad,0709,CN,,A30,,,,20 %,,,,")
    with_supplied = own.replaced_by(tariff("given,0709300000,1011,,A00,,,,1 %,,,,").measures)
    assert ids(with_supplied.measures_on("0709300000", "CN", on=DAY)) == {"given", "vat"}
    assert ids(with_supplied.measures_on("0709400000", "CN", on=DAY)) == {"mfn", "ad", "vat"}
    assert ids(with_supplied.measures_on("0803900000", "CN", on=DAY)) == {"own", "vat"}
    zero_vat = own.replaced_by(tariff("given,0709300000,1011,,B00,,,,0 %,,,,").measures)
    assert ids(zero_vat.measures_on("0709300000", "CN", on=DAY)) == {"given"}


def test_an_edition_stamps_what_it_brings_and_what_it_retires_and_leaves_the_rest() -> None:
    first = tariff(MFN, GROUP)
    second = first.next_edition(tariff(MFN, COUNTRY).measures)
    assert second.edition == 2
    assert ids(second.measures_on("0709", "KE", on=DAY)) == {"country"}
    assert ids(second.measures_on("0709", "UG", on=DAY)) == {"mfn"}
    assert ids(second.measures_on("0709", "KE", on=DAY, as_known=1)) == {"group"}
    assert next(each for each in second.measures if each.id == "mfn") is next(each for each in first.measures if each.id == "mfn")


def test_loading_the_same_edition_again_changes_nothing() -> None:
    first = tariff(MFN, GROUP)
    assert first.next_edition(tariff(GROUP, MFN).measures) is first


MEASURES = st.builds(
    Measure,
    id=st.uuids().map(str),
    commodity=st.sampled_from(["", "07", "0709", "070930", "0709301000", "0803"]),
    kind=st.sampled_from(["A00", "B00"]),
    rate=st.sampled_from([read_rate("1 %"), read_rate("2 %")]),
    area=st.sampled_from(["", "1011", "2020", "KE", "CN"]),
    excludes=st.sampled_from([(), ("KE",), ("2020",)]),
    validity=st.sampled_from([Validity(), Validity(date(2027, 1, 1), None)]),
)


@given(st.lists(MEASURES, max_size=12), st.randoms(use_true_random=False), st.sampled_from(["KE", "UG", "US", None]))
def test_the_order_of_measures_does_not_matter(measures: list[Measure], random: object, origin: str | None) -> None:
    shuffled = list(measures)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    areas = read_areas(AREAS)
    one, other = Tariff(tuple(measures), areas=areas), Tariff(tuple(shuffled), areas=areas)
    assert ids(one.measures_on("0709301000", origin, on=DAY)) == ids(other.measures_on("0709301000", origin, on=DAY))


@given(st.lists(MEASURES, max_size=12), st.sampled_from(["KE", "UG", "US", None]))
def test_a_measure_on_other_goods_changes_nothing(measures: list[Measure], origin: str | None) -> None:
    areas = read_areas(AREAS)
    unrelated = replace(measures[0], id="unrelated", commodity="9503") if measures else None
    with_it = Tariff((*measures, *filter(None, [unrelated])), areas=areas)
    without = Tariff(tuple(measures), areas=areas)
    assert with_it.measures_on("0709301000", origin, on=DAY) == without.measures_on("0709301000", origin, on=DAY)


def test_a_file_that_cannot_be_read_is_refused_by_row_and_column() -> None:
    with pytest.raises(ValueError, match="row 2, commodity"):
        read_tariff(measures=f"{HEADER}\nm,08X3,,,A00,,,,5 %,,,,")
    with pytest.raises(ValueError, match="row 2, valid_from"):
        read_areas("area,member,valid_from,valid_to\n2020,KE,yesterday,\n")
    with pytest.raises(ValueError, match="column member is missing"):
        read_areas("area\n2020\n")


def test_a_commodity_is_found_with_more_or_fewer_zeros_at_its_end() -> None:
    rows = ["2501,,salt,,,false,", "25010000,2501,salt,2022-01-01,,true,KGM", "0803,,fruit,,,false,"]
    found = tariff(commodities="\n".join(["code,parent,description,valid_from,valid_to,declarable,unit", *rows]))
    salt = found.commodity("2501000000", on=DAY)
    assert salt is not None
    assert (salt.code, salt.is_declarable, salt.supplementary_unit) == ("25010000", True, "KGM")
    assert found.commodity("25010000", on=date(2021, 12, 31)) != salt
    fruit = found.commodity("0803", on=DAY)
    assert fruit is not None
    assert not fruit.is_declarable
    assert found.commodity("9999", on=DAY) is None
