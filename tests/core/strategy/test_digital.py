"""Digital Customs: every decision without a person has its legal basis, and maturity is what is in use."""

from pathlib import Path

import pytest

from customhouse.clearance import Role
from customhouse.clearance.life_cycle import TRANSITIONS
from customhouse.pipeline import ALL_RULES
from customhouse.strategy import digital, implementation
from customhouse.strategy.implementation.standing import State

ROOT = Path(__file__).resolve().parents[3]
DECISIONS = digital.decisions(rule.layer for rule in ALL_RULES.values())
REGISTER = digital.read_legal_bases((ROOT / "commitments/legal_basis.toml").read_text("utf-8"))
PORTFOLIO = digital.read_portfolio((ROOT / "commitments/portfolio.toml").read_text("utf-8"))
INSTRUMENT = implementation.read_instrument((ROOT / "commitments/digital.toml").read_text("utf-8"))


def test_every_act_that_a_rule_may_do_and_every_layer_of_rules_has_a_legal_basis() -> None:
    acts = {f"act:{row.act.value}" for row in TRANSITIONS if Role.SYSTEM in row.roles}
    layers = {f"rule:{rule.layer}" for rule in ALL_RULES.values()}
    assert set(DECISIONS) == acts | layers | {"allotment"}
    assert [each.code for each in REGISTER] == list(dict.fromkeys(each.code for each in REGISTER))
    assert {each.code for each in REGISTER} == set(DECISIONS)
    assert not [each.code for each in digital.covered(DECISIONS, REGISTER) if each.lacks]


def test_the_modules_that_decide_are_there() -> None:
    places = [ROOT / "src" / module.replace(".", "/") for module in DECISIONS.values()]
    assert all(place.with_suffix(".py").is_file() for place in places)


def test_a_decision_without_a_basis_or_without_a_review_is_told_first() -> None:
    rest = [each for each in REGISTER if each.code != "act:release"]
    told = digital.covered(DECISIONS, rest)
    assert told[0].code == "act:release"
    assert told[0].lacks == ("an entry in the register",)
    bare = digital.LegalBasis(code="act:release", title="Release", provision="", human_review="", data_ground="", retention_years=0)
    assert len(digital.covered(DECISIONS, [*rest, bare])[0].lacks) == 4


def standing(number: str, *, done: bool) -> implementation.Standing:
    return implementation.Standing(number=number, state=State.PROVED if done else State.NO_SOURCE, reasons=())


def test_maturity_is_never_above_that_of_interoperability() -> None:
    numbers = [each.number for each in INSTRUMENT.provisions]
    everything = digital.maturity(INSTRUMENT, {number: standing(number, done=True) for number in numbers})
    assert everything.level == 4
    but_exchange = digital.maturity(INSTRUMENT, {number: standing(number, done=not number.startswith("INT")) for number in numbers})
    assert but_exchange.dimensions[0].level == 0
    assert but_exchange.level == 0
    assert [each.level for each in but_exchange.dimensions[1:]] == [4, 4, 4, 4, 4]


def test_the_portfolio_holds_together() -> None:
    assert len(PORTFOLIO) > 5
    assert digital.faults_of(PORTFOLIO) == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('rests_on = ["journal"]', 'rests_on = ["nothing"]', "rests on nothing"),
        ("rests_on = []", 'rests_on = ["trackers"]', "rests on itself"),
        ('code = "gnc"', 'code = "tariff"', "stands twice"),
        ('maturity = "in use"', 'maturity = "retired"', "which is retired"),
        ("purpose", "porpoise", "cannot be read"),
    ],
)
def test_a_portfolio_that_does_not_hold_together_is_refused(old: str, new: str, fault: str) -> None:
    text = (ROOT / "commitments/portfolio.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(digital.UnreadableRegisterError, match=fault):
        digital.read_portfolio(text.replace(old, new, 1 if "retired" in fault else -1))


def test_a_register_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(digital.UnreadableRegisterError, match="cannot be read"):
        digital.read_legal_bases("decisions = 1")
