"""An author answers a call, reviewers who do not know whose it is review the paper, and the chair decides on what they find."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.server.test_register import AT, REVIEWED, accepted, browser, write

from customhouse.research import review
from customhouse.research.review import Act, Stage
from customhouse_server.accounts import actions as accounts
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.register import actions, author, paper, reviewing
from customhouse_server.register.author import ClosedCallError
from customhouse_server.register.kind import KINDS
from customhouse_server.register.store import UnknownEntryError

ABSTRACT = {
    "title": "Queues at dawn",
    "abstract": "Why lorries wait.",
    "authors": "Zora Quist",
    "institutions": "East",
    "data_sets": "Imports",
}
FRENCH = {"Accept-Language": "fr"}


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    """The chair."""
    return person("sue", Role.SUPERVISOR)


@pytest.fixture
def zora(person: Callable[..., Person]) -> Person:
    """An author outside customs, with the account of a trader."""
    return person("zora")


@pytest.fixture
def bob(person: Callable[..., Person]) -> Person:
    """A reviewer who signs in."""
    return person("bob", Role.OFFICER)


@pytest.fixture
def number(sue: Person, zora: Person) -> int:
    """The abstract of an author, in answer to a call that is open."""
    write(sue, "data-sets")
    return author.answer_call(zora, write(sue, "calls"), ABSTRACT, at=AT)


def submitted(sue: Person, zora: Person, number: int) -> None:
    """Take the paper to its reviewers: one who signs in, one who does not, and one who must not read it."""
    values = {"code": f"C1-{number}", "title": "Queues at dawn", "authors": "Zora Quist", "institutions": "East", "ethics_decision": "E-9"}
    actions.write(sue, KINDS["papers"], number, values, at=AT)
    reviewing.step(sue, number, Act.GRANT_ACCESS, "", at=AT)
    author.submit(zora, number, "https://papers.example/queues", at=AT)
    for name, account in (("Bob", "bob"), ("Dia", ""), ("Zora Quist", "zora")):
        write(sue, "reviewers", name=name, institution="South", conflicts="", account=account)
    reviewing.assign(sue, at=AT)


@pytest.mark.django_db
def test_an_author_answers_a_call_in_the_browser_and_sees_how_it_stands(sue: Person, zora: Person) -> None:
    write(sue, "data-sets")
    call = write(sue, "calls", closes_on="2099-12-31")
    client = browser(zora)
    assert f"/registers/calls/{call}/answer/" in client.get(f"/registers/calls/{call}/").content.decode()
    form = client.get(f"/registers/calls/{call}/answer/").content.decode()
    assert "The data sets that one can ask for: Imports." in form
    refused = client.post(f"/registers/calls/{call}/answer/", ABSTRACT | {"authors": ""})
    assert refused.status_code == 422
    assert "Why lorries wait." in refused.content.decode()
    answered = client.post(f"/registers/calls/{call}/answer/", ABSTRACT)
    page = client.get(answered.headers["Location"]).content.decode()
    assert "Customs decides on ethics" in page
    assert client.post(answered.headers["Location"], ABSTRACT | {"title": "Queues at dusk"}).status_code == 302
    assert "Queues at dusk" in client.get("/registers/my-papers/").content.decode()
    assert "Queues at dusk" in browser(sue).get(f"/registers/calls/{call}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("opens_on", "closes_on"), [("2026-11-25", "2026-12-31"), ("2026-01-01", "2026-11-23")])
def test_a_call_that_is_not_open_takes_no_abstract(sue: Person, zora: Person, opens_on: str, closes_on: str) -> None:
    call = write(sue, "calls", opens_on=opens_on, closes_on=closes_on)
    with pytest.raises(ClosedCallError, match=f"from {opens_on} to {closes_on}"):
        author.answer_call(zora, call, ABSTRACT | {"data_sets": ""}, at=AT)


@pytest.mark.django_db
def test_a_refusal_of_a_paper_is_told_in_the_language_of_the_reader(sue: Person, zora: Person) -> None:
    call = write(sue, "calls", opens_on="2001-01-01", closes_on="2001-12-31")
    answer = browser(zora).post(f"/registers/calls/{call}/answer/", ABSTRACT | {"data_sets": ""}, headers=FRENCH)
    assert answer.status_code == 422
    assert "reçoit des résumés du 2001-01-01 au 2001-12-31" in answer.content.decode()


@pytest.mark.django_db
def test_an_abstract_stands_once_the_call_has_closed(zora: Person, number: int) -> None:
    author.correct(zora, number, ABSTRACT | {"title": "Queues at noon"}, at=AT)
    with pytest.raises(ClosedCallError):
        author.correct(zora, number, ABSTRACT, at=dt.datetime(2027, 1, 1, 12, 0, tzinfo=dt.UTC))
    assert author.own(zora, number).paper.title == "Queues at noon"


@pytest.mark.django_db
def test_data_that_nobody_offers_cannot_be_asked_for(sue: Person, zora: Person) -> None:
    with pytest.raises(FaultyError, match="Imports is not in the register of data sets"):
        author.answer_call(zora, write(sue, "calls"), ABSTRACT, at=AT)


@pytest.mark.django_db
def test_a_paper_of_another_is_not_there(person: Callable[..., Person], number: int) -> None:
    other = person("other")
    for act in (
        lambda: author.own(other, number),
        lambda: author.correct(other, number, ABSTRACT, at=AT),
        lambda: author.submit(other, number, "x", at=AT),
        lambda: reviewing.blind(other, number),
        lambda: reviewing.give_review(other, number, REVIEWED, at=AT),
    ):
        with pytest.raises(UnknownEntryError):
            act()
    client = browser(other)
    for path in (f"my-papers/{number}/", f"my-reviews/{number}/", f"papers/{number}/"):
        assert client.get(f"/registers/{path}").status_code == 404, path
    assert client.get(f"/registers/papers/{number}/review/").status_code == 403
    assert client.post("/registers/reviewers/assign/").status_code == 403
    assert Client().get("/registers/my-papers/").status_code == 302


@pytest.mark.django_db
def test_review_is_blind_on_both_sides_and_reaches_the_author_with_the_decision(
    sue: Person, zora: Person, bob: Person, number: int
) -> None:
    submitted(sue, zora, number)
    assert reviewing.readers(sue) == {"Bob": (f"C1-{number}",), "Dia": (f"C1-{number}",), "Zora Quist": ()}
    desk = browser(bob)
    page = desk.get(f"/registers/my-reviews/{number}/").content.decode()
    assert "https://papers.example/queues" in page
    assert "Zora" not in page
    assert "East" not in page
    given = REVIEWED | {"verdict": "revision", "to_author": "Count the empty lorries too.", "to_chair": "I heard this talk before."}
    assert desk.post(f"/registers/my-reviews/{number}/", given | {"method": "6"}).status_code == 422
    assert desk.post(f"/registers/my-reviews/{number}/", given).status_code == 302
    assert author.own(zora, number).reviews == ()
    chair = browser(sue)
    entered = chair.post(f"/registers/papers/{number}/review/", REVIEWED | {"reviewer": "Dia"})
    assert entered.status_code == 302
    told = chair.get(f"/registers/papers/{number}/").content.decode()
    assert "I heard this talk before." in told
    assert 'speak for: <span class="tag">revision</span>' in told
    assert chair.post(f"/registers/papers/{number}/act/", {"act": "return"}).status_code == 302
    page = browser(zora).get(f"/registers/my-papers/{number}/").content.decode()
    assert "Count the empty lorries too." in page
    for hidden in ("Bob", "Dia", "I heard this talk before."):
        assert hidden not in page


@pytest.mark.django_db
def test_a_second_round_is_decided_on_reviews_of_its_own(sue: Person, zora: Person, bob: Person, number: int) -> None:
    submitted(sue, zora, number)
    for _ in range(2):
        reviewing.give_review(bob, number, REVIEWED, at=AT)
        reviewing.give_review(sue, number, REVIEWED | {"reviewer": "Dia"}, at=AT)
        with pytest.raises(review.RefusedStepError, match="has reviewed"):
            reviewing.give_review(bob, number, REVIEWED, at=AT)
        reviewing.step(sue, number, Act.RETURN, "The tables are missing.", at=AT)
        assert author.own(zora, number).paper.reason == "The tables are missing."
        author.submit(zora, number, "https://papers.example/queues", at=AT)
    with pytest.raises(review.RefusedStepError, match="2 reviews"):
        reviewing.step(sue, number, Act.ACCEPT, "", at=AT)
    assert author.own(zora, number).paper.round == 3
    assert len(author.own(zora, number).reviews) == 4


@pytest.mark.django_db
def test_nobody_enters_the_review_of_a_reviewer_who_signs_in(sue: Person, zora: Person, bob: Person, number: int) -> None:
    submitted(sue, zora, number)
    with pytest.raises(UnknownEntryError):
        reviewing.give_review(sue, number, REVIEWED | {"reviewer": "Bob"}, at=AT)
    with pytest.raises(NotPermittedError):
        reviewing.give_review(bob, number, REVIEWED | {"reviewer": "Dia"}, at=AT)


@pytest.mark.django_db
def test_a_chair_decides_on_no_paper_of_their_own_and_reads_no_reviews_of_it(person: Callable[..., Person], sue: Person) -> None:
    number = author.answer_call(sue, write(sue, "calls"), ABSTRACT | {"data_sets": ""}, at=AT)
    with pytest.raises(review.RefusedStepError, match="of their own"):
        reviewing.step(sue, number, Act.DECLINE, "mine", at=AT)
    assert 'name="act" value="decline"' not in browser(sue).get(f"/registers/papers/{number}/").content.decode()
    ada = person("ada", Role.ADMINISTRATOR)
    assert browser(ada).post(f"/registers/papers/{number}/act/", {"act": "decline", "reason": "no data"}).status_code == 302
    assert author.own(sue, number).paper.stage is Stage.DECLINED


@pytest.mark.django_db
def test_no_reviewer_is_named_by_hand_whose_own_paper_it_is(sue: Person, zora: Person, number: int) -> None:
    submitted(sue, zora, number)
    values = {"code": f"C1-{number}", "title": "t", "authors": "Zora Quist", "reviewers": "Zora Quist"}
    with pytest.raises(FaultyError, match="must not read"):
        actions.write(sue, KINDS["papers"], number, values, at=AT)
    with pytest.raises(FaultyError, match="keeps its code"):
        actions.write(sue, KINDS["papers"], number, values | {"code": "P9", "reviewers": ""}, at=AT)


@pytest.mark.django_db
def test_the_programme_of_a_call_has_the_accepted_papers_in_the_order_of_their_hours(sue: Person) -> None:
    accepted(sue)
    call = write(sue, "calls")
    write(sue, "programme", title="Late", begins_at="14:00", papers="")
    write(sue, "programme", title="Early")
    document = actions.entry(KINDS["calls"], call, None, on=AT.date()).document
    told = paper.programme_of(document)
    assert [(session.title, [each.title for each in papers]) for session, papers in told] == [("Early", ["On time"]), ("Late", [])]
    assert "On time (Ann)" in Client().get(f"/registers/calls/{call}/").content.decode()


@pytest.mark.django_db
def test_the_pages_of_authors_and_reviewers_are_in_french(sue: Person, zora: Person, bob: Person, number: int) -> None:
    submitted(sue, zora, number)
    for who, path, word in (
        (zora, "my-papers/", "Mes travaux"),
        (zora, f"my-papers/{number}/", "Des évaluateurs le lisent"),
        (zora, "calls/1/answer/", "Remettre le résumé"),
        (bob, f"my-reviews/{number}/", "lit le texte qui lui est destiné"),
        (sue, f"papers/{number}/review/", "qui ne se connecte pas"),
    ):
        assert word in browser(who).get(f"/registers/{path}", headers=FRENCH).content.decode(), path


@pytest.fixture
def by_colleagues(sue: Person, zora: Person, person: Callable[..., Person], number: int) -> tuple[int, Person, Person]:
    """A submitted paper, its author and a reviewer of it, who both became supervisors."""
    submitted(sue, zora, number)
    get_user_model().objects.filter(username="zora").update(role=Role.SUPERVISOR)
    rita = person("rita", Role.SUPERVISOR)
    entry, found = paper.paper_of(number)
    write(sue, "reviewers", name="Rita", institution="South", conflicts="", account="rita")
    values = msgspec.to_builtins(found) | {"reviewers": "Dia; Rita"}
    actions.write(sue, KINDS["papers"], entry.number, typed_by_hand(values), at=AT)
    return number, replace(zora, role=Role.SUPERVISOR), rita


def typed_by_hand(values: dict[str, object]) -> dict[str, object]:
    return {name: text for name, text in values.items() if name not in KINDS["papers"].fixed}


def told_of(person: Person, number: int) -> str:
    """Everything that the pages and the data of the register of papers tell a person."""
    client = browser(person)
    answers = [client.get(f"/registers/{path}") for path in (f"papers/{number}/", "papers/", "papers.json", "papers.csv")]
    assert {each.status_code for each in answers} == {200}
    return "".join(each.content.decode() for each in answers)


@pytest.mark.django_db
def test_whoever_reviews_a_paper_inside_the_administration_does_not_read_whose_it_is(by_colleagues: tuple[int, Person, Person]) -> None:
    number, _, rita = by_colleagues
    told = told_of(rita, number)
    assert "Queues at dawn" in told
    assert not {each for each in ("Zora", "zora", "East") if each in told}


@pytest.mark.django_db
def test_whoever_wrote_a_paper_inside_the_administration_does_not_read_who_reviews_it(by_colleagues: tuple[int, Person, Person]) -> None:
    number, zora, _ = by_colleagues
    told = told_of(zora, number)
    assert "Zora Quist" in told
    assert "Dia" not in told
    assert reviewing.readers(zora)["Rita"] == ()


@pytest.mark.django_db
def test_nobody_near_a_paper_changes_its_entry_or_reads_its_versions(
    by_colleagues: tuple[int, Person, Person],
) -> None:
    number, zora, rita = by_colleagues
    papers = KINDS["papers"]
    values = typed_by_hand(msgspec.to_builtins(paper.paper_of(number)[1])) | {"reviewers": "Dia", "ethics_decision": "mine"}
    for near in (zora, rita):
        for act in (
            lambda near=near: actions.write(near, papers, number, values, at=AT),
            lambda near=near: actions.withdraw(near, papers, number, at=AT),
            lambda near=near: actions.history(near, papers, number),
        ):
            with pytest.raises(NotPermittedError, match="under review"):
                act()
        client = browser(near)
        calling = Client(headers={"Authorization": f"Bearer {accounts.issue_token(near, 'tests', at=AT)}"})
        assert client.get(f"/registers/papers/{number}/edit/").status_code == 403
        assert client.get(f"/registers/papers/{number}/review/").status_code == 403
        assert calling.get(f"/api/registers/papers/{number}/versions").status_code == 403
    with pytest.raises(UnknownEntryError):
        reviewing.give_review(zora, number, REVIEWED | {"reviewer": "Dia"}, at=AT)


@pytest.mark.django_db
def test_once_a_paper_is_decided_its_author_and_reviewers_read_all_of_it(by_colleagues: tuple[int, Person, Person], sue: Person) -> None:
    number, zora, rita = by_colleagues
    reviewing.step(sue, number, Act.DECLINE, "It is out of scope.", at=AT)
    assert {"Zora Quist", "Dia; Rita"} <= {cell for near in (zora, rita) for cell in papers_cells(near, number)}


def papers_cells(person: Person, number: int) -> list[str]:
    return [str(each) for each in actions.entry(KINDS["papers"], number, person, on=AT.date()).cells.values()]


@pytest.mark.django_db
def test_an_editor_who_reviews_a_paper_neither_decides_on_it_nor_reads_or_enters_the_reviews_of_others(
    person: Callable[..., Person], sue: Person, zora: Person, number: int
) -> None:
    bob = person("bob", Role.SUPERVISOR)
    submitted(sue, zora, number)
    reviewing.give_review(bob, number, REVIEWED, at=AT)
    for act in (
        lambda: reviewing.give_review(bob, number, REVIEWED | {"reviewer": "Dia"}, at=AT),
        lambda: reviewing.before_chair(bob, number),
    ):
        with pytest.raises(UnknownEntryError):
            act()
    with pytest.raises(review.RefusedStepError, match="that they review"):
        reviewing.step(bob, number, Act.DECLINE, "no", at=AT)


@pytest.mark.django_db
def test_an_author_of_customs_never_reads_who_reviewed(person: Callable[..., Person], sue: Person) -> None:
    olu = person("olu", Role.OFFICER)
    number = author.answer_call(olu, write(sue, "calls"), ABSTRACT | {"data_sets": ""}, at=AT)
    submitted(sue, olu, number)
    reviewing.step(sue, number, Act.DECLINE, "no data", at=AT)
    for reader, is_told in ((olu, False), (sue, True)):
        assert ("Dia" in browser(reader).get(f"/registers/papers/{number}/").content.decode()) is is_told
