import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import interpretation
from customhouse.tariff.interpretation import Candidate, Citation, GeneralRule, SourceKind, Step, Walk, WrongStepError, walk_of, walked

RULE_1, RULE_2A, RULE_2B, RULE_3A, RULE_3B, RULE_3C, RULE_4, RULE_5A, RULE_5B, RULE_6 = GeneralRule
HEADING = (Citation(SourceKind.HEADING, "terms of the heading"),)
GOODS, EDITION = "a doll with a music box in its stand", "HS 2022"


def codes(*named: str) -> tuple[Candidate, ...]:
    return tuple(Candidate(code, f"it is {code}") for code in named)


def step(rule: GeneralRule, **said: object) -> Step:
    return Step(rule=rule, applies=True, answer="yes", texts=HEADING, **said)


def none(rule: GeneralRule) -> Step:
    return Step(rule=rule, applies=False, answer="not so here")


def after(*steps: Step) -> Walk:
    return walk_of(GOODS, EDITION, steps=steps)


OPENING = (step(RULE_1, candidates=codes("9503", "9208")), none(RULE_2A), none(RULE_2B))
BY_CHARACTER = (*OPENING, none(RULE_3A), step(RULE_3B, rejected=codes("9208"), precedents=("QZ-1",)), none(RULE_3C), none(RULE_4))
WHOLE = (*BY_CHARACTER, none(RULE_5A), none(RULE_5B), step(RULE_6, candidates=codes("950300")))


def test_composite_goods_are_walked_to_the_heading_of_their_essential_character_and_to_its_subheading() -> None:
    walk = after(*WHOLE)
    assert (walk.decided_code, walk.kept, walk.precedents) == ("950300", ("950300",), ("QZ-1",))
    assert interpretation.next_rules(walk) == ()


def test_a_walk_is_replayed_from_what_is_stored_of_it() -> None:
    walk = after(*WHOLE)
    stored = msgspec.json.decode(msgspec.json.encode(walk), type=Walk)
    assert walk_of(stored.goods, stored.edition, steps=stored.steps) == walk


def test_a_walk_is_read_aloud_with_each_rule_its_texts_and_what_was_left_out() -> None:
    told = interpretation.read_aloud(after(*WHOLE))
    assert len(told) == len(WHOLE) + 2
    assert "Left out: 9208, because it is 9208. Relied on: terms of the heading (heading). Precedents: QZ-1." in told[5]
    assert told[2].endswith("not so here. The rule plays no part.")
    assert told[-1] == "The goods are classified in 950300."
    assert interpretation.read_aloud(after())[-1] == "The classification is not finished."


@given(st.integers(0, len(WHOLE) - 1), st.sampled_from(GeneralRule))
def test_no_rule_can_be_passed_over(done: int, asked: GeneralRule) -> None:
    so_far = after(*WHOLE[:done])
    due = interpretation.next_rules(so_far)[0]
    assert due is WHOLE[done].rule
    if asked is not due:
        with pytest.raises(WrongStepError, match="is not asked now"):
            walked(so_far, none(asked))


@pytest.mark.parametrize(
    ("before", "wrong", "why"),
    [
        ((), Step(rule=RULE_1, applies=True, answer=" ", texts=HEADING), "needs an answer"),
        ((), Step(rule=RULE_1, applies=True, answer="a", candidates=(Candidate("9503", ""),), texts=HEADING), "say why 9503"),
        ((), Step(rule=RULE_1, applies=False, answer="a", candidates=codes("9503")), "plays? no part"),
        ((), Step(rule=RULE_1, applies=True, answer="a", candidates=codes("9503")), "without a text"),
        ((), Step(rule=RULE_1, applies=True, answer="a", texts=(Citation(SourceKind.EXPLANATORY_NOTE, "EN 95.03"),)), "heading or a note"),
        ((), step(RULE_1, candidates=codes("95O3")), "is not a code"),
        ((), step(RULE_1, candidates=codes("950300")), "only headings are compared"),
        (OPENING[:1], step(RULE_2A, rejected=codes("1234")), "was not in view"),
        (OPENING, step(RULE_3A, candidates=codes("9505")), "brings no code"),
        (OPENING, step(RULE_3A), "leaves nothing out"),
        (OPENING, step(RULE_3A, rejected=codes("9503", "9208")), "leaves nothing in view"),
        ((*OPENING, none(RULE_3A), none(RULE_3B)), none(RULE_3C), "keeps the last, 9503"),
        ((*OPENING, none(RULE_3A), none(RULE_3B)), step(RULE_3C, rejected=codes("9503")), "keeps the last, 9503"),
        (BY_CHARACTER[:5], step(RULE_3C, rejected=codes("9503")), "chooses between several"),
        (BY_CHARACTER[:6], step(RULE_4, candidates=codes("9505")), "no heading covers"),
        (BY_CHARACTER, step(RULE_5A, rejected=codes("9503")), "about the container"),
        (WHOLE[:9], none(RULE_6), "always applies"),
        (WHOLE[:9], step(RULE_6, candidates=codes("95030", "950301")), "the same level"),
        (WHOLE[:9], step(RULE_6, candidates=codes("950400")), "does not lie below"),
        (WHOLE[:9], step(RULE_6, candidates=codes("950300", "950301")), "one subheading"),
        (WHOLE, none(RULE_1), "at its end"),
    ],
)
def test_a_step_that_its_rule_does_not_allow_is_refused_with_what_is_to_be_mended(before: tuple[Step, ...], wrong: Step, why: str) -> None:
    with pytest.raises(WrongStepError, match=why):
        walked(after(*before), wrong)


def test_goods_that_no_heading_covers_go_with_those_most_akin() -> None:
    before = [step(RULE_1), *(none(rule) for rule in (RULE_2A, RULE_2B, RULE_3A, RULE_3B, RULE_3C))]
    with pytest.raises(WrongStepError, match="most akin"):
        walked(after(*before), none(RULE_4))
    assert after(*before, step(RULE_4, candidates=codes("9503"))).kept == ("9503",)


def test_equal_claims_are_settled_by_the_last_heading() -> None:
    walk = after(*OPENING, none(RULE_3A), none(RULE_3B), step(RULE_3C, rejected=codes("9208")))
    assert walk.kept == ("9503",)


def test_rule_six_goes_level_by_level_down_to_national_lines() -> None:
    first = step(RULE_6, candidates=codes("95030", "95031"), rejected=codes("95031"))
    walk = after(*WHOLE[:9], first)
    assert (walk.decided_code, interpretation.next_rules(walk)) == ("", (RULE_6,))
    walk = walked(walk, step(RULE_6, candidates=codes("950300")))
    assert walked(walk, step(RULE_6, candidates=codes("95030021"))).decided_code == "95030021"


def test_legal_text_weighs_more_than_what_helps_to_read_it() -> None:
    kinds = list(SourceKind)
    assert [kind.is_legal_text for kind in kinds] == sorted((kind.is_legal_text for kind in kinds), reverse=True)
