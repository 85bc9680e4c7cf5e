"""Lead rule: what a review of events looks for, as data with a version, like an indicator.

A rule says which events it looks at, as one SQL query over the event store. Each row is an event by its place in the journal
(`transaction`, `id`, `declaration_id`), with the `actor`, the `stratum` within which chance alone would deal such events out among actors
(a text that begins with the code of the office, or is empty for all offices together), and a `mark`: null for an ordinary event, else what
is remarkable about it, or the other one of a pair. `$start` and `$end` are the days of the period, the end not included. Beside `event` a
rule may read `act`, the events with the office and the declarant of their declaration, and `opening`, every time that an office was open.
"""

import tomllib

import msgspec


class UnreadableLeadRulesError(ValueError):
    """A file of lead rules does not hold together."""


class LeadRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to look for; `marks_declarant` where the mark is the declarant of a pair; fewer than `minimum` marked events are no lead.

    `innocent` is what else may explain it: a reviewer reads that before anything else.
    """

    code: str
    version: int = 1
    name: str
    narrative: str
    marks_declarant: bool = False
    minimum: int
    innocent: tuple[str, ...]
    events: str


class LeadRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of an administration. `false_leads` bounds the probability that a rule gives a lead where chance alone is at work.

    `reply_days` is how long an officer has to reply, `keep_unfounded_days` how long a lead is kept that was not founded.
    """

    name: str
    false_leads: float
    reply_days: int
    keep_unfounded_days: int
    rules: tuple[LeadRule, ...]

    def named(self, code: str) -> LeadRule | None:
        """The rule of that code."""
        return next((each for each in self.rules if each.code == code), None)


def read_lead_rules(text: str) -> LeadRules:
    """The rules that a TOML text states; refuses with `UnreadableLeadRulesError`."""
    try:
        found = msgspec.convert(tomllib.loads(text), LeadRules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableLeadRulesError(f"the lead rules cannot be read: {refusal}") from refusal
    codes = [each.code for each in found.rules]
    faults = [f"{code}: the code stands twice" for code in sorted({each for each in codes if codes.count(each) > 1})]
    faults += [f"{each.code}: say what innocent reasons there may be" for each in found.rules if not each.innocent]
    if not 0 < found.false_leads < 1:
        faults.append("the bound of false leads is a probability between 0 and 1")
    if faults:
        raise UnreadableLeadRulesError("\n".join(faults))
    return found
