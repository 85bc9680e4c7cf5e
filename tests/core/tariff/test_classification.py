"""Suggestions of subheadings: what speaks for them, and when a description does not suffice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import classification
from customhouse.tariff.classification import Answer, Index, Precedent
from customhouse.tariff.classification.suggestion import Question

WORDING = {
    "61": "Clothing, knitted",
    "6109": "T-shirts, singlets and other vests",
    "610910": "of cotton",
    "610990": "of other textile materials",
    "8471": "Automatic data processing machines",
    "847130": "Portable, weighing not more than 10 kg",
}
PRECEDENTS = [Precedent("R1", "notebook computer", "84713000"), Precedent("R2", "crew neck tee", "6109100010")]
INDEX = Index(WORDING, PRECEDENTS)


def test_the_words_of_the_nomenclature_rank_and_explain() -> None:
    first, second = INDEX.suggest("cotton T-shirts").ranked[:2]
    assert (first.code, first.matched) == ("610910", ("cotton", "t", "shirt"))
    assert (second.code, second.set_apart_by) == ("610990", ("textile", "material"))


def test_a_precedent_speaks_for_its_subheading_even_misspelt() -> None:
    found = INDEX.suggest("notebok computers")
    assert (found.answer, found.ranked[0].code) == (Answer.SUGGESTED, "847130")
    assert [each.id for each in found.ranked[0].precedents] == ["R1"]


@pytest.mark.parametrize("text", ["", "12 10.00", "zzz", "the other"])
def test_words_that_say_nothing_are_told_so(text: str) -> None:
    found = INDEX.suggest(text)
    assert found.answer is Answer.INSUFFICIENT
    assert "made of" in found.reason


def test_what_would_separate_the_first_neighbours_is_asked() -> None:
    asked = INDEX.suggest("T-shirts").question
    assert dict(asked.alternatives) == {"610990": ("textile", "material"), "610910": ("cotton",)}
    assert asked.text == "Which holds for the goods: textile, material (610990); cotton (610910)?"
    assert INDEX.suggest("T-shirts of cotton").question.text == ""
    silent = Question((("610990", ("textile",)), ("610910", ())))
    assert silent.text == "Which holds for the goods: textile (610990); none of these (610910)?"
    assert INDEX.suggest("notebook computer").question.text == ""


def test_each_answer_names_what_the_index_had_learned_whatever_its_order() -> None:
    again = Index(dict(reversed(WORDING.items())), reversed(PRECEDENTS))
    assert INDEX.suggest("tee").version == again.version == INDEX.version
    assert Index(WORDING, PRECEDENTS[:1]).version != INDEX.version
    assert Index(WORDING | {"610990": "other"}, PRECEDENTS).version != INDEX.version


def test_what_is_measured_with_is_not_learned_nor_what_nearly_equals_it() -> None:
    decided = [*PRECEDENTS, Precedent("R3", "a computer, notebook", "84713000"), Precedent("R4", "crew neck tees", "610910")]
    assert [each.id for each in classification.learned(decided, kept_out=["notebook computer", "crew-neck tee shirt"])] == ["R2", "R4"]
    assert [each.id for each in classification.learned(decided, kept_out=["Crew neck tee"])] == ["R1", "R3"]


def test_no_declarant_fills_the_index_and_nothing_is_learned_twice() -> None:
    decided = [Precedent(f"D{place}", f"goods number {place % 4}", "847130", declarant="QZ1") for place in range(8)]
    assert len(classification.learned(decided)) == 4
    assert len(classification.learned(decided, most_of_one_declarant=3)) == 3


def test_accents_and_case_make_no_difference() -> None:
    assert INDEX.suggest("CÔTTON tée").ranked == INDEX.suggest("cotton tee").ranked


def test_zeros_that_fill_up_a_code_do_not_change_its_level() -> None:
    told = {"0100000000": "a", "0101000000": "b", "0101210000": "c", "0101210010": "d", "5001000000": "e", "500100": "f", "": "g"}
    assert list(classification.by_level(told)) == ["01", "0101", "010121", "0101210010", "500100"]


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "x"}', '{"text": "x", "code": "12"}', '{"text": "x", "code": "abcdef"}'])
def test_what_is_no_precedent_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(classification.UnreadablePrecedentError, match="line 2"):
        list(classification.read_precedents(["", line]))


@given(st.text(max_size=40), st.integers(1, 5))
def test_any_text_gets_an_answer_of_the_length_asked_for(text: str, limit: int) -> None:
    ranked = INDEX.suggest(text, limit=limit).ranked
    assert len(ranked) <= limit
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)


@pytest.mark.parametrize("text", ["", "code\n1", "description\n1", f"code,description\n010121,{'x' * 200_000}"])
def test_what_is_no_nomenclature_is_refused(text: str) -> None:
    with pytest.raises(classification.UnreadableWordingError):
        classification.read_wording(text.splitlines())
