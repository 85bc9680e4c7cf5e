import datetime as dt
import io
import json
import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import override
from ninja.responses import Response

from customhouse_server.accounts.role import Role
from customhouse_server.desk import contents
from customhouse_server.settings.api import api


@pytest.mark.django_db
def test_every_change_of_the_tables_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_database_is_a_postgresql_that_commits_durably() -> None:
    with connection.cursor() as cursor:
        shown = {}
        for name in ("synchronous_commit", "fsync", "full_page_writes", "data_checksums"):
            cursor.execute(f"SHOW {name}")
            shown[name] = cursor.fetchone()[0]
    assert set(shown.values()) == {"on"}


@pytest.mark.django_db
def test_a_database_that_could_forget_what_it_acknowledged_is_not_served() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    with pytest.raises(SystemCheckError, match="could lose acknowledged declarations"):
        call_command("check", databases=["default"])


@pytest.mark.django_db
def test_people_are_registered_and_given_keys_from_the_command_line() -> None:
    said = io.StringIO()
    call_command("register", "olu", email="olu@example.org", role="officer", office=["QZ000101"], stdout=said)
    assert "olu may sign in as officer" in said.getvalue()
    key = io.StringIO()
    call_command("issue_key", "olu", "desk", stdout=key)
    assert Client(headers={"Authorization": f"Bearer {key.getvalue().strip()}"}).get("/api/worklist").status_code == 200


@pytest.mark.django_db
def test_a_page_may_run_no_script_and_no_style_of_its_own() -> None:
    policy = Client().get("/account/login/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.django_db
def test_the_interface_describes_itself_and_every_act_has_a_summary() -> None:
    described = Client().get("/api/openapi.json").json()
    acts = [act for path in described["paths"].values() for act in path.values()]
    assert len(acts) >= 20
    assert all(act["summary"] and act["description"] for act in acts)


@pytest.mark.django_db
def test_the_description_of_the_interface_is_worked_out_once_in_a_process_and_not_sent_to_who_has_it() -> None:
    def took(act: Callable[[], object]) -> float:
        begun = time.perf_counter()
        act()
        return time.perf_counter() - begun

    told = Client().get("/api/openapi.json")
    assert told.json() == json.loads(Response(api.get_openapi_schema()).content)
    assert min(took(lambda: Client().get("/api/openapi.json")) for _ in range(5)) < took(api.get_openapi_schema) / 2
    again = Client().get("/api/openapi.json", headers={"If-None-Match": told["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_after_many_wrong_passwords_the_right_one_does_not_open_for_a_while() -> None:
    call_command("register", "guessed", email="guessed@example.org", stdout=(said := io.StringIO()))
    right = said.getvalue().split()[-1]
    opened = Client()
    opened.post("/account/login/", {"login": "guessed", "password": right})
    assert "_auth_user_id" in opened.session
    for _ in range(10):
        Client().post("/account/login/", {"login": "guessed", "password": "wrong"})
    shut = Client()
    shut.post("/account/login/", {"login": "guessed", "password": right})
    assert "_auth_user_id" not in shut.session
    cache.clear()  # so that no other test is shut out


@pytest.mark.django_db
def test_an_address_that_only_takes_a_form_says_so_and_sends_whoever_signs_in_back_to_the_form(browser_of: Callable[..., Client]) -> None:
    opened = browser_of("olu").get("/development/diagnostics/")
    assert (opened.status_code, opened["Allow"]) == (405, "POST")
    assert "only takes what a form sends" in opened.content.decode()
    asked = {"here": "http://localhost/development/", "elsewhere": "https://example.org/development/", "": ""}
    found = {name: browser_of().post("/development/diagnostics/", headers={"referer": page})["Location"] for name, page in asked.items()}
    assert found["here"].endswith("?next=http%3A//localhost/development/")
    assert found["elsewhere"].endswith("?next=/")
    assert found[""].endswith("?next=/")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role])
def test_a_page_is_listed_for_those_alone_whom_it_opens_for(browser_of: Callable[..., Client], role: Role | None) -> None:
    browser = browser_of(f"a-{role.value}", role) if role else browser_of()
    listed = [entry for _, entries in contents.GROUPS for entry in entries if entry.is_for(role)]
    assert listed
    assert {entry.address: browser.get(entry.address).status_code for entry in listed} == {entry.address: 200 for entry in listed}


@pytest.mark.django_db
def test_every_page_that_is_open_to_all_answers_head_as_it_answers_get_and_without_a_body(browser_of: Callable[..., Client]) -> None:
    public = [entry.address for _, entries in contents.GROUPS for entry in entries if entry.is_for(None)]
    files = ["/rules/times.json", "/rules/times.csv", "/rules/notices.atom", "/rules/forms/declaration.pdf", "/api/openapi.json"]
    anybody, told = browser_of(), ("Content-Type", "Location")
    for address in [*public, *files, "/rules/times/", "/enquiries/follow/", "/trackers/", "/plans/"]:
        asked, headed = anybody.get(address), anybody.head(address)
        assert (headed.status_code, headed.content) == (asked.status_code, b""), address
        assert asked.status_code in {200, 302}, address
        assert [headed.get(name) for name in told] == [asked.get(name) for name in told], address


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_months_are_written_alike_in_short(language: str) -> None:
    with override(language):
        assert len({date_format(dt.date(2026, month, 1), "M") for month in range(1, 13)}) == 12
