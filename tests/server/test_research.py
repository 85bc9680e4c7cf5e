"""Reforms tried on history: who may, that the job runs to its outcome and is told, and that a broken draft is refused."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from customhouse.research import History
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.research import actions, store
from customhouse_server.research.question import UnfitQuestionError
from customhouse_server.research.simulation import State
from customhouse_server.tariff.country import current_country

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
REFORMS = "/api/research/reforms"
DRAFT = "commodity,area,kind,preference,rate\n61091000,1011,ICD,100,0 %\n"


@pytest.fixture(autouse=True)
def _history(settings: Any, tmp_path: Path) -> None:  # noqa: ANN401 - its type has no public name
    """An installation that offers one history."""
    settings.HISTORIES = str(tmp_path)
    table = next(History(current_country().law, first_day=dt.date(2025, 1, 1), seed=1).tables(3_000))
    pq.write_table(table, tmp_path / "year.parquet", row_group_size=1_000)


@pytest.mark.django_db
def test_a_reform_runs_to_an_outcome_that_the_page_tells(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    asked = actions.start(person("sue", Role.SUPERVISOR), "draft.csv", DRAFT, history="year.parquet", at=AT)
    page = caller("adam", Role.ADMINISTRATOR)
    waiting = page.get(f"/reforms/{asked.id}/")
    assert waiting["Refresh"] == "2"
    assert "0 of 3,000 items" in waiting.content.decode()
    actions.run(asked.id, workers=1)
    found = store.find(asked.id)
    assert found is not None
    assert (found.state, found.done) == (State.FINISHED, 3_000)
    shown = page.get(f"/reforms/{asked.id}/").content.decode()
    assert "Revenue falls by" in shown
    assert shown.count("<svg") >= 4
    told = b"".join(page.get(f"/reforms/{asked.id}/by_chapter.csv").streaming_content).decode()
    assert told.startswith('"key","tax","items"')
    assert page.get(f"/reforms/{asked.id}/by_nothing.csv").status_code == 404
    assert "draft.csv" in page.get("/reforms/").content.decode()


@pytest.mark.django_db
def test_imports_that_answer_to_their_price_change_the_outcome_and_the_page_says_by_how_much(caller: Callable[..., Client]) -> None:
    page = caller("adam", Role.ADMINISTRATOR)

    def asked(elasticities: str) -> str:
        files = {"draft": SimpleUploadedFile("draft.csv", DRAFT.encode()), "history": "year.parquet"}
        answer = page.post("/reforms/", files | {"elasticities": SimpleUploadedFile("e.csv", elasticities.encode())})
        if answer.status_code != 302:
            return answer.content.decode()
        simulation = store.latest(9)[0]
        actions.run(simulation.id, workers=1)
        return page.get(answer["Location"]).content.decode()

    told = asked("chapter,elasticity\n61,-2\n")
    assert "Imports answer with" in told
    found = store.latest(9)[0].outcome
    assert found
    assert Decimal(found["total"]["value_after"]) > Decimal(found["total"]["value"])
    assert f"{Decimal(found['total']['value_after']) - Decimal(found['total']['value']):,.2f}" in told
    assert "no number" in asked("chapter,elasticity\n61,much\n")
    assert len(store.latest(9)) == 1


@pytest.mark.django_db
def test_what_cannot_be_read_of_a_reform_is_told_in_the_language_of_the_reader(caller: Callable[..., Client]) -> None:
    elasticities = SimpleUploadedFile("e.csv", b"chapter,elasticity\n61,much\n")
    files = {"draft": SimpleUploadedFile("draft.csv", DRAFT.encode()), "history": "year.parquet", "elasticities": elasticities}
    answer = caller("adam", Role.ADMINISTRATOR).post("/reforms/", files, headers={"accept-language": "fr"})
    assert "est pas un nombre" in answer.content.decode()


@pytest.mark.django_db
def test_a_simulation_that_failed_goes_on_when_it_is_asked_to(
    person: Callable[..., Person], caller: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = actions.start(person("sue", Role.SUPERVISOR), "draft.csv", DRAFT, history="year.parquet", at=AT)
    store.fail(asked.id, "the power went", at=AT)
    page = caller("adam", Role.ADMINISTRATOR)
    assert "Go on from where it stopped" in page.get(f"/reforms/{asked.id}/").content.decode()
    monkeypatch.setattr("customhouse_server.research.runner.begin", lambda simulation_id: actions.run(simulation_id, workers=1))
    assert page.post(f"/reforms/{asked.id}/resume/").status_code == 302
    assert store.latest(9)[0].state is State.FINISHED
    assert caller("tom").post(f"/reforms/{asked.id}/resume/").status_code == 403


@pytest.mark.django_db
def test_only_supervisors_and_administrators_try_reforms(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    with pytest.raises(NotPermittedError):
        actions.start(person("otto", Role.OFFICER), "draft.csv", DRAFT, history="year.parquet", at=AT)
    assert caller("tom").get("/reforms/").status_code == 403
    assert Client().get("/reforms/").status_code == 302


@pytest.mark.django_db
def test_a_draft_that_cannot_be_read_is_refused_before_anything_runs(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    supervisor = person("sue", Role.SUPERVISOR)
    for name, text in (("draft.txt", DRAFT), ("draft.csv", "nonsense")):
        with pytest.raises(UnfitQuestionError) as refused:
            actions.start(supervisor, name, text, history="year.parquet", at=AT)
        assert set(refused.value.faults) == {"draft"}
    with pytest.raises(UnfitQuestionError) as refused:
        actions.start(supervisor, "draft.csv", DRAFT, history="../year.parquet", at=AT)
    assert set(refused.value.faults) == {"history"}
    assert "year.parquet" in str(refused.value)
    form = {"draft": SimpleUploadedFile("draft.csv", b"\xff\xfe nonsense"), "history": "year.parquet"}
    told = caller("adam", Role.ADMINISTRATOR).post("/reforms/", form).content.decode()
    assert "It was not started" in told
    assert actions.listed(supervisor) == []


@pytest.mark.django_db
def test_a_simulation_is_run_by_one_process_at_a_time_and_why_it_failed_is_kept(person: Callable[..., Person], tmp_path: Path) -> None:
    asked = actions.start(person("sue", Role.SUPERVISOR), "draft.csv", DRAFT, history="year.parquet", at=AT)
    assert store.claim(asked.id, at=AT)
    assert not store.claim(asked.id, at=AT + dt.timedelta(minutes=1))
    assert store.claim(asked.id, at=AT + dt.timedelta(minutes=6))
    store.fail(asked.id, "the power went", at=AT)
    (tmp_path / "year.parquet").write_text("no parquet any more")
    actions.run(asked.id, workers=1)
    found = store.find(asked.id)
    assert found is not None
    assert found.state is State.FAILED
    assert "parquet" in found.reason.lower()


@pytest.mark.django_db
def test_that_a_reform_was_tried_and_what_came_of_it_are_events(
    person: Callable[..., Person], tmp_path: Path, written: Callable[[], list[tuple[str, str]]]
) -> None:
    sue = person("sue", Role.SUPERVISOR)
    for text in ("", "no parquet any more"):
        asked = actions.start(sue, "draft.csv", DRAFT, history="year.parquet", at=AT)
        if text:
            (tmp_path / "year.parquet").write_text(text)
        actions.run(asked.id, workers=1)
    told = [(kind, msgspec.json.decode(document)) for kind, document in written()]
    assert [kind for kind, _ in told] == ["ReformTried", "ReformFinished", "ReformTried", "ReformFailed"]
    assert told[0][1]["simulation"] == told[1][1]["simulation"] != told[2][1]["simulation"] == told[3][1]["simulation"]
    assert (told[0][1]["history"], told[1][1]["items"]) == ("year.parquet", 3_000)
    assert "parquet" in told[3][1]["why"].lower()


@pytest.mark.django_db
def test_a_reform_is_tried_read_and_resumed_over_the_interface(
    caller: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    begun: list[UUID] = []
    monkeypatch.setattr("customhouse_server.research.runner.begin", begun.append)
    head, body = caller("sue", Role.SUPERVISOR), {"name": "draft.csv", "draft": DRAFT, "history": "year.parquet"}
    with django_capture_on_commit_callbacks(execute=True):
        first, again = (head.post(REFORMS, body, content_type="application/json", headers={"Idempotency-Key": "once"}) for _ in range(2))
    assert (first.status_code, first.content) == (202, again.content)
    simulation_id = UUID(first.json()["id"])
    assert begun == [simulation_id]
    listed = head.get(REFORMS).json()
    assert (listed["histories"], [each["id"] for each in listed["reforms"]]) == (["year.parquet"], [str(simulation_id)])
    assert head.get(f"{REFORMS}/{simulation_id}/tables/chapter").status_code == 404
    store.fail(simulation_id, "the power went", at=AT)
    assert head.post(f"{REFORMS}/{simulation_id}/resumption").json()["reason"] == "the power went"
    assert begun == [simulation_id] * 2
    actions.run(simulation_id, workers=1)
    found = head.get(f"{REFORMS}/{simulation_id}").json()
    assert (found["state"], found["done"]) == ("finished", 3_000)
    assert Decimal(found["outcome"]["total"]["difference"]) < 0
    rows = b"".join(head.get(f"{REFORMS}/{simulation_id}/tables/chapter").streaming_content).decode()
    assert rows.startswith('"key","tax","items"')


@pytest.mark.django_db
def test_all_that_is_wrong_with_a_reform_is_told_at_once_over_the_interface(caller: Callable[..., Client]) -> None:
    wrong = {"name": "draft.csv" + "x" * 200, "draft": "nonsense", "history": "gone", "elasticities": "chapter,elasticity\n61,much\n"}
    answer = caller("sue", Role.SUPERVISOR).post(REFORMS, wrong, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert {each["pointer"] for each in answer.json()["findings"]} == {"name", "draft", "history", "elasticities"}
    assert store.latest(9) == []


@pytest.mark.django_db
def test_a_reform_that_is_not_there_is_not_found_over_the_interface(caller: Callable[..., Client]) -> None:
    head, nowhere = caller("sue", Role.SUPERVISOR), f"{REFORMS}/00000000-0000-0000-0000-000000000000"
    assert [
        head.get(nowhere).status_code,
        head.post(f"{nowhere}/resumption").status_code,
        head.get(f"{nowhere}/tables/total").status_code,
    ] == [404] * 3
