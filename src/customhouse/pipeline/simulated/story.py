"""Story: one consignment from its arrival to its removal: what its trader and the officers of customs do, through the real life-cycle.

Each act is done by `clearance.advance`, each assessment by `assess`; chance decides only who acts, when, and what comes out.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from customhouse import clearance
from customhouse.assessment import Assessment, Determination, assess
from customhouse.clearance import Act, AnyEvent, Case, Deed, Role, State
from customhouse.declaration import Declaration
from customhouse.messages import Document
from customhouse.performance import StageReached
from customhouse.pipeline.brief import declared_in_brief
from customhouse.pipeline.journey import RULE, Clearance, clear, owing, released_by_rule, settled_by_rule
from customhouse.pipeline.simulated.chance import Chance
from customhouse.pipeline.simulated.consignment import Consignment, World
from customhouse.pipeline.simulated.scenario import Officer
from customhouse.risk import Lane

_QUESTION = "Item 1: the invoice names another quantity than the declaration. Which one is right, and why do they differ?"
_EMPTY_QUESTION = "."
_BROKERS_FRIEND = 700
_RECTIFIED = frozenset({"valuation", "misclassification", "origin", "quantity_more"})
_TERMINAL = frozenset({State.EXITED, State.SEIZED, State.INVALIDATED})


@dataclass(slots=True)
class Story:
    """One consignment while it is told; `now` is the instant of the last act, `events` is all that happened, in its order."""

    world: World
    shipment: Consignment
    chance: Chance
    now: datetime
    events: list[AnyEvent | StageReached] = field(default_factory=list)
    case: Case = field(init=False)
    owed: Assessment = field(init=False)
    found: str = ""
    is_reviewed: bool = False
    is_seen_by_agency: bool = False

    def told(self) -> list[AnyEvent | StageReached]:
        """Everything that happens to the consignment."""
        self._arrive()
        self._lodge()
        while self.case.state not in _TERMINAL:
            self._go_on()
        return self.events

    def _go_on(self) -> None:
        """The next act, by whoever has the turn."""
        match self.case.state:
            case State.PRELODGED:
                self._present()
            case State.DOCUMENTS_REQUESTED:
                self._send_documents()
            case State.QUERIED:
                self._answer()
            case State.EXAMINATION_ORDERED:
                self._examine()
            case State.EXAMINED:
                self._decide()
            case State.ASSESSED:
                self._settle()
            case State.SECURED:
                self._release()
            case State.RELEASED:
                self._remove()
            case _:
                self._review()

    def _arrive(self) -> None:
        office, at = self.shipment.office, self.shipment.arrives_at
        for stage, actor, minutes in (("arrived", "carrier", 0), ("unloaded", "terminal", office.unloading), ("available", "terminal", 30)):
            at += self.chance.delay(minutes) if minutes else timedelta(0)
            self._reach(stage, actor, source=f"terminal of {office.code}", at=at)
        self.now = at

    def _reach(self, stage: str, actor: str, *, source: str, at: datetime) -> None:
        reached = StageReached(occurred_at=at, declaration_id=self.shipment.reference, stage=stage, actor=actor, source=source)
        self.events.append(reached)

    def _lodge(self) -> None:
        """Lodge before the arrival or after; with a mistake first, where there is one, which has it rejected."""
        trade, available = self.world.scenario.trade, self.now
        self.now = available + self.chance.delay(trade.delay.lodging)
        if self.shipment.is_prelodged:
            self.now = max(self.shipment.arrives_at - timedelta(minutes=self.chance.number(90, 4_000)), self.world.begins_at)
        if self.chance.happens(trade.mistaken):
            miscounted = msgspec.structs.replace(self.shipment.declared, goods_item_quantity=len(self.shipment.declared.items) + 1)
            rejected = self._cleared(miscounted, reference=f"{self.shipment.reference}-0")
            assert rejected.case.state is State.REJECTED, "an item too many is an error"
            self.events += rejected.events
            self.now += self.chance.delay(trade.delay.lodging // 4)
        cleared = self._cleared(self.shipment.declared, reference=self.shipment.reference)
        assert not cleared.errors, f"the made-up declaration is sound: {cleared.errors}"
        self.case, self.owed = cleared.case, cleared.assessment
        self.events += cleared.events
        self.now = max(self.now, available) if self.case.state is State.PRELODGED else self.now

    def _cleared(self, declared: Declaration, *, reference: str, presented: bool = False) -> Clearance:
        document = Document(declaration=msgspec.structs.replace(declared, lrn=reference, mrn=reference))
        return clear(document, self.world.country, at=self.now, seed=b"simulated", presented=presented)

    def _present(self) -> None:
        """The goods have come: accepted now, under the law of today."""
        cleared = self._cleared(self.shipment.declared, reference=self.shipment.reference, presented=True)
        owed, name = cleared.assessment.totals.payable, self.shipment.reference
        self._do(Act.PRESENT, self.shipment.broker, Role.BROKER, mrn=name, amount=owed, declared=_brief(cleared))
        self._follow(cleared)

    def _follow(self, cleared: Clearance) -> None:
        """What follows by rule from a declaration presented or amended, which has taken its first step already."""
        self.owed = cleared.assessment
        later = [msgspec.structs.replace(event, version=self.case.version) for event in cleared.events[1:]]
        self.events += later
        own = [event for event in self.events if not isinstance(event, StageReached) and event.declaration_id == self.case.declaration_id]
        self.case = clearance.replay(own, declaration_id=self.case.declaration_id)

    def _do(self, act: Act, actor: str, role: Role, **carried: object) -> None:
        """One act now, and what follows from it by rule."""
        waiting = [msgspec.structs.replace(Deed(act=act, actor=actor, role=role, at=self.now), **carried)]
        while waiting:
            self.case, happened = clearance.advance(self.case, waiting.pop(0))
            self.events += happened
            waiting = waiting or released_by_rule(self.case, at=self.now)

    def _send_documents(self) -> None:
        self.now += self.chance.delay(self.world.scenario.trade.delay.documents)
        self._do(Act.RECEIVE_DOCUMENTS, self.shipment.broker, Role.BROKER)

    def _answer(self) -> None:
        self.now += self.chance.delay(self.world.scenario.trade.delay.answer)
        self._do(Act.ANSWER, self.shipment.broker, Role.BROKER)

    def _review(self) -> None:
        """An officer looks at what has been accepted: asks, puts right what is found, or assesses."""
        delay = self.world.scenario.customs.delay
        officer = self._officer()
        documents = self.case.lane is Lane.YELLOW and not self.is_reviewed
        self._work(delay.documents if documents else delay.assessment)
        if documents and self.chance.happens(delay.queried):
            self.is_reviewed = True
            question = _EMPTY_QUESTION if self.chance.happens(officer.empty_queries) else _QUESTION
            self._do(Act.QUERY, officer.name, Role.OFFICER, reason=question)
            return
        if documents and self._is_found(self.world.scenario.detection.documents, officer.favours):
            self._put_right(officer.name)
        self._assess(officer.name)

    def _examine(self) -> None:
        delay, officer = self.world.scenario.customs.delay, self._officer()
        self._work(delay.examination)
        if not self.case.random_control and self.chance.happens(delay.rerouted):
            supervisor = self.shipment.office.supervisor
            self._do(Act.REROUTE, supervisor, Role.SUPERVISOR, lane=Lane.YELLOW, reason="The importer is known to this office.")
        found = self._is_found(self.world.scenario.detection.examination, officer.favours)
        self.found = self.shipment.irregularity if found else ""
        self._do(Act.RECORD_EXAMINATION, officer.name, Role.OFFICER, result_code=self.found or "conform")

    def _decide(self) -> None:
        """What follows from an examination: goods seized, or the declaration put right, and what is owed."""
        officer = self._officer()
        if self.found == "prohibited":
            self._work(self.world.scenario.customs.delay.seizure)
            self._do(Act.SEIZE, officer.name, Role.OFFICER, reason="The goods are prohibited.")
            return
        self._work(self.world.scenario.customs.delay.assessment)
        if self.found in _RECTIFIED:
            self._put_right(officer.name)
        self._assess(officer.name)

    def _put_right(self, officer: str) -> None:
        truth = self._cleared(self.shipment.truth, reference=self.shipment.reference, presented=True)
        reason = f"The control found: {self.shipment.irregularity}."
        self._do(Act.AMEND, officer, Role.OFFICER, reason=reason, item_count=len(truth.declaration.items), declared=_brief(truth))
        self.owed = truth.assessment

    def _assess(self, officer: str) -> None:
        """Tell what is owed; what the law leaves open the officer determines, as a tenth of what it is levied on."""
        self.owed = self._determined() if self.owed.totals.undetermined_lines else self.owed
        deed = owing(Deed(act=Act.ASSESS, actor=officer, role=Role.OFFICER, at=self.now), self.owed)
        for each in [deed, *settled_by_rule(self.owed, at=self.now)[1:]]:
            self.case, happened = clearance.advance(self.case, each)
            self.events += happened

    def _determined(self) -> Assessment:
        country = self.world.country
        lines = [(item.sequence, line) for item in self.owed.items for line in item.lines if line.is_for_customs]
        stated = [
            Determination(item=place, tax=line.tax, amount=(line.base or Decimal(0)) / 10, reason="as the price at entry shows")
            for place, line in lines
        ]
        declared = self.shipment.declared
        return assess(declared, country.law, on=country.legal_day(at=self.now), determined=stated)

    def _settle(self) -> None:
        """The declarant withdraws or amends now and then, and else pays, or gives security and pays later."""
        trade, broker = self.world.scenario.trade, self.shipment.broker
        self.now += self.chance.delay(trade.delay.payment)
        if not self.case.under_notice and self.case.version == 1 and self.chance.happens(trade.withdrawn):
            self._do(Act.INVALIDATE, broker, Role.BROKER, reason="lodged twice")
        elif not self.case.under_notice and self.case.version == 1 and self.chance.happens(trade.amended):
            again = self._cleared(self.shipment.declared, reference=self.shipment.reference, presented=True)
            self._do(Act.AMEND, broker, Role.BROKER, reason="a wrong marking", item_count=self.case.item_count, declared=_brief(again))
            self._follow(again)
        elif self.chance.happens(trade.secured):
            self._do(Act.SECURE, broker, Role.BROKER, amount=self.case.to_secure)
        else:
            self._do(Act.PAY, broker, Role.BROKER, amount=self.case.outstanding)

    def _release(self) -> None:
        if self.case.secured < self.case.security_needed:
            self._do(Act.SECURE, self.shipment.broker, Role.BROKER, amount=self.case.to_secure)
        self._work(self.world.scenario.customs.delay.assessment)
        self._do(Act.RELEASE, self._officer().name, Role.OFFICER)

    def _remove(self) -> None:
        if self.case.outstanding:
            self.now += self.chance.delay(self.world.scenario.trade.delay.payment)
            self._do(Act.PAY, self.shipment.broker, Role.BROKER, amount=self.case.outstanding)
        self.now += self.chance.delay(self.world.scenario.trade.delay.removal)
        self._reach("removed", "trader", source=f"terminal of {self.shipment.office.code}", at=self.now)
        self._do(Act.CONFIRM_EXIT, RULE, Role.SYSTEM)

    def _work(self, median_minutes: int) -> None:
        """An officer gets to it while the office is open, and after another agency has decided where one has a say."""
        self._wait_for_agency()
        hours = self.world.hours[self.shipment.office.code]
        self.now = hours.after(self.now, self.chance.delay(median_minutes))

    def _wait_for_agency(self) -> None:
        """The agency is asked when the goods come under control, once."""
        agency = self.shipment.agency
        if agency is None or self.is_seen_by_agency:
            return
        self.is_seen_by_agency = True
        self._reach("agency_asked", agency.name, source=agency.name, at=self.now)
        self.now += self.chance.delay(agency.decision)
        self._reach("agency_decided", agency.name, source=agency.name, at=self.now)

    def _officer(self) -> Officer:
        officers = self.shipment.office.officers
        friends = [each for each in officers if each.favours == self.shipment.broker]
        return friends[0] if friends and self.chance.happens(_BROKERS_FRIEND) else self.chance.one_of(officers)

    def _is_found(self, per_mille: int, favours: str) -> bool:
        return bool(self.shipment.irregularity) and favours != self.shipment.broker and self.chance.happens(per_mille)


def _brief(cleared: Clearance) -> clearance.Declared:
    return declared_in_brief(cleared.declaration)
