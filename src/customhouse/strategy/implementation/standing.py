"""Standing: how far a provision is carried out, and why it is said: by its proofs, or by evidence that a second person verified.

A live figure decides wherever there is one: no paper outweighs it. Only where the source is missing does verified evidence count.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.performance import indicator
from customhouse.strategy.implementation.facts import Facts
from customhouse.strategy.implementation.instrument import Proof, Provision


class State(StrEnum):
    """How far a provision is carried out."""

    PROVED = "carried out"
    VERIFIED = "carried out, by verified evidence"
    UNVERIFIED = "evidence not yet verified"
    SHORT = "short of its threshold"
    FEW = "too few events to tell"
    IDLE = "nothing happened"
    NO_SOURCE = "no source"


IS_CARRIED_OUT = frozenset({State.PROVED, State.VERIFIED})


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody shows where nothing is measured; it counts once a second person verified it, and until its last day."""

    title: str
    reference: str
    valid_until: date | None = None
    is_verified: bool = False

    def counts(self, *, on: date) -> bool:
        """Whether it is verified and not out of date."""
        return self.is_verified and self.is_current(on=on)

    def is_current(self, *, on: date) -> bool:
        """Whether its last day has not passed."""
        return self.valid_until is None or on <= self.valid_until


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """One proof as it stands: its state, the reason in words, and the figure where there is one."""

    proof: Proof
    state: State
    reason: str
    figure: indicator.Figure | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a provision stands: the weakest of its proofs decides, and is the first of the reasons."""

    number: str
    state: State
    reasons: tuple[str, ...]
    weighed: tuple[Weighed, ...] = ()

    @property
    def is_carried_out(self) -> bool:
        """Whether it counts as carried out."""
        return self.state in IS_CARRIED_OUT


def standing(provision: Provision, facts: Facts, *, evidence: Iterable[Evidence] = (), on: date) -> Standing:
    """How a provision stands on a day."""
    weighed = tuple(_weighed(each, facts) for each in provision.proofs)
    if not weighed:
        weighed = (
            Weighed(proof=Proof(missing="a proof"), state=State.NO_SOURCE, reason="no source: nothing is named that would prove it"),
        )
    worst = max(weighed, key=lambda each: list(State).index(each.state)).state
    open_reasons = tuple(each.reason for each in weighed if each.state is not State.PROVED)
    if worst is State.PROVED:
        return Standing(number=provision.number, state=worst, reasons=tuple(each.reason for each in weighed), weighed=weighed)
    if all(each.state in (State.PROVED, State.NO_SOURCE) for each in weighed):
        state, reason = _by_evidence(tuple(evidence), on=on)
        return Standing(number=provision.number, state=state, reasons=(reason, *open_reasons) if reason else open_reasons, weighed=weighed)
    decisive = next(each for each in weighed if each.state is worst)
    rest = tuple(reason for reason in open_reasons if reason != decisive.reason)
    return Standing(number=provision.number, state=worst, reasons=(decisive.reason, *rest), weighed=weighed)


def _by_evidence(evidence: tuple[Evidence, ...], *, on: date) -> tuple[State, str]:
    counting = [each for each in evidence if each.counts(on=on)]
    if counting:
        return State.VERIFIED, f"verified evidence: {counting[-1].title}"
    waiting = [each for each in evidence if each.is_current(on=on)]
    if waiting:
        return State.UNVERIFIED, f"evidence attached, but no second person has verified it yet: {waiting[-1].title}"
    if evidence:
        return State.NO_SOURCE, f"the evidence is out of date since {evidence[-1].valid_until}: {evidence[-1].title}"
    return State.NO_SOURCE, ""


def _weighed(proof: Proof, facts: Facts) -> Weighed:
    if proof.missing:
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=f"no source: {proof.missing}")
    if proof.check:
        found = facts.observations.get(proof.check)
        if found is None:
            return Weighed(proof=proof, state=State.NO_SOURCE, reason=f"no source here: only a running site can check that {proof.check}")
        return Weighed(proof=proof, state=State.PROVED if found.holds else State.SHORT, reason=found.told)
    if proof.event:
        return _in_use(proof, facts)
    figure = facts.figures.get(proof.indicator)
    if figure is None:
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=f"no source here: the indicator {proof.indicator} is not worked out")
    return _measured(proof, figure, facts)


def _in_use(proof: Proof, facts: Facts) -> Weighed:
    if facts.events is None:
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=f"no source here: only an event store can tell of {proof.event}")
    number = facts.events.get(proof.event, 0)
    if not number:
        return Weighed(proof=proof, state=State.IDLE, reason=f"no event {proof.event} in the period")
    return Weighed(proof=proof, state=State.PROVED, reason=f"in use: {number} events {proof.event}")


def _measured(proof: Proof, figure: indicator.Figure, facts: Facts) -> Weighed:
    if figure.quality is indicator.Quality.NO_SOURCE:
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=f"no source: {figure.reason}", figure=figure)
    if figure.value is None:
        reason = f"{figure.code}: nothing happened from {figure.start} until {figure.end} that it is made of"
        return Weighed(proof=proof, state=State.IDLE, reason=reason, figure=figure)
    if figure.quality is indicator.Quality.FEW:
        return Weighed(proof=proof, state=State.FEW, reason=f"{figure.code} is {figure.value:.4g} of only {figure.n} events", figure=figure)
    holds, bound = _bound(proof, figure, facts)
    reason = f"{figure.code} is {figure.value:.4g} ({figure.n} events); {bound}"
    return Weighed(proof=proof, state=State.PROVED if holds else State.SHORT, reason=reason, figure=figure)


def _bound(proof: Proof, figure: indicator.Figure, facts: Facts) -> tuple[bool, str]:
    """Whether the figure is within its bound, and the bound in words; above another means beyond what chance would explain."""
    assert figure.value is not None, "a figure without a value is weighed before"
    if proof.above:
        other = facts.figures.get(proof.above)
        if other is None or other.value is None:
            return False, f"{proof.above}, which it must be above, has no figure"
        low = figure.interval.low if figure.interval else figure.value
        return low > other.value, f"at 95 % at least {low:.4g}, to be above {proof.above}, which is {other.value:.4g}"
    if proof.at_least is not None:
        return figure.value >= proof.at_least, f"at least {proof.at_least:g} is asked"
    if proof.at_most is not None:
        return figure.value <= proof.at_most, f"at most {proof.at_most:g} is asked"
    return True, "no bound is set"
