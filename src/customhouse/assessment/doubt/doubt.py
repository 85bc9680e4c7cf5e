"""Doubt: where customs' doubt about the declared value of an item stands, told by its steps alone (Decision 6.1)."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

import msgspec

from customhouse.assessment.doubt.procedure import CONSEQUENCE, OPEN, PROCEDURE, TURN, DoubtAct, DoubtState, Guard, Period, Row, Side
from customhouse.assessment.valuation import Evidence, EvidenceKind
from customhouse.assessment.valuation_rules import ValuationRules
from customhouse.kernel import Clock
from customhouse.saying import Refusal, saying


class DoubtRefusedError(Refusal, ValueError):
    """A step is refused, and nothing has changed; the message says why."""


class DoubtStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step as it is taken: what, by whom, at which instant and on which legal day, in which words, on what evidence.

    `days` gives the importer more days than the country sets; `security` is what customs asks for to release the goods meanwhile
    (Article 13). `confidential` is what somebody told customs in confidence (Article 10): it is not shown to the importer. `signal` is
    what a price database showed: a reason to look, in no way a ground.
    """

    act: DoubtAct
    side: Side
    actor: str
    at: datetime
    on: date
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    days: int | None = None
    security: Decimal = Decimal(0)
    confidential: bool = False
    signal: str = ""


class Doubt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The doubt about one item: its reference, state, the clock that runs, the security asked for, and the steps taken."""

    reference: str
    item: int
    state: DoubtState = DoubtState.NONE
    clock: Clock | None = None
    security: Decimal = Decimal(0)
    steps: tuple[DoubtStep, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether customs has not decided yet."""
        return self.state in OPEN

    def turn(self, *, on: date) -> Side | None:
        """Whom the procedure waits for on that day; nobody once customs has decided."""
        run_out = self.clock is not None and self.clock.has_run_out(on=on)
        return Side.CUSTOMS if run_out else TURN.get(self.state)

    def allowed(self, side: Side, *, on: date) -> tuple[DoubtAct, ...]:
        """What a side may do now, on that day."""
        rows = [row for row in PROCEDURE if row.source is self.state and row.side is side]
        return tuple(dict.fromkeys(row.act for row in rows if self._lets(row, on=on)))

    def taken(self, step: DoubtStep, rules: ValuationRules) -> "Doubt":
        """The doubt after one more step, by the table or not at all; refuses with `DoubtRefusedError`."""
        row = self._row(step)
        if row.in_words and not step.text.strip():
            raise DoubtRefusedError("{act} is done in writing: say why", act=step.act)
        if row.shown and not step.evidence:
            raise DoubtRefusedError("{act} needs evidence: a suspicion, or a price recorded elsewhere, is no ground", act=step.act)
        if row.shown and step.confidential:
            raise DoubtRefusedError("{act} is communicated to the importer, and cannot rest on what is kept from it", act=step.act)
        if step.security < 0 or not step.security.is_finite():
            raise DoubtRefusedError("security is an amount of zero or more")
        return msgspec.structs.replace(
            self,
            state=row.target or self.state,
            clock=self._clock(row, step, rules),
            security=step.security if step.act is DoubtAct.DOUBT else self.security,
            steps=(*self.steps, step),
        )

    def decision(self) -> Evidence:
        """The final decision against the value, as the evidence on which Article 1 is left; refuses with `DoubtRefusedError`."""
        if self.state not in {DoubtState.VALUE_REJECTED, DoubtState.APPEALED}:
            raise DoubtRefusedError("no final decision against the value was taken")
        grounds = next(each.text for each in reversed(self.steps) if each.act is DoubtAct.REJECT_VALUE)
        return Evidence(kind=EvidenceKind.DOUBT_DECISION, reference=self.reference, shows=grounds)

    def for_importer(self) -> "Doubt":
        """The doubt as the importer may read it: no officer by name, no signal, and nothing told in confidence (Article 10)."""
        return msgspec.structs.replace(self, steps=tuple(_shown(each) for each in self.steps))

    def _row(self, step: DoubtStep) -> Row:
        rows = [row for row in PROCEDURE if row.source is self.state and row.act is step.act]
        if not rows:
            can = self.allowed(step.side, on=step.on) or saying("nothing")
            raise DoubtRefusedError(
                "{act} does not follow while the doubt is {state}; possible now: {can}", act=step.act, state=self.state, can=can
            )
        mine = [row for row in rows if row.side is step.side]
        if not mine:
            raise DoubtRefusedError("{act} is for {side}, not for {own}", act=step.act, side=rows[0].side, own=step.side)
        if not self._lets(mine[0], on=step.on):
            if not mine[0].guard.value:
                raise DoubtRefusedError("{act} is not possible now: the clock does not let it", act=step.act)
            raise DoubtRefusedError("{act} is not possible now: it needs that {guard}", act=step.act, guard=mine[0].guard)
        return mine[0]

    def _lets(self, row: Row, *, on: date) -> bool:
        run_out = self.clock is not None and self.clock.has_run_out(on=on)
        paused = self.clock is not None and self.clock.is_paused
        if row.act in {DoubtAct.PAUSE, DoubtAct.RESUME}:
            return not run_out and paused is (row.act is DoubtAct.RESUME)
        return {Guard.NONE: True, Guard.RUN_OUT: run_out, Guard.IN_TIME: not run_out}[row.guard]

    def _clock(self, row: Row, step: DoubtStep, rules: ValuationRules) -> Clock | None:
        if self.clock is not None and step.act is DoubtAct.PAUSE:
            return self.clock.paused(step.text, on=step.on)
        if self.clock is not None and step.act is DoubtAct.RESUME:
            return self.clock.resumed(on=step.on)
        if row.target is None:
            return self.clock
        return None if row.starts is Period.NONE else _started(row.starts, step, rules)


def told_by(steps: Iterable[DoubtStep], *, reference: str, item: int, rules: ValuationRules) -> Doubt:
    """The doubt that the steps tell, from the first to the last."""
    doubt = Doubt(reference=reference, item=item)
    for each in steps:
        doubt = doubt.taken(each, rules)
    return doubt


def _started(period: Period, step: DoubtStep, rules: ValuationRules) -> Clock:
    least = {Period.ANSWER: rules.answer_days, Period.REQUEST: rules.request_days, Period.RESPONSE: rules.response_days}[period]
    days = step.days if step.days is not None else least
    if days is None:
        raise DoubtRefusedError("the country sets no period: say how many days the importer has ({period})", period=period.value)
    if days < (least or 1):
        raise DoubtRefusedError("the importer has at least {least} days, not {days}", least=least or 1, days=days)
    try:
        return Clock(
            owner=Side.IMPORTER.value,
            started_on=step.on,
            days=days,
            consequence=CONSEQUENCE[period],
            in_working_days=rules.in_working_days,
            rest_weekdays=rules.rest_weekdays,
            holidays=rules.holidays,
        )
    except ValueError as refusal:
        raise DoubtRefusedError("{why}", why=refusal) from refusal


def _shown(step: DoubtStep) -> DoubtStep:
    if step.side is Side.IMPORTER:
        return step
    if step.confidential:
        return msgspec.structs.replace(step, actor="", signal="", text="", evidence=())
    return msgspec.structs.replace(step, actor="", signal="")
