from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.risk import FIELDS, Lane, UnreadableProfilesError, read_profiles, rerouted, select
from customhouse.risk.selection import RandomControlError, is_drawn

TEXT = """
[random]
per_mille = {per_mille}

[lists]
watched = ["CN"]

[[profiles]]
id = "UNDER"
title = "Cheap cigarettes"
risk_area = "valuation"
condition = "starts_with(commodity_code, '2402') AND price < 5 * net_mass"
lane = "yellow"
instruction = "Compare with the contract."
author = "ana"
approver = "{approver}"
valid_from = 2026-01-01
valid_to = 2027-01-01

[[profiles]]
id = "WATCH"
title = "Watched origin"
risk_area = "security"
condition = "in_list(origin, 'watched')"
lane = "blue"
instruction = "Audit."
author = "ana"
approver = "bo"
valid_from = 2026-01-01
valid_to = 2027-01-01
"""
ROW = dict.fromkeys(FIELDS) | {"commodity_code": "2402209000", "chapter": "24", "price": Decimal(1), "net_mass": Decimal(1), "origin": "CN"}
DAY = date(2026, 6, 1)


def profiles(per_mille: int = 0, approver: str = "bo") -> object:
    return read_profiles(TEXT.format(per_mille=per_mille, approver=approver))


def test_the_heaviest_lane_wins_and_every_reason_is_kept() -> None:
    selection = select([ROW], profiles(), identity="d", seed=b"s", on=DAY)
    assert selection.lane is Lane.YELLOW
    assert {(hit.profile_id, hit.lane, hit.item) for hit in selection.hits} == {("UNDER", Lane.YELLOW, 1), ("WATCH", Lane.BLUE, 1)}


def test_a_profile_out_of_force_does_not_hit() -> None:
    assert select([ROW], profiles(), identity="d", seed=b"s", on=date(2027, 1, 1)).lane is Lane.GREEN


def test_a_condition_without_its_facts_does_not_hit_but_is_kept() -> None:
    selection = select([ROW | {"price": None}], profiles(), identity="d", seed=b"s", on=DAY)
    assert selection.lane is Lane.BLUE
    assert selection.unknown == ("UNDER/1",)


def test_the_random_arm_takes_what_no_profile_hits_and_cannot_be_lightened() -> None:
    selection = select([dict.fromkeys(FIELDS)], profiles(per_mille=1000), identity="d", seed=b"s", on=DAY)
    assert (selection.lane, selection.random_control) == (Lane.RED, True)
    with pytest.raises(RandomControlError):
        rerouted(selection, Lane.GREEN, reason="the importer asked")


def test_a_reroute_keeps_where_it_came_from() -> None:
    selection = rerouted(select([ROW], profiles(), identity="d", seed=b"s", on=DAY), Lane.RED, reason="seal number reported stolen")
    assert (selection.lane, selection.rerouted_from, selection.reroute_reason) == (Lane.RED, Lane.YELLOW, "seal number reported stolen")


@given(st.text(max_size=20), st.binary(min_size=1, max_size=8))
def test_a_draw_can_be_repeated(identity: str, seed: bytes) -> None:
    assert is_drawn(identity, seed, per_mille=300) == is_drawn(identity, seed, per_mille=300)
    assert is_drawn(identity, seed, per_mille=1000)
    assert not is_drawn(identity, seed, per_mille=0)


def test_the_draw_takes_its_share() -> None:
    drawn = sum(is_drawn(f"declaration {number}", b"seed", per_mille=20) for number in range(20_000))
    assert 330 < drawn < 470


def test_whoever_wrote_a_profile_does_not_approve_it() -> None:
    with pytest.raises(UnreadableProfilesError, match="second pair of eyes"):
        profiles(approver="ana")


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = TEXT.format(per_mille=0, approver="ana").replace("in_list(origin, 'watched')", "orgin = 'x'")
    with pytest.raises(UnreadableProfilesError) as refused:
        read_profiles(text)
    assert len(str(refused.value).splitlines()) == 2
