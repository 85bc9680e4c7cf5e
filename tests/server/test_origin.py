"""The origin calculator as a browser without script meets it."""

import pytest
from django.test import Client

TYPED = {
    "agreement": "harbour",
    "hs_code": "9403.10",
    "produced_in": "QZ",
    "currency": "EUR",
    "fob": "100.00",
    "ex_works": "100.00",
    "operations": "other",
    "journey": "direct",
    "drawback": "no",
    "m.0.hs_code": "940390",
    "m.0.origin": "CN",
    "m.0.value": "58.80",
    "m.0.offer_origin": "QX",
    "m.0.offer_value": "60",
    "act": "judge",
}


def said(typed: dict[str, str], language: str = "en") -> str:
    return Client(headers={"Accept-Language": language}).post("/origin/", typed).content.decode()


@pytest.mark.django_db
def test_the_derivation_and_the_cheapest_way_are_shown_and_what_was_typed_is_kept() -> None:
    page = said(TYPED)
    assert "RVC 41.2 % &lt; 42 %: FOB 100.00, non-originating 58.80" in page
    assert "Difference in cost: 1.20" in page
    assert 'value="58.80"' in page


@pytest.mark.django_db
def test_the_derivation_is_told_in_french() -> None:
    page = said(TYPED, "fr")
    assert "non originaires 58.80" in page
    assert "matière 1" in page


@pytest.mark.django_db
def test_pasted_rows_are_taken_over_and_a_text_that_is_no_table_stays() -> None:
    page = said(TYPED | {"csv": "hs_code\torigin\tvalue\n440710\tCN\t7.5\n", "act": "paste"})
    assert 'value="7.5"' in page
    wrong = said(TYPED | {"csv": "what is this"})
    assert "what is this</textarea>" in wrong
    assert "This is no table of materials" in wrong
    assert "takes the columns that it shows" in said(TYPED | {"csv": "hs_code,kind\n440710,neutral\n"})


@pytest.mark.django_db
def test_a_row_more_comes_when_asked_and_a_wrong_number_is_told_at_its_place() -> None:
    page = said(TYPED | {"m.4.name": "glue", "act": "add"})
    assert 'name="m.5.name"' in page
    wrong = said(TYPED | {"fob": "a lot", "m.0.value": "1e999999"})
    assert 'href="#fob"' in wrong
    assert 'href="#m.0.value"' in wrong
    assert 'value="a lot"' in wrong


@pytest.mark.django_db
def test_the_page_opens_with_nothing_typed_and_asks_what_the_rule_asks() -> None:
    assert Client().get("/origin/").status_code == 200
    assert 'name="process.0.evidence"' in Client().get("/origin/?agreement=harbour&hs_code=610910").content.decode()
