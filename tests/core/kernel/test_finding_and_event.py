"""Findings and events travel as documents and come back the same."""

from datetime import UTC, datetime

import msgspec
import pytest

from customhouse.kernel import Event, Finding, Severity


class SealBroken(Event):
    """A fact made up for this test."""

    seal_id: str


BROKEN = SealBroken(occurred_at=datetime(2026, 3, 1, 12, tzinfo=UTC), seal_id="S-1")


def test_an_event_names_its_kind_in_its_document_and_comes_back_the_same() -> None:
    document = msgspec.json.encode(BROKEN)
    assert msgspec.json.decode(document) == {"event": "SealBroken", "occurred_at": "2026-03-01T12:00:00Z", "seal_id": "S-1"}
    assert msgspec.json.decode(document, type=SealBroken) == BROKEN


def test_a_fact_is_not_changed_after_it_has_happened() -> None:
    with pytest.raises(AttributeError):
        BROKEN.seal_id = "S-2"  # type: ignore[misc]


def test_a_finding_is_an_error_unless_it_says_otherwise() -> None:
    finding = Finding(code="VAL-04", pointer="GoodsShipment/GovernmentAgencyGoodsItem[3]", params={"stated": "120.00 USD"})
    assert finding.severity is Severity.ERROR
    assert msgspec.json.decode(msgspec.json.encode(finding), type=Finding) == finding


def test_two_findings_do_not_share_their_particulars() -> None:
    one, other = Finding(code="A", pointer=""), Finding(code="A", pointer="")
    one.params["stated"] = "1"
    assert other.params == {}
