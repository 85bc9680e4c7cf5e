"""The survey on the site: a code is used once, nothing ties it to an answer or a person, and small cells stay hidden."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from customhouse.development import integrity as core
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.integrity import actions as integrity
from customhouse_server.perception import actions, store
from customhouse_server.perception.actions import Drawn, UnknownCodeError

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LEVELS = {"PS-011": 4, "PS-021": 3}


@pytest.fixture
def member(person: Callable[..., Person]) -> Person:
    """A member of the integrity office, among twelve officers of one office, four of another, and eleven traders."""
    for number in range(11):
        person(f"officer{number}", Role.OFFICER)
        person(f"trader{number}", Role.TRADER)
    for number in range(4):
        person(f"far{number}", Role.OFFICER, office="QZ000103")
    ina = person("ina", Role.OFFICER)
    integrity.name_member(person("admin", Role.ADMINISTRATOR), "ina", at=AT)
    return ina


def opened(member: Person) -> Drawn:
    return actions.open_wave(member, share=Fraction(1), at=AT)


def finished(member: Person, drawn: Drawn) -> actions.Told:
    for codes in drawn.codes.values():
        for code in codes:
            actions.answer(code, LEVELS)
    (wave, _, _) = actions.waves(member)[0]
    actions.close(member, wave.id, at=AT)
    return actions.told(member)[0]


@pytest.mark.django_db
def test_a_code_is_used_once_and_is_then_gone(member: Person) -> None:
    code = opened(member).codes["officer", "QZ000101"][0]
    actions.answer(code.upper(), LEVELS)
    for act in (lambda: actions.answer(code, LEVELS), lambda: actions.asked(code), lambda: actions.asked("nothing")):
        with pytest.raises(UnknownCodeError):
            act()


@pytest.mark.django_db
def test_a_survey_of_ones_own_is_answered_on_its_page_whatever_its_codes(member: Person, settings: object, tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "integrity" / "perception.toml").read_text("utf-8")
    (tmp_path / "perception.toml").write_text(text.replace("PS-", "own."), "utf-8")
    settings.INTEGRITY = str(tmp_path)  # type: ignore[attr-defined]
    code = opened(member).codes["officer", "QZ000101"][0]
    page = Client().post("/perception/answer/", {"code": code}).content.decode()
    assert 'name="own.011"' in page
    answered = Client().post("/perception/answer/", {"code": code, "answered": "1", "own.011": "4", "own.021": "3", "own.022": "1"})
    assert answered.status_code == 200
    with pytest.raises(UnknownCodeError):
        actions.asked(code)


@pytest.mark.django_db
def test_answers_that_do_not_fit_leave_the_code_unused(member: Person) -> None:
    code = opened(member).codes["officer", "QZ000101"][0]
    with pytest.raises(core.perception.UnfitAnswerError):
        actions.answer(code, {"PS-022": 3})
    posted = {"code": code, "answered": "1"}
    refused = Client().post("/perception/answer/", posted, headers={"Accept-Language": "fr"})
    assert refused.status_code == 422
    assert "ne sont pas des réponses aux affirmations" in refused.content.decode()
    actions.answer(code, LEVELS)


@pytest.mark.django_db
def test_small_cells_are_hidden_and_with_them_what_would_give_them_away(member: Person) -> None:
    told = finished(member, opened(member))
    shown = {each.cell: each.n for each in told.results if each.factor == 1 and not each.is_hidden}
    assert shown == {(): 27, ("officer",): 16, ("trader",): 11, ("trader", "all"): 11}
    assert {each.cell for each in told.results if each.is_hidden and each.factor == 1} == {("officer", "QZ000101"), ("officer", "other")}


@pytest.mark.django_db
def test_nothing_is_told_of_an_open_wave_and_only_published_ones_to_the_public(member: Person) -> None:
    drawn = opened(member)
    actions.answer(drawn.codes["officer", "QZ000101"][0], LEVELS)
    assert actions.told(member) == actions.told(None) == ()
    (wave, _, _) = actions.waves(member)[0]
    with pytest.raises(actions.UnknownWaveError):
        actions.publish(member, wave.id, at=AT)
    assert actions.told(None) == ()
    actions.close(member, wave.id, at=AT)
    assert len(actions.told(member)) == 1
    assert actions.told(None) == ()
    actions.publish(member, wave.id, at=AT)
    assert len(actions.told(None)) == 1


@pytest.mark.django_db
def test_a_closed_wave_takes_no_more_answers(member: Person) -> None:
    code = opened(member).codes["officer", "QZ000101"][0]
    actions.close(member, actions.waves(member)[0][0].id, at=AT)
    with pytest.raises(UnknownCodeError):
        actions.answer(code, LEVELS)


@pytest.mark.django_db
def test_only_members_hold_a_survey(member: Person, person: Callable[..., Person]) -> None:
    assert member
    for who in (person("ann", Role.OFFICER), person("root", Role.ADMINISTRATOR), person("bob")):
        with pytest.raises(NotPermittedError):
            opened(who)


def tables() -> dict[str, list[tuple[object, ...]]]:
    """What an administrator reads in the tables of the survey, with the number of the writing transaction of each row."""
    found = {}
    with connection.cursor() as cursor:
        for table in ("perception_wave", "perception_code", "perception_tally"):
            cursor.execute(f"SELECT xmin::text, ctid::text, * FROM {table} ORDER BY 3")  # noqa: S608 - our own tables
            found[table] = cursor.fetchall()
    return found


@pytest.mark.django_db(transaction=True)
def test_no_row_that_stays_ties_a_code_a_person_a_time_or_an_address_to_an_answer(member: Person) -> None:
    drawn = opened(member)
    cell = ("officer", "QZ000101")
    for code in drawn.codes[cell][:5]:
        actions.answer(code, LEVELS)
    kept = tables()
    assert len(kept["perception_code"]) == 27 - 5
    assert len(kept["perception_tally"]) == 3, "one row a cell, however many answered: there is no row of an answer"
    (answered,) = (row for row in kept["perception_tally"] if set(cell) <= set(row[2:6]))
    assert answered[0] not in {row[0] for row in kept["perception_code"]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name LIKE 'perception%'")
        columns = cursor.fetchall()
    assert "timestamp with time zone" not in {kind for _, kind in columns}
    assert not {name for name, _ in columns} & {"person_id", "user_id", "username", "address", "agent"}
    assert not [name for name in ("officer3", "trader3") if name in str(kept)]


@pytest.mark.django_db(transaction=True)
def test_the_order_in_which_answers_came_leaves_no_trace(member: Person) -> None:
    sheets = [{"PS-011": level, "PS-021": 6 - level} for level in (1, 2, 3, 4, 5)]
    left = []
    for order in (sheets, sheets[::-1]):
        codes = opened(member).codes["officer", "QZ000101"]
        for code, levels in zip(codes, order, strict=False):
            actions.answer(code, levels)
        (wave, _, _) = actions.waves(member)[0]
        left.append(store.tallies(wave.id)["officer", "QZ000101"])
    assert left[0] == left[1]


@pytest.mark.django_db(transaction=True)
def test_a_code_used_twice_at_once_counts_once(member: Person) -> None:
    code = opened(member).codes["officer", "QZ000101"][0]

    def tried() -> bool:
        try:
            actions.answer(code, LEVELS)
        except UnknownCodeError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: tried(), range(4))) == 1
    (wave, _, _) = actions.waves(member)[0]
    assert store.tallies(wave.id)["officer", "QZ000101"]["1"] == {"4": 1}


@pytest.mark.django_db
def test_which_code_goes_to_whom_is_nowhere_to_be_seen(member: Person) -> None:
    drawn = opened(member)
    for cell, codes in drawn.codes.items():
        assert len(codes) == len(drawn.people[cell])
        assert list(codes) == sorted(codes)


@pytest.mark.django_db
def test_the_pages_take_a_code_put_the_statements_and_thank(member: Person) -> None:
    code = opened(member).codes["trader", "all"][0]
    client = Client()
    assert client.get("/perception/answer/").status_code == 200
    assert b"asked for something that is not owed" in client.post("/perception/answer/", {"code": code}).content
    assert client.post("/perception/answer/", {"code": code, "answered": "1"}).status_code == 422
    assert b"Thank you" in client.post("/perception/answer/", {"code": code, "answered": "1", "PS-102": "1"}).content
    assert client.post("/perception/answer/", {"code": code}).status_code == 404
    assert client.get("/perception/").status_code == 200


@pytest.mark.django_db
def test_the_drawing_of_a_wave_says_no_more_than_its_table(member: Person) -> None:
    told = finished(member, opened(member))
    actions.publish(member, told.wave.id, at=AT)
    page = Client().get("/perception/").content.decode()
    drawn = re.findall(r'<text [^>]*text-anchor="middle">([^<]*)</text>', page.split("</svg>")[0])
    heads = [str(factor) for factor in sorted({each.factor for each in told.results})]
    assert drawn[: len(heads)] == heads
    assert drawn[len(heads) :] == re.findall(r"<td class=\"amount\">.*?>([^<]+)<", page.split("<tbody>")[1].split("</tbody>")[0])
    assert drawn.count("·") == sum(each.is_hidden for each in told.results)
    assert "Seen as weakest: Regulatory Framework, 3.0 of 5" in page
    french = Client().get("/perception/", headers={"Accept-Language": "fr"}).content.decode()
    assert "Perçu comme le plus faible" in french
