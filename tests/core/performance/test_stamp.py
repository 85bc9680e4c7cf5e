from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from customhouse.performance.stamp import COLUMNS, STAGES, Stamp, read_stamps

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


def test_a_table_without_its_columns_says_which() -> None:
    (fault,) = read_stamps("declaration,stage\nQZ-1,arrived").faults
    assert fault.told == {"columns": "instant, actor, source"}
