import csv
import datetime as dt
import gettext
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.test import Client, override_settings
from lxml import etree
from pytest_django.fixtures import Settings

from customhouse import messages
from customhouse.messages import DocumentKind
from customhouse.performance import EventStore, indicator
from customhouse.pipeline import load_country
from customhouse.pipeline.country import shipped_countries
from customhouse.pipeline.publication import PUBLICATIONS
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.desk.words import WORDS
from customhouse_server.performance import actions as performance
from customhouse_server.performance.current import known_indicators
from customhouse_server.performance.period import year_of
from customhouse_server.portal import actions
from customhouse_server.portal.form import FORMS, forms
from customhouse_server.portal.store import Wording
from customhouse_server.tariff.country import current_country
from customhouse_server.tracker import actions as tracker

_OURS = {"What is published, and what is not": (1, 2), "Forms": (0, 1, 3)}  # which cells of these sheets are words of the product
ROOT = Path(__file__).resolve().parents[2]
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*PUBLICATIONS, "notices", "times", "forms"])
def test_everybody_reads_each_page_and_its_rows_as_json_and_csv(name: str) -> None:
    page = Client().get(f"/rules/{name}/?on=2026-11-24")
    assert page.status_code == 200
    told = Client().get(f"/rules/{name}.json?on=2026-11-24").json()
    rows = list(csv.reader(io.StringIO(Client().get(f"/rules/{name}.csv?on=2026-11-24").content.decode(), newline="")))
    assert len(rows) - 1 == len(told["rows"])
    assert told["edition"] == current_country().edition
    assert told["edition"] in page.content.decode()
    assert "2026-11-24" in page.content.decode()


@pytest.mark.django_db
def test_a_rule_changed_in_the_package_changes_the_page(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(ROOT / "countries/sandbox", tmp_path / "country"))
    regime = copy / "regime.toml"
    regime.write_text(regime.read_text("utf-8").replace('value_limit = "150"', 'value_limit = "275"'), "utf-8")
    before = Client().get("/rules/reliefs/").content.decode()
    current_country.cache_clear()
    with override_settings(COUNTRY=str(copy)):
        after = Client().get("/rules/reliefs/").content.decode()
        edition = current_country().edition
    current_country.cache_clear()
    assert "275 EUR" not in before
    assert "275 EUR" in after
    assert edition in after
    assert edition not in before


@pytest.mark.django_db
def test_a_page_or_form_that_is_not_there_is_not_found() -> None:
    assert [Client().get(path).status_code for path in ("/rules/nonsense/", "/rules/taxes.exe", "/rules/nonsense.json")] == [404, 404, 404]


@pytest.mark.django_db
def test_a_notice_reaches_page_feed_and_journal_and_cannot_be_changed(
    person: Callable[..., Person], written: Callable[[], list[tuple[str, str]]]
) -> None:
    supervisor = person("sue", Role.SUPERVISOR)
    notice = actions.publish(supervisor, Wording("New <form>", "From May.", effective_on=dt.date(2027, 5, 1)), at=AT)
    feed = etree.fromstring(Client().get("/rules/notices.atom").content)
    assert [each.text for each in feed.iter("{http://www.w3.org/2005/Atom}title")][1:] == ["New <form>"]
    assert "New &lt;form&gt;" in Client().get("/rules/notices/").content.decode()
    assert [json.loads(document)["number"] for kind, document in written() if kind == "NoticePublished"] == [notice.number]
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE portal_notice SET title = 'other'")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRADER, Role.BROKER, Role.OFFICER])
def test_a_notice_is_for_supervisors_and_administrators_to_publish(person: Callable[..., Person], role: Role) -> None:
    with pytest.raises(NotPermittedError):
        actions.publish(person("ann", role), Wording("A", "B"), at=AT)
    browser = Client()
    browser.force_login(get_user_model().objects.get(username="ann"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post("/rules/notices/write/", {"title": "A", "text": "B"}).status_code == 403
    assert not actions.notices()


@pytest.mark.django_db
def test_the_administrator_writes_a_notice_on_its_page(person: Callable[..., Person]) -> None:
    person("root", Role.ADMINISTRATOR)
    browser = Client()
    browser.force_login(get_user_model().objects.get(username="root"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post("/rules/notices/write/", {"title": "", "text": "B"}).status_code == 422
    assert browser.post("/rules/notices/write/", {"title": "A", "text": "B", "effective_on": "2027-01-01"}).status_code == 302
    assert [each.effective_on for each in actions.notices()] == [dt.date(2027, 1, 1)]


def test_the_words_of_the_published_rules_are_all_in_french() -> None:
    class Untold(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"untold: {message}"

    with (ROOT / "src/customhouse_server/locale/fr/LC_MESSAGES/django.mo").open("rb") as compiled:
        french = gettext.GNUTranslations(compiled)
    french.add_fallback(Untold())
    countries = [load_country(name) for name in shipped_countries()]
    sheets = [make(country, on=AT.date()) for country in countries for make in PUBLICATIONS.values()] + [forms()]
    words = {word for sheet in sheets for word in (sheet.title, sheet.about, *sheet.columns, sheet.unpublished) if word}
    words |= {str(row[place]) for sheet in sheets for row in sheet.rows for place in _OURS.get(sheet.title, ())}
    assert not [word for word in words if french.gettext(word).startswith("untold: ")]


def test_every_state_act_and_role_of_the_published_steps_has_its_words() -> None:
    steps = PUBLICATIONS["steps"](current_country(), on=AT.date())
    codes = {code for row in steps.rows for code in (row[0], row[1], *row[2], row[3])} - {"(stays)"}
    assert len(codes) > 30
    assert not codes - WORDS.keys()


@pytest.mark.django_db
def test_each_time_that_is_published_opens_the_events_that_it_is_made_of(year: EventStore) -> None:
    on = year.days()[-1] + dt.timedelta(days=1)
    performance.compute(year, performance.due_periods(year, on=on), at=AT)
    told = Client().get(f"/rules/times.json?on={on}").json()["rows"]
    page = Client().get(f"/rules/times/?on={on}").content.decode()
    links = re.findall(r'href="(/performance/indicators/[^"]+)"', page)
    assert len(links) == sum(row["events"] != "0" for row in told) > 5
    answer = Client().get(links[0])
    assert answer.status_code == 200
    assert "by day" in answer.content.decode()


@pytest.mark.django_db
def test_times_are_read_from_what_was_kept_and_a_day_before_anything_was_says_so(
    year: EventStore, settings: Settings, tmp_path: Path
) -> None:
    on = year.days()[-1]
    performance.compute(year, [year_of(on)], at=AT)
    settings.EVENT_STORE = str(tmp_path / "none")
    rows = {row["code"]: row for row in Client().get(f"/rules/times.json?on={on}").json()["rows"]}
    figure = indicator.evaluated(year.connect(), known_indicators()["TF-02"], start=dt.date(2026, 1, 1), end=dt.date(2027, 1, 1))
    assert (rows["TF-02"]["figure"], rows["TF-02"]["events"]) == (f"{figure.value:,.4g}", str(figure.n))
    assert rows["TF-02"]["until before"] == "2027-01-01"
    assert "No figures had been worked out by this day" in Client().get("/rules/times/?on=2025-12-31").content.decode()


@pytest.mark.django_db
def test_a_stranger_is_led_from_the_rules_to_the_steps_of_a_procedure() -> None:
    begun = Client().get("/rules/").content.decode()
    assert '<option value="4000">' in begun
    led = Client().get("/rules/procedure/?code=4000")
    assert (led.status_code, led["Location"]) == (302, "/rules/procedures/4000/")
    page = Client().get(led["Location"]).content.decode()
    told = ("import customs duty", "48.00\xa0EUR", "RKC GA 3.40", "Customs Tribunal of Sandmark", current_country().edition)
    assert not [each for each in told if each.casefold() not in page.casefold()]
    assert [Client().get(f"/rules/{path}").status_code for path in ("procedures/9999/", "procedure/?code=9999")] == [404, 404]


@pytest.mark.django_db
def test_a_procedure_says_how_long_it_takes_only_where_it_was_measured(year: EventStore) -> None:
    on = year.days()[-1] + dt.timedelta(days=1)
    assert "No release was measured yet" in Client().get(f"/rules/procedures/4000/?on={on}").content.decode()
    performance.compute(year, performance.due_periods(year, on=on), at=AT)
    assert "Median from acceptance to release" in Client().get(f"/rules/procedures/4000/?on={on}").content.decode()


@pytest.mark.django_db
def test_every_file_of_every_form_is_what_it_says_it_is() -> None:
    files = {f"{form.name}.{file}": Client().get(f"/rules/forms/{form.name}.{file}") for form in FORMS for file in form.files}
    assert {each.status_code for each in files.values()} == {200}
    assert all(files[f"{name}.pdf"].content.startswith(b"%PDF-") for name in ("declaration", "ruling"))
    kinds = {name: messages.read(each.content).kind for name, each in files.items() if not name.endswith(".pdf")}
    assert kinds == {
        "message.xml": DocumentKind.DECLARATION,
        "message.json": DocumentKind.DECLARATION,
        "amendment.xml": DocumentKind.AMENDMENT,
        "cancellation.xml": DocumentKind.CANCELLATION,
        "presentation.xml": DocumentKind.PRESENTATION,
    }
    assert not [each for name, each in files.items() if name.endswith(("xml", "json")) and messages.read(each.content).findings]
    assert [Client().get(f"/rules/forms/{name}").status_code for name in ("question.pdf", "nonsense.pdf")] == [404, 404]


@pytest.mark.django_db
def test_a_feed_on_a_subject_tells_the_notices_of_that_subject_alone(person: Callable[..., Person]) -> None:
    supervisor = person("sue", Role.SUPERVISOR)
    actions.publish(supervisor, Wording("Dearer sheds", "From May.", subject="fees"), at=AT)
    actions.publish(supervisor, Wording("Closed on Monday", "A holiday."), at=AT + dt.timedelta(hours=1))
    everything = Client().get("/rules/notices/feed.json").json()
    assert everything["version"] == "https://jsonfeed.org/version/1.1"
    assert [each["title"] for each in everything["items"]] == ["Closed on Monday", "Dearer sheds"]
    of_fees = Client().get("/rules/notices/feed.json?subject=fees").json()["items"]
    assert [(each["title"], each["tags"]) for each in of_fees] == [("Dearer sheds", ["fees"])]
    atom = Client().get("/rules/notices.atom?subject=fees").content.decode()
    assert "Dearer sheds" in atom
    assert "Closed on Monday" not in atom
    assert Client().get("/rules/notices.atom?subject=nonsense").status_code == 404
    with pytest.raises(actions.UnworthyNoticeError, match="nothing that is published"):
        actions.publish(supervisor, Wording("A", "B", subject="nonsense"), at=AT)


@pytest.mark.django_db
def test_those_who_publish_are_reminded_of_fees_whose_review_is_due_and_nobody_else_is(person: Callable[..., Person]) -> None:
    heads = [actions.fees_to_review(person(role.value, role), on=AT.date()) for role in (Role.SUPERVISOR, Role.ADMINISTRATOR)]
    assert [[each.code for each in due] for due in heads] == [["F02"], ["F02"]]
    assert actions.fees_to_review(person("ann"), on=AT.date()) == actions.fees_to_review(None, on=AT.date()) == ()
    assert not actions.fees_to_review(person("tom", Role.SUPERVISOR), on=dt.date(2026, 8, 31))
    browser = Client()
    browser.force_login(get_user_model().objects.get(username="supervisor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    reminder = "The review of 1 fee is due"
    assert reminder in browser.get("/rules/?on=2026-11-24").content.decode()
    assert reminder not in Client().get("/rules/?on=2026-11-24").content.decode()


@pytest.mark.django_db
def test_what_a_country_does_not_state_is_told_on_page_and_in_the_coverage() -> None:
    current_country.cache_clear()
    with override_settings(COUNTRY="uk"):
        page, told = Client().get("/rules/penalties/").content.decode(), Client().get("/rules/penalties.json").json()
        begun = Client().get("/rules/").content.decode()
    current_country.cache_clear()
    reason = "The country package states no penalties for this day: they are not published."
    assert reason in page
    assert (told["unpublished"], told["rows"]) == (reason, [])
    assert re.search(r"\(g\) penalties for breaches of formalities . not published", begun)


@pytest.mark.django_db
def test_what_the_country_package_does_not_publish_is_held_against_articles_1_and_6(person: Callable[..., Person]) -> None:
    standings = tracker.tracked(person("olu", Role.OFFICER), on=AT.date()).standings["tfa"]
    states = {number: standings[number].state.value for number in ("1.1", "6.1", "6.2", "6.3")}
    assert states == {"1.1": "not so", "6.1": "not so", "6.2": "not so", "6.3": "no source"}
