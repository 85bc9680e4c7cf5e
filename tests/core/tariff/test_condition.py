from decimal import Decimal

import pytest

from customhouse.tariff import Action
from customhouse.tariff.condition import Evidence, UnreadableConditionError, outcome, read_conditions


def decided(text: str, *documents: str, **quantities: str) -> tuple[Action, str | None]:
    evidence = Evidence(frozenset(documents), {name: Decimal(value) for name, value in quantities.items()})
    result = outcome(read_conditions(text), evidence)
    return result.action, result.rate.text if result.rate else None


LICENCE = "B:C644=apply;B:Y929=apply;B:-=refuse"


def test_one_of_the_documents_of_a_code_is_enough() -> None:
    assert decided(LICENCE, "Y929") == (Action.APPLY, None)
    assert decided(LICENCE, "N935") == (Action.REFUSE, None)


def test_documents_of_different_codes_are_all_needed() -> None:
    both = f"{LICENCE};C:C085=apply;C:-=refuse"
    assert decided(both, "C644") == (Action.REFUSE, None)
    assert decided(both, "C644", "C085") == (Action.APPLY, None)


def test_one_document_listed_under_two_codes_satisfies_both() -> None:
    assert decided("B:C644=apply;B:-=refuse;C:C644=apply;C:-=refuse", "C644") == (Action.APPLY, None)


def test_the_first_satisfied_line_gives_its_rate() -> None:
    undertaking = "A:D008=apply 4.5 %;A:-=apply 20.0 %"
    assert decided(undertaking, "D008") == (Action.APPLY, "4.5 %")
    assert decided(undertaking) == (Action.APPLY, "20.0 %")


def test_a_quantity_is_compared_and_one_not_declared_satisfies_nothing() -> None:
    small = "E:KGM<=1000=apply;E:-=skip"
    assert decided(small, KGM="1000") == (Action.APPLY, None)
    assert decided(small, KGM="1000.001") == (Action.SKIP, None)
    assert decided(small) == (Action.SKIP, None)


def test_a_code_without_a_satisfied_line_leaves_the_measure_out() -> None:
    assert decided("B:C644=apply") == (Action.SKIP, None)
    assert decided("") == (Action.APPLY, None)


@pytest.mark.parametrize("text", ["B=apply", "B:C644=perhaps", "B:C644=refuse 5 %", "b:C644=apply", "B:what?=apply", "B:KGM=<5=apply"])
def test_what_is_not_in_the_form_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnreadableConditionError):
        read_conditions(text)
