import datetime as dt
import socket
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import Settings

from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.enquiry import actions
from customhouse_server.enquiry.actions import AnsweredError, Asking, UnansweredError, UnknownEnquiryError, UnreadableQuestionError
from customhouse_server.enquiry.reply_time import Reply, reply_time

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
ON = dt.date(2026, 11, 24)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def asked(topic: str = "taxes", *, address: str = "") -> actions.Receipt:
    return actions.ask(Asking(topic, "What is owed on a <used> car?", "fr", address), at=AT)


@pytest.mark.django_db
def test_a_question_is_answered_in_time_and_opened_by_its_two_words_alone(person: Callable[..., Person]) -> None:
    receipt = asked()
    assert receipt.due_on == dt.date(2026, 12, 8)  # ten working days
    olga = person("olga", Role.OFFICER)
    assert [each.reference for each in actions.worklist(olga)] == [receipt.reference]
    actions.answer(olga, receipt.reference, "Customs duty and VAT.", at=AT)
    assert actions.follow(receipt.reference.lower(), receipt.passphrase.lower()).answer == "Customs duty and VAT."
    for reference, passphrase in ((receipt.reference, "wrong"), ("Q2", receipt.passphrase), (receipt.reference, "")):
        with pytest.raises(UnknownEnquiryError):
            actions.follow(reference, passphrase)
    with pytest.raises(AnsweredError):
        actions.answer(olga, receipt.reference, "Something else.", at=AT)


@pytest.mark.django_db
def test_what_the_asker_wrote_stays_out_of_the_journal(person: Callable[..., Person], written: Callable[[], list[tuple[str, str]]]) -> None:
    receipt = asked(address="ann@example.org")
    actions.answer(person("olga", Role.OFFICER), receipt.reference, "Secret answer.", at=AT)
    told = str([document for _, document in written() if receipt.reference in document])
    assert "QuestionAsked" in told
    assert '"in_time": true' in told
    assert not [word for word in ("car", "ann@", "Secret", receipt.passphrase) if word in told]


def _jobs_are_done() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as at_work:
        at_work.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.django_db(transaction=True)
def test_an_answer_stands_and_is_sent_again_where_the_mail_server_does_not_take_it(
    person: Callable[..., Person], settings: Settings
) -> None:
    receipt = asked(address="ann@example.org")
    actions.answer(person("olga", Role.OFFICER), receipt.reference, "Oui.", at=AT)
    with socket.create_server(("127.0.0.1", 0)) as closed_again:
        settings.EMAIL_PORT = closed_again.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    _jobs_are_done()
    assert actions.follow(receipt.reference, receipt.passphrase).answer == "Oui."
    job = ProcrastinateJob.objects.get(task_name="enquiry.send", args={"reference": receipt.reference})
    assert (job.status, job.attempts, job.scheduled_at > timezone.now()) == ("todo", 1, True)


@pytest.mark.django_db(transaction=True)
def test_the_answer_goes_to_the_address_that_was_given_in_the_language_of_the_asker(person: Callable[..., Person]) -> None:
    receipt = asked(address="ann@example.org")
    actions.answer(person("olga", Role.OFFICER), receipt.reference, "Oui.", at=AT)
    _jobs_are_done()
    assert [(each.to, each.body.splitlines()[0]) for each in mail.outbox] == [(["ann@example.org"], "Oui.")]
    assert mail.outbox[0].subject.startswith("Votre question")


@pytest.mark.django_db
def test_a_question_is_for_the_office_that_its_topic_is_routed_to(person: Callable[..., Person]) -> None:
    receipt = asked("offices")
    port, airport = person("olga", Role.OFFICER), person("omar", Role.SUPERVISOR, office="QZ000102")
    assert [each.office for each in actions.worklist(port)] == ["QZ000101"]
    assert actions.worklist(airport) == ()
    for act in (actions.seen, lambda who, reference: actions.answer(who, reference, "No.", at=AT)):
        with pytest.raises(UnknownEnquiryError):
            act(airport, receipt.reference)
    actions.route(person("sue", Role.SUPERVISOR), receipt.reference, "QZ000102", at=AT)
    assert [each.reference for each in actions.worklist(airport)] == [receipt.reference]
    with pytest.raises(NotPermittedError):
        actions.route(port, receipt.reference, "", at=AT)


@pytest.mark.django_db
def test_only_an_answered_question_is_published_and_in_general_words(person: Callable[..., Person]) -> None:
    receipt, sue = asked(), person("sue", Role.SUPERVISOR)
    with pytest.raises(UnansweredError):
        actions.publish(sue, receipt.reference, "What is owed on cars?", at=AT)
    actions.answer(sue, receipt.reference, "Duty and VAT.", at=AT)
    with pytest.raises(NotPermittedError):
        actions.publish(person("olga", Role.OFFICER), receipt.reference, "What is owed on cars?", at=AT)
    actions.publish(sue, receipt.reference, "What is owed on cars?", at=AT)
    page = Client().get("/enquiries/answers/?on=2026-11-24").content.decode()
    assert "What is owed on cars?" in page
    assert "used" not in page
    assert Client().get("/enquiries/answers.json").json()["rows"][0]["answer"] == "Duty and VAT."


@pytest.mark.django_db
def test_a_question_without_words_or_topic_is_refused() -> None:
    for topic, text in (("taxes", "  "), ("taxes", "x" * 5_001), ("nonsense", "What?")):
        with pytest.raises(UnreadableQuestionError):
            actions.ask(Asking(topic, text, "en"), at=AT)


@pytest.mark.django_db
def test_one_address_cannot_flood_the_enquiry_point() -> None:
    cache.clear()
    statuses = [Client().post("/enquiries/ask/", {"topic": "taxes", "question": "What?"}).status_code for _ in range(21)]
    cache.clear()
    assert statuses == [200] * 20 + [429]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/enquiries/", "/enquiries/Q2/", "/enquiries/Q2/act/"])
def test_the_questions_of_others_are_for_customs_alone(person: Callable[..., Person], path: str) -> None:
    assert Client().get(path).status_code in {302, 405}
    person("ann")
    browser = Client()
    browser.force_login(get_user_model().objects.get(username="ann"), backend=BACKEND)
    assert browser.get(path).status_code in {403, 405}
    assert browser.post(path).status_code in {403, 405}


def test_the_figures_count_what_waits_too_long_as_late() -> None:
    day = dt.timedelta(days=1)
    replies = [Reply(ON - 9 * day, ON - 5 * day, ON - 6 * day), Reply(ON - 9 * day, ON - 5 * day, ON), Reply(ON - 9 * day, ON - day, None)]
    figures = reply_time([*replies, Reply(ON, ON + day, None)], on=ON)
    assert (figures.asked, figures.answered, figures.overdue) == (4, 2, 1)
    assert (figures.median_days, figures.in_time_share) == (Decimal(6), Decimal(1) / 3)


def test_without_answers_there_is_no_median_and_without_a_clock_no_share() -> None:
    figures = reply_time([Reply(ON, None, None)], on=ON)
    assert (figures.median_days, figures.in_time_share) == (None, None)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.none() | st.integers(0, 30))))
def test_a_share_lies_between_none_and_all(rows: list[tuple[int, int, int | None]]) -> None:
    day = dt.timedelta(days=1)
    replies = [Reply(ON - 30 * day, ON - due * day, None if took is None else ON - (30 - took) * day) for _, due, took in rows]
    share = reply_time(replies, on=ON).in_time_share
    assert share is None or 0 <= share <= 1
