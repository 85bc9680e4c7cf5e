"""What changed from one tariff file to the next."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import edition

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "tariff" / "us"
LINES = st.dictionaries(st.text(max_size=3), st.fixed_dictionaries({"rate": st.sampled_from(["Free", "5%"]), "footnotes": st.booleans()}))


def hts_line(number: str, **fields: object) -> dict[str, object]:
    return {"htsno": number, "indent": "0", "description": "Horses", "general": "Free", "special": "", "other": "20%", **fields}


def test_lines_come_go_and_change_and_footnotes_alone_are_told_apart() -> None:
    before = [hts_line("0101"), hts_line("0102"), hts_line("0103", footnotes=[{"value": "See 9903.88.15"}]), hts_line("")]
    after = [hts_line("0101", general="2%"), hts_line("0103", footnotes=[]), hts_line("0104"), hts_line("")]
    found = edition.difference(edition.read_lines(json.dumps(before)), edition.read_lines(json.dumps(after)))
    assert (list(found.added), list(found.removed), list(found.other_footnotes)) == (["0104"], ["0102"], ["0103"])
    assert found.changed == {"0101": (edition.Change("0101", "general", "Free", "2%"),)}


@given(LINES, LINES)
def test_the_difference_the_other_way_round_mirrors_it(before: dict[str, dict[str, object]], after: dict[str, dict[str, object]]) -> None:
    there, back = edition.difference(before, after), edition.difference(after, before)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert there.changed.keys() == back.changed.keys()
    same = edition.difference(before, dict(before))
    assert (dict(same.added), dict(same.removed), dict(same.changed), dict(same.other_footnotes)) == ({}, {}, {}, {})


def test_rows_of_one_identity_are_all_kept() -> None:
    assert list(edition.read_lines("id,rate\nA,5 %\nA,6 %\n")) == ["A", "A (2)"]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "[{}]", "[", "[1]", "HTS Number,Indent\n", '[{"htsno": "1", "description": "", "indent": "x"}]']
)
def test_what_is_no_tariff_is_refused(text: str) -> None:
    with pytest.raises(edition.UnknownTariffFileError):
        edition.read_lines(text)


@pytest.mark.skipif(not SHARED.exists(), reason="the schedule of the United States is not beside the repository")
def test_chapter_99_from_february_to_april_2026() -> None:
    months = (edition.read_lines((SHARED / f"hts_ch99_2026-{month}.json").read_text("utf-8")) for month in ("02", "04"))
    found = edition.difference(*months)
    assert (len(found.added), len(found.removed), len(found.changed)) == (11, 0, 14)
