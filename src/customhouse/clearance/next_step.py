"""Next step: who must act on a declaration now, the answer that its page gives first."""

from dataclasses import dataclass

from customhouse.clearance.act import Act, Role
from customhouse.clearance.case import Case
from customhouse.clearance.life_cycle import State


@dataclass(frozen=True, slots=True)
class NextStep:
    """What happens next: the act that is waited for and who must do it; nothing where the story is over."""

    act: Act
    role: Role


_NEXT: dict[State, NextStep] = {
    State.DRAFT: NextStep(Act.LODGE, Role.TRADER),
    State.STORED: NextStep(Act.LODGE, Role.TRADER),
    State.REJECTED: NextStep(Act.STORE, Role.TRADER),
    State.PRELODGED: NextStep(Act.PRESENT, Role.TRADER),
    State.ACCEPTED: NextStep(Act.ASSESS, Role.OFFICER),
    State.DOCUMENTS_REQUESTED: NextStep(Act.RECEIVE_DOCUMENTS, Role.TRADER),
    State.QUERIED: NextStep(Act.ANSWER, Role.TRADER),
    State.EXAMINATION_ORDERED: NextStep(Act.RECORD_EXAMINATION, Role.OFFICER),
    State.EXAMINED: NextStep(Act.ASSESS, Role.OFFICER),
    State.ASSESSED: NextStep(Act.PAY, Role.TRADER),
    State.PAID: NextStep(Act.RELEASE, Role.OFFICER),
    State.SECURED: NextStep(Act.RELEASE, Role.OFFICER),
    State.RELEASED: NextStep(Act.CONFIRM_EXIT, Role.OFFICER),
}


def next_step(case: Case) -> NextStep | None:
    """Who must do what next, or nothing where no more is to be done; what is paid but not secured waits for the security."""
    if case.state in {State.PAID, State.SECURED} and case.secured < case.security_needed:
        return NextStep(Act.SECURE, Role.TRADER)
    return _NEXT.get(case.state)
