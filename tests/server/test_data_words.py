"""Every text that an installation reads from our data and shows on a page is said in French."""

import gettext
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from customhouse.performance import indicator
from customhouse.saying import Saying
from customhouse.strategy import scan
from customhouse_server.integrity import rulebook
from customhouse_server.perception import actions as perception
from customhouse_server.tracker import current

ON = date(2026, 11, 24)
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


def of_the_scans() -> Iterator[str]:
    for file in (ROOT / "scans").glob("*.toml"):
        found = scan.read_edition(file.read_text("utf-8"))
        yield found.title
        for each in found.items:
            yield from (each.statement, each.implication, each.geography, each.category, each.trend)
            yield from (part for evidence in each.evidence for part in (evidence.source, evidence.quality))


def of_what_is_told_of_a_scan() -> Iterator[str]:
    """The wordings of every sentence of the summary and of the difference, and the words that fill them."""
    rated = {"probability": 1, "impact": 2, "activities": ("1.1",), "review_on": ON}
    whole = scan.Item(number="A1", category=scan.Category.LEGAL, statement="S", implication="I", **rated)  # type: ignore[arg-type]
    other = scan.Item(number="A1", category=scan.Category.SOCIAL, statement="Two words", probability=1, impact=3)
    more = [scan.Item(number="B2", category=each, statement="S") for each in scan.Category]
    first, second, third = (scan.Edition(name="e", title="T", published_on=ON, items=tuple(each)) for each in ([whole], [other], more))
    told = [*scan.summary(first, on=ON), *scan.summary(second, on=ON), *scan.summary(third, on=ON)]
    told += [each for old, new in ((first, second), (second, first), (first, third)) for each in scan.difference(old, new)]
    for each in told:
        yield from _words(each)


def _words(said: Saying) -> Iterator[str]:
    yield said.wording
    for part in said.params.values():
        for each in part if isinstance(part, tuple) else (part,):
            if isinstance(each, Saying) and each.wording not in {"T", "S", "I", "Two words"}:  # what the items above say
                yield from _words(each)


def of_indicators() -> Iterator[str]:
    for file in (ROOT / "indicators").glob("*.toml"):
        found = indicator.read_indicators(file.read_text("utf-8"))
        yield found.source
        for each in found.indicators:
            yield from (each.name, each.unit, each.narrative, each.owner, each.dimension, each.missing_source or "")


def of_notices() -> Iterator[str]:
    for each in current.terms().notices:
        yield from (each.title, *(item.text for item in each.content))
    yield from ("Member", "Article", "to be stated", "in the table below", "agreed on {day}", "until {day}")
    yield from ("Measure", "Category", "Indicative date", "Definitive date", "none")


TEXTS = (
    of_the_self_assessment,
    of_the_risk_map,
    of_lead_rules,
    of_contracts,
    of_the_survey,
    of_the_scans,
    of_what_is_told_of_a_scan,
    of_indicators,
    of_notices,
)


@pytest.mark.parametrize("texts", TEXTS)
def test_every_text_of_our_data_is_said_in_french(known: set[str], texts: Callable[[], Iterator[str]]) -> None:
    said = [each for each in texts() if each]
    assert len(said) > 1
    assert not sorted(set(said) - known)


def test_the_texts_that_are_looked_for_are_there() -> None:
    assert "The report of the last year" in set(of_the_self_assessment())
    assert "Two officers at an examination" in set(of_the_risk_map())
    assert {"{number}: it weighs more ({before} before, {after} now)", "Heaviest: {items}.", "not said"} <= set(of_what_is_told_of_a_scan())
    assert "A key was pressed by mistake, and the real question followed." in set(of_lead_rules())
