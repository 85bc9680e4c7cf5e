"""A certificate is worth what the latest assessment says, and is revoked for a reason."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from django.test import Client
from tests.server.test_development import AT, DAY, GATES, browser

from customhouse.development import people
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.people import actions as certificates
from customhouse_server.people.framework import people_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def _gated(settings: Any) -> Iterator[None]:  # noqa: ANN401 - a fixture without a public type
    settings.PERMISSIONS = str(GATES)
    people_framework.cache_clear()
    yield
    people_framework.cache_clear()


@pytest.mark.usefixtures("_gated")
def test_a_lower_assessment_and_a_revocation_take_the_act_away(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    sue, olu = person("sue", Role.SUPERVISOR), person("olu", Role.OFFICER)
    given = people.Certificate(competence="EXAM", level=people.Level.TRAINED, assessed_by="", assessed_on=DAY, evidence="test")
    act = {"act": "record_examination", "at": AT}
    certificates.certify(sue, "olu", given, at=AT)
    certificates.require_certified(olu, **act)
    certificates.certify(sue, "olu", msgspec.structs.replace(given, level=people.Level.AWARENESS), at=AT)
    with pytest.raises(people.NotCertifiedError, match="of the level awareness"):
        certificates.require_certified(olu, **act)
    certificates.certify(sue, "olu", given, at=AT)
    with pytest.raises(certificates.UnknownCompetenceError, match="for a reason"):
        certificates.revoke(sue, "olu", "EXAM", reason=" ", at=AT)
    with pytest.raises(certificates.OwnAssessmentError):
        certificates.revoke(sue, "sue", "EXAM", reason="x", at=AT)
    ours = browser(sue)
    assert "Revoke a certificate" in ours.get("/development/people/olu/").content.decode()
    told = ours.post("/development/people/olu/revoke/", {"competence": "EXAM", "reason": "a bribe"}, follow=True).content.decode()
    assert all(text in told for text in ("Done.", "Revoked", "a bribe"))
    with pytest.raises(people.NotCertifiedError, match="was revoked on"):
        certificates.require_certified(olu, act="record_examination", at=dt.datetime.now(dt.UTC))
    send = {"content_type": "application/json"}
    again = caller("ida", Role.SUPERVISOR).post("/api/people/olu/revocations", {"competence": "EXAM", "reason": "again"}, **send)
    assert (again.status_code, "no certificate for EXAM is in force" in again.json()["detail"]) == (422, True)
    assert browser(olu).post("/development/people/olu/revoke/", {"competence": "EXAM", "reason": "x"}).status_code == 403
