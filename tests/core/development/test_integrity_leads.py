"""Leads: what is planted comes out, what chance deals stays quiet, and nobody is found at fault unheard."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from customhouse.development import integrity
from customhouse.development.integrity.chance import Stratum
from customhouse.development.integrity.lead import Tally
from customhouse.development.integrity.review import NEEDED, TRANSITIONS, Review, ReviewAct, ReviewRefusedError, ReviewState, Step
from customhouse.performance import EventStore, Recorded, event_table

RULES = integrity.lead_rule.read_lead_rules((Path(__file__).resolve().parents[3] / "integrity" / "lead_rules.toml").read_text("utf-8"))
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
START, END = date(2026, 11, 1), date(2026, 12, 1)


@st.composite
def stratum(draw: st.DrawFn) -> Stratum:
    events = draw(st.integers(1, 60))
    return Stratum(events, draw(st.integers(0, events)), draw(st.integers(0, events)))


@given(stratum(), st.integers(0, 60))
def test_the_likelihood_in_one_stratum_is_that_of_fishers_exact_test(each: Stratum, observed: int) -> None:
    expected = hypergeom.sf(observed - 1, each.events, each.marked, each.of_actor)
    assert integrity.chance.likelihood(observed, [each]) == pytest.approx(expected, rel=1e-9, abs=1e-14)


def test_the_likelihood_over_strata_is_what_dealing_at_random_gives() -> None:
    strata = [Stratum(12, 5, 4), Stratum(9, 3, 5), Stratum(20, 2, 7)]
    dealer = random.Random(7)  # noqa: S311 - a test is repeatable
    deals = [sum(sum(1 for card in dealer.sample(range(s.events), s.of_actor) if card < s.marked) for s in strata) for _ in range(20_000)]
    for observed in range(8):
        share = sum(deal >= observed for deal in deals) / len(deals)
        assert integrity.chance.likelihood(observed, strata) == pytest.approx(share, abs=0.012)


@given(st.lists(stratum(), min_size=1, max_size=4))
def test_the_likelihood_falls_with_what_is_observed_and_begins_at_one(strata: list[Stratum]) -> None:
    chances = [integrity.chance.likelihood(observed, strata) for observed in range(12)]
    assert chances[0] == pytest.approx(1.0)
    assert all(low <= high + 1e-12 for high, low in pairwise(chances))


def test_what_chance_expects_is_the_share_of_the_margins() -> None:
    assert integrity.chance.expected([Stratum(10, 5, 4), Stratum(4, 1, 2)]) == pytest.approx(2.5)


def test_chance_alone_gives_no_more_false_leads_than_the_bound() -> None:
    dealer = random.Random(11)  # noqa: S311 - a test is repeatable
    false = 0
    for _ in range(400):
        counts: dict[tuple[str, str, str], int] = {}
        for office in "AB":
            for _event in range(120):
                cell = (office, f"{office}{dealer.randrange(5)}", f"broker {dealer.choice([1, 1, 1, 2, 3])}")
                counts[cell] = counts.get(cell, 0) + 1
        false += bool(Tally(counts).unusual(minimum=3, false_leads=0.05))
    assert false / 400 <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5


def test_a_found_pair_is_set_aside_so_that_colleagues_do_not_look_strange() -> None:
    counts = (
        {("A", "favoured", "x"): 400}
        | {("A", colleague, broker): 100 for colleague in ("c1", "c2", "c3") for broker in ("y", "z")}
        | {("A", "favoured", "y"): 20, ("A", "favoured", "z"): 20, ("A", "c1", "x"): 30, ("A", "c2", "x"): 30, ("A", "c3", "x"): 30}
    )
    assert [each.subject for each in Tally(counts).unusual(minimum=3, false_leads=0.01)] == [("favoured", "x")]


def test_a_lead_needs_as_many_events_as_its_rule_says() -> None:
    counts = {("A", "o", "empty"): 2, ("A", "others", ""): 5_000}
    assert Tally(counts).unusual(minimum=2, false_leads=0.01)
    assert not Tally(counts).unusual(minimum=3, false_leads=0.01)


def queried(number: int, actor: str, reason: str, *, lodged: bool = True) -> list[Recorded]:
    """A declaration accepted at an office, and a question about it."""
    place = f'"declaration_id":"D{number}","version":1,"occurred_at":"2026-11-1{number % 9}T09:00:00Z"'
    declared = '"declared":{"type_code":"IMA","office":"QZ000101","border_mode":"1","declarant":"B1","importer":"I1"}'
    accepted = f'{{"event":"DeclarationAccepted",{place},"state":"accepted","actor":"B1","role":"broker",{declared}}}'
    asked = f'{{"event":"DeclarantQueried",{place},"state":"queried","actor":"{actor}","role":"officer","reason":"{reason}"}}'
    return [*([Recorded(2 * number, 2 * number, accepted)] if lodged else []), Recorded(2 * number + 1, 2 * number + 1, asked)]


def test_empty_questions_become_a_lead_with_every_event_behind_it(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    events = [each for n in range(1, 7) for each in queried(n, "t.ngata", "." if n <= 5 else "Which quantity is right?")]
    events += [each for n in range(7, 60) for each in queried(n, "m.diallo", "Which quantity is right, and why?")]
    store.write(event_table(events))
    found = integrity.lead.leads(store.connect(), RULES, start=START, end=END, hours={})
    assert [(each.rule, each.actor, each.observed, each.of) for each in found] == [("IL-01", "t.ngata", 5, 6)]
    lead = found[0]
    assert [each.declaration_id for each in lead.evidence] == ["D1", "D2", "D3", "D4", "D5"]
    assert lead.likelihood == pytest.approx(comb(6, 5) / comb(59, 5))
    assert lead.others_share == 0
    assert lead.corrected == pytest.approx(lead.likelihood * 2)


def test_every_shipped_rule_runs_on_a_store_without_events(tmp_path: Path) -> None:
    assert integrity.lead.leads(EventStore(tmp_path).connect(), RULES, start=START, end=END, hours={}) == ()
    assert len(RULES.rules) >= 7


def test_a_formula_that_cannot_be_run_names_its_rule(tmp_path: Path) -> None:
    import msgspec  # noqa: PLC0415

    broken = msgspec.structs.replace(RULES, rules=(msgspec.structs.replace(RULES.rules[0], events="SELECT 1"),))
    with pytest.raises(integrity.lead.LeadFormulaError, match="IL-01"):
        integrity.lead.leads(EventStore(tmp_path).connect(), broken, start=START, end=END, hours={})


def test_a_rule_without_innocent_reasons_is_refused() -> None:
    text = 'name = "x"\nfalse_leads = 0.01\nreply_days = 1\nkeep_unfounded_days = 1\n[[rules]]\ncode = "A"\nname = "a"\nnarrative = "a"\n'
    with pytest.raises(integrity.lead_rule.UnreadableLeadRulesError, match="innocent"):
        integrity.lead_rule.read_lead_rules(text + 'minimum = 1\ninnocent = []\nevents = "SELECT"\n')


LEAD = Review(officer="ngata", offices=frozenset({"QZ000101"}), evidence=4)


def step(act: ReviewAct, by: str, text: str = "as it was", **more: object) -> Step:
    return Step(**({"act": act, "by": by, "at": AT, "text": text, "is_integrity": by == "ina"} | more))  # type: ignore[arg-type]


def walked(*steps: Step, review: Review = LEAD) -> Review:
    for each in steps:
        review = integrity.review.after(review, each, reply_days=14)
    return review


ASSIGN = step(ReviewAct.ASSIGN, "ina", reviewer="rosa", reviewer_offices=frozenset({"QZ000103"}))
PUT = step(ReviewAct.PUT, "rosa")
REPLY = step(ReviewAct.REPLY, "ngata", "The questions were put by telephone.")


def test_a_lead_is_put_to_the_officer_answered_and_closed() -> None:
    closed = walked(ASSIGN, PUT, REPLY, step(ReviewAct.FIND_UNFOUNDED, "rosa"))
    assert closed.state is ReviewState.UNFOUNDED
    assert closed.reply == "The questions were put by telephone."
    assert integrity.review.delete_on(closed, keep_unfounded_days=30) == date(2026, 12, 24)


def test_a_lead_is_not_founded_before_the_officer_was_heard() -> None:
    for before in ((ASSIGN,), (ASSIGN, PUT)):
        with pytest.raises(ReviewRefusedError):
            walked(*before, step(ReviewAct.FIND_FOUNDED, "rosa"))
    assert walked(ASSIGN, PUT, REPLY, step(ReviewAct.FIND_FOUNDED, "rosa")).state is ReviewState.FOUNDED


def test_a_lead_without_evidence_is_never_founded() -> None:
    bare = Review(officer="ngata", offices=LEAD.offices, evidence=0)
    with pytest.raises(ReviewRefusedError, match="evidence"):
        walked(ASSIGN, PUT, REPLY, step(ReviewAct.FIND_FOUNDED, "rosa"), review=bare)


def test_every_way_to_founded_goes_through_the_reply() -> None:
    sources = {state for (state, _), (_, to) in TRANSITIONS.items() if to is ReviewState.FOUNDED}
    into_heard = {act for (_, act), (_, to) in TRANSITIONS.items() if to is ReviewState.HEARD}
    assert sources == {ReviewState.HEARD}
    assert into_heard == {ReviewAct.REPLY, ReviewAct.RECORD_HEARING}
    assert {"evidence", "reply"} <= set(NEEDED[ReviewState.FOUNDED])


def test_a_hearing_takes_the_place_of_a_reply_only_after_the_time_to_reply() -> None:
    with pytest.raises(ReviewRefusedError, match="14 days"):
        walked(ASSIGN, PUT, step(ReviewAct.RECORD_HEARING, "rosa"))
    later = step(ReviewAct.RECORD_HEARING, "rosa", "Came, and said nothing.", at=AT + timedelta(days=14))
    assert walked(ASSIGN, PUT, later).state is ReviewState.HEARD


def test_the_reviewer_comes_from_outside_the_office_and_is_not_the_officer() -> None:
    for reviewer, offices in (("rosa", {"QZ000101", "QZ000103"}), ("ngata", {"QZ000103"}), ("", set())):
        with pytest.raises(ReviewRefusedError):
            walked(step(ReviewAct.ASSIGN, "ina", reviewer=reviewer, reviewer_offices=frozenset(offices)))


@given(st.sampled_from(sorted(TRANSITIONS)), st.sampled_from(["ina", "rosa", "ngata", "stranger"]))
def test_nobody_does_what_is_for_another_and_the_officer_does_nothing_but_reply(key: tuple[ReviewState, ReviewAct], by: str) -> None:
    state, act = key
    review = Review(officer="ngata", offices=LEAD.offices, evidence=4, state=state, reviewer="rosa", put="x", put_at=AT, reply="y")
    for is_integrity in (False, True):
        allowed = act in integrity.review.open_acts(review, by=by, is_integrity=is_integrity)
        asked = step(act, by, is_integrity=is_integrity, reviewer="rosa", at=AT + timedelta(days=20))
        try:
            integrity.review.after(review, asked, reply_days=14)
        except ReviewRefusedError:
            assert not allowed
        else:
            assert allowed
        assert by != "ngata" or not allowed or act is ReviewAct.REPLY
