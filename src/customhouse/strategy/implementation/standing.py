"""Standing: how far a provision is carried out, and why it is said: by its proofs, or by evidence that a second person verified.

A live figure decides wherever there is one: no paper outweighs it. Only where the source is missing does verified evidence count.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from customhouse.performance import indicator
from customhouse.saying import Saying, saying
from customhouse.strategy.implementation.facts import Facts
from customhouse.strategy.implementation.instrument import Proof, Provision


class State(StrEnum):
    """How far a provision is carried out, best first: of several proofs the one that stands last here decides."""

    PROVED = "carried out"
    VERIFIED = "carried out, by verified evidence"
    UNVERIFIED = "evidence not yet verified"
    NO_SOURCE = "no source"
    IDLE = "nothing happened"
    FEW = "too few events to tell"
    UNMET = "not so"
    SHORT = "short of its threshold"


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
    reason: Saying
    figure: indicator.Figure | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a provision stands: the weakest of its proofs decides, and is the first of the reasons."""

    number: str
    state: State
    reasons: tuple[Saying, ...]
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
            Weighed(
                proof=Proof(missing="a proof"), state=State.NO_SOURCE, reason=saying("no source: nothing is named that would prove it")
            ),
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


def _by_evidence(evidence: tuple[Evidence, ...], *, on: date) -> tuple[State, Saying | None]:
    counting = [each for each in evidence if each.counts(on=on)]
    if counting:
        return State.VERIFIED, saying("verified evidence: {title}", title=counting[-1].title)
    waiting = [each for each in evidence if each.is_current(on=on)]
    if waiting:
        wording = "evidence attached, but no second person has verified it yet: {title}"
        return State.UNVERIFIED, saying(wording, title=waiting[-1].title)
    if evidence:
        last = evidence[-1]
        return State.NO_SOURCE, saying("the evidence is out of date since {day}: {title}", day=last.valid_until, title=last.title)
    return State.NO_SOURCE, None


def _weighed(proof: Proof, facts: Facts) -> Weighed:
    if proof.missing:
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=saying("no source: {source}", source=saying(proof.missing)))
    if proof.check:
        found = facts.observations.get(proof.check)
        if found is None:
            reason = saying("no source here, only a running site can check: {check}", check=saying(proof.check))
            return Weighed(proof=proof, state=State.NO_SOURCE, reason=reason)
        return Weighed(proof=proof, state=State.PROVED if found.holds else State.UNMET, reason=found.reason)
    if proof.event:
        return _in_use(proof, facts)
    figure = facts.figures.get(proof.indicator)
    if figure is None:
        reason = saying("no source here: the indicator {indicator} is not worked out", indicator=saying(proof.indicator))
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=reason)
    return _measured(proof, figure, facts)


def _in_use(proof: Proof, facts: Facts) -> Weighed:
    event = saying(proof.event)
    if facts.events is None:
        reason = saying("no source here: only an event store can tell of {event}", event=event)
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=reason)
    number = facts.events.get(proof.event, 0)
    if not number:
        return Weighed(proof=proof, state=State.IDLE, reason=saying("no event {event} in the period", event=event))
    return Weighed(proof=proof, state=State.PROVED, reason=saying("in use: {number} events {event}", event=event, number=number))


def _measured(proof: Proof, figure: indicator.Figure, facts: Facts) -> Weighed:
    params: dict[str, str | Saying] = {"code": saying(figure.code), "start": str(figure.start), "end": str(figure.end), "n": str(figure.n)}
    if figure.quality is indicator.Quality.NO_SOURCE:
        reason = saying("no source: {source}", source=saying(figure.reason))
        return Weighed(proof=proof, state=State.NO_SOURCE, reason=reason, figure=figure)
    if figure.value is None:
        reason = Saying(wording="{code}: nothing happened from {start} until {end} that it is made of", params=params)
        return Weighed(proof=proof, state=State.IDLE, reason=reason, figure=figure)
    params |= {"value": _told(figure.value, figure.code, facts)}
    if figure.quality is indicator.Quality.FEW:
        return Weighed(
            proof=proof, state=State.FEW, reason=Saying(wording="{code} is {value} of only {n} events", params=params), figure=figure
        )
    holds, wording, bound = _bound(proof, figure, facts)
    return Weighed(
        proof=proof, state=State.PROVED if holds else State.SHORT, reason=Saying(wording=wording, params=params | bound), figure=figure
    )


def _bound(proof: Proof, figure: indicator.Figure, facts: Facts) -> tuple[bool, str, dict[str, str | Saying]]:
    """Whether the figure is within its bound, and how that is told; above another means beyond what chance would explain."""
    assert figure.value is not None, "a figure without a value is weighed before"
    if proof.above:
        other = facts.figures.get(proof.above)
        if other is None or other.value is None:
            return False, "{code} is {value} ({n} events); {other}, which it must be above, has no figure", {"other": saying(proof.above)}
        low = figure.interval.low if figure.interval else figure.value
        wording = "{code} is {value} ({n} events), at 95 % at least {low}; it must be above {other}, which is {against}"
        return (
            low > other.value,
            wording,
            {"other": saying(proof.above), "low": _told(low, figure.code, facts), "against": _told(other.value, other.code, facts)},
        )
    if proof.at_least is not None:
        return (
            figure.value >= proof.at_least,
            "{code} is {value} ({n} events); at least {bound} is asked",
            {"bound": _told(proof.at_least, figure.code, facts)},
        )
    if proof.at_most is not None:
        return (
            figure.value <= proof.at_most,
            "{code} is {value} ({n} events); at most {bound} is asked",
            {"bound": _told(proof.at_most, figure.code, facts)},
        )
    return True, "{code} is {value} ({n} events); no bound is set", {}


def _told(value: float, code: str, facts: Facts) -> str:
    return f"{value * 100:.4g} %" if code in facts.shares else f"{value:.4g}"
