"""Audit: the plan of the years out of the universe of what can be audited, the audits entered from it, and their findings."""

import datetime as dt

import msgspec
from django.db import transaction

from customhouse.pipeline import publication as rules
from customhouse.saying import saying
from customhouse.strategy import secretariat
from customhouse_server.accounts.person import Person
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register import store, writing
from customhouse_server.register.office import Finding
from customhouse_server.register.writing import EDITORS

_PLANNED = secretariat.plan.Placing.PLANNED


def plan() -> tuple[secretariat.plan.Planned, ...]:
    """Every area in every year whose days are settled, and what becomes of it there."""
    years, audits = store.documents("audit-years", secretariat.AuditYear), store.documents("audits", secretariat.Audit)
    return secretariat.audit_plan(store.documents("audit-universe", secretariat.AuditArea), years, audits=audits)


def sheet() -> rules.Sheet:
    """The plan as a table."""
    rows = [
        (
            str(each.year),
            each.area.name,
            str(each.area.score),
            _days(each.area),
            str(each.due_year),
            each.placing.value,
            str(each.days_left),
        )
        for each in plan()
    ]
    return rules.Sheet(
        title="Audits by year",
        about="What is audited in which year, as often as its risk asks for and within the days of the year, and what is left out and why.",
        source="the registers of this site",
        basis="Global Internal Audit Standards, 9.4",
        columns=("year", "area", "risk", "audit days", "due in", "what becomes of it", "days left"),
        rows=tuple(rows),
    )


def years_to_enter() -> tuple[int, ...]:
    """The years in which something is planned that is not yet entered as an audit."""
    return tuple(sorted({each.year for each in plan() if each.placing is _PLANNED}))


@transaction.atomic
def enter(person: Person, year: int, *, at: dt.datetime) -> int:
    """Enter what is planned for a year as its audits; how many there are. What is entered already stays as it is."""
    person.require(EDITORS, "entering the audits of a year")
    store.hold("audits")
    planned = [each for each in plan() if each.year == year and each.placing is _PLANNED]
    for each in planned:
        code = f"{year}-{store.next_number('audits')}"
        audit = secretariat.Audit(code=code, area=each.area.name, year=year, audit_days=each.area.audit_days or 0)
        writing.begin("audits", audit, actor=person.username, at=at)
    return len(planned)


def findings_of(audit: secretariat.Audit) -> tuple[tuple[int, Finding], ...]:
    """The findings of an audit with their numbers."""
    found = ((each.number, msgspec.json.decode(each.document, type=Finding)) for each in store.current("audit-findings"))
    return tuple((number, finding) for number, finding in found if finding.audit == audit.code)


def refuse_year(before: msgspec.Struct | None, after: msgspec.Struct | None) -> None:
    """Refuse the days of a year that has them already."""
    if not isinstance(after, secretariat.AuditYear):
        return
    is_same = isinstance(before, secretariat.AuditYear) and before.year == after.year
    if not is_same and after.year in {each.year for each in store.documents("audit-years", secretariat.AuditYear)}:
        raise FaultyError({"year": saying("the days of {year} are settled in another entry: edit that one", year=after.year)})


def refuse_audit(before: msgspec.Struct | None, after: msgspec.Struct | None) -> None:
    """Refuse an audit of what is not in the universe, and one under the code of another."""
    if not isinstance(after, secretariat.Audit):
        return
    if after.area not in {each.name for each in store.documents("audit-universe", secretariat.AuditArea)}:
        raise FaultyError({"area": saying("area: {area} is not in the audit universe", area=after.area)})
    is_same = isinstance(before, secretariat.Audit) and before.code == after.code
    if not is_same and after.code in {each.code for each in store.documents("audits", secretariat.Audit)}:
        raise FaultyError({"code": saying("code: there is an audit {code} already", code=after.code)})


def refuse_finding(before: msgspec.Struct | None, after: msgspec.Struct | None) -> None:
    """Refuse a finding of an audit that is not there, and closing one of which nobody saw anything."""
    if not isinstance(after, Finding):
        return
    was = before if isinstance(before, Finding) else None
    if (was is None or was.audit != after.audit) and after.audit not in {
        each.code for each in store.documents("audits", secretariat.Audit)
    }:
        raise FaultyError({"audit": saying("audit: there is no audit {code} in the register of audits", code=after.audit)})
    if after.closed_on and not after.follow_ups and (was is None or was.closed_on is None):
        raise FaultyError({"closed_on": saying("closed on: a finding is closed on what a follow-up has seen; add one")})


def _days(area: secretariat.AuditArea) -> str:
    return "" if area.audit_days is None else str(area.audit_days)
