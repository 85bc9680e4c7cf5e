from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import Action
from customhouse.tariff.condition import (
    Comparison,
    Evidence,
    UnreadableConditionError,
    documents_wanted,
    outcome,
    read_conditions,
)


def decided(text: str, *documents: str, **quantities: str) -> tuple[Action, str | None]:
    evidence = Evidence(frozenset(documents), {name: Decimal(value) for name, value in quantities.items()}.get)
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


def test_a_quantity_is_compared_with_a_number() -> None:
    small = "E:KGM<=1000=apply;E:-=skip"
    assert decided(small, KGM="1000") == (Action.APPLY, None)
    assert decided(small, KGM="1000.001") == (Action.SKIP, None)


def test_a_quantity_that_is_not_declared_leaves_the_conditions_unknown() -> None:
    conditions = read_conditions("E:C669=apply;E:KGM<=20=apply;E:-=refuse")
    assert "the quantity KGM" in outcome(conditions, Evidence(frozenset(), {}.get)).unknown
    assert outcome(conditions, Evidence({"C669"}, {}.get)).unknown == ""


def test_what_decides_whatever_the_quantity_is_not_unknown() -> None:
    assert outcome(read_conditions("E:KGM<=20=apply;E:C669=apply;E:-=refuse"), Evidence({"C669"}, {}.get)).unknown == ""
    assert outcome(read_conditions("E:KGM<=20=apply;B:-=refuse"), Evidence(frozenset(), {}.get)).action is Action.REFUSE


def test_a_price_for_so_many_units_is_compared_in_the_currency_of_the_country() -> None:
    entry_price = read_conditions("V:value/100 KGM>=52.6 EUR=apply 14.4 %;V:-=apply 14.4 % + 29.8 EUR / 100 KGM")
    quantities = {"value": Decimal("52.60"), "KGM": Decimal(100)}
    at_par, dearer = {"EUR": Decimal(1)}, {"EUR": Decimal("1.01")}
    assert str(outcome(entry_price, Evidence(frozenset(), quantities.get, at_par)).rate) == "14.4 %"
    assert str(outcome(entry_price, Evidence(frozenset(), quantities.get, dearer)).rate) == "14.4 % + 29.8 EUR / 100 KGM"
    assert "EUR" in outcome(entry_price, Evidence(frozenset(), quantities.get)).unknown


def test_a_ratio_to_nothing_is_unknown_and_divides_by_nothing() -> None:
    ratio = read_conditions("R:KGM/supplementary>=160=apply;R:-=refuse")
    quantities = {"KGM": Decimal(320), "supplementary": Decimal(2)}
    assert outcome(ratio, Evidence(frozenset(), quantities.get)).action is Action.APPLY
    assert outcome(ratio, Evidence(frozenset(), {**quantities, "supplementary": Decimal(0)}.get)).unknown


@given(
    st.builds(
        Comparison,
        st.sampled_from(["KGM", "value", "NAR"]),
        st.sampled_from(["<", "<=", ">", ">="]),
        st.decimals(0, 10**6, places=3),
        per=st.sampled_from(["", "KGM#E"]),
        currency=st.sampled_from(["", "EUR"]),
    )
)
def test_a_comparison_reads_back_as_it_is_written(comparison: Comparison) -> None:
    assert read_conditions(f"E:{comparison}=apply")[0].comparison == comparison


def test_the_documents_wanted_are_those_that_let_a_measure_apply() -> None:
    conditions = read_conditions(f"{LICENCE};C:C085=apply;C:-=refuse;Y:C644=apply;Y:-=skip")
    assert documents_wanted(conditions, Evidence(frozenset(), {}.get)) == ("C644", "C085")
    assert documents_wanted(conditions, Evidence({"C644", "C085"}, {}.get)) == ()


def test_a_code_without_a_satisfied_line_leaves_the_measure_out() -> None:
    assert decided("B:C644=apply") == (Action.SKIP, None)
    assert decided("") == (Action.APPLY, None)


@pytest.mark.parametrize("text", ["B=apply", "B:C644=perhaps", "B:C644=refuse 5 %", "b:C644=apply", "B:what?=apply", "B:KGM=<5=apply"])
def test_what_is_not_in_the_form_is_refused_by_name(text: str) -> None:
    with pytest.raises(UnreadableConditionError):
        read_conditions(text)
