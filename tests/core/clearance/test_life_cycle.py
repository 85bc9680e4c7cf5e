from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.clearance import (
    Act,
    AnyEvent,
    Case,
    Deed,
    RefusedError,
    Role,
    State,
    advance,
    allowed_acts,
    next_step,
    replay,
)
from customhouse.clearance.life_cycle import TRANSITIONS
from customhouse.risk import Lane

AT = datetime(2026, 1, 31, 9, tzinfo=UTC)
TERMINAL = {State.INVALIDATED, State.SEIZED, State.EXITED}
READY = {
    "mrn": "26QZ000000000000A1",
    "lane": Lane.GREEN,
    "item_count": 3,
    "amount": Decimal(100),
    "result_code": "conform",
    "reason": "duplicate",
}


def case_in(state: State, **known: object) -> Case:
    settled = {"payable": Decimal(100), "item_count": 3}
    paid = {"paid": Decimal(100)} if state is State.PAID else {}
    released = {"released_items": (1, 2, 3), "released_at": AT} if state in (State.RELEASED, State.EXITED) else {}
    return Case(declaration_id="d", state=state, **(settled | paid | released | known))


@pytest.mark.parametrize(("state", "act", "role"), list(product(State, Act, Role)))
def test_every_act_of_every_role_in_every_state_follows_the_table_or_is_refused(state: State, act: Act, role: Role) -> None:
    rows = [row for row in TRANSITIONS if row.source is state and row.act is act and role in row.roles]
    deed = Deed(act=act, actor="somebody", role=role, at=AT, **READY)
    if not rows:
        with pytest.raises(RefusedError):
            advance(case_in(state), deed)
        assert act not in allowed_acts(case_in(state), role)
        return
    after, events = advance(case_in(state), deed)
    assert after.state in {row.target or state for row in rows}
    assert (events[0].actor, events[0].role, events[0].reason, events[0].occurred_at) == ("somebody", role, "duplicate", AT)
    assert act in allowed_acts(case_in(state), role)


def test_every_state_but_the_first_is_reached_and_every_one_but_the_last_is_left() -> None:
    assert {row.target for row in TRANSITIONS} >= set(State) - {State.DRAFT}
    assert {row.source for row in TRANSITIONS if row.target not in {None, row.source}} == set(State) - TERMINAL
    assert {state for state in State if next_step(Case(declaration_id="d", state=state)) is None} == TERMINAL


@pytest.mark.parametrize(
    "row", [row for row in TRANSITIONS if row.reason_required], ids=lambda row: f"{row.source}-{row.act}-{row.roles[0]}"
)
def test_an_act_that_needs_a_reason_is_refused_without_one(row: object) -> None:
    deed = Deed(act=row.act, actor="a", role=row.roles[0], at=AT, **(READY | {"reason": "  "}))
    with pytest.raises(RefusedError, match="reason"):
        advance(case_in(row.source), deed)


def refuse(state: State, act: Act, role: Role, /, *, known: dict[str, object] | None = None, **carried: object) -> None:
    with pytest.raises(RefusedError):
        advance(case_in(state, **(known or {})), Deed(act=act, actor="a", role=role, at=AT, **(READY | carried)))


def test_each_guard_can_refuse() -> None:
    refuse(State.ASSESSED, Act.PAY, Role.TRADER, amount=Decimal(99))
    refuse(State.ASSESSED, Act.PAY, Role.TRADER, amount=Decimal(101))
    refuse(State.ASSESSED, Act.SECURE, Role.TRADER, amount=Decimal(99))
    refuse(State.PAID, Act.RELEASE, Role.OFFICER, known={"undetermined": True})
    refuse(State.PAID, Act.RELEASE, Role.OFFICER, items=(4,))
    refuse(State.PAID, Act.RELEASE, Role.OFFICER, known={"released_items": (1,)}, items=(1,))
    refuse(State.EXAMINATION_ORDERED, Act.RECORD_EXAMINATION, Role.OFFICER, result_code="")
    refuse(State.ACCEPTED, Act.AMEND, Role.TRADER, known={"under_notice": True})
    refuse(State.PAID, Act.INVALIDATE, Role.TRADER, known={"under_notice": True})
    refuse(State.RELEASED, Act.INVALIDATE, Role.OFFICER, reason="the trader asked")
    refuse(State.ACCEPTED, Act.REROUTE, Role.SUPERVISOR, known={"random_control": True, "lane": Lane.RED}, lane=Lane.YELLOW)


def test_release_and_clearance_are_two_instants() -> None:
    secured, _ = advance(case_in(State.ASSESSED), Deed(act=Act.SECURE, actor="t", role=Role.TRADER, at=AT, amount=Decimal(100)))
    released, _ = advance(secured, Deed(act=Act.RELEASE, actor="o", role=Role.OFFICER, at=AT))
    assert (released.released_at, released.cleared_at) == (AT, None)
    later = AT + timedelta(days=9)
    paid, events = advance(released, Deed(act=Act.PAY, actor="t", role=Role.TRADER, at=later, amount=Decimal(100)))
    assert (paid.released_at, paid.cleared_at) == (AT, later)
    assert [type(event).__name__ for event in events] == ["PaymentRecorded", "GoodsCleared"]


def test_some_items_may_go_before_the_others() -> None:
    part, _ = advance(case_in(State.PAID), Deed(act=Act.RELEASE, actor="o", role=Role.OFFICER, at=AT, items=(2,)))
    assert (part.state, part.released_items, part.released_at) == (State.PAID, (2,), None)
    whole, events = advance(part, Deed(act=Act.RELEASE, actor="o", role=Role.OFFICER, at=AT))
    assert (whole.state, whole.released_items) == (State.RELEASED, (1, 2, 3))
    assert events[0].items == (1, 3)


def test_an_answer_of_a_quota_leaves_what_is_covered_and_asks_again_for_what_is_not() -> None:
    def answered(case: Case, amount: int, *parted: int) -> tuple[Case, list[str]]:
        deed = Deed(act=Act.ALLOT, actor="rule", role=Role.SYSTEM, at=AT, amount=Decimal(amount), parted_from=parted)
        after, events = advance(case, deed)
        return after, [type(event).__name__ for event in events]

    less, _ = answered(case_in(State.PAID), 60)
    assert (less.state, less.outstanding, less.version) == (State.PAID, -40, 2)
    more, _ = answered(case_in(State.PAID, released_items=(2,)), 130, 2, 3)
    assert (more.state, more.outstanding, more.item_count, more.unreleased_items) == (State.ASSESSED, 30, 5, (1, 3, 5))
    gone, told = answered(case_in(State.RELEASED, paid=Decimal(100), cleared_at=AT), 130, 1)
    assert (gone.state, gone.unreleased_items, gone.cleared_at, told) == (State.RELEASED, (), None, ["QuotaAllotted"])
    same, told = answered(case_in(State.RELEASED, paid=Decimal(100), cleared_at=AT), 100)
    assert (same.cleared_at, told) == (AT, ["QuotaAllotted"])
    refuse(State.PAID, Act.ALLOT, Role.OFFICER)


DEEDS = st.builds(
    Deed,
    act=st.sampled_from(Act),
    actor=st.just("a"),
    role=st.sampled_from(Role),
    at=st.just(AT),
    reason=st.sampled_from(["", "duplicate"]),
    lane=st.sampled_from(Lane),
    item_count=st.integers(1, 3),
    items=st.sampled_from([(), (1,), (2, 3)]),
    amount=st.sampled_from([Decimal(0), Decimal(50), Decimal(100)]),
    result_code=st.sampled_from(["", "conform"]),
    undetermined=st.booleans(),
)


@given(st.lists(DEEDS, max_size=60))
def test_whatever_is_tried_nothing_goes_unpaid_and_events_tell_the_whole_story(deeds: list[Deed]) -> None:
    case, story = Case(declaration_id="d"), []
    for deed in deeds:
        try:
            after, events = advance(case, deed)
        except RefusedError:
            continue
        assert case.state not in TERMINAL
        if deed.act is Act.RELEASE:
            assert not set(events[0].items) & set(case.released_items)
            assert case.paid + case.secured >= case.payable
        story.extend(events)
        case = after
    assert replay(story, declaration_id="d") == case
    told = msgspec.json.decode(msgspec.json.encode(story), type=list[AnyEvent])
    assert told == story


def doubted(state: State, **known: object) -> Case:
    deed = Deed(act=Act.DOUBT_VALUE, actor="ann", role=Role.OFFICER, at=AT, reason="below", items=(1,), amount=Decimal(40))
    return advance(case_in(state, **known), deed)[0]


def act(case: Case, what: Act, role: Role = Role.OFFICER, **told: object) -> Case:
    plain = Deed(act=what, actor="ann", role=role, at=AT, reason="decided")
    return advance(case, msgspec.structs.replace(plain, **told))[0]


def test_goods_whose_value_is_doubted_are_not_released_by_payment_alone() -> None:
    paid = act(doubted(State.ASSESSED), Act.PAY, Role.TRADER, amount=Decimal(100))
    with pytest.raises(RefusedError, match="determined"):
        act(paid, Act.RELEASE)


@pytest.mark.parametrize(("before", "least"), [(State.ASSESSED, Decimal(140)), (State.PAID, Decimal(40))])
def test_they_are_released_once_the_security_asked_for_is_given(before: State, least: Decimal) -> None:
    case = doubted(before)
    with pytest.raises(RefusedError):
        act(case, Act.SECURE, Role.TRADER, amount=least - 1)
    assert act(act(case, Act.SECURE, Role.TRADER, amount=least), Act.RELEASE).state is State.RELEASED


def test_a_doubt_for_which_no_security_is_asked_holds_nothing_that_is_paid() -> None:
    deed = Deed(act=Act.DOUBT_VALUE, actor="ann", role=Role.OFFICER, at=AT, reason="below", items=(1,))
    released = act(advance(case_in(State.PAID), deed)[0], Act.RELEASE)
    assert (released.state, released.cleared_at, released.doubted_items) == (State.RELEASED, None, (1,))


def test_a_doubt_after_security_asks_for_more_of_it() -> None:
    case = doubted(State.SECURED, secured=Decimal(30))
    with pytest.raises(RefusedError, match="doubted"):
        act(case, Act.RELEASE)
    assert act(act(case, Act.SECURE, Role.TRADER, amount=Decimal(140)), Act.RELEASE).state is State.RELEASED


def test_what_the_law_asks_to_be_secured_holds_paid_goods_until_it_is_and_is_cleared_once_nothing_waits() -> None:
    told = act(case_in(State.ACCEPTED, payable=Decimal(0)), Act.ASSESS, amount=Decimal(100), security=Decimal(40))
    paid = act(told, Act.PAY, Role.TRADER, amount=Decimal(100))
    waited_for = next_step(paid)
    assert waited_for
    assert (waited_for.act, waited_for.role) == (Act.SECURE, Role.TRADER)
    with pytest.raises(RefusedError, match="security"):
        act(paid, Act.RELEASE)
    released = act(act(paid, Act.SECURE, Role.TRADER, amount=Decimal(40)), Act.RELEASE)
    assert (released.state, released.cleared_at) == (State.RELEASED, None)
    cleared = act(released, Act.ALLOT, Role.SYSTEM, amount=Decimal(100))
    assert (cleared.cleared_at, released.secured, cleared.secured) == (AT, 40, 0)


def test_security_for_all_of_it_lets_unpaid_goods_go_and_payment_then_releases_nothing_twice() -> None:
    told = act(case_in(State.ACCEPTED, payable=Decimal(0)), Act.ASSESS, amount=Decimal(100), security=Decimal(40))
    with pytest.raises(RefusedError):
        act(told, Act.SECURE, Role.TRADER, amount=Decimal(139))
    secured = act(told, Act.SECURE, Role.TRADER, amount=Decimal(140))
    paid = act(secured, Act.PAY, Role.TRADER, amount=Decimal(100))
    assert act(paid, Act.RELEASE).state is State.RELEASED


def test_a_value_found_higher_after_release_is_paid_and_then_nothing_remains_to_be_done() -> None:
    released = act(act(doubted(State.PAID), Act.SECURE, Role.TRADER, amount=Decimal(40)), Act.RELEASE)
    assert released.cleared_at is None
    owed = act(released, Act.DETERMINE_VALUE, items=(1,), amount=Decimal(130))
    assert (owed.outstanding, owed.doubted_items, owed.security_asked) == (Decimal(30), (), Decimal(0))
    assert act(owed, Act.PAY, Role.TRADER, amount=Decimal(30)).cleared_at == AT


def test_a_value_found_higher_before_release_is_owed_and_one_found_as_declared_is_not() -> None:
    assert act(doubted(State.PAID), Act.DETERMINE_VALUE, items=(1,), amount=Decimal(130)).state is State.ASSESSED
    assert act(doubted(State.PAID), Act.DETERMINE_VALUE, items=(1,), amount=Decimal(100)).state is State.PAID


def test_a_doubt_before_the_assessment_leaves_what_is_payable_to_it() -> None:
    settled = act(doubted(State.ACCEPTED, payable=Decimal(0)), Act.DETERMINE_VALUE, items=(1,), amount=Decimal(130))
    assert (settled.state, settled.payable, settled.doubted_items) == (State.ACCEPTED, Decimal(0), ())
