"""Chain: the methods of the Agreement one after the other, each left only with a reason, to a value that names its article.

The General Introductory Commentary sets the order: Articles 1, 2, 3, 5, 6, 7, where Article 4 lets the importer ask for 6 before 5.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from customhouse.assessment.law import Law
from customhouse.assessment.valuation.case import Ground, ItemCase
from customhouse.assessment.valuation.comparable import comparable_value
from customhouse.assessment.valuation.computed import computed_value
from customhouse.assessment.valuation.deductive import deductive_value
from customhouse.assessment.valuation.evidence import EvidenceKind
from customhouse.assessment.valuation.fall_back import fall_back_value
from customhouse.assessment.valuation.sale import transaction_value
from customhouse.assessment.valuation.step import Accepted, OpenQuestionError, RuledOut, RuledOutError, Undetermined
from customhouse.assessment.valuation.value_line import Terms, UnpublishedRateError
from customhouse.assessment.valuation_rules import ValuationMethod

_IN_WORDS = {"reason", "reference", "shows", "note", "notes", "entries"}


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """The steps taken: those ruled out, each with its reason, and the one at which the chain stands.

    `amount` is rounded by the rule of the country, and nothing where a question is open or no method is left.
    """

    order: tuple[ValuationMethod, ...]
    ruled_out: tuple[RuledOut, ...]
    end: Accepted | Undetermined | None
    currency: str
    on: date
    basis: str
    amount: Decimal | None

    def __post_init__(self) -> None:
        """Refuse a chain that skips a method, or that has a value without the step that accepts it."""
        taken = [each.method for each in self.ruled_out] + ([self.end.method] if self.end else [])
        if taken != list(self.order[: len(taken)]) or (self.end is None and len(taken) < len(self.order)):
            raise ValueError("a method is tried only once those before it were ruled out")
        if (self.amount is not None) != isinstance(self.end, Accepted):
            raise ValueError("a value stands only where a method is accepted")

    @property
    def article(self) -> str:
        """The article that the value is determined by, or nothing."""
        return self.end.method.article if isinstance(self.end, Accepted) else ""

    @property
    def reason(self) -> str:
        """Why there is no value, or nothing."""
        if isinstance(self.end, Undetermined):
            return f"{self.end.method.article}: {self.end.reason}"
        return "no method of the Agreement is left" if self.end is None else ""

    def told(self) -> tuple[str, ...]:
        """The chain in sentences, in the order of its steps, for reading aloud (Article 16)."""
        said = [str(each) for each in self.ruled_out]
        if isinstance(self.end, Accepted):
            said += [f"The value is determined under {self.article}, on a {self.basis} basis:"]
            said += [f"{line};" for line in self.end.lines]
            said += [f"{each}." for each in self.end.notes]
            said += [f"customs value {self.amount:,f} {self.currency}."]
        else:
            said.append(f"The value is undetermined: {self.reason}.")
        return tuple(sentence[:1].upper() + sentence[1:] for sentence in said)

    def for_importer(self) -> "Chain":
        """The chain as the importer may read it: the entries of others are numbered and not named (Article 10)."""
        of_others = [shown.reference for step in self.ruled_out for shown in step.evidence if shown.kind is EvidenceKind.IMPORT_ENTRY]
        of_others += self.end.entries if isinstance(self.end, Accepted) else ()
        told = json.loads(msgspec.json.encode(self))
        names = {entry: f"comparable {number}" for number, entry in enumerate(dict.fromkeys(of_others), start=1)}
        return msgspec.convert(_renamed(told, names), Chain, strict=False)

    @property
    def explanation(self) -> str:
        """The chain in one paragraph."""
        return " ".join(self.told())


def _renamed(told: Any, names: Mapping[str, str], *, in_words: bool = False) -> Any:  # noqa: ANN401 - a document of any shape
    """A document with each name replaced where it stands in words, and never in an amount that happens to look like it."""
    match told:
        case str() if in_words and names:
            return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", lambda found: names[found.group()], told)
        case dict():
            return {key: _renamed(each, names, in_words=key in _IN_WORDS) for key, each in told.items()}
        case list():
            return [_renamed(each, names, in_words=in_words) for each in told]
        case _:
            return told


def value_of(case: ItemCase, law: Law, *, on: date) -> Chain:
    """The value of one item under the law of the day, with all that led to it."""
    terms = Terms(law.regime, law.exchange_rates.on(on, law.regime.currency), on)
    ruled_out: list[RuledOut] = []
    end: Accepted | Undetermined | None = None
    for method in case.order:
        step = _step(method, case, terms)
        if not isinstance(step, RuledOut):
            end = step
            break
        ruled_out.append(step)
    return Chain(
        order=case.order,
        ruled_out=tuple(ruled_out),
        end=end,
        currency=law.regime.currency,
        on=on,
        basis=law.regime.valuation.value,
        amount=law.regime.value_rounding.rule.of(end.exact) if isinstance(end, Accepted) else None,
    )


def _step(method: ValuationMethod, case: ItemCase, terms: Terms) -> Accepted | RuledOut | Undetermined:
    ground = case.ground(method)
    try:
        if ground is not None:
            return _left(ground, case)
        found = _BY[method](case, terms)
    except RuledOutError as refusal:
        return RuledOut(method=method, reason=str(refusal), evidence=refusal.evidence)
    except (OpenQuestionError, UnpublishedRateError) as refusal:
        return Undetermined(method=method, reason=str(refusal))
    return found if found.exact >= 0 else Undetermined(method=method, reason="what is taken out exceeds the rest")


def _left(ground: Ground, case: ItemCase) -> RuledOut:
    """The method as left on a stated ground; a declared price is left only by a final decision on a doubt (Decision 6.1)."""
    decided = any(each.kind is EvidenceKind.DOUBT_DECISION for each in ground.evidence)
    if ground.method is ValuationMethod.TRANSACTION and case.sale is not None and not decided:
        raise OpenQuestionError(
            "a price that was declared is left only by a condition of Article 1 not met, or by a final decision under Decision 6.1"
        )
    return RuledOut(method=ground.method, reason=ground.reason, evidence=ground.evidence)


def _transaction(case: ItemCase, terms: Terms) -> Accepted:
    if case.sale is None:
        raise OpenQuestionError("no sale is stated, and no ground why there is none")
    return transaction_value(case.sale, case.goods, adjustments=case.adjustments, terms=terms)


def _identical(case: ItemCase, terms: Terms) -> Accepted:
    if not case.identical:
        raise OpenQuestionError("no identical goods are stated, and no ground why there are none")
    return comparable_value(ValuationMethod.IDENTICAL, case.identical, goods=case.goods, terms=terms)


def _similar(case: ItemCase, terms: Terms) -> Accepted:
    if not case.similar:
        raise OpenQuestionError("no similar goods are stated, and no ground why there are none")
    return comparable_value(ValuationMethod.SIMILAR, case.similar, goods=case.goods, terms=terms)


def _deductive(case: ItemCase, terms: Terms) -> Accepted:
    if case.deductive is None:
        raise OpenQuestionError("no sales in the country are stated, and no ground why there are none")
    return deductive_value(case.deductive, case.goods, terms=terms)


def _computed(case: ItemCase, terms: Terms) -> Accepted:
    if case.computed is None:
        raise OpenQuestionError("no costs of production are stated, and no ground why there are none")
    return computed_value(case.computed, terms)


def _fall_back(case: ItemCase, terms: Terms) -> Accepted:
    if case.fall_back is None:
        raise OpenQuestionError("no method is read with flexibility")
    return fall_back_value(case.fall_back, case.goods, terms=terms)


_BY: dict[ValuationMethod, Callable[[ItemCase, Terms], Accepted]] = {
    ValuationMethod.TRANSACTION: _transaction,
    ValuationMethod.IDENTICAL: _identical,
    ValuationMethod.SIMILAR: _similar,
    ValuationMethod.DEDUCTIVE: _deductive,
    ValuationMethod.COMPUTED: _computed,
    ValuationMethod.FALL_BACK: _fall_back,
}
