"""Moving: a project taken from state to state by the table, and refused where its guard does not hold."""

from collections.abc import Callable
from datetime import date

import msgspec

from customhouse.development.project.budget import InKind
from customhouse.development.project.check import MONEY, checked
from customhouse.development.project.life_cycle import TRANSITIONS, Guard, Move
from customhouse.development.project.project import Project
from customhouse.kernel import Severity
from customhouse.saying import Refusal, Saying, saying


class MoveRefusedError(Refusal):
    """The move is not possible now; the message says what is in the way."""


def possible(project: Project) -> tuple[Move, ...]:
    """The moves that the state allows, whether or not their guards hold yet."""
    return tuple(each.move for each in TRANSITIONS if each.source is project.state)


def moved(project: Project, move: Move, *, rules: tuple[InKind, ...], reason: str, on: date) -> Project:
    """The project after a move; refuses with `MoveRefusedError`."""
    row = next((each for each in TRANSITIONS if (each.source, each.move) == (project.state, move)), None)
    if row is None:
        raise MoveRefusedError("a project that is {state} cannot {move}", state=project.state, move=move.value)
    if row.reason_required and not reason.strip():
        raise MoveRefusedError("to {move} a project takes a reason: give one", move=move.value)
    lacking = _GUARDS[row.guard](project, rules, on)
    if lacking:
        raise MoveRefusedError("not yet: {guard}; in the way: {lacking}", guard=row.guard, lacking=lacking)
    return msgspec.structs.replace(project, state=row.target)


def _sound(project: Project, rules: tuple[InKind, ...], _: date) -> list[Saying]:
    return _errors(project, rules, money=False)


def _funded(project: Project, rules: tuple[InKind, ...], _: date) -> list[Saying]:
    unsigned = [] if project.agreements else [saying("no agreement is signed")]
    return [*_errors(project, rules, money=False), *_errors(project, rules, money=True), *unsigned]


def _evaluated(project: Project, _: tuple[InKind, ...], day: date) -> list[Saying]:
    return [] if any(each.on <= day for each in project.evaluations) else [saying("there is no evaluation")]


def _learned(project: Project, _: tuple[InKind, ...], day: date) -> list[Saying]:
    owed = [
        saying("the report {code} is not delivered", code=each.code)
        for each in project.reports
        if each.delivered_on is None or each.delivered_on > day
    ]
    return [*owed, *([] if project.lessons else [saying("no lesson is written down")])]


def _errors(project: Project, rules: tuple[InKind, ...], *, money: bool) -> list[Saying]:
    found = checked(project, rules)
    return [
        saying("{code} at {place}", code=each.code, place=each.pointer)
        for each in found
        if each.severity is Severity.ERROR and (each.code in MONEY) is money
    ]


_GUARDS: dict[Guard, Callable[[Project, tuple[InKind, ...], date], list[Saying]]] = {
    Guard.NONE: lambda _project, _rules, _on: [],
    Guard.SOUND: _sound,
    Guard.FUNDED: _funded,
    Guard.EVALUATED: _evaluated,
    Guard.LEARNED: _learned,
}
assert {row.guard for row in TRANSITIONS} <= set(_GUARDS), "a guard of the table has no predicate"
