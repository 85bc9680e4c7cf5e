import pytest
from django.test import Client

GOODS = {"code": "61091000", "origin": "BD", "price": "1500", "currency": "EUR", "net": "100", "units": "400", "on": "2026-03-02"}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("en", "Every way to bring the goods in"), ("fr", "Toutes les façons")])
def test_the_calculator_shows_every_way_to_bring_goods_in(client: Client, language: str, heading: str) -> None:
    page = client.get("/tariff/calculator/", GOODS, headers={"accept-language": language}).content.decode()
    assert heading in page
    assert page.count("<h3>") > 2


@pytest.mark.django_db
def test_a_fault_in_what_is_asked_shows_no_option(client: Client) -> None:
    page = client.get("/tariff/calculator/", {**GOODS, "price": "much"}, headers={"accept-language": "en"}).content.decode()
    assert "Every way" not in page
    assert "Write a number" in page
