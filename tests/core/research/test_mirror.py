"""What a partner reports against what we record: the cost of carriage allowed for, and nothing shared out by guess."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.performance import EventStore, Recorded, event_table
from customhouse.research import mirror
from customhouse.research.mirror import CarriageFactor, Flow, Verdict

FACTORS = {"*": CarriageFactor(low=Decimal("1.02"), usual=Decimal("1.06"), high=Decimal("1.10"), source="a study")}


def flow(value: int, *, hs: str = "87", partner: str = "CN", possible: int = 0) -> Flow:
    return Flow(hs=hs, partner=partner, value=Decimal(value), possible=Decimal(possible))


@pytest.mark.parametrize(
    ("reported", "recorded", "verdict"),
    [
        ([flow(100)], [flow(106)], Verdict.EXPLAINED),
        ([flow(100)], [flow(80)], Verdict.LESS_RECORDED),
        ([flow(100)], [flow(140)], Verdict.MORE_RECORDED),
        ([flow(100)], [], Verdict.NOT_RECORDED),
        ([], [flow(100)], Verdict.NOT_REPORTED),
        ([flow(100)], [flow(0, possible=500)], Verdict.UNTOLD),
        ([flow(100)], [flow(106, possible=1)], Verdict.UNTOLD),
        ([flow(100)], [flow(0, possible=50)], Verdict.LESS_RECORDED),
        ([flow(100)], [flow(140, possible=50)], Verdict.MORE_RECORDED),
        ([], [flow(100, possible=50)], Verdict.NOT_REPORTED),
    ],
)
def test_a_gap_says_what_it_is(reported: list[Flow], recorded: list[Flow], verdict: Verdict) -> None:
    (gap,) = mirror.gaps(reported, recorded, factors=FACTORS)
    assert gap.verdict is verdict
    assert gap.low <= gap.usual <= gap.high


def test_the_largest_unexplained_gap_comes_first_and_what_may_only_be_is_no_gap_of_its_own() -> None:
    reported = [flow(100), flow(1_000, hs="02"), flow(100, hs="95")]
    recorded = [flow(70), flow(500, hs="02"), flow(104, hs="95"), flow(0, hs="64", possible=900)]
    found = mirror.gaps(reported, recorded, factors=FACTORS)
    assert [each.hs for each in found] == ["02", "87", "95"]


flows = st.lists(st.builds(flow, st.integers(0, 1000), hs=st.sampled_from(["02", "87"]), partner=st.sampled_from(["CN", "IN"])))


@given(flows, flows)
def test_the_gaps_together_are_all_that_was_reported_and_recorded(reported: list[Flow], recorded: list[Flow]) -> None:
    found = mirror.gaps(reported, recorded, factors=FACTORS)
    assert sum(each.reported for each in found) == sum(each.value for each in reported)
    assert sum(each.recorded for each in found) == sum(each.value for each in recorded)


def test_the_store_attributes_only_declarations_of_one_chapter_and_origin(tmp_path: Path) -> None:
    def event(number: int, kind: str, **told: object) -> Recorded:
        document = {"event": kind, "occurred_at": "2026-03-01T10:00:00Z", "declaration_id": f"D{told.pop('of')}", **told}
        return Recorded(1, number, json.dumps(document))

    def accepted(number: int, of: int, chapters: list[str], kind: str = "IMA") -> Recorded:
        declared = {"type_code": kind, "office": "X", "item_count": 1, "chapters": chapters, "origins": ["CN"]}
        return event(number, "DeclarationAccepted", of=of, declared=declared)

    store = EventStore(tmp_path)
    store.write(
        event_table(
            [
                accepted(1, 1, ["87"]),
                event(2, "DutyAssessed", of=1, customs_value="100"),
                event(3, "DutyAssessed", of=1, customs_value="120"),
                accepted(4, 2, ["87", "02"]),
                event(5, "DutyAssessed", of=2, customs_value="50"),
                accepted(6, 3, ["87"], "EXA"),
                event(7, "DutyAssessed", of=3, customs_value="999"),
                event(8, "ValueDetermined", of=1, customs_value="150", state="released"),
                accepted(9, 4, ["87"]),
                event(10, "DutyAssessed", of=4, customs_value="30"),
                event(11, "DeclarationInvalidated", of=4),
                event(12, "QuotaAllotted", of=2, customs_value="60", state="accepted"),
            ]
        )
    )
    found, rest = mirror.imports_from(store.connect(), start=date(2026, 1, 1), end=date(2027, 1, 1))
    assert [(each.hs, each.partner, each.value, each.possible) for each in found] == [
        ("02", "CN", Decimal(0), Decimal(50)),
        ("87", "CN", Decimal(150), Decimal(50)),
    ]
    assert (rest.value, rest.declarations) == (Decimal(50), 1)


def test_a_table_of_trade_is_read_and_a_row_that_is_none_is_named() -> None:
    assert mirror.read_partner_trade("hs,partner,value,quantity,unit\n87,CN,100.50,,\n") == (
        Flow(hs="87", partner="CN", value=Decimal("100.50")),
    )
    for row in ("87,CN,much", "87,CN,-1", "87"):
        with pytest.raises(mirror.UnreadableTradeError, match="row 2"):
            mirror.read_partner_trade(f"hs,partner,value\n{row}\n")


def test_every_fault_of_a_table_of_trade_is_told_at_once_and_none_of_it_is_taken() -> None:
    table = "partner;hs;value\nCN;x;much\n;x;5\nCN;87;1E400\nCN;87;7\n"
    with pytest.raises(mirror.UnreadableTradeError) as refused:
        mirror.read_partner_trade(table)
    assert [each.row for each in refused.value.faults] == [2, 2, 3, 3, 4]
    for broken in ("", "hs,value\n", "hs,partner,value\n", 'hs,partner,value\n87,CN,"' + "9" * 140_000 + '"\n'):
        with pytest.raises(mirror.UnreadableTradeError):
            mirror.read_partner_trade(broken)


def test_goods_are_told_by_their_chapter() -> None:
    read = mirror.read_partner_trade("hs,partner,value\n870323,CN,100\n870421,CN,20\n")
    (gap,) = mirror.gaps(mirror.by_chapter(read), [flow(90)], factors=FACTORS)
    assert (gap.hs, gap.reported, gap.recorded) == ("87", 120, 90)
