"""The mailbox: only the sender and the integrity office read, and nothing kept says who wrote or when."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.integrity import actions as integrity
from customhouse_server.mailbox import actions, sealing, store
from customhouse_server.mailbox.actions import MailboxError

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = AT.date()
PASS = "lantern copper window seventeen"  # noqa: S105 - of people who exist in the tests alone
LETTER = "The head of shift takes envelopes on Fridays."


@pytest.fixture
def office(person: Callable[..., Person]) -> dict[str, Person]:
    """Two members with their keys, and an administrator."""
    people = {"admin": person("admin", Role.ADMINISTRATOR), "ina": person("ina", Role.OFFICER), "otto": person("otto", Role.OFFICER)}
    for name in ("ina", "otto"):
        integrity.name_member(people["admin"], name, at=AT)
    integrity.confirm_member(people["ina"], people["otto"].id, at=AT)
    for name in ("ina", "otto"):
        actions.make_key(people[name], f"{PASS} {name}", at=AT)
    return people


def everything() -> bytes:
    """Every value in every table of the database, as bytes, as an administrator could read them."""
    found = b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the tables of the database
            found += b"\n".join(
                bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for row in cursor.fetchall() for v in row
            )
    return found


def sent(text: str = LETTER, *left_out: str) -> str:
    return actions.write(text, left_out=left_out, on=DAY)


def only_case(person: Person) -> object:
    (summary,) = actions.cases(person)
    return summary.id


def test_a_letter_is_read_answered_and_answered_again(office: dict[str, Person]) -> None:
    key = sent()
    case = only_case(office["ina"])
    assert [each.text for each in actions.read_case(office["ina"], case, f"{PASS} ina")] == [LETTER]
    actions.answer(office["ina"], case, "Which shift?", at=AT)
    assert [(each.by_sender, each.text) for each in actions.read(key)] == [(True, LETTER), (False, "Which shift?")]
    actions.write_again(key, "The late one.", on=DAY)
    assert [each.text for each in actions.read_case(office["otto"], case, f"{PASS} otto")] == [LETTER, "Which shift?", "The late one."]


def test_neither_the_letter_nor_its_key_stands_anywhere_in_the_database(office: dict[str, Person]) -> None:
    key = sent()
    actions.answer(office["ina"], only_case(office["ina"]), "Which shift is it?", at=AT)
    kept = everything()
    letters = key.replace("-", "")
    for secret in (LETTER, "envelopes", "Which shift is it?", key, letters, letters.lower(), PASS):
        assert secret.encode() not in kept
    assert b"ina@example.org" in kept
    for bits in (sealing.sender_key(key).private_bytes_raw(),):
        assert bits not in kept


def test_an_administrator_reads_nothing_by_any_page_or_act(office: dict[str, Person]) -> None:
    sent()
    case = only_case(office["ina"])
    with pytest.raises(NotPermittedError):
        actions.read_case(office["admin"], case, f"{PASS} ina")
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/mailbox/office/", f"/mailbox/office/{case}/"):
        assert client.get(path).status_code == 403


def test_who_has_the_whole_database_opens_no_copy_without_a_passphrase(office: dict[str, Person]) -> None:
    key = sent()
    case = store.case_under(sealing.lookup(key))
    assert case is not None
    mine = next(each for each in store.keys_in_use() if each.person_id == office["ina"].id)
    for guess in ("", PASS, f"{PASS} otto", f"{PASS} INA"):
        with pytest.raises(sealing.CannotOpenError):
            sealing.unwrapped(mine.wrapped, guess)
    for copy in store.messages(case, mine.id):
        with pytest.raises(sealing.CannotOpenError):
            sealing.opened(copy.sealed, sealing.drawn_key(), place=f"{case.id}/1/sender")


def test_a_wrong_passphrase_and_a_wrong_case_key_read_nothing(office: dict[str, Person]) -> None:
    key = sent()
    with pytest.raises(MailboxError, match="passphrase"):
        actions.read_case(office["ina"], only_case(office["ina"]), f"{PASS} otto")
    for wrong in ("", "AAAA-BBBB", key[:-1] + ("A" if key[-1] != "A" else "B")):
        with pytest.raises(MailboxError, match="no case"):
            actions.read(wrong)


def test_a_case_key_is_read_however_it_is_typed(office: dict[str, Person]) -> None:
    assert office
    key = sent()
    assert actions.read(f"  {key.lower().replace('-', ' ')} ")[0].text == LETTER


def test_whom_the_sender_leaves_out_never_reads(office: dict[str, Person]) -> None:
    key = sent(LETTER, str(office["otto"].id))
    assert actions.cases(office["otto"]) == ()
    actions.make_key(office["otto"], f"{PASS} another", at=AT)
    actions.write_again(key, "It is otto.", on=DAY)
    actions.answer(office["ina"], only_case(office["ina"]), "Thank you.", at=AT)
    assert actions.cases(office["otto"]) == ()
    assert actions.cases(office["ina"])[0].messages == 3


def test_who_makes_a_first_key_later_is_sealed_nothing_of_a_case_begun_before(
    office: dict[str, Person], person: Callable[..., Person]
) -> None:
    key, noor = sent("Noor takes envelopes."), person("noor", Role.OFFICER)
    integrity.name_member(office["admin"], "noor", at=AT)
    integrity.confirm_member(office["otto"], noor.id, at=AT)
    actions.make_key(noor, f"{PASS} noor", at=AT)
    actions.write_again(key, "It is noor.", on=DAY)
    actions.answer(office["ina"], only_case(office["ina"]), "Thank you.", at=AT)
    assert actions.cases(noor) == ()
    sent()
    assert len(actions.cases(noor)) == 1


def test_a_new_key_of_a_member_does_not_read_what_was_sealed_to_the_old_one(office: dict[str, Person]) -> None:
    key = sent()
    actions.make_key(office["ina"], f"{PASS} newer", at=AT)
    with pytest.raises(MailboxError, match="earlier key"):
        actions.read_case(office["ina"], only_case(office["ina"]), f"{PASS} newer")
    actions.write_again(key, "And on Mondays.", on=DAY)
    assert [each.text for each in actions.read_case(office["ina"], only_case(office["ina"]), f"{PASS} newer")] == ["And on Mondays."]


def test_a_letter_that_nobody_could_read_is_not_taken(office: dict[str, Person]) -> None:
    with pytest.raises(MailboxError, match="nobody is left"):
        sent(LETTER, *(str(office[name].id) for name in ("ina", "otto")))
    assert actions.cases(office["ina"]) == ()


def test_a_letter_that_nobody_could_read_any_more_is_not_taken_either(office: dict[str, Person]) -> None:
    key = sent(LETTER, str(office["otto"].id))
    integrity.end_member(office["otto"], office["ina"].id, at=AT)
    with pytest.raises(MailboxError, match="nobody is left"):
        actions.write_again(key, "Is anybody there?", on=DAY)
    assert [each.text for each in actions.read(key)] == [LETTER]


def test_a_member_no_longer_is_sealed_nothing_more(office: dict[str, Person]) -> None:
    key = sent()
    integrity.end_member(office["admin"], office["otto"].id, at=AT)
    actions.write_again(key, "And on Mondays.", on=DAY)
    with pytest.raises(NotPermittedError):
        actions.cases(office["otto"])
    assert {each.name for each in actions.readers()} == {"Ina"}


def test_a_public_key_that_was_replaced_is_noticed(office: dict[str, Person]) -> None:
    sent()
    case = only_case(office["ina"])
    with connection.cursor() as cursor:
        public = sealing.public_of(sealing.drawn_key())
        cursor.execute("UPDATE mailbox_officerkey SET public = %s WHERE person_id = %s", (public, office["ina"].id))
    with pytest.raises(MailboxError, match="replaced"):
        actions.read_case(office["ina"], case, f"{PASS} ina")


def test_a_message_moved_to_another_place_is_noticed(office: dict[str, Person]) -> None:
    key = sent()
    actions.write_again(key, "And on Mondays.", on=DAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mailbox_message SET number = 3 - number + 10")
        cursor.execute("UPDATE mailbox_message SET number = number - 10")
    assert office
    with pytest.raises(MailboxError, match="changed"):
        actions.read(key)


def test_nothing_kept_is_finer_than_a_day_or_names_a_sender(office: dict[str, Person]) -> None:
    assert office
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name LIKE 'mailbox%'")
        columns = cursor.fetchall()
    assert {kind for _, _, kind in columns} <= {"uuid", "bytea", "date", "integer", "boolean", "jsonb", "bigint"}
    assert {(table, column) for table, column, kind in columns if kind in {"integer", "bigint"}} <= {
        ("mailbox_message", "number"),
        ("mailbox_officerkey", "person_id"),
    }


def test_the_journal_hears_nothing_of_a_sender(office: dict[str, Person]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_event")
        before = cursor.fetchone()
        key = sent()
        actions.write_again(key, "And on Mondays.", on=DAY)
        actions.read(key)
        cursor.execute("SELECT count(*) FROM journal_event")
        assert cursor.fetchone() == before
        case = only_case(office["ina"])
        actions.answer(office["ina"], case, "Thank you.", at=AT)
        cursor.execute("SELECT document::text FROM journal_event ORDER BY id DESC LIMIT 1")
        (told,) = cursor.fetchone()
    assert "MailboxAnswered" in told
    assert str(case) not in told


def test_the_journal_keeps_that_a_member_made_a_key(office: dict[str, Person]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, document ->> 'fingerprint' FROM journal_event WHERE kind = 'MailboxKeyMade'")
        told = dict(cursor.fetchall())
    key = actions.key_of(office["ina"])
    assert key is not None
    assert told["ina"] == key.fingerprint


def test_the_length_of_a_letter_is_told_only_in_blocks(office: dict[str, Person]) -> None:
    assert office
    sizes = set()
    for text in ("a", "a" * 1_000, "a" * 2_000):
        case = store.case_under(sealing.lookup(sent(text)))
        assert case is not None
        sizes |= {len(each.sealed) for each in store.messages(case, None)}
    assert len(sizes) == 1


def test_too_long_a_letter_an_empty_one_and_too_many_in_a_day_are_refused(office: dict[str, Person]) -> None:
    assert office
    for text in (" ", "a" * (actions.LONGEST + 1)):
        with pytest.raises(MailboxError):
            sent(text)
    key = sent()
    for _ in range(19):
        actions.write_again(key, "more", on=DAY)
    with pytest.raises(MailboxError, match="enough for one day"):
        actions.write_again(key, "more", on=DAY)
    actions.write_again(key, "more", on=date(2026, 11, 25))


def test_a_sender_deletes_everything_on_both_sides(office: dict[str, Person]) -> None:
    key = sent()
    actions.forget(key)
    assert actions.cases(office["ina"]) == ()
    with pytest.raises(MailboxError):
        actions.read(key)


def test_a_short_passphrase_and_a_stranger_make_no_key(office: dict[str, Person], person: Callable[..., Person]) -> None:
    with pytest.raises(MailboxError):
        actions.make_key(office["ina"], "too short", at=AT)
    with pytest.raises(NotPermittedError):
        actions.make_key(person("ann", Role.OFFICER), PASS, at=AT)


def test_a_page_takes_no_letter_from_somebody_signed_in_and_no_file(office: dict[str, Person]) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(username="ina"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/mailbox/write/", {"text": LETTER}).status_code == 422
    file = SimpleUploadedFile("me.jpg", b"x", content_type="image/jpeg")
    assert Client().post("/mailbox/write/", {"text": LETTER, "file": file}).status_code == 422
    assert actions.cases(office["ina"]) == ()


def test_the_pages_of_an_exchange_keep_nothing_in_cookies_addresses_or_caches(office: dict[str, Person]) -> None:
    assert office
    client = Client()
    answer = client.post("/mailbox/write/", {"text": LETTER})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not answer.cookies.get("sessionid")
    key = answer.context["case_key"]
    assert LETTER.encode() in client.post("/mailbox/case/", {"case_key": key}).content
    assert client.get("/mailbox/case/").status_code == 405
    assert client.post("/mailbox/case/", {"case_key": "AAAA"}).status_code == 404
