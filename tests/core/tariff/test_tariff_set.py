"""A plain tariff set and its editions: each is the difference against the last, and nothing is ever lost."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import read_tariff
from customhouse.tariff.edition import Preparation, TariffSet, UnreadableSetError, read_set
from customhouse.tariff.edition.sheet import dated_lines

HEAD = "id,commodity,area,excludes,kind,additional_code,preference,quota,rate,conditions,legal_basis,valid_from,valid_to\n"
PREPARED = Preparation(by="ann", at=datetime(2026, 1, 1, tzinfo=UTC))
ROWS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1 %", "2 %", "3 %"]))


def lines(rates: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": name, "commodity": "0101", "kind": "A00", "rate": rate} for name, rate in rates.items()]


def published(tariff_set: TariffSet) -> TariffSet:
    """The set with its draft published, the way a file tells it."""
    texts = tariff_set.texts()
    texts["editions"] = texts["editions"].replace(
        "2026-01-01T00:00:00+00:00,,,", "2026-01-01T00:00:00+00:00,ben,2026-01-02T00:00:00+00:00,"
    )
    return of_texts(texts)


def of_texts(texts: dict[str, str]) -> TariffSet:
    return read_set({name: text.splitlines(keepends=True) for name, text in texts.items()})


def after(tariff_set: TariffSet, rates: dict[str, str]) -> TariffSet:
    return tariff_set.after({"measures": lines(rates)}, PREPARED)


def known(tariff_set: TariffSet, edition: int) -> dict[str, str]:
    return {line["id"]: line["rate"] for line in tariff_set.lines("measures", edition=edition)}


@given(st.lists(ROWS, max_size=5))
def test_every_edition_stays_as_it_was_whatever_came_later(editions: list[dict[str, str]]) -> None:
    tariff_set, told = TariffSet(), {}
    for rates in editions:
        tariff_set = published(after(tariff_set, rates))
        told[tariff_set.published] = rates
    assert all(known(tariff_set, number) == rates for number, rates in told.items())


@given(ROWS, ROWS)
def test_loading_the_same_rows_again_gives_the_same_bytes(first: dict[str, str], second: dict[str, str]) -> None:
    once = after(published(after(TariffSet(), first)), second)
    assert after(once, second) is once
    assert of_texts(once.texts()).texts() == once.texts()


@given(ROWS, ROWS, ROWS)
def test_a_draft_is_replaced_and_leaves_no_trace(first: dict[str, str], second: dict[str, str], third: dict[str, str]) -> None:
    base = published(after(TariffSet(), first))
    directly, over_a_draft = after(base, third), after(after(base, second), third)
    assert known(over_a_draft, base.published + 1) == known(directly, base.published + 1)
    assert over_a_draft.editions == directly.editions


def test_an_edition_says_what_it_adds_retires_and_leaves() -> None:
    found = after(published(after(TariffSet(), {"a": "1 %", "b": "1 %", "c": "1 %"})), {"a": "1 %", "b": "2 %"})
    count = found.counts(2)["measures"]
    assert (count.added, count.retired, count.unchanged) == (1, 2, 1)
    assert found.draft is not None
    assert (found.draft.number, found.draft.prepared_by, found.published) == (2, "ann", 1)


def test_the_measures_of_a_draft_are_not_yet_law() -> None:
    found = after(published(after(TariffSet(), {"a": "1 %"})), {"a": "2 %"})
    for edition, rate in ((1, "1 %"), (2, "2 %")):
        [measure] = read_tariff(measures=found.texts()["measures"], edition=edition).measures_on("0101", "AR", on=date(2026, 1, 1))
        assert str(measure.rate) == rate


def test_commodities_and_areas_are_those_of_the_edition() -> None:
    commodities = "code,description,added_in,removed_in\n01,Animals,1,2\n01,Live animals,2,\n"
    areas = "area,member,added_in,removed_in\n2001,AR,1,2\n"
    first, second = (read_tariff(measures=HEAD, commodities=commodities, areas=areas, edition=number) for number in (1, 2))
    assert [each.description for each in (*first.nomenclature, *second.nomenclature)] == ["Animals", "Live animals"]
    assert first.areas.contains("2001", "AR", on=date(2026, 1, 1))
    assert not second.areas.contains("2001", "AR", on=date(2026, 1, 1))


def test_what_a_country_package_ships_is_its_first_edition_and_other_columns_are_kept() -> None:
    shipped = of_texts({"measures": f"remark,{HEAD}mine,a,0101,,,A00,,,,1 %,,,,\n"})
    assert (shipped.published, shipped.draft) == (1, None)
    found = shipped.after({"measures": [{"remark": "mine", **lines({"a": "1 %"})[0]}, *lines({"b": "1 %"})]}, PREPARED)
    assert found.counts(2)["measures"].unchanged == 1
    assert found.texts()["measures"].splitlines()[1].startswith("mine,a,")


def test_a_source_without_dates_ends_what_it_lacks_on_its_day_and_keeps_the_past() -> None:
    standing = [{"id": "a", "rate": "1 %", "valid_from": "2020-01-01"}, {"id": "b", "rate": "1 %", "valid_from": "2020-01-01"}]
    found = list(dated_lines(standing, [{"id": "a", "rate": "1 %"}, {"id": "b", "rate": "2 %"}], on=date(2026, 1, 1)))
    assert found == [
        standing[0],
        {**standing[1], "valid_to": "2026-01-01"},
        {"id": "b", "rate": "2 %", "valid_from": "2026-01-01"},
    ]
    again = list(dated_lines(found, [{"id": "a", "rate": "1 %"}, {"id": "b", "rate": "2 %"}], on=date(2027, 1, 1)))
    assert sorted(again, key=str) == sorted(found, key=str)


@pytest.mark.parametrize(
    "texts",
    [
        {"commodities": "description\nHorses\n"},
        {"measures": f"{HEAD}a,b,c,d,e,f,g,h,i,j,k,l,m,too many\n"},
        {"commodities": "code,added_in\n01,x\n"},
        {"commodities": "code,added_in\n01,7\n"},
        {"commodities": "code\n" + "0" * 200_000 + "\n"},
        {"commodities": "code\n01\n", "editions": "number\n2\n"},
        {"commodities": "code\n01\n", "editions": "number\none\n"},
        {"commodities": "code\n01\n", "editions": "number,prepared_at\n1,2026-01-01T00:00:00\n"},
        {"commodities": "code\n01\n", "editions": "number,prepared_at\n1,2026-01-01T00:00:00+00:00\n2,\n"},
    ],
)
def test_files_that_are_no_set_are_refused_with_one_error(texts: dict[str, str]) -> None:
    with pytest.raises(UnreadableSetError):
        of_texts(texts)
