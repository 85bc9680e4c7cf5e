"""Self-assessment: said by one, reviewed by another, published for those it is for."""

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from customhouse.performance import indicator
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.performance import review, store
from customhouse_server.performance.kept import ReviewStatus, Statement, UnknownAssessmentError
from customhouse_server.performance.review import OutOfTurnError, SameReviewerError, UnfitStatementError

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
SAID = Statement(
    value=0.4, narrative="Better than before.", evidence="/performance/indicators/TF-01/", disclosure=indicator.Disclosure.PUBLIC
)


@pytest.fixture
def ann(person: Callable[..., Person]) -> Person:
    return person("ann", Role.OFFICER)


@pytest.fixture
def ben(person: Callable[..., Person]) -> Person:
    return person("ben", Role.SUPERVISOR)


def submitted(author: Person, statement: Statement = SAID) -> None:
    review.say(author, 2026, "TF-01", statement=statement, at=AT)
    review.submit(author, 2026, "TF-01", at=AT)


def status() -> ReviewStatus:
    (found,) = store.assessments(2026)
    return found.status


def public_lines() -> list[str]:
    return [line.indicator.code for line in review.lines(None, 2026)]


def test_a_statement_is_published_only_after_another_has_reviewed_it(ann: Person, ben: Person) -> None:
    submitted(ann)
    with pytest.raises(OutOfTurnError):
        review.publish(ben, 2026, "TF-01", at=AT)
    review.review(ben, 2026, "TF-01", said="The events say the same.", is_agreed=True, at=AT)
    assert public_lines() == []
    review.publish(ben, 2026, "TF-01", at=AT)
    assert public_lines() == ["TF-01"]
    (found,) = store.assessments(2026)
    assert (found.author, found.reviewer, found.statement.review) == ("Ann", "Ben", "The events say the same.")


def test_every_step_of_a_statement_has_its_event_and_what_is_refused_has_none(ann: Person, ben: Person) -> None:
    submitted(ann)
    review.review(ben, 2026, "TF-01", said="The evidence is missing.", is_agreed=False, at=AT)
    submitted(ann, Statement(not_measurable="no source"))
    with pytest.raises(SameReviewerError):
        review.review(ann, 2026, "TF-01", said="", is_agreed=True, at=AT)
    review.review(ben, 2026, "TF-01", said="", is_agreed=True, at=AT)
    review.publish(ben, 2026, "TF-01", at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, actor, document FROM journal_event ORDER BY id")
        told = [(kind, actor, msgspec.json.decode(document)) for kind, actor, document in cursor.fetchall()]
    assert [(kind, actor) for kind, actor, _ in told] == [
        ("AssessmentWritten", "ann"),
        ("AssessmentSubmitted", "ann"),
        ("AssessmentReviewed", "ben"),
        ("AssessmentWritten", "ann"),
        ("AssessmentSubmitted", "ann"),
        ("AssessmentReviewed", "ben"),
        ("AssessmentPublished", "ben"),
    ]
    assert {(event["year"], event["code"]) for _, _, event in told} == {(2026, "TF-01")}
    assert (told[0][2]["value"], told[3][2]["not_measurable"]) == (0.4, "no source")
    assert [event["is_agreed"] for kind, _, event in told if kind == "AssessmentReviewed"] == [False, True]
    assert (told[2][2]["said"], told[-1][2]["disclosure"]) == ("The evidence is missing.", "restricted")


def test_nobody_reviews_what_he_wrote(ann: Person, ben: Person) -> None:
    submitted(ben)
    with pytest.raises(SameReviewerError):
        review.review(ben, 2026, "TF-01", said="", is_agreed=True, at=AT)
    assert status() is ReviewStatus.SUBMITTED
    (found,) = store.assessments(2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        store.keep_assessment(found, reviewer_id=ben.id)
    review.review(ann, 2026, "TF-01", said="", is_agreed=True, at=AT)


def test_what_is_sent_back_is_a_draft_again_with_the_reasons(ann: Person, ben: Person) -> None:
    submitted(ann)
    with pytest.raises(UnfitStatementError):
        review.review(ben, 2026, "TF-01", said="", is_agreed=False, at=AT)
    review.review(ben, 2026, "TF-01", said="The evidence is missing.", is_agreed=False, at=AT)
    assert status() is ReviewStatus.DRAFT
    review.say(ann, 2026, "TF-01", statement=Statement(not_measurable="no source"), at=AT)
    (found,) = store.assessments(2026)
    assert found.statement.review == "The evidence is missing."


def test_what_was_submitted_is_changed_no_more(ann: Person) -> None:
    submitted(ann)
    with pytest.raises(OutOfTurnError):
        review.say(ann, 2026, "TF-01", statement=Statement(value=0.9), at=AT)


@pytest.mark.parametrize("statement", [Statement(), Statement(value=0.5, not_measurable="no source")])
def test_either_a_value_or_the_reason_why_there_is_none_is_given(ann: Person, statement: Statement) -> None:
    with pytest.raises(UnfitStatementError):
        review.say(ann, 2026, "TF-01", statement=statement, at=AT)


def test_a_published_statement_is_for_its_level_alone(ann: Person, ben: Person, person: Callable[..., Person]) -> None:
    submitted(ann, Statement(value=0.4, disclosure=indicator.Disclosure.WCO))
    review.review(ben, 2026, "TF-01", said="", is_agreed=True, at=AT)
    review.publish(ben, 2026, "TF-01", at=AT)
    assert public_lines() == []
    seen = {line.indicator.code: line.assessment for line in review.lines(person("cal", Role.OFFICER), 2026)}
    assert seen["TF-01"] is not None
    assert "OR-03" not in seen


def test_a_restricted_statement_is_for_its_author_and_the_heads(ann: Person, ben: Person, person: Callable[..., Person]) -> None:
    submitted(ann, Statement(value=0.4))
    for reader, expected in ((ann, True), (ben, True), (person("cal", Role.OFFICER), False)):
        seen = {line.indicator.code: line.assessment for line in review.lines(reader, 2026)}
        assert (seen["TF-01"] is not None) == expected, reader.username


def test_who_may_not_read_a_statement_neither_overwrites_submits_nor_reviews_it(ann: Person, person: Callable[..., Person]) -> None:
    cal = person("cal", Role.OFFICER)
    review.say(ann, 2026, "TF-01", statement=Statement(value=0.4), at=AT)
    with pytest.raises(UnknownAssessmentError):
        review.say(cal, 2026, "TF-01", statement=SAID, at=AT)
    with pytest.raises(UnknownAssessmentError):
        review.submit(cal, 2026, "TF-01", at=AT)
    review.submit(ann, 2026, "TF-01", at=AT)
    with pytest.raises(UnknownAssessmentError):
        review.review(cal, 2026, "TF-01", said="", is_agreed=True, at=AT)
    (found,) = store.assessments(2026)
    assert (found.author, found.statement.value, found.status) == ("Ann", 0.4, ReviewStatus.SUBMITTED)


def test_a_draft_is_submitted_by_its_author_alone(ann: Person, ben: Person) -> None:
    review.say(ann, 2026, "TF-01", statement=SAID, at=AT)
    with pytest.raises(NotPermittedError, match="by its author"):
        review.submit(ben, 2026, "TF-01", at=AT)
    assert status() is ReviewStatus.DRAFT


def test_an_indicator_that_is_not_for_ones_eyes_is_not_there(ann: Person) -> None:
    with pytest.raises(UnknownAssessmentError):
        review.say(ann, 2026, "OR-03", statement=SAID, at=AT)


def test_trade_assesses_nothing(person: Callable[..., Person]) -> None:
    trader = person("trader")
    with pytest.raises(NotPermittedError):
        review.say(trader, 2026, "TF-01", statement=SAID, at=AT)
    with pytest.raises(NotPermittedError):
        review.submit(trader, 2026, "TF-01", at=AT)


def test_what_is_no_act_is_not_done_and_what_was_chosen_wrongly_is_said_in_our_words(browser_of: Callable[..., Client]) -> None:
    page, officer = "/performance/assessments/2026/TF-01/", browser_of("ann", Role.OFFICER)
    assert officer.post(f"{page}act/", {"act": "approve"}).status_code == 404
    assert officer.post(f"{page}act/", {}).status_code == 404
    told = officer.post(f"{page}act/", {"act": "say", "value": "0.4", "disclosure": "moon"}, follow=True).content.decode()
    assert "choose who may see it" in told
    assert "moon" not in told
    assert store.assessments(2026) == ()


def test_an_officer_writes_and_a_supervisor_reviews_and_publishes_on_the_pages(browser_of: Callable[..., Client]) -> None:
    page = "/performance/assessments/2026/TF-01/"
    officer, head = browser_of("ann", Role.OFFICER), browser_of("ben", Role.SUPERVISOR)
    officer.post(
        f"{page}act/", {"act": "say", "value": "0.4", "narrative": "Better.", "evidence": "javascript:alert(1)", "disclosure": "public"}
    )
    assert store.assessments(2026) == ()
    officer.post(f"{page}act/", {"act": "say", "value": "0.4", "narrative": "Better.", "evidence": "/x/", "disclosure": "public"})
    officer.post(f"{page}act/", {"act": "submit"})
    assert "another person than you" in officer.get(page).content.decode()
    head.post(f"{page}act/", {"act": "agree", "review": "Agreed."})
    head.post(f"{page}act/", {"act": "publish"})
    public = browser_of().get("/performance/assessments/?year=2026").content.decode()
    assert "Better." in public
    assert browser_of().get(page).status_code == 302
    assert browser_of("trader", Role.TRADER).get(page).status_code == 403
