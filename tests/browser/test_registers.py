"""An author answers a call and reads what reviewers say; heads plan audits and set the budget beside the plan: on desk and phone."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page, expect

WRITTEN = {
    "calls": {"title": "Borders at night", "scope": "Why lorries wait", "opens_on": "2026-01-01", "closes_on": "2099-12-31"},
    "reviewers": {"name": "Officer", "account": "officer"},
    "stakeholders": {"name": "Chamber", "sort": "business", "interest": "5", "influence": "5"},
    "memoranda": {"title": "Times", "parties": "Customs\nPort", "signed_on": "2025-01-01", "review_on": "2026-01-01"},
    "budget": {
        "year": "2027/2028",
        "directorate": "Research",
        "source": "budget",
        "purpose": "Conference",
        "amount": "1000",
        "currency": "EUR",
    },
    "audit-universe": {"name": "Refunds", "inherent_risk": "5", "control_weakness": "4", "audit_days": "20"},
    "audit-years": {"year": "2030", "days": "30"},
}
PAGES = (
    *("due/", "stakeholders/", "budget/plan/", "audits/plan/", "audits/", "audits/1/", "calls/1/", "papers/1/", "papers/1/review/"),
    *("scan/new/", "events/new/", "reviewers/", "my-papers/"),
)


def filled(page: Page, values: Mapping[str, str]) -> None:
    """Fill in the form of the page and save it."""
    for name, text in values.items():
        field = page.locator(f'[id="{name}"]')
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    page.click("main form button >> nth=-1")


def test_an_author_answers_a_call_and_a_reviewer_who_does_not_know_whose_it_is_reviews_it(
    visit: Callable[..., Page], violations: Callable[[Page], list[str]]
) -> None:
    head = visit("supervisor", "/registers/")
    for register, values in WRITTEN.items():
        head.goto(f"/registers/{register}/new/")
        filled(head, values)
    head.goto("/registers/audits/plan/")
    head.click("text=Enter the planned audits of 2030")
    author = visit("trader", "/registers/calls/1/", viewport={"width": 375, "height": 900})
    author.click("text=Answer this call")
    assert violations(author) == []
    filled(author, {"title": "Queues at dawn", "abstract": "Why lorries wait.", "authors": "Zora"})
    assert violations(author) == []
    head.goto("/registers/papers/1/edit/")
    filled(head, {"ethics_decision": "E-1", "reviewers": "Officer"})
    head.click("text=Grant access")
    author.reload()
    author.fill("#manuscript", "https://papers.example/queues")
    author.click("text=Submit the paper")
    expect(author.locator("main")).to_contain_text("Reviewers read it who do not know whose it is")
    reviewer = visit("officer", "/registers/my-papers/")
    reviewer.click("text=Queues at dawn")
    expect(reviewer.locator("main")).not_to_contain_text("Zora")
    assert violations(reviewer) == []
    reviewer.select_option("#verdict", "revision")
    filled(reviewer, {"relevance": "4", "method": "3", "evidence": "2", "clarity": "4", "to_author": "Count the empty ones too."})
    head.goto("/registers/papers/1/")
    head.fill("#reason", "One review says enough.")
    head.click("text=Return")
    author.reload()
    expect(author.locator("main")).to_contain_text("Count the empty ones too.")
    assert violations(author) == []


def test_the_pages_of_the_secretariat_are_for_everybody_who_may_see_them(
    visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]
) -> None:
    page = visit("supervisor", "/registers/")
    faults = []
    for path in PAGES:
        page.goto(f"/registers/{path}")
        faults += hindrances(page, f"registers-{path.replace('/', '-')}")
    assert not faults, "\n".join(faults)
