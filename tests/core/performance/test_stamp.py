from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.performance.stamp import COLUMNS, MOST_FAULTS, MOST_LINES, STAGES, Stamp, read_stamps

HEAD = ",".join(COLUMNS)
GOOD = "QZ-1,arrived,2026-03-01T12:30:00+01:00,carrier,port"
instants = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=60)
stamps = st.builds(Stamp, st.just(0), words, st.sampled_from(STAGES), instants, words, words)


@given(st.lists(stamps, max_size=8), st.sampled_from([",", ";"]), st.permutations(COLUMNS))
def test_a_table_that_was_written_is_read_back_whatever_its_separator_and_order(
    told: list[Stamp], separator: str, order: list[str]
) -> None:
    cells = [dict(zip(COLUMNS, (x.declaration, x.stage, x.reached_at.isoformat(), x.actor, x.source), strict=True)) for x in told]
    lines = [separator.join(order), *(separator.join(row[name] for name in order) for row in cells)]
    read = read_stamps("\n".join(lines))
    assert read.faults == ()
    assert [(x.declaration, x.stage, x.reached_at, x.actor, x.source) for x in read.stamps] == [
        (x.declaration, x.stage, x.reached_at, x.actor, x.source) for x in told
    ]


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    read = read_stamps(text)
    assert all(fault.wrong.format(**fault.told) for fault in read.faults)


def test_every_fault_is_told_at_once_with_its_line() -> None:
    table = f"{HEAD}\n,arrived,2026-03-01T12:30:00Z,carrier,port\nQZ-1,landed,yesterday,carrier,\n{GOOD}\n"
    read = read_stamps(table)
    assert [(fault.line, fault.wrong.format(**fault.told)) for fault in read.faults] == [
        (2, "The column declaration is empty."),
        (3, "The column source is empty."),
        (3, "There is no stage landed; there are arrived, unloaded, available, agency_asked, agency_decided, paid, removed."),
        (3, "yesterday is no instant with its time zone; write it as 2026-03-01T12:30:00+01:00."),
    ]
    assert [stamp.line for stamp in read.stamps] == [4]


def test_an_instant_without_its_time_zone_is_refused() -> None:
    assert read_stamps(f"{HEAD}\n{GOOD.replace('+01:00', '')}").faults
    assert not read_stamps(f"{HEAD}\n{GOOD}").faults


def test_an_instant_of_a_time_zone_that_no_place_has_is_refused() -> None:
    assert not read_stamps(f"{HEAD}\n{GOOD.replace('+01:00', '+14:00')}").faults
    assert not read_stamps(f"{HEAD}\n{GOOD.replace('+01:00', '-12:00')}").faults
    for zone in ("+14:01", "+23:59", "-23:59"):
        (fault,) = read_stamps(f"{HEAD}\n{GOOD.replace('+01:00', zone)}").faults
        assert "is no instant with its time zone" in fault.wrong


@pytest.mark.parametrize("column", COLUMNS)
def test_a_null_character_is_the_fault_of_its_line_and_column(column: str) -> None:
    cells = dict(zip(COLUMNS, GOOD.split(","), strict=True))
    cells[column] += "\x00"
    read = read_stamps(f"{HEAD}\n{GOOD}\n{','.join(cells.values())}a")
    (fault,) = read.faults
    assert (fault.line, fault.told) == (3, {"column": column})
    assert "null character" in fault.wrong


def test_the_first_hundred_faults_are_told_and_the_others_counted() -> None:
    read = read_stamps(f"{HEAD}\n" + "QZ-1,landed,yesterday,carrier,port\n" * 70)
    assert [fault.line for fault in read.faults] == [line for line in range(2, 52) for _ in range(2)]
    assert (len(read.faults), read.more) == (MOST_FAULTS, 40)
    assert read_stamps(f"{HEAD}\n,{GOOD}").more == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_of_more_lines_than_are_read_is_sent_in_parts(end: str) -> None:
    assert not read_stamps(f"{HEAD}{end}{GOOD}" + end * (MOST_LINES - 1)).faults
    read = read_stamps(f"{HEAD}{end}{GOOD}" + end * MOST_LINES)
    assert [fault.wrong.format(**fault.told) for fault in read.faults] == ["The table has more than 200000 lines; send it in parts."]
    assert read.stamps == ()


def test_a_table_without_its_columns_says_which() -> None:
    (fault,) = read_stamps("declaration,stage\nQZ-1,arrived").faults
    assert fault.told == {"columns": "instant, actor, source"}
