from datetime import UTC, date, datetime, timedelta
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import months_after
from customhouse.tariff import ruling
from customhouse.tariff.interpretation import Candidate, Citation, GeneralRule, SourceKind, Step, walk_of
from customhouse.tariff.ruling import TRANSITIONS, Act, AnyEvent, Application, Case, Decision, Deed, RefusedError, Role, State, Terms
from customhouse.tariff.ruling.act import GROUNDS_TO_ANNUL, GROUNDS_TO_REFUSE, Ground
from customhouse.tariff.ruling.scope import Scope
from customhouse.tariff.ruling.terms import UnreadableTermsError

DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
FINAL = {State.WITHDRAWN}
CARRIED = {"reason": "stated", "notice_until": DAY, "reference": "QZ-2", "start": DAY, "end": date(2029, 11, 2), "code": "950300"}
TERMS = Terms(days_to_issue=30, validity_months=36)
COMPLETE = Application(applicant="QZ1", office="QZ000101", goods_name="Doll", description="A doll with a music box in its stand.")


def deed(act: Act, role: Role = Role.OFFICER, *, actor: str = "olu", on: date = DAY, **carried: object) -> Deed:
    ground = {Act.REFUSE: Ground.ALREADY_DECIDED, Act.ANNUL: Ground.INFORMATION_FALSE}.get(act)
    return Deed(**({"act": act, "actor": actor, "role": role, "at": AT, "on": on, "ground": ground} | CARRIED | carried))


def case_in(state: State, **known: object) -> Case:
    return Case(**({"ruling_id": "r", "state": state, "author": "ada", "decider": "bo", "end": DAY} | known))


def after(*deeds: Deed) -> tuple[Case, list[AnyEvent]]:
    case, events = Case(ruling_id="r"), []
    for each in deeds:
        case, happened = ruling.advance(case, each)
        events.append(happened)
    return case, events


APPLIED = (deed(Act.APPLY, Role.APPLICANT, actor="ann"), deed(Act.ACCEPT, clock=TERMS.clock(on=DAY)))
ISSUED = (*APPLIED, deed(Act.DRAFT), deed(Act.ISSUE, Role.SUPERVISOR, actor="sue", reference="QZ-1"), deed(Act.PUBLISH, Role.SYSTEM))


@pytest.mark.parametrize(("state", "act", "role"), list(product(State, Act, Role)))
def test_every_act_of_every_role_in_every_state_follows_the_table_or_is_refused(state: State, act: Act, role: Role) -> None:
    rows = [row for row in TRANSITIONS if row.source is state and row.act is act and role in row.roles]
    case = case_in(state, review_open=act in (Act.UPHOLD, Act.OVERTURN))
    if not rows:
        with pytest.raises(RefusedError):
            ruling.advance(case, deed(act, role))
        assert act not in case.allowed_acts(role)
        return
    then, happened = ruling.advance(case, deed(act, role))
    assert then.state is (rows[0].target or state)
    assert (happened.actor, happened.role, happened.reason, happened.on) == ("olu", role, "stated", DAY)
    assert act in case.allowed_acts(role)


def test_every_state_but_the_first_is_reached_and_only_one_is_never_left() -> None:
    assert {row.target for row in TRANSITIONS if row.target} == set(State) - {State.DRAFT}
    assert {row.source for row in TRANSITIONS} == set(State) - FINAL
    assert {row.act for row in TRANSITIONS} == set(Act)


def test_one_row_of_the_table_answers_for_each_state_and_act() -> None:
    pairs = [(row.source, row.act) for row in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.reason_required], ids=lambda row: f"{row.source}-{row.act}")
def test_an_act_that_needs_a_reason_is_refused_without_one(row: object) -> None:
    with pytest.raises(RefusedError, match="reason"):
        ruling.advance(case_in(row.source), deed(row.act, row.roles[0], reason=" "))


def refuse(case: Case, act: Act, role: Role = Role.SUPERVISOR, **carried: object) -> None:
    with pytest.raises(RefusedError, match="needs that"):
        ruling.advance(case, deed(act, role, **carried))


@pytest.mark.parametrize("ground", [None, *GROUNDS_TO_ANNUL])
def test_customs_refuses_to_rule_on_the_two_grounds_of_the_law_alone(ground: Ground | None) -> None:
    refuse(case_in(State.ACCEPTED), Act.REFUSE, ground=ground)
    assert len(GROUNDS_TO_REFUSE) == 2


@pytest.mark.parametrize("ground", [None, *GROUNDS_TO_REFUSE])
def test_a_ruling_is_void_from_its_start_only_where_the_information_was_wrong(ground: Ground | None) -> None:
    refuse(case_in(State.ISSUED), Act.ANNUL, ground=ground)


def test_nobody_issues_or_sends_back_what_he_drafted_nor_reviews_what_he_decided() -> None:
    refuse(case_in(State.DRAFTED), Act.ISSUE, actor="ada")
    refuse(case_in(State.DRAFTED), Act.SEND_BACK, actor="ada")
    refuse(case_in(State.ISSUED, review_open=True), Act.OVERTURN, actor="bo")
    refuse(case_in(State.ISSUED), Act.UPHOLD)
    refuse(case_in(State.ISSUED, review_open=True), Act.SEEK_REVIEW, Role.APPLICANT)


def test_an_end_before_the_term_is_noticed_ahead_and_grace_follows_it() -> None:
    case = case_in(State.ISSUED)
    refuse(case, Act.REVOKE, notice_until=None)
    refuse(case, Act.REVOKE, notice_until=DAY - timedelta(days=1))
    refuse(case, Act.REVOKE, notice_until=DAY, grace_until=DAY - timedelta(days=1))
    refuse(case, Act.MODIFY, reference="")
    refuse(case_in(State.ISSUED, end=None), Act.EXPIRE, Role.SYSTEM)
    refuse(case_in(State.ISSUED, published_at=AT), Act.PUBLISH)
    revoked, _ = ruling.advance(case, deed(Act.REVOKE, Role.SUPERVISOR, notice_until=DAY, grace_until=months_after(DAY, 6)))
    assert (revoked.state, revoked.end, revoked.grace_until) == (State.REVOKED, DAY, date(2027, 5, 2))


def test_a_ruling_from_application_to_publication_is_told_again_by_its_events() -> None:
    case, events = after(*ISSUED)
    assert (case.state, case.reference, case.author, case.decider, case.version) == (State.ISSUED, "QZ-1", "olu", "sue", 2)
    assert (case.was_issued, case.published_at) == (True, AT)
    stored = [msgspec.json.decode(msgspec.json.encode(event), type=AnyEvent) for event in events]
    assert Case.told_by(stored, ruling_id="r") == case


def test_the_clock_of_the_law_stands_still_while_the_applicant_is_asked() -> None:
    asked = deed(Act.ASK, on=DAY + timedelta(days=5), reason="which plastic?")
    case, _ = after(*APPLIED, asked)
    assert case.clock
    assert case.clock.is_paused
    assert not case.clock.has_run_out(on=DAY + timedelta(days=90))
    answered, _ = ruling.advance(case, deed(Act.ANSWER, Role.APPLICANT, on=DAY + timedelta(days=15)))
    assert answered.clock
    assert answered.clock.due_on == DAY + timedelta(days=40)


def test_advice_of_a_laboratory_is_sought_and_the_clock_runs_on() -> None:
    case, _ = after(*APPLIED, deed(Act.CONSULT, party="laboratory"))
    assert (case.state, case.consulted) == (State.CONSULTED, "laboratory")
    assert case.clock
    assert not case.clock.is_paused
    assert ruling.advance(case, deed(Act.ADVISE))[0].state is State.ACCEPTED


def test_an_overturned_revocation_gives_the_ruling_its_term_back_and_an_overturned_ruling_is_examined_anew() -> None:
    review = (deed(Act.SEEK_REVIEW, Role.APPLICANT), deed(Act.OVERTURN, Role.SUPERVISOR, actor="third"))
    restored, _ = after(*ISSUED, deed(Act.REVOKE, Role.SUPERVISOR, actor="sue"), *review)
    assert (restored.state, restored.end, restored.grace_until) == (State.ISSUED, CARRIED["end"], None)
    later = msgspec.structs.replace(review[1], on=DAY + timedelta(days=400), clock=TERMS.clock(on=DAY + timedelta(days=400)))
    anew, _ = after(*ISSUED, review[0], later)
    assert (anew.state, anew.was_issued, anew.review_open) == (State.ACCEPTED, False, False)
    assert anew.clock
    assert anew.clock.due_on == later.on + timedelta(days=30)


@given(st.lists(st.tuples(st.sampled_from(Act), st.sampled_from(Role), st.sampled_from(["ada", "bo", "cy"])), max_size=40))
def test_whatever_is_done_the_events_tell_where_the_ruling_stands(tried: list[tuple[Act, Role, str]]) -> None:
    case, events = Case(ruling_id="r"), []
    for day, (act, role, actor) in enumerate(tried):
        on = DAY + timedelta(days=day)
        try:
            case, happened = ruling.advance(case, deed(act, role, actor=actor, on=on, notice_until=on))
        except RefusedError:
            continue
        events.append(happened)
    assert Case.told_by(events, ruling_id="r") == case
    assert not case.was_issued or case.author != next(each.actor for each in reversed(events) if type(each).__name__ == "RulingIssued")


def test_an_annulled_ruling_never_was() -> None:
    case, _ = after(*ISSUED, deed(Act.ANNUL, Role.SUPERVISOR))
    assert (case.end, case.was_issued) == (case.start, False)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, ()),
        ({"goods_name": " "}, ("goods_name",)),
        ({"description": "A doll"}, ("description",)),
        ({"description": "A doll with [[a secret in its stand"}, ("confidential",)),
        ({"proposed_code": "95"}, ("proposed_code",)),
        ({"scope": Scope.ORIGIN}, ("origin",)),
        ({"scope": Scope.QUOTA}, ("scope",)),
    ],
)
def test_what_is_missing_from_an_application_is_told_by_field(change: dict[str, object], missing: tuple[str, ...]) -> None:
    assert msgspec.structs.replace(COMPLETE, **change).shortfalls(TERMS) == missing


def test_a_decision_says_its_reasons_and_its_walk_ends_in_its_code() -> None:
    text = (Citation(SourceKind.HEADING, "9503"),)
    first = Step(rule=GeneralRule.RULE_1, applies=True, answer="toys", candidates=(Candidate("9503", "toys"),), texts=text)
    walk = walk_of("doll", "HS 2022", steps=(first,))
    whole = Decision(code="950300", goods="A doll", reasons="Rule 1", start=DAY)
    assert whole.shortfalls(Scope.CLASSIFICATION) == ()
    assert [msgspec.structs.replace(whole, code=code).shortfalls(Scope.CLASSIFICATION) for code in ("9503", "95030012345", "95O300")] == [
        ("code",)
    ] * 3
    assert whole.shortfalls(Scope.ORIGIN) == ("origin",)
    assert msgspec.structs.replace(whole, code="").shortfalls(Scope.VALUATION_METHOD) == ()
    assert msgspec.structs.replace(whole, walk=walk, reasons="", end=DAY).shortfalls(Scope.CLASSIFICATION) == ("reasons", "end", "walk")


def test_the_terms_of_a_country_are_data_and_what_they_do_not_say_is_not_assumed() -> None:
    read = Terms.read('days_to_issue = 90\nworking_days = true\nholidays = [2026-12-25]\nciting_documents = ["C626"]')
    clock = read.clock(on=DAY)
    assert clock is not None
    assert (clock.days, clock.in_working_days, clock.holidays) == (90, True, (date(2026, 12, 25),))
    assert read.valid_until(start=DAY) is None
    assert Terms().clock(on=DAY) is None
    assert TERMS.valid_until(start=date(2028, 2, 29)) == date(2031, 2, 28)
    for wrong in ("days = 90", "days_to_issue = 'x'", "="):
        with pytest.raises(UnreadableTermsError):
            Terms.read(wrong)
