"""Least privilege: every address of the interface, asked by everybody who must not have it."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from customhouse_server.accounts import actions as accounts
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.declaration import actions, store
from customhouse_server.declaration.lodging import Lodging
from customhouse_server.ruling import actions as rulings
from customhouse_server.settings.api import api
from load import sample

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PUBLIC = {"/api/openapi.json", "/api/"}
DOSSIER = str(uuid.uuid4())
BODIES = {
    DOSSIER: {"fields": {}},
    "cancellation": {"reason": "duplicate"},
    "payment": {"amount": "682.25"},
    "security": {"amount": "682.25"},
    "documents": {"text": "here"},
    "answer": {"text": "here", "disposition": "comment_noted"},
    "decision": {"act": "release", "fields": {}, "approved": True, "decision": "D/1", "decided_on": "2026-11-24", "meeting": "M"},
    "act": {"act": "accept"},
    "walk": {"rule": "1", "applies": False, "answer": "x"},
    "applications": {"fields": {}},
    "examination": {"result_code": "conform"},
    "lane": {"lane": "red", "reason": "tip"},
    "doubts": {"act": "doubt", "text": "far below"},
    "value": {"case": "items = []"},
    "move": {"move": "drop", "reason": "tip"},
    "certificates": {"competence": "EXAM", "level": "trained", "assessed_on": "2026-11-24", "evidence": "test"},
    "revocations": {"competence": "EXAM", "reason": "test"},
    "frame": {"currency": "EUR", "rounding_step": "1", "year_begins": "07-01", "directorates": {}, "reason": "x", "version": 1},
    "comments": {"text": "here"},
    "reforms": {"name": "draft.csv", "draft": "", "history": ""},
    "leads": {"start": "2026-11-01", "end": "2026-12-01"},
    "acts": {"act": "assign_lead", "reviewer": "olu"},
    "members": {"username": "olu"},
    "controls": {"control": "x"},
    "actions": {"text": "x", "owner": "x", "due_on": "2026-12-01"},
    "answers": {"question": "SA-021", "level": 1, "answers": {}},
    "contracts": {"officer": "olu"},
    "remarks": {"text": "here"},
    "interests": {"party": "QZ12345678", "tie": "debt", "since": "2026-01-01"},
    "gifts": {"giver": "x", "what": "x", "offered_on": "2026-01-01", "became": "kept"},
    "review": {"text": "here", "is_agreed": True},
    "consultations": {"title": "x", "text": "x", "closes_on": "2098-01-01"},
    "disposition": {"disposition": "noted", "response": "x"},
    "adoption": {"effective_on": "2098-01-01"},
    "withdrawal": {"reason": "x", "version": 1},
    "office": {"office": ""},
    "publication": {"question": "x", "is_public": True},
    "plan": {"finding": "x", "action": "x", "owner": "x", "due": "2026-12-01"},
    "studies": {"title": "x", "start": "2026-04-13", "end": "2026-04-20", "seen_until": "2026-05-20"},
    "1": {"document": {}, "fields": {}, "status": "planned", "version": 1},
    "project": {"fields": {}},
    "parts": {"fields": {}},
    "risks": {"fields": {}},
    "case": {"fields": {}},
    "evaluations": {"fields": {}},
    "tranches": {"fields": {}},
    "condition": {"evidence": "x"},
    "experts": {"expert": str(uuid.uuid4())},
    "courses": {"course": "x", "on": "2026-11-24"},
    "events": {"document": {}, "entries": [], "reason": "x", "version": 1},
    "baseline": {"value": 0.1, "on": "2025-12-31", "source": "x"},
    "narrative": {"period": "2026-04", "text": "x"},
    "seats": {"person": "owner", "body": "council", "valid_from": "2026-01-01"},
    "end": {"on": "2026-06-01"},
    "plans": {"text": "x", "form": "yaml", "reason": "x"},
    "cycle": {"step": "adoption", "act": "conclude", "decision": "D/1", "decided_on": "2026-11-24"},
    "reports": {"year": 2026, "halves": 1},
    "editions": {"name": "x"},
    "steps": {"act": "submit"},
    "notices": {"title": "New form", "text": "From May."},
}
OPEN_TO_ALL = {"register", "published", "standing"}  # rulings without what is confidential, and whether the site works
RULING = {"applicant": "QZ12345678", "office": "QZ000101", "goods_name": "LRN-1", "description": "A doll with a music box in its stand"}
FOR_TRADE_ALONE = {"lodge", "messages_since", "message", "answer"}
FOR_MEMBERS_ALONE = {
    *("survey_waves", "close_wave", "publish_wave"),
    *("confirm_member", "look_for_leads", "risk_map", "control_works", "plan_against_risk", "action_done"),
    *("self_assessment", "answer_question", "offer_contract", "declared", "review_gift", "review_statement"),
}
FOR_CUSTOMS_ALONE = {
    *("worklist", "claim", "unclaim", "examine", "determine", "review_leads", "review_lead"),
    *("enquiries", "answer_enquiry", "own_leads", "act_on_lead", "own_interests", "declare_interest", "end_interest"),
    *("enquiry", "route_enquiry", "publish_answer", "new_study"),
    *("state_interests_whole", "record_gift", *FOR_MEMBERS_ALONE),
}
FOR_THE_HOUSE_ALONE = {
    *("write_assessment", "submit_assessment", "review_assessment", "study_members"),
    *("load_plan", "plan_cycle", "comment_on_plan", "answer_comment", "put_up_plan", "take_plan_step"),
    *("put_indicator_forward", "decide_indicator", "write_plan_report"),
    *("plan_text", "plan_versions", "plan_difference", "plan_annex", "plan_reports", "plan_report"),
}
FOR_THE_PROGRAMME_ALONE = {
    *("open_draft", "dispose_of_comment", "adopt_draft", "withdraw_draft", "publish_notice"),
    *("publish_assessment", "publish_study", "word_study", "plan_action", "move_action"),
    *("development_due", "open_dossier", "change_dossier", "add_row", "change_row", "remove_row", "change_case", "evaluate"),
    *("agree_tranche", "meet_condition", "pay_tranche", "engage", "answer_diagnostic", "close_diagnostic", "attend"),
    *("write_entry", "change_entry", "entry_versions", "withdraw_entry", "step_paper", "freeze_scan", "review_assignment"),
    *("assign_reviews", "paper_reviews", "enter_audits", "state_baseline", "narrate", "preview_release"),
    *("dossiers", "dossier", "move", "certify", "revenue_forecast", "mirror_gaps", "release_data"),
    *("reforms", "try_reform", "reform", "resume_reform", "reform_table"),
}
FOR_ADMINISTRATORS_ALONE = {"give_seat", "end_seat", "change_annex"}


def routes() -> Iterator[tuple[str, str, str]]:
    """Each address of the interface with its method and the name of the function behind it."""
    for prefix, router in api._routers:  # noqa: SLF001 - the framework keeps its list of routes there
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, f"/api{prefix}{path}", operation.view_func.__name__


def address(path: str, declaration_id: uuid.UUID) -> str:
    known = {
        "position": "1-1",
        "kind": "project",
        "username": "owner",
        "number": "1",
        "dimension": "total",
        "name": "events",
        "part": "risks",
        "row": "1",
    }
    known |= dict.fromkeys(("person_id", "contract_id", "year", "function", "code", "wave_id", "action_id", "comment"), "1")
    known |= {"dossier_id": DOSSIER, "lead_id": str(uuid.uuid4())}
    return re.sub(r"\{(?:\w+:)?(\w+)\}", lambda found: known.get(found.group(1), str(declaration_id)), path)


def asked(client: Client, method: str, path: str) -> int:
    last = path.rsplit("/", 1)[-1]
    body = sample.xml("LRN-1") if last in {"declarations", "amendment"} else BODIES.get(last, {})
    query = "?reason=mistake" if last == "amendment" else ""
    kind = "application/json" if isinstance(body, dict) else "application/xml"
    return client.generic(method, path + query, _bytes(body), content_type=kind).status_code


def _bytes(body: bytes | dict[str, object]) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


@pytest.fixture
def lodged(person: Callable[..., Person]) -> uuid.UUID:
    actions.lodge(person("owner"), Lodging(sample.xml("LRN-1")), at=AT)
    return store.records(store.Filter(), limit=1)[0].id


@pytest.mark.django_db
def test_every_address_of_the_interface_is_walked() -> None:
    assert {name for _, _, name in routes()} >= FOR_TRADE_ALONE | FOR_CUSTOMS_ALONE
    assert len(list(routes())) >= 20


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path", "name"), [route for route in routes() if route[2] not in OPEN_TO_ALL])
def test_a_stranger_is_asked_who_he_is(lodged: uuid.UUID, method: str, path: str, name: str) -> None:
    for client in (Client(), Client(headers={"Authorization": "Bearer wrong"}), Client(headers={"Authorization": "Basic YTpi"})):
        assert asked(client, method, address(path, lodged)) == 401, name


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path", "name"), [route for route in routes() if "declaration_id" in route[1]])
def test_to_whom_it_does_not_concern_a_declaration_is_not_there(
    caller: Callable[..., Client], lodged: uuid.UUID, method: str, path: str, name: str
) -> None:
    strangers = [
        caller("other", party="QZ87654321"),
        caller("broker", Role.BROKER, party="QZ87654321"),
        caller("far", Role.OFFICER, office="QZ000102"),
        caller("head", Role.SUPERVISOR, office="QZ000102"),
        caller("admin", Role.ADMINISTRATOR),
    ]
    for client in strangers:
        theirs = asked(client, method, address(path, lodged))
        nobodys = asked(client, method, address(path, uuid.uuid4()))
        assert theirs == nobodys, name
        assert theirs in {403, 404}, name


@pytest.fixture
def applied(person: Callable[..., Person]) -> uuid.UUID:
    owner = person("owner")
    record = rulings.start(owner, at=AT)
    rulings.save(owner, record.id, RULING, version=1, at=AT)
    return rulings.apply(owner, record.id, at=AT).record.id


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path", "name"), [route for route in routes() if "ruling_id" in route[1]])
def test_to_whom_it_does_not_concern_a_ruling_is_not_there(
    caller: Callable[..., Client], applied: uuid.UUID, method: str, path: str, name: str
) -> None:
    strangers = [
        caller("other", party="QZ87654321"),
        caller("far", Role.OFFICER, office="QZ000102"),
        caller("head", Role.SUPERVISOR, office="QZ000102"),
        caller("admin", Role.ADMINISTRATOR),
    ]
    for client in strangers:
        theirs = asked(client, method, address(path, applied))
        nobodys = asked(client, method, address(path, uuid.uuid4()))
        assert theirs == nobodys, name
        assert theirs in {403, 404}, name


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path", "name"), list(routes()))
def test_a_role_does_not_do_what_is_for_another(
    caller: Callable[..., Client], lodged: uuid.UUID, method: str, path: str, name: str
) -> None:
    if name in FOR_MEMBERS_ALONE:
        wrong = [caller("owner"), caller("admin", Role.ADMINISTRATOR), caller("officer", Role.OFFICER), caller("head", Role.SUPERVISOR)]
    elif name in FOR_TRADE_ALONE:
        wrong = [caller("officer", Role.OFFICER), caller("head", Role.SUPERVISOR), caller("admin", Role.ADMINISTRATOR)]
    elif name in FOR_CUSTOMS_ALONE:
        wrong = [caller("owner"), caller("broker", Role.BROKER), caller("admin", Role.ADMINISTRATOR)]
    elif name in FOR_ADMINISTRATORS_ALONE:
        wrong = [caller("owner"), caller("broker", Role.BROKER), caller("officer", Role.OFFICER), caller("head", Role.SUPERVISOR)]
    elif name in FOR_THE_PROGRAMME_ALONE:
        wrong = [caller("owner"), caller("broker", Role.BROKER), caller("officer", Role.OFFICER)]
    elif name in FOR_THE_HOUSE_ALONE:
        wrong = [caller("owner"), caller("broker", Role.BROKER)]
    else:
        wrong = [caller("admin", Role.ADMINISTRATOR)] if "declaration_id" in path else []
    before = store.record_of(lodged)
    for client in wrong:
        assert asked(client, method, address(path, lodged)) in {403, 404, 409}, name
    assert store.record_of(lodged) == before


@pytest.mark.django_db
def test_a_trader_never_sees_lane_or_selection_and_an_officer_does(caller: Callable[..., Client], lodged: uuid.UUID) -> None:
    for path in (f"/api/declarations/{lodged}", "/api/declarations", f"/api/declarations/{lodged}/events"):
        told = caller("owner").get(path).content.decode()
        assert "lane" not in told.lower().replace('"allowed"', ""), path
        assert "selection" not in told, path
    assert caller("officer", Role.OFFICER).get(f"/api/declarations/{lodged}").json()["selection"]["lane"]


@pytest.mark.django_db
def test_a_revoked_or_expired_key_opens_nothing(person: Callable[..., Person]) -> None:
    now = datetime.now(UTC)
    ann = person("ann")
    revoked, expired = accounts.issue_token(ann, "a", at=now), accounts.issue_token(ann, "b", at=now - timedelta(days=91))
    accounts.revoke_token(ann, "a", at=now)
    for key in (revoked, expired):
        assert Client(headers={"Authorization": f"Bearer {key}"}).get("/api/declarations").status_code == 401


@pytest.mark.django_db
def test_people_registered_and_keys_issued_and_ended_are_events_that_hold_no_secret(
    person: Callable[..., Person], written: Callable[[], list[tuple[str, str]]]
) -> None:
    now, adam, ann = datetime.now(UTC), person("adam", Role.ADMINISTRATOR), person("ann")
    secret = uuid.uuid4().hex
    key = accounts.issue_token(ann, "till", at=now)
    assert [accounts.revoke_token(ann, "till", at=now) for _ in range(2)] == [1, 0]
    new = Person(id=0, username="new", name="New", role=Role.OFFICER, offices=("QZ000101",), parties=())
    with pytest.raises(NotPermittedError):
        accounts.register_person(ann, new, email="new@example.org", password=secret, at=now)
    accounts.register_person(adam, new, email="new@example.org", password=secret, at=now)
    accounts.register_here(new, email="new@example.org", password=secret, at=now)
    told = [(kind, json.loads(document)) for kind, document in written()]
    assert [kind for kind, _ in told] == ["KeyIssued", "KeysRevoked", "PersonRegistered", "PersonRegistered"]
    assert (told[0][1]["person"], told[0][1]["name"], told[1][1]["keys"]) == ("ann", "till", 1)
    assert (told[2][1]["person"], told[2][1]["role"], told[2][1]["offices"]) == ("new", "officer", ["QZ000101"])
    assert not [each for each in (key, secret, "new@example.org") if each in str(told)]


@pytest.mark.django_db
def test_a_browser_without_the_token_against_forged_requests_changes_nothing(person: Callable[..., Person]) -> None:
    person("ann")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(get_user_model().objects.get(username="ann"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get("/api/declarations").status_code == 200
    assert browser.post("/api/declarations", sample.xml("LRN-1"), content_type="application/xml").status_code == 403


def patterns(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield prefix + str(each.pattern)
        else:
            yield from patterns(each, prefix + str(each.pattern))


def test_no_address_under_the_interface_escapes_the_walk() -> None:
    walked = {path.replace("{", "<").replace("}", ">") for _, path, _ in routes()}
    unwalked = {path for path in patterns(get_resolver()) if path.startswith("/api/")} - walked - PUBLIC
    assert not unwalked


def pages() -> list[str]:
    """The address of each page of declarations, of clearance and of applications for rulings."""
    return sorted(
        path
        for path in patterns(get_resolver())
        if path.startswith(("/declarations/", "/clearance/", "/rulings/applications/", "/rulings/conflicts/"))
    )


def page_address(path: str, identity: uuid.UUID) -> str:
    return re.sub(r"<uuid:\w+>", str(identity), path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", pages())
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_sent_from_every_page_to_the_sign_in(lodged: uuid.UUID, path: str, method: str) -> None:
    answer = Client().generic(method, page_address(path, lodged))
    assert (answer.status_code, answer.headers.get("Location", "").partition("?")[0]) in {(302, "/account/login/"), (405, "")}


@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in pages() if "<uuid" in path])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_of_a_declaration_or_a_ruling_is_not_there_for_whom_it_does_not_concern(
    person: Callable[..., Person], lodged: uuid.UUID, applied: uuid.UUID, path: str, method: str
) -> None:
    mine = applied if "ruling_id" in path else lodged
    strangers = [
        person("other", party="QZ87654321"),
        person("far", Role.OFFICER, office="QZ000102"),
        person("head", Role.SUPERVISOR, office="QZ000102"),
        person("admin", Role.ADMINISTRATOR),
    ]
    before = store.record_of(lodged)
    for stranger in strangers:
        browser = Client()
        browser.force_login(get_user_model().objects.get(pk=stranger.id), backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = browser.generic(method, page_address(path, mine))
        if answer.status_code == 302:
            answer = browser.get(answer.headers["Location"])
        assert answer.status_code in {403, 404, 405} or _shows_nothing(answer, mine), (stranger.username, answer.status_code)
    assert store.record_of(lodged) == before


def _shows_nothing(answer: HttpResponse, declaration_id: uuid.UUID) -> bool:
    """Whether a page that refuses in its own words, with the status of a refusal, leaves the declaration out."""
    return answer.status_code in {400, 409, 422} and str(declaration_id).encode() not in answer.content and b"LRN-1" not in answer.content
