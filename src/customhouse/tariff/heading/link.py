"""Link: a line of the schedule that points to a heading beside it, in a footnote or in its special column, resolved or refused.

What is resolved becomes a measure. A heading that adds to the duty of the line applies by itself; one that takes its place, or that
lets a program have another rate, applies where the declarant claims it, by declaring its digits as an additional code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from customhouse.kernel import Validity
from customhouse.tariff.heading.provision import Provision, numbers_in
from customhouse.tariff.heading.rule import HeadingRule, rule_for
from customhouse.tariff.hts import COLUMN_2, DUTY, ScheduleLine, program_area, read_program_rates
from customhouse.tariff.measure import Measure
from customhouse.tariff.rate import Rate

EXCEPTED = "EXCEPTED"
_SEE = re.compile(r"\bsee\b.{0,20}?9[89]\d{2}\.", re.IGNORECASE)
_RANGE = re.compile(r"9[89]\d{2}\.\d{2}(?:\.\d{2})?\s*(?:[-\u2013]|through)\s*9[89]\d{2}\.")
_PROVISIONS = ("98", "99")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a line points, in its own words, and the heading found there, or why none is."""

    line: ScheduleLine
    text: str
    heading: str = ""
    program: str = ""
    refusal: str = ""


def links(lines: Iterable[ScheduleLine], provisions: Mapping[str, Provision]) -> Iterator[Link]:
    """Every link from a line of goods to a heading of chapters 98 and 99; one for each heading named, one for a text that is refused."""
    for line in lines:
        if not line.number or line.number.startswith(_PROVISIONS):
            continue
        for note in line.footnotes:
            if _SEE.search(note):
                yield from _resolved(line, note, "", provisions)
        for each in read_program_rates(line.special) if _SEE.search(line.special) else ():
            if each.rate.refers_to and _SEE.search(each.rate.refers_to):
                for program in each.programs or ("",):
                    yield from _resolved(line, each.rate.refers_to, program, provisions)


def linked_measures(
    lines: Sequence[ScheduleLine], provisions: Mapping[str, Provision], *, rules: Sequence[HeadingRule]
) -> Iterator[Measure]:
    """The measures that the links make, those of headings on all goods, and the exceptions that can be claimed."""
    for link in links(lines, provisions):
        if not link.refusal:
            found = _measure(link, provisions[link.heading], rule_for(link.heading, rules))
            if found:
                yield found
    for provision in provisions.values():
        rule = rule_for(provision.heading, rules)
        if rule and not provision.refusal and (provision.is_exception or rule.is_on_all_goods):
            yield _on_all_goods(provision, rule)


def _resolved(line: ScheduleLine, text: str, program: str, provisions: Mapping[str, Provision]) -> Iterator[Link]:
    if _RANGE.search(text):
        yield Link(line=line, text=text, program=program, refusal="which heading of the range applies is not said")
        return
    named = numbers_in(text)
    for heading in named:
        provision = provisions.get(heading)
        refusal = "the export does not hold the heading" if provision is None else provision.refusal
        if program and provision:
            rate = _program_rate(provision, program)
            refusal = "the heading prints no rate that can be computed for the program" if rate is None or rate.unreadable else ""
        yield Link(line=line, text=text, heading=heading, program=program, refusal=refusal)


def _program_rate(provision: Provision, program: str) -> Rate | None:
    special = provision.line.special
    for each in read_program_rates(special) if special.strip() else ():
        if program in each.programs or not each.programs:
            return each.rate
    return None if provision.refusal or provision.adds else provision.rate


def _measure(link: Link, provision: Provision, rule: HeadingRule | None) -> Measure | None:
    code, heading = link.line.number.replace(".", ""), provision.line.number
    law = f"HTSUS {heading}, to which {link.line.number} points"
    name = f"{heading}/{link.line.number}"
    if link.program:
        rate = _program_rate(provision, link.program)
        assert rate is not None, "a link to a heading without a rate for the program is refused"
        area = program_area(link.program)
        return Measure(
            id=f"{name}/{link.program}",
            commodity=code,
            kind=DUTY,
            rate=rate,
            area=area,
            preferences=(link.program,),
            additional_code=link.heading,
            legal_basis=law,
            validity=provision.validity,
        )
    if not provision.adds:
        return Measure(
            id=name,
            commodity=code,
            kind=rule.kind if rule else DUTY,
            rate=_not_said(provision.rate) if rule and rule.kind != DUTY else provision.rate,
            excludes=(COLUMN_2,),
            additional_code=link.heading,
            legal_basis=law,
            validity=_validity(provision, rule),
        )
    if rule is None or provision.is_exception:
        return None
    return Measure(
        id=name,
        commodity=code,
        kind=rule.kind,
        rate=provision.rate,
        area=rule.area,
        excludes=rule.excludes,
        displaced_by=provision.gives_way_to,
        legal_basis=law,
        validity=_validity(provision, rule),
    )


def _not_said(rate: Rate) -> Rate:
    """The plain rate of an additional duty: undetermined, since its heading does not say whether the duty of the line is in it."""
    return Rate(rate.text, unreadable="whether it holds the duty of the line or comes on top is not said", refers_to=rate.text)


def _on_all_goods(provision: Provision, rule: HeadingRule) -> Measure:
    excepted = provision.is_exception
    return Measure(
        id=provision.line.number,
        commodity="",
        kind=EXCEPTED if excepted else rule.kind,
        rate=provision.rate,
        area=rule.area,
        excludes=rule.excludes,
        additional_code=provision.heading if excepted else "",
        displaced_by=() if excepted else provision.gives_way_to,
        legal_basis=f"HTSUS {provision.line.number}",
        validity=_validity(provision, rule),
    )


def _validity(provision: Provision, rule: HeadingRule | None) -> Validity:
    """The days that the heading itself names, else those of the rule."""
    own = provision.validity
    return own if rule is None or own.start or own.end else rule.validity
