"""Walk: the General Rules asked one after the other, until one code of at least six digits is left.

Rules 1 to 5 settle the heading and what follows the goods; Rule 6 then settles the subheading, level by level, only subheadings of the
same level being compared. A rule that plays no part is answered with the reason why: none is passed over in silence.
"""

from collections.abc import Iterable
from functools import reduce

import msgspec

from customhouse.saying import Refusal, saying
from customhouse.tariff.interpretation.general_rule import ORDER, GeneralRule
from customhouse.tariff.interpretation.step import Step

_HEADING, _SUBHEADING, _LONGEST = 4, 6, 10
_BRING_HEADINGS = (GeneralRule.RULE_1, GeneralRule.RULE_2A, GeneralRule.RULE_2B, GeneralRule.RULE_4)
_OF_THE_CONTAINER = (GeneralRule.RULE_5A, GeneralRule.RULE_5B)
_BY_LEGAL_TEXT = (GeneralRule.RULE_1, GeneralRule.RULE_6)


class WrongStepError(Refusal, ValueError):
    """The step does not follow from the walk so far; the message says what is to be mended."""


class Walk(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The classification of goods as it was reasoned, under one edition of the nomenclature."""

    goods: str
    edition: str
    steps: tuple[Step, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """The codes that are still in view, in numerical order; at Rule 6 those of the level compared last."""
        return reduce(_after, self.steps, ())

    @property
    def decided_code(self) -> str:
        """The code of six digits or more that the walk ends in; empty while it has not."""
        kept = self.kept
        return kept[0] if len(kept) == 1 and len(kept[0]) >= _SUBHEADING else ""

    @property
    def precedents(self) -> tuple[str, ...]:
        """All rulings and decisions cited, each once."""
        return tuple(dict.fromkeys(reference for step in self.steps for reference in step.precedents))


def next_rules(walk: Walk) -> tuple[GeneralRule, ...]:
    """The rules that are still to be answered, the next one first; Rule 6 stays until a subheading is reached, nothing once it is."""
    asked = {step.rule for step in walk.steps} - ({GeneralRule.RULE_6} if not walk.decided_code else set())
    return tuple(rule for rule in ORDER if rule not in asked)


def walked(walk: Walk, step: Step) -> Walk:
    """The walk one step further; refuses with `WrongStepError` a step out of order, without grounds, or that its rule does not allow."""
    _require_order(walk, step)
    _require_grounds(step)
    _require_codes(walk, step)
    _REQUIRE.get(step.rule, _require_nothing)(walk, step)
    return msgspec.structs.replace(walk, steps=(*walk.steps, step))


def walk_of(goods: str, edition: str, *, steps: Iterable[Step]) -> Walk:
    """The walk that the steps make, each held to the rules again: the way to replay a decision; refuses with `WrongStepError`."""
    return reduce(walked, steps, Walk(goods=goods, edition=edition))


def _after(kept: tuple[str, ...], step: Step) -> tuple[str, ...]:
    before = () if step.rule is GeneralRule.RULE_6 and step.applies else kept
    gone = {each.code for each in step.rejected}
    return tuple(sorted({*before, *(each.code for each in step.candidates)} - gone))


def _require_order(walk: Walk, step: Step) -> None:
    due = next_rules(walk)
    further = walk.decided_code and step.rule is GeneralRule.RULE_6 and len(walk.decided_code) < _LONGEST
    if further or (due and due[0] is step.rule):
        return
    if due:
        raise WrongStepError("Rule {rule} is not asked now: Rule {due} is next", rule=step.rule, due=due[0])
    raise WrongStepError("Rule {rule} is not asked now: the walk is at its end", rule=step.rule)


def _require_grounds(step: Step) -> None:
    if not step.answer.strip():
        raise WrongStepError("Rule {rule} needs an answer, also where it plays no part", rule=step.rule)
    unreasoned = [each.code for each in (*step.candidates, *step.rejected) if not each.reason.strip()]
    if unreasoned:
        raise WrongStepError("say why {unreasoned} came into view or was left out under Rule {rule}", unreasoned=unreasoned, rule=step.rule)
    if not step.applies and (step.candidates or step.rejected):
        raise WrongStepError("Rule {rule} is said to play no part, and yet brings or leaves out codes", rule=step.rule)
    if step.applies and not step.texts:
        raise WrongStepError("Rule {rule} is applied without a text to rest on: cite one", rule=step.rule)
    if step.applies and step.rule in _BY_LEGAL_TEXT and not any(each.kind.is_legal_text for each in step.texts):
        raise WrongStepError("Rule {rule} rests on the words of the nomenclature: cite a heading or a note", rule=step.rule)


def _require_codes(walk: Walk, step: Step) -> None:
    unknown = {each.code for each in step.rejected} - {*walk.kept, *(each.code for each in step.candidates)}
    if unknown:
        raise WrongStepError("{unknown} was not in view, and cannot be left out", unknown=sorted(unknown))
    for each in step.candidates:
        if not each.code.isascii() or not each.code.isdigit():
            raise WrongStepError("{code!r} is not a code of the nomenclature", code=each.code)
        if step.rule in _BRING_HEADINGS and len(each.code) != _HEADING:
            raise WrongStepError("{code} is not a heading of four digits, and up to Rule 4 only headings are compared", code=each.code)
    if step.candidates and step.rule not in (*_BRING_HEADINGS, GeneralRule.RULE_6):
        raise WrongStepError("Rule {rule} chooses among what is in view, and brings no code of its own", rule=step.rule)


def _require_choice(walk: Walk, step: Step) -> None:
    """Rule 3: asked only while several headings are left, and leaves at least one."""
    kept = _after(walk.kept, step)
    if len(walk.kept) < 2:  # noqa: PLR2004 - to choose, there are two at least
        if step.applies:
            raise WrongStepError(
                "Rule {rule} chooses between several headings, and {kept} is in view", rule=step.rule, kept=walk.kept or saying("none")
            )
    elif step.applies and not step.rejected:
        raise WrongStepError("Rule {rule} is applied, and yet leaves nothing out", rule=step.rule)
    elif not kept:
        raise WrongStepError("Rule {rule} leaves nothing in view", rule=step.rule)


def _require_last(walk: Walk, step: Step) -> None:
    """Rule 3(c): of the headings that are left, the last in numerical order, and no other."""
    _require_choice(walk, step)
    if walk.kept and _after(walk.kept, step) != walk.kept[-1:]:
        raise WrongStepError("of {kept} Rule 3(c) keeps the last, {last}", kept=walk.kept, last=walk.kept[-1])


def _require_akin(walk: Walk, step: Step) -> None:
    """Rule 4: only where nothing is in view, and then it must find one heading."""
    if walk.kept and step.applies:
        raise WrongStepError("Rule 4 is for goods that no heading covers, and {kept} does", kept=walk.kept[0])
    if len(_after(walk.kept, step)) != 1:
        raise WrongStepError("no heading is in view: Rule 4 names the one of the goods most akin")


def _require_no_choice(_: Walk, step: Step) -> None:
    if step.rejected:
        raise WrongStepError("Rule {rule} is about the container, and leaves no heading out", rule=step.rule)


def _require_level(walk: Walk, step: Step) -> None:
    """Rule 6: the subheadings compared are of one level, under the code that is kept, and one of them is left."""
    if not step.applies:
        raise WrongStepError("Rule 6 always applies: name the subheadings of the next level")
    codes, above = [each.code for each in step.candidates], walk.kept[0]
    if len({len(code) for code in codes}) != 1:
        raise WrongStepError("only subheadings of the same level can be compared: name those of one level")
    strange = [code for code in codes if not code.startswith(above) or not len(above) < len(code) <= _LONGEST]
    if strange:
        raise WrongStepError("{strange} does not lie below {above}", strange=strange, above=above)
    if len(_after(walk.kept, step)) != 1:
        raise WrongStepError("one subheading of the level is kept: say why the others are left out")


def _require_nothing(_: Walk, __: Step) -> None:
    """Rules 1 and 2 bring headings into view and may leave some out again."""


_REQUIRE = {
    GeneralRule.RULE_3A: _require_choice,
    GeneralRule.RULE_3B: _require_choice,
    GeneralRule.RULE_3C: _require_last,
    GeneralRule.RULE_4: _require_akin,
    GeneralRule.RULE_6: _require_level,
    **dict.fromkeys(_OF_THE_CONTAINER, _require_no_choice),
}
