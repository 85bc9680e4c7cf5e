"""Step: what was answered under one General Rule: what came into view, what was left out, by which texts."""

import msgspec

from customhouse.tariff.interpretation.general_rule import RULES, GeneralRule
from customhouse.tariff.interpretation.source import Citation


class Candidate(msgspec.Struct, frozen=True):
    """A heading or subheading, and why it came into view or was left out."""

    code: str
    reason: str


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A rule as it was answered.

    `applies` says whether the rule has a part in this decision; where it has none, `answer` says why not. `candidates` come into view by
    this step, `rejected` go out of it. `precedents` are the references of rulings and decisions on like goods.
    """

    rule: GeneralRule
    applies: bool
    answer: str
    candidates: tuple[Candidate, ...] = ()
    rejected: tuple[Candidate, ...] = ()
    texts: tuple[Citation, ...] = ()
    precedents: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """What the rule asks."""
        return RULES[self.rule]
