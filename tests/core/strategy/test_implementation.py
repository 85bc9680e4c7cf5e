"""How far agreements are carried out: proofs decide, and what does not hold says why."""

import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.performance.indicator import Figure, Quality, read_indicators
from customhouse.performance.release_time.statistics import Interval
from customhouse.pipeline import ALL_RULES
from customhouse.strategy import implementation
from customhouse.strategy.implementation.citation import cited
from customhouse.strategy.implementation.instrument import Proof, Provision, group_of
from customhouse.strategy.implementation.standing import State

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2026, 11, 24)
NAMES = ("tfa", "kyoto", "safe", "digital")
SHIPPED = {name: implementation.read_instrument((ROOT / f"commitments/{name}.toml").read_text("utf-8")) for name in NAMES}
INDICATORS = {
    each.code for name in ("customs", "tfa") for each in read_indicators((ROOT / f"indicators/{name}.toml").read_text("utf-8")).indicators
}
BASES = {code: rule.legal_basis for code, rule in ALL_RULES.items()}
SHARE = Provision(number="7.1", title="Before arrival", proofs=(Proof(indicator="X", at_least=0.5),))
PAPER = Provision(number="1.3", title="Enquiries", proofs=(Proof(missing="enquiries"),))
TEXT = """
name = "own"
title = "Own"
source = "ours"
groups = [{ code = "1", title = "One" }]
[[provisions]]
number = "1.1"
title = "First"
proofs = [{ check = "random control" }]
"""


def figure(code: str = "X", value: float | None = 0.6, *, quality: Quality = Quality.SOUND, low: float = 0.0) -> Figure:
    interval = Interval(low=low, high=1.0)
    return Figure(code=code, version=1, start=DAY, end=DAY, value=value, n=100, quality=quality, reason="the register", interval=interval)


def stands(provision: Provision, *figures: Figure, evidence: tuple[implementation.Evidence, ...] = ()) -> implementation.Standing:
    facts = implementation.Facts(figures={each.code: each for each in figures})
    return implementation.standing(provision, facts, evidence=evidence, on=DAY)


def paper(*, verified: bool, until: date | None = None) -> implementation.Evidence:
    return implementation.Evidence(title="Order 7", reference="gazette 12", is_verified=verified, valid_until=until)


def test_the_trade_facilitation_agreement_has_its_37_measures_at_their_places() -> None:
    tfa = SHIPPED["tfa"]
    assert [each.place for each in tfa.provisions] == list(range(1, 38))
    assert {each.place: each.number for each in tfa.provisions} | {19: "7.5", 37: "23.2"} == {
        each.place: each.number for each in tfa.provisions
    }
    assert [each.number for each in tfa.provisions if each.number.startswith("7.")] == [f"7.{number}" for number in range(1, 10)]
    assert all(each.proofs for each in tfa.provisions)


def test_the_kyoto_convention_has_ten_general_chapters_and_the_annexes_a_to_k() -> None:
    codes = [each.code for each in SHIPPED["kyoto"].groups]
    assert codes == [*(f"GA {number}" for number in range(1, 11)), *(f"SA {annex}" for annex in "ABCDEFGHJK")]
    assert {group_of(each) for each in SHIPPED["kyoto"].provisions} == set(codes)


def test_safe_has_three_pillars_and_digital_customs_puts_interoperability_first() -> None:
    assert [each.code for each in SHIPPED["safe"].groups] == ["1", "2", "3"]
    assert SHIPPED["digital"].groups[0].code == "interoperability"


@pytest.mark.parametrize("name", NAMES)
def test_every_feature_and_indicator_that_an_instrument_names_is_there(name: str) -> None:
    features = {each.feature for each in SHIPPED[name].provisions if each.feature}
    places = [ROOT / "src" / each.replace(".", "/") for each in features]
    assert all(place.with_suffix(".py").is_file() or (place / "__init__.py").is_file() for place in places), features
    assert SHIPPED[name].indicators <= INDICATORS


@pytest.mark.parametrize("name", NAMES)
def test_what_the_product_has_no_part_for_is_never_proved_by_a_check(name: str) -> None:
    bare = [each for each in SHIPPED[name].provisions if not each.feature]
    assert not [each.number for each in bare for proof in each.proofs if proof.check or proof.event]


@pytest.mark.parametrize(
    ("found", "state", "why"),
    [
        (figure(value=0.5), State.PROVED, "at least 0.5"),
        (figure(value=0.49), State.SHORT, "0.49"),
        (figure(value=None, quality=Quality.NONE), State.IDLE, "nothing happened"),
        (figure(value=None, quality=Quality.NO_SOURCE), State.NO_SOURCE, "the register"),
        (figure(quality=Quality.FEW), State.FEW, "only 100"),
        (figure(code="Y"), State.NO_SOURCE, "not worked out"),
    ],
)
def test_a_live_figure_decides_and_what_falls_short_says_by_how_much(found: Figure, state: State, why: str) -> None:
    told = stands(SHARE, found)
    assert told.state is state
    assert why in str(told.reasons[0])
    assert told.is_carried_out == (state is State.PROVED)


def test_a_share_is_told_in_per_cent() -> None:
    facts = implementation.Facts(figures={"X": figure(value=0.3785)}, shares=frozenset({"X"}))
    told = implementation.standing(SHARE, facts, on=DAY)
    assert str(told.reasons[0]) == "X is 37.85 % (100 events); at least 50 % is asked"


def test_a_figure_that_falls_short_is_not_hidden_by_a_source_that_is_missing() -> None:
    provision = Provision(number="1", title="Both", proofs=(*PAPER.proofs, *SHARE.proofs))
    told = stands(provision, figure(value=0.1), evidence=(paper(verified=True),))
    assert told.state is State.SHORT
    assert [str(each).split(":")[0] for each in told.reasons] == ["X is 0.1 (100 events); at least 0.5 is asked", "no source"]
    assert stands(provision, figure(), evidence=(paper(verified=True),)).state is State.VERIFIED


def test_a_check_that_fails_says_that_it_is_not_so() -> None:
    provision = Provision(number="1", title="Check", proofs=(Proof(check="random control"),))
    facts = implementation.Facts(observations=implementation.observed(legal_bases={}, random_per_mille=0))
    assert implementation.standing(provision, facts, on=DAY).state is State.UNMET


def test_no_paper_outweighs_a_figure_that_falls_short() -> None:
    assert stands(SHARE, figure(value=0.1), evidence=(paper(verified=True),)).state is State.SHORT


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        ((), State.NO_SOURCE),
        ((paper(verified=False),), State.UNVERIFIED),
        ((paper(verified=True),), State.VERIFIED),
        ((paper(verified=True, until=date(2026, 11, 23)),), State.NO_SOURCE),
        ((paper(verified=True, until=DAY),), State.VERIFIED),
        ((paper(verified=True, until=date(2020, 1, 1)), paper(verified=False)), State.UNVERIFIED),
    ],
)
def test_where_nothing_is_measured_only_verified_evidence_counts(evidence: tuple[implementation.Evidence, ...], state: State) -> None:
    assert stands(PAPER, evidence=evidence).state is state


def test_better_than_chance_means_above_it_by_more_than_chance_explains() -> None:
    provision = Provision(number="7.4", title="Risk", proofs=(Proof(indicator="X", above="Y"),))
    assert stands(provision, figure(low=0.2), figure("Y", 0.1)).is_carried_out
    assert stands(provision, figure(low=0.05), figure("Y", 0.1)).state is State.SHORT
    assert stands(provision, figure(low=0.2)).state is State.SHORT


def test_an_event_proves_that_something_is_in_use() -> None:
    provision = Provision(number="1", title="Use", proofs=(Proof(event="GoodsReleased"),))
    states = [
        implementation.standing(provision, implementation.Facts(events=events), on=DAY).state for events in (None, {}, {"GoodsReleased": 3})
    ]
    assert states == [State.NO_SOURCE, State.IDLE, State.PROVED]


@given(st.lists(st.sampled_from([0.1, 0.9]), min_size=1, max_size=5))
def test_a_provision_is_carried_out_only_if_every_proof_holds(values: list[float]) -> None:
    proofs = tuple(Proof(indicator=str(place), at_least=0.5) for place in range(len(values)))
    told = stands(Provision(number="1", title="All", proofs=proofs), *(figure(str(place), value) for place, value in enumerate(values)))
    assert told.is_carried_out == all(value > 0.5 for value in values)


def test_the_product_is_observed_as_its_life_cycle_and_rules_are() -> None:
    seen = implementation.observed(legal_bases=BASES, random_per_mille=20)
    assert all(each.holds for each in seen.values())
    bare = implementation.observed(legal_bases=BASES | {"XXX-01": ""}, random_per_mille=0)
    assert not bare["random control"].holds
    assert "XXX-01" in bare["rules cite their law"].reason.told()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("RKC GA 6.4; TFA 7.4", ("GA 6.4",)),
        ("RKC GA 3.33-3.35", ("GA 3.33", "GA 3.34", "GA 3.35")),
        ("RKC SA H.1", ("SA H.1",)),
        ("RKC General Annex, Standard 3.16", ("GA 3.16",)),
        ("RKC General Annex, Chapter 2 (procedure)", ("GA 2",)),
        ("RKC Specific Annex K, Chapter 2", ("SA K.2",)),
        ("WTO Valuation Agreement, Art 1", ()),
        ("WCO Data Model, class Amendment; RKC GA 3.27", ("GA 3.27",)),
    ],
)
def test_a_legal_basis_is_read_as_the_provisions_it_names(text: str, numbers: tuple[str, ...]) -> None:
    assert cited(text) == numbers


def test_every_citation_of_the_convention_in_our_rules_leads_to_a_chapter_that_is_tracked() -> None:
    kyoto = SHIPPED["kyoto"]
    found = implementation.citations(BASES)
    assert {"customhouse.clearance.life_cycle", "customhouse.pipeline.catalogue"} == {each.module for each in found}
    groups = {group.code for group in kyoto.groups}
    stray = [each for each in found if each.number.split(".")[0] not in groups]
    assert not stray
    acceptance = [each for each in found if each.is_of("GA 3.26")]
    assert ("customhouse.clearance.life_cycle", "accept") in {(each.module, each.rule) for each in acceptance}
    assert set(acceptance) < {each for each in found if each.is_of("GA 3")}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('number = "1.1"', 'number = "2.1"', "no group 2"),
        ('check = "random control"', 'check = "a", missing = "b"', "only one of them"),
        ('check = "random control"', 'check = "a", at_least = 1.0', "only an indicator"),
        ("title", "tilte", "cannot be read"),
        ("[[provisions]]", "[[provisions", "cannot be read"),
        ("[[provisions]]", '[[provisions]]\nnumber = "1.1"\ntitle = "Again"\n[[provisions]]', "stands twice"),
    ],
)
def test_an_instrument_that_does_not_hold_together_is_refused_with_the_place(old: str, new: str, fault: str) -> None:
    with pytest.raises(implementation.UnreadableInstrumentError, match=fault):
        implementation.read_instrument(TEXT.replace(old, new))


def test_the_modules_that_carry_a_provision_out_can_be_found_by_name() -> None:
    library = {each.feature for name in NAMES for each in SHIPPED[name].provisions if each.feature.startswith("customhouse.")}
    assert library
    assert all(importlib.util.find_spec(each) for each in library)
