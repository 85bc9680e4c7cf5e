"""The journey: from a message to the events it leads to, as one pure function that can be run again years later."""

from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from customhouse import assessment, clearance, declaration, risk
from customhouse.assessment import Assessment
from customhouse.clearance import Act, AnyEvent, Case, Deed, Role, State
from customhouse.declaration import Declaration
from customhouse.kernel import Finding, Severity
from customhouse.messages import Document
from customhouse.pipeline.breach import items_in_breach
from customhouse.pipeline.brief import declared_in_brief, forgone
from customhouse.pipeline.country import CountryPackage
from customhouse.risk import Lane, Selection
from customhouse.tariff import quota, register

RULE = "rule"  # the name under which the administration's own rules act
NOTHING_KNOWN = quota.Known()
_PRELODGED_TYPES = "DEF"
_FIRST_STEP: dict[Lane, Act] = {
    Lane.GREEN: Act.ASSESS,
    Lane.BLUE: Act.ASSESS,
    Lane.YELLOW: Act.REQUEST_DOCUMENTS,
    Lane.RED: Act.ORDER_EXAMINATION,
}


@dataclass(frozen=True, slots=True)
class Clearance:
    """How far a message came by rule alone: what it declares, what is wrong, what is owed, the lane, where it stands, its events.

    `rulings` are those that it was held against.
    """

    declaration: Declaration
    findings: tuple[Finding, ...]
    assessment: Assessment
    selection: Selection
    case: Case
    events: tuple[AnyEvent, ...] = field(repr=False)
    quotas: quota.Known = NOTHING_KNOWN
    rulings: register.Rulings | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand in the way of acceptance."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def clear(  # noqa: PLR0913 - all that a journey follows from
    document: Document,
    country: CountryPackage,
    *,
    at: datetime,
    seed: bytes,
    presented: bool = False,
    quotas: quota.Known = NOTHING_KNOWN,
    rulings: register.Rulings | None = None,
) -> Clearance:
    """The journey of a declaration lodged at an aware instant, under the law of the territory's day then.

    `presented` says that the goods of a pre-lodged declaration have come; `quotas` is what is known of tariff quotas on the day, and
    `rulings` are those that concern it. The random draw follows from the seed, the declarant and the reference; whoever keeps them can
    repeat it. A document without a declaration is a `ValueError`.
    """
    declared = document.declaration
    if declared is None:
        raise ValueError(f"a {document.kind} holds no declaration to clear")
    on = country.legal_day(at=at)
    assessed = assessment.assess(declared, country.law, on=on, quotas=quotas)
    checked = declaration.check(declared, country.lists, on=on, settings=country.checks, tariff=country.law.tariff, rulings=rulings)
    findings = document.findings + checked + assessed.findings
    rows = risk.facts(declared, assessed, on=on, in_breach=None if rulings is None else items_in_breach(checked))
    selection = risk.select(rows, country.profiles, identity=_identity(declared), seed=seed, on=on)
    case, events = _by_rule(declared, findings, assessed, selection, at=at, presented=presented)
    return Clearance(declared, findings, assessed, selection, case, events, quotas, rulings)


def owing(deed: Deed, assessed: Assessment) -> Deed:
    """An act after which what is assessed is owed, with what makes it up: the value, the taxes, and what each relief forgoes."""
    totals = assessed.totals
    return msgspec.structs.replace(
        deed,
        amount=totals.payable,
        undetermined=totals.undetermined_lines > 0,
        security=assessed.secured_to_release,
        customs_value=totals.customs_value,
        taxes={tax: total.payable for tax, total in totals.by_tax.items()},
        forgone=forgone(assessed),
    )


def _identity(declared: Declaration) -> str:
    declarant = declared.declarant.id if declared.declarant else None
    return f"{declarant or ''}/{declared.lrn or ''}"


def _by_rule(  # noqa: PLR0913 - the four results of the journey, and when
    declared: Declaration,
    findings: tuple[Finding, ...],
    assessed: Assessment,
    selection: Selection,
    *,
    at: datetime,
    presented: bool,
) -> tuple[Case, tuple[AnyEvent, ...]]:
    """The acts that the administration's rules do without a person, each by the life-cycle."""
    start, brief = Case(declaration_id=declared.lrn or ""), declared_in_brief(declared)
    count = len(declared.items)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        reason = ", ".join(dict.fromkeys(finding.code for finding in errors))
        return _advanced(start, [_deed(Act.REJECT, at=at, reason=reason, declared=brief)])
    hit = tuple(dict.fromkeys(hit.profile_id for hit in selection.hits))
    lane = _deed(Act.ASSIGN_LANE, at=at, lane=selection.lane, random_control=selection.random_control, profiles=hit)
    if is_prelodged(declared) and not presented:
        who = declared.declarant.id if declared.declarant and declared.declarant.id else "declarant"
        lodged = Deed(act=Act.PRELODGE, actor=who, role=Role.BROKER, at=at, item_count=count, declared=brief)
        return _advanced(start, [lodged, lane])
    owed = assessed.totals.payable
    deeds = [_deed(Act.ACCEPT, at=at, item_count=count, mrn=declared.mrn or "", amount=owed, declared=brief), lane]
    first = _FIRST_STEP[selection.lane]
    if first is not Act.ASSESS:
        return _advanced(start, [*deeds, _deed(first, at=at)])
    if assessed.totals.undetermined_lines:  # and no error: the declarant cannot mend it, so it waits for an officer
        return _advanced(start, deeds)
    return _advanced(start, [*deeds, *settled_by_rule(assessed, at=at)])


def settled_by_rule(assessed: Assessment, *, at: datetime) -> list[Deed]:
    """What follows by rule once no control stands in the way: assessment, and release at once where nothing is to be paid or secured."""
    deeds = [owing(Deed(act=Act.ASSESS, actor=RULE, role=Role.SYSTEM, at=at), assessed)]
    if assessed.totals.payable == 0 and not assessed.totals.undetermined_lines:
        deeds += [_deed(Act.PAY, at=at)] if assessed.secured_to_release else [_deed(Act.PAY, at=at), _deed(Act.RELEASE, at=at)]
    return deeds


def released_by_rule(case: Case, *, at: datetime) -> list[Deed]:
    """What follows by rule once all is paid and secured: release, for what stood in its way was settled before anything was owed."""
    is_settled = case.state in {State.PAID, State.SECURED} and case.outstanding == 0 and case.secured >= case.security_needed
    return [_deed(Act.RELEASE, at=at)] if is_settled and not case.undetermined and not case.doubted_items else []


def is_prelodged(declared: Declaration) -> bool:
    """Whether the additional type, the last letter of the type, says that the goods are still to come (D, E, F)."""
    return (declared.type_code or "")[2:] in tuple(_PRELODGED_TYPES)


def _deed(act: Act, *, at: datetime, **carried: object) -> Deed:
    return msgspec.structs.replace(Deed(act=act, actor=RULE, role=Role.SYSTEM, at=at), **carried)


def _advanced(case: Case, deeds: list[Deed]) -> tuple[Case, tuple[AnyEvent, ...]]:
    events: list[AnyEvent] = []
    for deed in deeds:
        case, happened = clearance.advance(case, deed)
        events += happened
    assert case.state is not State.DRAFT, "a lodged declaration has left the draft"
    return case, tuple(events)
