from enum import StrEnum

import pytest

from customhouse.saying import Refusal, saying


class State(StrEnum):
    RELEASED = "released"
    SEIZED = "seized"


class NotNowError(Refusal, PermissionError):
    """Not now."""


FRENCH = {
    "{act} is not possible while the goods are {state}": "{act} : impossible, marchandises « {state} »",
    "released": "mainlevée",
    "seized": "saisies",
    "no word": "aucun mot",
    "it stands: {why}": "raison : {why}",
}


def french(text: str) -> str:
    return FRENCH.get(text, text)


def test_a_refusal_reads_in_english_and_is_told_in_the_language_of_the_words_given() -> None:
    with pytest.raises(PermissionError, match=r"^pay is not possible while the goods are released$") as caught:
        raise NotNowError("{act} is not possible while the goods are {state}", act="pay", state=State.RELEASED)
    assert isinstance(caught.value, Refusal)
    assert caught.value.told(french) == "pay : impossible, marchandises « mainlevée »"


def test_a_text_that_somebody_typed_is_never_taken_for_a_word() -> None:
    assert saying("{act} is not possible while the goods are {state}", act="x", state="seized").told(french).endswith("« seized »")


def test_what_stands_in_a_row_is_told_one_by_one() -> None:
    assert saying("{states}", states=(*State, "x"), between=" + ").told(french) == "mainlevée + saisies + x"
    assert str(saying("{numbers}", numbers=[1, 2])) == "1, 2"


def test_a_refusal_for_another_refusal_is_told_whole() -> None:
    inner = Refusal("{act} is not possible while the goods are {state}", act="pay", state=State.SEIZED)
    assert Refusal("it stands: {why}", why=inner).told(french) == "raison : pay : impossible, marchandises « saisies »"
    assert str(Refusal("it stands: {why}", why=ValueError("no word"))) == "it stands: no word"


def test_a_sentence_that_nothing_fills_may_hold_braces() -> None:
    assert Refusal("write {code}").told(french) == "write {code}"
    assert saying("no word").told(french) == "aucun mot"
