"""Tracked: everything that is known on a day, and how each provision stands by it; entries are read once, the rest follows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from customhouse.pipeline import publication
from customhouse.saying import saying
from customhouse.strategy import commitment, digital, implementation
from customhouse_server.performance.kept import KeptYear
from customhouse_server.tariff.country import current_country
from customhouse_server.tracker import current
from customhouse_server.tracker.matter import Kind, Law, Meeting, Membership, MemberStatus, Shown
from customhouse_server.tracker.store import Entry

_A_YEAR = dt.timedelta(days=365)
_COMMITTEE = "the national committee meets"


@dataclass(frozen=True)
class Step:
    """An action under a provision: its entry, where it stands, and the days that are left."""

    entry: Entry
    action: commitment.Action
    progress: commitment.action.Progress
    days_left: int


@dataclass(frozen=True)
class Tracked:
    """The entries of the registers as they stand on a day, and the last year as it was worked out by then, if any was."""

    entries: tuple[Entry, ...]
    year: KeptYear | None
    on: dt.date

    def of(self, kind: Kind, subject: str = "") -> tuple[Entry, ...]:
        """The entries of a kind, of one subject or of all."""
        return tuple(each for each in self.entries if each.kind is kind and subject in ("", each.subject))

    def one(self, kind: Kind, subject: str) -> Entry | None:
        """The entry of a kind of which a subject has one."""
        return next(iter(self.of(kind, subject)), None)

    @cached_property
    def membership(self) -> Membership:
        """The country as a party; until somebody states it, a developing member since the agreement entered into force."""
        stated = self.one(Kind.MEMBERSHIP, "membership")
        if stated:
            return stated.document
        return Membership(member="", status=MemberStatus.DEVELOPING, in_force=current.terms().agreement_in_force)

    @property
    def is_membership_stated(self) -> bool:
        """Whether somebody stated what kind of member the country is, and since when."""
        return self.one(Kind.MEMBERSHIP, "membership") is not None

    @property
    def status(self) -> commitment.pledge.Status:
        """What the agreement grants to such a member."""
        found = current.terms().status(self.membership.status.value)
        assert found, "every status of a member is one of the terms"
        return found

    @cached_property
    def facts(self) -> implementation.Facts:
        """What was measured, with what the product, the site and the registers show."""
        seen = current.observed() | publication.observed(current_country(), on=self.on) | {_COMMITTEE: self._committee()}
        given = {each.subject.removeprefix("notice/"): each.document for each in self.of(Kind.NOTICE)}
        for due in current.terms().notices:
            seen[f"notice {due.code} was given"] = _given(given.get(due.code))
        if self.year is None:
            return implementation.Facts(observations=seen)
        shares = implementation.shares_among(current.indicators().values())
        return implementation.Facts(figures=self.year.figures, shares=shares, events=self.year.events, observations=seen)

    @cached_property
    def standings(self) -> dict[str, dict[str, implementation.Standing]]:
        """How every provision stands, by instrument and number."""
        return {
            name: {
                each.number: implementation.standing(each, self.facts, evidence=self._evidence(name, each), on=self.on)
                for each in instrument.provisions
            }
            for name, instrument in current.instruments().items()
        }

    @cached_property
    def maturity(self) -> digital.Maturity:
        """How digital customs is."""
        return digital.maturity(current.instruments()["digital"], self.standings["digital"])

    @cached_property
    def decisions(self) -> tuple[digital.Covered, ...]:
        """Each decision without a person with its legal basis: the administration's own, or the proposed one."""
        own = {each.subject.removeprefix("decision/"): each.document for each in self.of(Kind.LEGAL_BASIS)}
        return digital.covered(current.decisions(), (current.shipped_legal_bases() | own).values())

    @cached_property
    def portfolio(self) -> tuple[digital.DigitalInstrument, ...]:
        """The digital instruments: the product's own, and what the administration states."""
        own = {each.subject.removeprefix("portfolio/"): each.document for each in self.of(Kind.DIGITAL_INSTRUMENT)}
        return tuple((current.shipped_portfolio() | own).values())

    @cached_property
    def deadlines(self) -> tuple[commitment.pledge.Deadline, ...]:
        """Every clock of every measure that is not carried out, first to last."""
        found = []
        for entry in self.of(Kind.PLEDGE):
            number = entry.subject.removeprefix("tfa/")
            asked = [each.document for each in self.of(Kind.EXTENSION, entry.subject)]
            if not self.standings["tfa"][number].is_carried_out:
                found += commitment.deadlines(
                    number, entry.document, extensions=asked, status=self.status, agreement_in_force=current.terms().agreement_in_force
                )
        return tuple(sorted(found))

    @cached_property
    def notices(self) -> tuple[commitment.notice.NoticeStanding, ...]:
        """Every notice owed to the WTO, in the order of their last days."""
        given = {each.subject.removeprefix("notice/"): each.document for each in self.of(Kind.NOTICE)}
        member = self.membership
        return commitment.notices(current.terms(), given, status=member.status.value, in_force=member.in_force, on=self.on)

    def law(self, subject: str) -> Law | None:
        """The provision of law that carries a provision out (de jure): verified, and in force today."""
        stated = self.one(Kind.LAW, subject)
        return stated.document if stated and stated.is_verified and stated.document.in_force_on <= self.on else None

    def measure(self, subject: str) -> commitment.measure.Measure | None:
        """A measure for which something was promised, as it stands today."""
        pledge = self.one(Kind.PLEDGE, subject)
        if pledge is None:
            return None
        stated = {
            name: tuple(each.document for each in self.of(kind, subject))
            for name, kind in (("shifts", Kind.SHIFT), ("extensions", Kind.EXTENSION), ("arrangements", Kind.ARRANGEMENT))
        }
        promised = commitment.measure.Promised(pledge=pledge.document, **stated)
        return commitment.measure.measure_on(promised, status=self.status, on=self.on)

    def category(self, subject: str) -> commitment.pledge.Category | None:
        """The category of a measure today."""
        found = self.measure(subject)
        return found.category if found else None

    def steps(self, subject: str = "") -> tuple[Step, ...]:
        """The actions under a provision, or all of them, first due first."""
        found = sorted(self.of(Kind.ACTION, subject), key=lambda each: each.document.due_on)
        return tuple(self._steps(found))

    def effort(self, subject: str) -> float | None:
        """The share of the work on a provision that is left; nothing where it is unknown."""
        name, _, number = subject.partition("/")
        done = self.standings[name][number].is_carried_out
        return commitment.effort_remaining((each.document for each in self.of(Kind.ACTION, subject)), is_carried_out=done)

    def _steps(self, entries: Iterable[Entry]) -> Iterator[Step]:
        for each in entries:
            others = [other.document for other in self.of(Kind.ACTION, each.subject)]
            action = each.document
            yield Step(each, action, action.progress(others, on=self.on), action.days_left(on=self.on))

    def _evidence(self, name: str, provision: implementation.instrument.Provision) -> Iterator[implementation.Evidence]:
        """What is shown by hand; none of it counts before the figures are worked out that would outweigh it."""
        if any(self._waits(each) for each in provision.proofs):
            return
        for each in self.of(Kind.EVIDENCE, f"{name}/{provision.number}"):
            shown: Shown = each.document
            yield implementation.Evidence(
                title=shown.title, reference=shown.reference, valid_until=shown.valid_until, is_verified=each.is_verified
            )

    def _waits(self, proof: implementation.instrument.Proof) -> bool:
        facts = self.facts
        return bool(proof.event and facts.events is None) or bool(proof.indicator and proof.indicator not in facts.figures)

    def _committee(self) -> implementation.Observation:
        members = [each for each in self.of(Kind.COMMITTEE_MEMBER) if each.document.until is None or each.document.until >= self.on]
        meetings: list[Meeting] = [each.document for each in self.of(Kind.MEETING)]
        held = [each.held_on for each in meetings if each.minutes and each.held_on <= self.on]
        if not members:
            return implementation.Observation(holds=False, reason=saying("the committee has no members"))
        if not held or max(held) < self.on - _A_YEAR:
            wording = "the committee has held no meeting with minutes in a year"
            return implementation.Observation(holds=False, reason=saying(wording))
        reason = saying("{number} members; last meeting on {day}", number=len(members), day=max(held))
        return implementation.Observation(holds=True, reason=reason)


def _given(notice: commitment.NoticeGiven | None) -> implementation.Observation:
    if notice is None:
        return implementation.Observation(holds=False, reason=saying("the notice was not given yet"))
    reason = saying("the notice was given on {day} ({symbol})", day=notice.given_on, symbol=notice.symbol or saying("without symbol"))
    return implementation.Observation(holds=True, reason=reason)
