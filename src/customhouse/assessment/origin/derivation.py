"""Derivation: the tree of reasons that an officer reads aloud: each rule with its verdict, its sentences and its figures."""

import decimal
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.origin.verdict import Verdict

SENTENCES = {
    "one_of": "one of these is enough",
    "all_of": "all of these are needed",
    "no_rule": "the agreement has no rule for {code}",
    "edition": "the codes are of HS {given}, the rules of HS {wanted}: correlate the codes first",
    "not_party": "{territory} is no party to the agreement",
    "no_territory": "the territory of production is not stated",
    "not_in_force": "the agreement is not in force on {day}",
    "shown": "{name}: shown by {evidence}",
    "no_evidence": "{name}: claimed, the evidence is missing",
    "not_claimed": "{name}: not claimed",
    "category": "{name} is not among the categories of the rule",
    "all_change": "every non-originating material changes as the rule asks",
    "none_from": "no non-originating material is of the codes",
    "fails": "{material} of {code} fails",
    "may_fail": "{material} may fail: its code, its origin or the proof of its origin is missing",
    "tolerated": "tolerated: {share} % <= {limit} % of the {of}",
    "not_tolerated": "not tolerated: {share} % > {limit} % of the {of}",
    "tolerance_unknown": "whether the tolerance of {limit} % of the {of} covers it cannot be told: a value or an origin is missing",
    "share": "{what} {share} % {sign} {limit} %: {price} {amount}, {part} {value}",
    "share_between": "{what} lies between {low} % and {high} %, the limit is {limit} %: status or values of materials are missing",
    "share_unknown": "{what}: status or values of materials are missing, the limit is {limit} %",
    "too_much": "{value} too much",
    "no_price": "{what}: {price} is not stated",
    "originating": "{material} originates: {why}",
    "not_originating": "{material} does not originate",
    "status_unknown": "{material}: its origin or the proof of it is missing",
    "all_originate": "every material originates",
    "any_heading": "materials of any heading may be used",
    "said_yes": "the maker states that it is met",
    "said_no": "the maker states that it is not met",
    "not_said": "the maker has not stated whether it is met",
    "sufficient": "more was done than the operations that never suffice",
    "insufficient": "only operations that never suffice: {operations}",
    "operations_unknown": "what was done to the materials is not stated",
    "direct": "sent directly",
    "via_shown": "by way of {via}, unaltered: {evidence}",
    "via_open": "by way of {via}: show one of {evidence}",
    "altered": "worked on under way",
    "transport_unknown": "how the goods were sent is not stated",
    "no_drawback": "no drawback of duty on non-originating materials",
    "drawback": "duty on non-originating materials is drawn back, which the agreement does not allow",
    "drawback_unknown": "whether duty on materials is drawn back is not stated",
    "set": "components that do not originate: {share} % {sign} {limit} % of the set",
    "set_unknown": "the share of components that do not originate cannot be told",
    "abroad": "added outside the territory: {share} % {sign} {limit} % of the ex-works price",
    "abroad_unknown": "the share added outside the territory cannot be told: the ex-works price is not stated",
}


class Said(Struct, frozen=True):
    """One sentence of `SENTENCES` with its figures."""

    code: str
    params: dict[str, str] = {}

    def __str__(self) -> str:
        """In English."""
        return SENTENCES[self.code].format_map(self.params)


class Node(Struct, frozen=True, kw_only=True):
    """One rule of the tree, what became of it and why; `margin` is in percentage points, positive where there is room."""

    rule: str
    verdict: Verdict
    said: tuple[Said, ...] = ()
    margin: Decimal | None = None
    parts: tuple["Node", ...] = ()

    def reason(self) -> str:
        """Its sentences, joined."""
        return "; ".join(str(each) for each in self.said)

    def lines(self, depth: int = 0) -> Iterator[tuple[int, "Node"]]:
        """The nodes in the order in which they are read aloud, each with its depth."""
        yield depth, self
        for each in self.parts:
            yield from each.lines(depth + 1)


def said(sentence: str, /, **params: object) -> Said:
    """A sentence with its figures in text."""
    return Said(sentence, {name: f"{each:f}" if isinstance(each, Decimal) else str(each) for name, each in params.items()})


def shown(percent: Decimal, *, up: bool) -> str:
    """A percentage to two places and at least one, rounded away from the side that would flatter it."""
    rounded = percent.quantize(Decimal("0.01"), rounding=decimal.ROUND_CEILING if up else decimal.ROUND_FLOOR)
    text = f"{rounded:f}"
    return text.removesuffix("0")


def room(percent: Decimal) -> Decimal:
    """A margin to two places, rounded down."""
    return percent.quantize(Decimal("0.01"), rounding=decimal.ROUND_FLOOR)
