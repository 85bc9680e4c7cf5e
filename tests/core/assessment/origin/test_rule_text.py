import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.assessment.origin import rule
from customhouse.assessment.origin.hs_range import HsRange
from customhouse.assessment.origin.rule_text import UnreadableRuleError, parse, render


@st.composite
def ranges(draw: st.DrawFn) -> HsRange:
    level = draw(st.sampled_from([2, 4, 6]))
    first, last = sorted(draw(st.lists(st.integers(0, 10**level - 1), min_size=2, max_size=2)))
    return HsRange(f"{first:0{level}}", f"{last:0{level}}")


CODES = st.lists(ranges(), min_size=1, max_size=3).map(tuple)
SOME_CODES = st.one_of(st.just(()), CODES)
PERCENT = st.decimals(0, 100, places=2)
CRITERIA = st.one_of(
    st.builds(rule.WhollyObtained, st.lists(st.sampled_from(rule.Category), max_size=3).map(tuple)),
    st.builds(rule.MaterialsWhollyObtained, CODES),
    st.just(rule.ExclusivelyOriginating()),
    st.just(rule.AnyHeading()),
    st.builds(rule.ChangeOfTariff, st.sampled_from(rule.Level), SOME_CODES),
    st.builds(rule.NotFrom, CODES),
    st.builds(rule.ValueContent, PERCENT, st.sampled_from([each for each in rule.Method if each is not rule.Method.FOCUSED])),
    st.builds(rule.ValueContent, PERCENT, st.just(rule.Method.FOCUSED), CODES),
    st.builds(rule.MaxNonOriginating, PERCENT, st.sampled_from(rule.Price), SOME_CODES),
    st.builds(rule.MaxWeight, PERCENT, SOME_CODES),
    st.builds(rule.Process, st.text()),
    st.builds(rule.Statement, st.text()),
)
RULES = st.recursive(
    CRITERIA,
    lambda rules: st.one_of(*(st.builds(kind, st.lists(rules, min_size=2, max_size=3).map(tuple)) for kind in (rule.AllOf, rule.AnyOf))),
    max_leaves=8,
)


@given(RULES)
def test_a_rule_read_from_its_text_is_the_rule(written: rule.Rule) -> None:
    assert parse(render(written)) == written


def test_an_officer_may_write_the_words_that_agreements_use() -> None:
    assert render(parse('cth except from headings 72.06 or (RVC 40 and process "spun")')) == (
        'CTH except 72.06 or RVC 40 build-down and process "spun"'
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CTH CTH",
        "CTH except",
        "CTH except 7",
        "RVC",
        "RVC 101",
        "(CTH",
        "CTH or",
        "process spun",
        "WO plants",
        "CC except 72-71.01",
        "#",
        "not from 99-01",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(UnreadableRuleError):
        parse(text)


def test_brackets_without_end_are_refused_and_do_no_harm() -> None:
    with pytest.raises(UnreadableRuleError):
        parse("(" * 100_000)
