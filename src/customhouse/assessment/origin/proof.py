"""Proof of origin: a certificate or declaration, checked on the day of acceptance (RKC Specific Annex K, Chapter 2)."""

from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.origin.agreement import Agreement, ProofKind
from customhouse.assessment.origin.catalogue import CATALOGUE
from customhouse.kernel import Finding, months_after

POINTER = "GoodsShipment/GovernmentAgencyGoodsItem/AdditionalDocument"


class Proof(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is shown, and the value of the consignment that it covers."""

    type: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    exported_on: date | None = None
    retrospective: bool = False
    approved_exporter: str = ""
    consignment_value: Decimal | None = None
    currency: str = ""


def check_proof(proof: Proof | None, agreement: Agreement, *, on: date) -> tuple[Finding, ...]:
    """What is wrong with a proof on the day of acceptance; nothing under rules that ask for none."""
    if not agreement.proofs:
        return ()
    given = proof or Proof()
    if not given.type:
        return (_without(given, agreement),)
    kind = next((each for each in agreement.proofs if each.type == given.type), None)
    if kind is None:
        return (_found("ORG-02", type=given.type, agreement=agreement.name),)
    lacking = [_found("ORG-07", what=what) for what, value in (("number", given.number), ("issuer", given.issuer)) if not value]
    return (*lacking, *_dates(given, kind, agreement, on=on), *_ceiling(given, kind))


def _without(given: Proof, agreement: Agreement) -> Finding:
    limit = agreement.waiver_value
    if limit is None:
        return _found("ORG-01", agreement=agreement.name)
    ceiling = f"{limit:f} {agreement.waiver_currency}"
    if given.consignment_value is None or given.currency != agreement.waiver_currency:
        return _found("ORG-11", ceiling=ceiling)
    return _found("ORG-10", ceiling=ceiling) if given.consignment_value <= limit else _found("ORG-01", agreement=agreement.name)


def _dates(given: Proof, kind: ProofKind, agreement: Agreement, *, on: date) -> list[Finding]:
    if given.issued_on is None:
        return [_found("ORG-07", what="date of issue")]
    found = []
    end = months_after(given.issued_on, kind.valid_months)
    if on >= end:
        found.append(_found("ORG-03", number=given.number, last=str(end - timedelta(days=1)), day=str(on)))
    if given.issued_on > on:
        found.append(_found("ORG-04", number=given.number, issued=str(given.issued_on), day=str(on)))
    after_export = given.retrospective or (given.exported_on is not None and given.issued_on > given.exported_on)
    if after_export and not kind.retrospective:
        found.append(_found("ORG-09", agreement=agreement.name))
    elif after_export and not given.retrospective:
        found.append(_found("ORG-08", issued=str(given.issued_on), exported=str(given.exported_on)))
    return found


def _ceiling(given: Proof, kind: ProofKind) -> list[Finding]:
    if kind.ceiling is None or (kind.approved_exporter_above and given.approved_exporter):
        return []
    ceiling = f"{kind.ceiling:f} {kind.currency}"
    if given.consignment_value is None or given.currency != kind.currency:
        return [_found("ORG-11", ceiling=ceiling)]
    if given.consignment_value <= kind.ceiling:
        return []
    if kind.approved_exporter_above:
        return [_found("ORG-05", ceiling=ceiling)]
    return [_found("ORG-06", type=kind.title, ceiling=ceiling, value=f"{given.consignment_value:f} {given.currency}")]


def _found(code: str, **params: str) -> Finding:
    return Finding(code=code, pointer=POINTER, severity=CATALOGUE[code].severity, params=params)
