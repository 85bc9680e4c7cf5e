from datetime import date

import pytest

from customhouse import pipeline
from customhouse.clearance import Act
from customhouse.pipeline import publication

DAY = date(2026, 11, 24)
SANDBOX = pipeline.load_country("sandbox")


def test_home_use_goes_from_the_draft_to_release_with_every_tax_due() -> None:
    told = publication.procedure_of(SANDBOX, "4000", on=DAY)
    assert [(each.act, each.is_by_trade) for each in told.steps] == [
        (Act.LODGE, True),
        (Act.ASSESS, False),
        (Act.PAY, True),
        (Act.RELEASE, False),
    ]
    assert {each.status for each in told.levied} == {"due"}
    assert "Value Added Tax Act of Sandmark, s. 21" in told.legal_bases


def test_a_procedure_that_suspends_some_taxes_says_which() -> None:
    told = {each.tax: each.status for each in publication.procedure_of(SANDBOX, "0700", on=DAY).levied}
    assert (told["excise duty"], told["value added tax on importation"], told["import customs duty"]) == ("suspended", "suspended", "due")


def test_nothing_is_paid_where_nothing_is_levied() -> None:
    told = publication.procedure_of(SANDBOX, "1000", on=DAY)
    assert (told.is_charged, told.levied) == (False, ())
    assert Act.PAY not in [each.act for each in told.steps]


@pytest.mark.parametrize("country", ["sandbox", "uk", "us"])
def test_every_procedure_of_a_country_has_its_page_with_its_law(country: str) -> None:
    package = pipeline.load_country(country)
    codes = [code for code, _ in publication.procedures_of(package, on=DAY)]
    assert len(codes) > 5
    assert all(publication.procedure_of(package, code, on=DAY).legal_bases for code in codes)


def test_a_procedure_that_the_country_does_not_know_is_refused_with_those_it_knows() -> None:
    with pytest.raises(publication.UnknownProcedureError, match=r"9999 is no procedure of Sandmark .* ask for one of 4000"):
        publication.procedure_of(SANDBOX, "9999", on=DAY)
