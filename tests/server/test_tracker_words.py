"""Every word of the trackers is said in French: titles, states, labels, and the wording of each reason."""

import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from customhouse.strategy import commitment, digital, implementation
from customhouse_server.tracker import current, form, matter
from customhouse_server.tracker.templatetags.trackers import REGISTERS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    *(ROOT / "src/customhouse/strategy/implementation").glob("*.py"),
    *(ROOT / "src/customhouse_server/tracker").glob("*.py"),
    ROOT / "src/customhouse/pipeline/publication/observation.py",
]
ENUMS = (
    implementation.standing.__globals__["State"],
    implementation.instrument.Binding,
    commitment.action.Progress,
    commitment.notice.Timeliness,
    commitment.pledge.Clock,
    digital.portfolio.Stage,
    matter.Acceptance,
)


@pytest.fixture(scope="module")
def french() -> gettext.GNUTranslations:
    with (ROOT / "src/customhouse_server/locale/fr/LC_MESSAGES/django.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def of_agreements() -> Iterator[str]:
    for instrument in current.instruments().values():
        yield instrument.title
        yield from (each.title for each in (*instrument.groups, *instrument.provisions))
        yield from (proof.missing for each in instrument.provisions for proof in each.proofs if proof.missing)
    yield from (each.title for each in (*current.terms().notices, *current.terms().statuses))


def of_registers() -> Iterator[str]:
    for basis in current.shipped_legal_bases().values():
        yield from (basis.title, basis.human_review, basis.data_ground)
    for each in current.shipped_portfolio().values():
        yield from (each.title, each.purpose)
    yield from REGISTERS.values()
    with override("en"):
        yield from [str(label) for label in form.LABELS.values()]


def of_states() -> Iterator[str]:
    yield from (each.value for found in ENUMS for each in found)
    yield from digital.LEVELS


def of_reasons() -> Iterator[str]:
    for path in SOURCES:
        text = path.read_text("utf-8")
        yield from re.findall(
            r'(?:[Ss]aying\(\s*|wording ?= ?|, )"([^"\n]*\{[^"\n]*|no source[^"]*|the committee[^"]*|the notice[^"]*)"', text
        )


@pytest.mark.parametrize("words", [of_agreements, of_registers, of_states, of_reasons])
def test_every_word_of_the_trackers_is_said_in_french(french: gettext.GNUTranslations, words: Callable[[], Iterator[str]]) -> None:
    said = set(words())
    assert len(said) > 10
    known = french._catalog  # noqa: SLF001 - a word may be the same in both languages, and then only the catalogue tells
    assert not sorted(said - set(known))


def test_the_words_that_are_looked_for_are_there() -> None:
    assert "Owner" in set(of_registers())
    assert {"the committee has no members", "{page} is not open to all", "no source: {source}"} <= set(of_reasons())
