"""The rules as everybody reads them, a question asked and answered, a draft commented: on desk and phone, light and dark."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

PUBLIC = ("/rules/", "/rules/taxes/", "/rules/steps/", "/rules/times/", "/rules/notices/", "/enquiries/ask/", "/enquiries/answers/")
NEW_TO_CUSTOMS = ("/rules/procedures/4000/", "/rules/procedures/", "/rules/forms/", "/rules/fees/", "/rules/penalties/", "/rules/coverage/")
MORE = (*NEW_TO_CUSTOMS, "/enquiries/follow/", "/consultations/", "/registers/", "/registers/events/", "/registers/scan/")


def test_citizen_asks_a_question_that_an_officer_answers(visit: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    page = visit("", "/")
    page.click("text=Rules and questions")
    page.click("text=Reliefs and exemptions")
    page.click("text=Ask a question about this")
    page.fill("#question", "May I bring in my late aunt's piano?")
    page.click("text=Send the question")
    reference, passphrase = page.inner_text("#reference"), page.inner_text("#passphrase")
    assert violations(page) == []
    desk = visit("officer", "/enquiries/")
    assert violations(desk) == []
    desk.click(f"text={reference}")
    desk.fill("#answer", "Yes, as inherited property (C04).")
    assert violations(desk) == []
    desk.click("text=Send the answer")
    page.click("text=Read the answer to a question")
    page.fill("#reference", reference)
    page.fill("#passphrase", passphrase)
    page.click("main button")
    expect(page.locator(".panel.good")).to_contain_text("inherited property")
    assert violations(page) == []


def test_a_trader_new_to_customs_is_led_to_the_steps_on_a_phone_in_french_without_javascript(visit: Callable[..., Page]) -> None:
    page = visit("", "/", viewport={"width": 375, "height": 800}, locale="fr-FR", java_script_enabled=False)
    page.click("text=Importer ou exporter, pas à pas")
    page.select_option("#code", "4000")
    page.click("text=Montrer les étapes")
    expect(page.locator("h1")).to_have_text("Mise à la consommation")
    expect(page.locator("main")).to_contain_text("Droit de douane")
    expect(page.locator("main")).to_contain_text("Tribunal douanier de Sablemarche")
    page.click("text=Sanctions")
    expect(page.locator("table")).to_contain_text("fois les droits et taxes éludés")
    page.go_back()
    page.click("text=Calculer droits et taxes")
    expect(page.locator("h1")).to_be_visible()


def test_citizen_comments_on_a_draft_and_a_supervisor_answers(visit: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    head = visit("supervisor", "/consultations/open/")
    head.fill("#title", "Opening hours of the port")
    head.fill("#text", "The port opens at six.")
    head.fill("#closes_on", "2099-01-01")
    head.click("main button")
    assert violations(head) == []
    page = visit("", "/consultations/")
    page.click("text=Opening hours of the port")
    page.fill("#comment", "Seven would do.")
    page.click("text=Publish the comment")
    expect(page.locator("main")).to_contain_text("Seven would do.")
    head.reload()
    head.fill("textarea[name=text] >> nth=0", "Ships come at six.")
    head.click("text=Answer the comment")
    expect(head.locator("main")).to_contain_text("Ships come at six.")


def test_a_supervisor_records_a_meeting_that_everybody_reads(visit: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    head = visit("supervisor", "/registers/events/new/")
    assert violations(head) == []
    head.fill("#title", "Private sector group, autumn")
    head.select_option("#gathering", "session of the private sector group")
    head.fill("#begins_on", "2026-10-01")
    head.fill("#activities", "1.4\n6.3")
    head.click("main button")
    assert violations(head) == []
    page = visit("", "/registers/events/", viewport={"width": 375, "height": 900})
    expect(page.locator("main")).to_contain_text("Private sector group, autumn")
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.click("button[lang=fr]")
    expect(page.locator("h1")).to_have_text("Événements et réunions")


def test_the_pages_of_openness_are_for_everybody(visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]) -> None:
    page = visit("", "/rules/")
    faults = []
    for path in PUBLIC + MORE:
        page.goto(path)
        faults += hindrances(page, f"openness{path.replace('/', '-')}")
    assert not faults, "\n".join(faults)
