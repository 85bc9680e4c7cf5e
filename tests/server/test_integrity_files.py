"""The self-assessment, the risk map and the survey as files: for those who may read them, in their language, and no more than the pages."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from customhouse.development import integrity as core
from customhouse_server.accounts import store as accounts
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.desk.paper import paper_pdf
from customhouse_server.integrity import actions, register, rulebook
from customhouse_server.integrity.assessment_paper import Assessed, content
from customhouse_server.perception import actions as perception

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
FILES = ("assessment.csv", "assessment.json", "assessment.pdf", "risks.csv", "risks.json")
FRENCH = {"Accept-Language": "fr"}


@pytest.fixture
def member(caller: Callable[..., Client], person: Callable[..., Person]) -> Client:
    """A member of the integrity office, who has answered two questions of this year."""
    found = caller("ina", Role.SUPERVISOR)
    actions.name_member(person("admin", Role.ADMINISTRATOR), "ina", at=AT)
    measure = core.self_assessment.Measure(text="Count them", owner="Legal", due_on=dt.date(2026, 1, 31))
    answer = core.self_assessment.Answer
    register.answer(ina(), 2026, answer(question="SA-021", level=2, evidence="=list()", gap="half", plan=(measure,)), at=AT)
    register.answer(ina(), 2026, answer(question="SA-022", level=4), at=AT)
    return found


def ina() -> Person:
    found = accounts.person_named("ina")
    assert found is not None
    return found


def rows(answer: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_there_for_members_alone(member: Client, caller: Callable[..., Client], file: str) -> None:
    assert member.get(f"/integrity/{file}").status_code == 200
    assert caller("near", Role.OFFICER).get(f"/integrity/{file}").status_code == 403
    assert Client().get(f"/integrity/{file}").status_code in {302, 401, 403}


def test_the_self_assessment_is_a_table_with_a_row_a_question(member: Client) -> None:
    found = {each["Code"]: each for each in rows(member.get("/integrity/assessment.csv?year=2026"))}
    assert len(found) == 24
    told = found["SA-021"]
    assert (told["Level"], told["In words"], told["Evidence"], told["Gap"]) == ("2", "in use in places", "'=list()", "half")
    assert (told["What to do"], told["Who"], told["By when"]) == ("Count them", "Legal", "2026-01-31")
    assert found["SA-011"]["Level"] == ""
    french = {each["Code"]: each for each in rows(member.get("/integrity/assessment.csv?year=2026", headers=FRENCH))}
    assert (french["SA-021"]["Niveau"], french["SA-021"]["En mots"]) == ("2", "appliqué par endroits")


def test_the_self_assessment_is_a_document_for_programs_in_any_language_the_same(member: Client) -> None:
    told = member.get("/integrity/assessment.json?year=2026").json()
    assert told == member.get("/integrity/assessment.json?year=2026", headers=FRENCH).json()
    assert (told["factors"][1]["level"], told["factors"][1]["unproven"]) == ("1.00", ["SA-022"])
    assert [each["question"] for each in told["answers"]] == ["SA-021", "SA-022"]
    assert member.get("/integrity/assessment.json?year=2025").json()["answers"] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["0 factors of 10 have reached level 3", "2 of 24 questions are answered; 1 claims", "Count them", "overdue"]),
        ("fr", ["0 facteur sur 10 a atteint le niveau 3", "2 sur 24 questions", "Déclaration d", "en retard"]),
    ],
)
@pytest.mark.usefixtures("member")
def test_the_self_assessment_is_a_paper_for_a_committee(language: str, said: list[str]) -> None:
    found = Assessed(2026, rulebook.questions(), register.answers(ina(), 2026), register.standings(ina(), 2026))
    with override(language):
        told = str(content(found, on=AT.date()))
        made = paper_pdf(content(found, on=AT.date()), at=AT)
    assert not [each for each in said if each not in told]
    assert made.startswith(b"%PDF-")
    with override(language):
        assert made == paper_pdf(content(found, on=AT.date()), at=AT)


def test_the_risk_map_is_a_table_and_a_document(member: Client) -> None:
    register.control_works(ina(), "F-01", "Profiles of two people, simulated before use", at=dt.datetime.now(dt.UTC))
    found = {each["Code"]: each for each in rows(member.get("/integrity/risks.csv", headers=FRENCH))}
    told = found["F-01"]
    assert (told["Avant contrôles"], told["Ce qui reste"], told["Niveau de risque"]) == ("60", "30", "risque élevé")
    assert told["Reconnus efficaces"] == "Profils arrêtés par deux personnes et simulés avant usage"
    assert told["Non reconnus efficaces"] == "Contrôle aléatoire que personne ne peut alléger"
    document = member.get("/integrity/risks.json").json()
    assert {each["function"]["code"]: each["remaining"] for each in document["functions"]}["F-01"] == 30


def test_the_survey_as_a_file_hides_what_its_page_hides(member: Client, person: Callable[..., Person]) -> None:
    for number in range(11):
        person(f"officer{number}", Role.OFFICER)
    for number in range(4):
        person(f"far{number}", Role.OFFICER, office="QZ000103")
    drawn = perception.open_wave(ina(), share=Fraction(1), at=AT)
    for codes in drawn.codes.values():
        for code in codes:
            perception.answer(code, {"PS-011": 4})
    wave = perception.waves(ina())[0][0].id
    perception.close(ina(), wave, at=AT)
    assert rows(Client().get("/perception/results.csv")) == []
    assert rows(member.get("/perception/results.csv"))
    perception.publish(ina(), wave, at=AT)
    told = rows(Client().get("/perception/results.csv"))
    hidden = [each for each in told if not each["Mean"]]
    results = perception.told(None)[0].results
    assert (len(told), len(hidden)) == (len(results), sum(each.is_hidden for each in results))
    assert hidden
    assert all(each["Answers"] == each["Lower end"] == each["Upper end"] == "" for each in hidden)
    whole = {each["Factor"]: each["Mean"] for each in told if each["Group and office"] == "Everybody"}
    assert {factor: mean for factor, mean in whole.items() if mean} == {"1. Leadership and Commitment": "4.0"}
    assert Client().get("/perception/results.json").json() == member.get("/api/perception").json()
