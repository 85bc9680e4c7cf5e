from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from customhouse import clearance, messages, pipeline
from customhouse.clearance import State
from customhouse.clearance.event import DeclarationAccepted, DutyAssessed
from customhouse.pipeline.country import UnknownCountryError
from customhouse.risk import Lane
from customhouse.tariff.register import Ruling, Rulings

SANDBOX = pipeline.load_country("sandbox")
SAMPLES = Path(__file__).resolve().parents[3] / "countries" / "sandbox" / "samples"
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def cleared(name: str, *, seed: bytes = b"green", **kwargs: bool) -> pipeline.Clearance:
    document = messages.read((SAMPLES / f"{name}.xml").read_bytes())
    return pipeline.clear(document, SANDBOX, at=AT, seed=seed, **kwargs)


@pytest.mark.parametrize(
    ("name", "lane", "state"),
    [
        ("books", Lane.GREEN, State.RELEASED),
        ("preference", Lane.BLUE, State.ASSESSED),
        ("cheap_shirts", Lane.YELLOW, State.DOCUMENTS_REQUESTED),
        ("cigarettes", Lane.RED, State.EXAMINATION_ORDERED),
        ("wine_before_arrival", Lane.GREEN, State.PRELODGED),
        ("many_mistakes", Lane.GREEN, State.REJECTED),
    ],
)
def test_each_sample_goes_as_far_as_rules_take_it(name: str, lane: Lane, state: State) -> None:
    journey = cleared(name)
    assert not journey.selection.random_control
    assert (journey.selection.lane, journey.case.state) == (lane, state)


def test_the_same_input_gives_the_same_journey_years_later() -> None:
    assert cleared("office_supplies") == cleared("office_supplies")


def test_the_events_tell_where_the_case_stands() -> None:
    journey = cleared("cigarettes")
    assert clearance.replay(journey.events, declaration_id=journey.case.declaration_id) == journey.case


def test_a_rejection_names_every_rule_and_has_no_other_effect() -> None:
    journey = cleared("many_mistakes")
    assert [type(event).__name__ for event in journey.events] == ["DeclarationRejected"]
    assert {finding.code for finding in journey.errors} >= {"COD-01", "COD-02", "FMT-01", "OBL-04", "SUM-01", "SUM-04"}
    assert all(pipeline.told(finding)["message"] for finding in journey.findings)


def test_goods_that_have_come_move_a_prelodged_declaration_on() -> None:
    assert cleared("wine_before_arrival", presented=True).case.state is State.ASSESSED


def test_a_document_without_a_declaration_is_refused() -> None:
    with pytest.raises(ValueError, match="no declaration"):
        pipeline.clear(messages.Document(), SANDBOX, at=AT, seed=b"s")


def test_the_legal_day_is_that_of_the_territory() -> None:
    uk = pipeline.load_country("uk")
    assert uk.legal_day(at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC)).isoformat() == "2026-07-01"


def test_an_unknown_country_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownCountryError, match=r"sandbox, uk"):
        pipeline.load_country("atlantis")


def test_the_events_say_in_brief_what_is_declared_and_what_each_tax_comes_to() -> None:
    journey = cleared("preference")
    accepted = next(event for event in journey.events if isinstance(event, DeclarationAccepted))
    assessed = next(event for event in journey.events if isinstance(event, DutyAssessed))
    totals = journey.assessment.totals
    assert accepted.declared == pipeline.declared_in_brief(journey.declaration)
    assert accepted.declared is not None
    assert accepted.declared.chapters == tuple(dict.fromkeys(item.commodity_code()[:2] for item in journey.declaration.items))
    assert assessed.taxes == {tax: total.payable for tax, total in totals.by_tax.items()}
    assert sum(assessed.taxes.values()) == assessed.payable == totals.payable


def test_what_a_relief_forgoes_stands_under_its_code() -> None:
    plain = (SAMPLES / "bicycles.xml").read_bytes()
    claimed = b"<GovernmentProcedure><CurrentCode>F01</CurrentCode></GovernmentProcedure>"
    relieved = plain.replace(b"</GovernmentProcedure>", b"</GovernmentProcedure>" + claimed, 1)
    journey = pipeline.clear(messages.read(relieved), SANDBOX, at=AT, seed=b"green")
    deed = pipeline.owing(clearance.Deed(act=clearance.Act.ASSESS, actor="rule", role=clearance.Role.SYSTEM, at=AT), journey.assessment)
    totals = journey.assessment.totals
    assert deed.forgone == {"F01": totals.amount - totals.payable}
    assert totals.amount > totals.payable


def with_rulings(*known: Ruling) -> pipeline.Clearance:
    document = messages.read((SAMPLES / "bicycles.xml").read_bytes())
    rulings = Rulings(citing_documents=SANDBOX.rulings.citing_documents, known=known)
    return pipeline.clear(document, SANDBOX, at=AT, seed=b"green", rulings=rulings)


def test_goods_declared_against_a_ruling_are_a_fact_that_a_profile_hits() -> None:
    declared = with_rulings().declaration
    item = declared.items[0]
    ruling = Ruling(
        reference="QZ-1", holder=declared.declarant.id, office="o", code="871200", goods=item.commodity.description, start=date(2026, 1, 1)
    )
    assert "RULING-BREACH" not in {hit.profile_id for hit in with_rulings(ruling).selection.hits}
    other = msgspec.structs.replace(ruling, code="871190")
    against = with_rulings(other)
    assert "RUL-06" in {finding.code for finding in against.findings}
    assert ("RULING-BREACH", 1) in {(hit.profile_id, hit.item) for hit in against.selection.hits}


def test_classification_learns_from_released_items_alone() -> None:
    released, held = cleared("books"), cleared("cheap_shirts")
    learned = list(pipeline.precedents_of(released.declaration, released.case))
    assert [(each.text, each.code) for each in learned] == [
        (item.commodity.description, item.commodity_code()) for item in released.declaration.items
    ]
    assert list(pipeline.precedents_of(held.declaration, held.case)) == []
