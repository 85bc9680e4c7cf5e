"""A refusal is read in the reader's language: over the interface and on a page, with the words of our own codes."""

import ast
import datetime as dt
import gettext
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from django.test import Client
from django.utils.translation import override

from customhouse.assessment.doubt import procedure
from customhouse.clearance import act, life_cycle
from customhouse.development.integrity import review
from customhouse.development.people import Level
from customhouse.development.project import life_cycle as project
from customhouse.ledger import Kind
from customhouse.messages import DocumentKind
from customhouse.research.review import paper
from customhouse.saying import Refusal
from customhouse.strategy.review import cycle
from customhouse.tariff.ruling import act as ruling_act
from customhouse.tariff.ruling import life_cycle as ruling_life_cycle
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.desk.words import WORDS, retold
from customhouse_server.settings import api
from customhouse_server.tracker import matter
from load import sample

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
FRENCH = {"accept-language": "fr"}
CATALOGUE = Path(api.__file__).parents[1] / "locale/fr/LC_MESSAGES/django.mo"
CODES: tuple[type[StrEnum], ...] = (
    *(act.Act, act.Role, life_cycle.State, life_cycle.Guard, Role, DocumentKind, Kind, Level, cycle.Step, matter.Kind, paper.Stage),
    *(ruling_act.Role, ruling_life_cycle.State, ruling_life_cycle.Guard, project.State, project.Guard),
    *(procedure.Side, procedure.DoubtState, procedure.DoubtAct, procedure.Guard, review.ReviewAct, review.ReviewState, review.Party),
)
"""The codes that fill the sentence of a refusal, and are told in it."""


@pytest.fixture(scope="module")
def known() -> set[str]:
    with CATALOGUE.open("rb") as compiled:
        return {each for each in gettext.GNUTranslations(compiled)._catalog if isinstance(each, str)}  # noqa: SLF001 - a word may be the same in both languages, and then only the catalogue tells


def test_every_code_that_a_refusal_tells_has_its_words_in_french(known: set[str]) -> None:
    codes = {each.value for kind in CODES for each in kind if each.value}
    assert not sorted(each for each in codes if WORDS.get(each, each) not in known)


def test_every_problem_of_the_interface_has_its_title_in_french(known: set[str]) -> None:
    calls = [each for each in ast.walk(ast.parse(Path(api.__file__).read_text("utf-8"))) if isinstance(each, ast.Call)]
    told = [each.args[1:] for each in calls if isinstance(each.func, ast.Name) and each.func.id == "_told"]
    fixed = {each.value for row in told for each in row if isinstance(each, ast.Constant)}
    titles = {title for _, title in api._REFUSALS.values()}  # noqa: SLF001 - the table is what is asked about
    assert {"Who are you?", "Not found"} <= fixed | titles
    assert not sorted((fixed | titles) - known)


def test_every_refusal_that_the_interface_knows_can_be_told_in_another_language() -> None:
    assert not [each.__name__ for each in api._REFUSALS if not issubclass(each, Refusal)]  # noqa: SLF001 - the table is what is asked about


@pytest.mark.django_db
def test_a_program_that_asks_for_french_reads_the_problem_in_french_and_another_in_english(caller: Callable[..., Client]) -> None:
    trader = caller("ann")
    english, french = (trader.get("/api/declarations/00000000-0000-0000-0000-000000000000", headers=each) for each in ({}, FRENCH))
    assert msgspec.json.decode(english.content)["detail"] == "there is no such declaration"
    told = msgspec.json.decode(french.content)
    assert (told["title"], told["detail"]) == ("Introuvable", "il n\u2019y a pas de telle déclaration")


@pytest.mark.django_db
def test_an_officer_reads_on_the_page_in_french_why_an_act_is_refused(
    person: Callable[..., Person], browser_of: Callable[..., Client]
) -> None:
    lodged = UUID(msgspec.json.decode(declarations.lodge(person("ann"), Lodging(sample.xml("LRN-1")), at=AT).body)["id"])
    officer = browser_of("olu")
    page = officer.post(f"/clearance/{lodged}/act/", {"act": "release"}, headers=FRENCH, follow=True).content.decode()
    assert "nobody" not in page
    assert "personne a pris cette déclaration en charge : prenez-la en charge avant de décider" in page


@pytest.mark.django_db
def test_an_officer_reads_in_french_that_a_reservation_gives_its_reason(browser_of: Callable[..., Client]) -> None:
    typed = {"subject": "kyoto/GA 3.32", "acceptance": "not accepted", "back": "/trackers/"}
    answer = browser_of("olu").post("/trackers/state/position/", typed, headers=FRENCH)
    assert (answer.status_code, "une réserve ou un refus donne son motif" in answer.content.decode()) == (422, True)


def test_a_text_without_wording_of_ours_is_told_as_it_stands() -> None:
    with override("fr"):
        assert retold(ValueError("no wording of ours")) == "no wording of ours"
        assert retold(Refusal("{act} needs a reason", act=act.Act.RELEASE)) == "« Donner mainlevée » exige un motif"
        assert retold(Refusal("{act} needs a reason", act="release")) == "« release » exige un motif"
    assert retold(Refusal("{act} needs a reason", act=act.Act.RELEASE)) == "release needs a reason"
