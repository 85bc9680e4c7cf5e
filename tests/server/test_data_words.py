"""Every text that an installation reads from our data and shows on a page is said in French."""

import gettext
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from customhouse_server.integrity import rulebook
from customhouse_server.perception import actions as perception

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def known() -> set[str]:
    """What the catalogue holds: a word may be the same in both languages, and then only the catalogue tells."""
    with (ROOT / "src/customhouse_server/locale/fr/LC_MESSAGES/django.mo").open("rb") as compiled:
        return {each for each in gettext.GNUTranslations(compiled)._catalog if isinstance(each, str)}  # noqa: SLF001 - the same reason


def of_the_self_assessment() -> Iterator[str]:
    asked = rulebook.questions()
    yield from (asked.name, asked.source, *asked.factors, *asked.levels)
    for each in asked.questions:
        yield from (each.text, each.evidence)


def of_the_risk_map() -> Iterator[str]:
    yield rulebook.risk_map().name
    for each in rulebook.risk_map().functions:
        yield from (each.name, *(control.name for control in each.controls))


def of_lead_rules() -> Iterator[str]:
    for each in rulebook.lead_rules().rules:
        yield from (each.name, each.narrative, *each.innocent)


def of_contracts() -> Iterator[str]:
    yield from (rulebook.terms().name, rulebook.terms().source)


def of_the_survey() -> Iterator[str]:
    yield perception.survey().name
    yield from (each.text for each in perception.survey().statements)


TEXTS = (of_the_self_assessment, of_the_risk_map, of_lead_rules, of_contracts, of_the_survey)


@pytest.mark.parametrize("texts", TEXTS)
def test_every_text_of_our_data_is_said_in_french(known: set[str], texts: Callable[[], Iterator[str]]) -> None:
    said = [each for each in texts() if each]
    assert len(said) > 1
    assert not sorted(set(said) - known)


def test_the_texts_that_are_looked_for_are_there() -> None:
    assert "The report of the last year" in set(of_the_self_assessment())
    assert "Two officers at an examination" in set(of_the_risk_map())
    assert "A key was pressed by mistake, and the real question followed." in set(of_lead_rules())
