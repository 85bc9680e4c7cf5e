"""Classification against HMRC's index terms and parcel descriptions: figures with n and interval, and no leak from train to test."""

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from customhouse.tariff import classification
from customhouse.tariff.classification.words import words

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
TERMS, PARCELS = "fpo/search_references.json", "fpo/extra_references.csv"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the labelled descriptions are not beside the repository")


def lines(name: str) -> list[str]:
    return (DATA / "classification" / name).read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def index() -> classification.Index:
    wording = classification.read_wording((DATA / "tariff" / "hs" / "harmonized-system-2022.csv").read_text("utf-8-sig").splitlines())
    return classification.Index(wording, classification.read_precedents(lines("train.jsonl")))


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    z, share = 1.96, right / n
    centre, spread = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (centre - spread) / (1 + z * z / n), (centre + spread) / (1 + z * z / n)


def top_5(index: classification.Index, text: str, digits: int) -> Iterator[str]:
    ranked = index.suggest(text, limit=60).ranked
    yield from list(dict.fromkeys(each.code[:digits] for each in ranked))[:5]


@pytest.mark.parametrize(("source", "digits", "least"), [(TERMS, 4, 0.75), (TERMS, 6, 0.60), (PARCELS, 4, 0.52)])
def test_the_right_code_stands_among_the_first_five(
    index: classification.Index, capsys: pytest.CaptureFixture[str], source: str, digits: int, least: float
) -> None:
    rows = [row for row in map(json.loads, lines("test.jsonl")) if row["source"] == source]
    right = sum(row["code"][:digits] in top_5(index, row["text"], digits) for row in rows)
    low, high = wilson(right, len(rows))
    with capsys.disabled():
        print(f"\n{source}, {digits} digits, first five: {right / len(rows):.1%} ({low:.1%} to {high:.1%}), n = {len(rows)}")
    assert right >= least * len(rows)


def test_no_description_is_nearly_in_both_sets() -> None:
    learned = {frozenset(words(json.loads(line)["text"])) for line in lines("train.jsonl")}
    assert not [row["text"] for row in map(json.loads, lines("test.jsonl")) if frozenset(words(row["text"])) in learned]


def test_learning_with_the_test_set_kept_out_leaves_nothing_out_so_that_the_figures_owe_nothing_to_likeness_to_it() -> None:
    decided = list(classification.read_precedents(lines("train.jsonl")))
    kept_out = [json.loads(line)["text"] for line in lines("test.jsonl")]
    assert classification.learned(decided, kept_out=kept_out) == classification.learned(decided)


def test_vague_terms_are_told_to_be_insufficient_more_often_than_index_terms(index: classification.Index) -> None:
    vague = [text for text in lines("hmrc_vague_terms.txt")[::15] if text.strip()]
    terms = [row["text"] for row in map(json.loads, lines("test.jsonl")) if row["source"] == TERMS]
    shares = [
        sum(index.suggest(text).answer is classification.Answer.INSUFFICIENT for text in texts) / len(texts) for texts in (vague, terms)
    ]
    assert shares[0] > 2 * shares[1]
