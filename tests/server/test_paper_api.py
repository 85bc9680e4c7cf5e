"""Papers over the interface: calls answered by authors, reviewed by those who do not know whose they are, decided by the chair."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.server.test_register import FILLED, write

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role

pytestmark = pytest.mark.django_db
ABSTRACT = {"title": "Queues at dawn", "abstract": "Why lorries wait.", "authors": ["Zora Quist"], "institutions": ["East"]}
FOUND = {"relevance": 4, "method": 4, "evidence": 3, "clarity": 5, "verdict": "acceptance", "to_author": "Sound.", "to_chair": "Known."}


def send(client: Client, path: str, body: dict[str, Any] | None = None, *, method: str = "post", key: str = "") -> Any:  # noqa: ANN401
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(client, method)(f"/api/registers/{path}", body or {}, content_type="application/json", headers=headers)


@pytest.fixture
def call(person: Callable[..., Person]) -> int:
    """A call that is open, and a data set that may be asked for."""
    chair = person("sue", Role.SUPERVISOR)
    write(chair, "data-sets")
    return write(chair, "calls", closes_on="2099-12-31")


def submitted(sue: Client, zora: Client, call: int) -> int:
    """A paper before its reviewers: one who signs in, one who does not."""
    number = send(zora, f"calls/{call}/answers", ABSTRACT).json()["number"]
    found = sue.get(f"/api/registers/papers/{number}").json()
    whole = found["document"] | {"ethics_decision": "E-9"}
    assert send(sue, f"papers/{number}", {"document": whole, "version": found["version"]}, method="put").status_code == 200
    assert send(sue, f"papers/{number}/steps", {"act": "grant access"}).status_code == 200
    assert send(zora, f"papers/mine/{number}/submission", {"manuscript": "https://papers.example/queues"}).json()["stage"] == "submitted"
    for name, account in (("Bob", "bob"), ("Dia", "")):
        reviewer = FILLED["reviewers"] | {"name": name, "institution": "South", "conflicts": "", "account": account}
        assert send(sue, "reviewers", {"document": reviewer}).status_code == 201
    assert send(sue, "reviewers/assignment").json() == {"lacking": {}}
    return int(number)


def test_an_author_answers_a_call_once_under_a_key_corrects_it_and_sees_how_it_stands(call: int, caller: Callable[..., Client]) -> None:
    zora, other = caller("zora"), caller("otto")
    first, again = (send(zora, f"calls/{call}/answers", ABSTRACT | {"data_sets": ["Imports"]}, key="a1") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    number = first.json()["number"]
    assert [each["number"] for each in zora.get("/api/registers/papers/mine").json()["papers"]] == [number]
    wrong = send(zora, f"calls/{call}/answers", ABSTRACT | {"title": " ", "authors": []})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"title", "authors"}
    unknown = send(zora, f"calls/{call}/answers", ABSTRACT | {"data_sets": ["Secrets"]})
    assert (unknown.status_code, unknown.json()["findings"][0]["pointer"]) == (422, "data_sets")
    assert send(zora, "calls/99/answers", ABSTRACT).status_code == 404
    corrected = send(zora, f"papers/mine/{number}", ABSTRACT | {"title": "Queues at dusk"}, method="put")
    assert (corrected.json()["title"], corrected.json()["data_sets"]) == ("Queues at dusk", [])
    assert send(other, f"papers/mine/{number}", ABSTRACT, method="put").status_code == 404
    assert other.get(f"/api/registers/papers/mine/{number}").status_code == 404
    assert send(zora, f"papers/mine/{number}/submission", {"manuscript": "https://papers.example/q"}).status_code == 409


def test_a_call_that_has_closed_takes_no_answer(person: Callable[..., Person], caller: Callable[..., Client]) -> None:
    closed = write(person("sue", Role.SUPERVISOR), "calls", closes_on="2026-01-02")
    answer = send(caller("zora"), f"calls/{closed}/answers", ABSTRACT)
    assert (answer.status_code, "from 2026-01-01 to 2026-01-02" in answer.json()["detail"]) == (409, True)


def test_a_paper_is_reviewed_blind_by_whom_it_was_given_and_decided_by_the_chair(call: int, caller: Callable[..., Client]) -> None:
    sue, zora, bob = caller("sue", Role.SUPERVISOR), caller("zora"), caller("bob", Role.OFFICER)
    number = submitted(sue, zora, call)
    (asked,) = bob.get("/api/registers/papers/mine").json()["to_review"]
    seen = bob.get(f"/api/registers/papers/to-review/{number}")
    assert (seen.json(), asked["manuscript"]) == (asked, "https://papers.example/queues")
    assert "Zora" not in seen.content.decode()
    assert zora.get(f"/api/registers/papers/to-review/{number}").status_code == 404
    wrong = send(bob, f"papers/{number}/reviews", FOUND | {"method": 6, "to_author": " "})
    assert {each["pointer"] for each in wrong.json()["findings"]} == {"method", "to_author"}
    assert send(zora, f"papers/{number}/reviews", FOUND).status_code == 404
    assert send(bob, f"papers/{number}/reviews", FOUND | {"reviewer": "Dia"}).status_code == 403
    first, again = (send(bob, f"papers/{number}/reviews", FOUND, key="r1") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    assert send(bob, f"papers/{number}/reviews", FOUND).status_code == 409
    before = sue.get(f"/api/registers/papers/{number}/reviews").json()
    assert (before["recommended"], before["silent"], [each["to_chair"] for each in before["reviews"]]) == (None, ["Dia"], ["Known."])
    assert send(sue, f"papers/{number}/reviews", FOUND | {"reviewer": "Dia"}).status_code == 201
    assert sue.get(f"/api/registers/papers/{number}/reviews").json()["recommended"] == "acceptance"
    for client in (zora, bob):
        assert client.get(f"/api/registers/papers/{number}/reviews").status_code == 403
    assert zora.get(f"/api/registers/papers/mine/{number}").json()["reviews"] == []
    assert send(sue, f"papers/{number}/steps", {"act": "accept"}).json()["stands"] == "accepted"
    own = zora.get(f"/api/registers/papers/mine/{number}")
    assert [each["text"] for each in own.json()["reviews"]] == ["Sound.", "Sound."]
    for hidden in ("Bob", "Dia", "Known."):
        assert hidden not in own.content.decode()


def test_a_chair_reads_no_reviews_of_a_paper_of_their_own(call: int, caller: Callable[..., Client]) -> None:
    sue, pat = caller("sue", Role.SUPERVISOR), caller("pat", Role.SUPERVISOR)
    number = send(pat, f"calls/{call}/answers", ABSTRACT).json()["number"]
    assert pat.get(f"/api/registers/papers/{number}/reviews").status_code == 404
    assert sue.get(f"/api/registers/papers/{number}/reviews").json()["acts"] == ["grant access", "decline"]
