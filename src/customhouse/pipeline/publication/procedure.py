"""Procedure: one customs procedure as somebody meets it who uses it: steps, taxes, documents and law, from the rules (TFA Art 1.1(a))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from customhouse.clearance import Act, Role, State
from customhouse.pipeline.country import CountryPackage

_ROUTE = (Act.ACCEPT, Act.ASSESS, Act.PAY, Act.RELEASE)
"""The acts of a declaration with which nothing is wrong and that nobody controls."""
_OF_PROCEDURE = 2
"""How many digits of a code are the procedure; those after them are the previous one."""


class UnknownProcedureError(LookupError):
    """The country knows no procedure of this code on the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An act on the way from the draft to release, whether trade does it or customs, and on which condition and law."""

    act: Act
    is_by_trade: bool
    condition: str
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Levied:
    """A tax of the regime, what becomes of it under the procedure, and by which law it is levied."""

    tax: str
    status: str
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure on a day; where it is not charged, no tax is levied and nothing is to be paid."""

    code: str
    description: str
    effect: str
    is_charged: bool
    steps: tuple[Step, ...]
    levied: tuple[Levied, ...]
    documents: tuple[str, ...]
    legal_bases: tuple[str, ...]


def procedures_of(country: CountryPackage, *, on: date) -> tuple[tuple[str, str], ...]:
    """The codes of the procedures of a day with what they are: those of the national list, else those to which the regime gives effects."""
    entries = country.lists.named("procedures")
    if entries:
        return tuple((each.code, each.description) for each in entries.entries(on=on))
    return tuple((code, each.description) for each in country.law.regime.procedures for code in each.codes)


def procedure_of(country: CountryPackage, code: str, *, on: date) -> Procedure:
    """The procedure of that code on a day; refuses with `UnknownProcedureError`."""
    known = dict(procedures_of(country, on=on))
    if code not in known:
        raise UnknownProcedureError(f"{code} is no procedure of {country.name['en']} on {on}: ask for one of {', '.join(known)}")
    effect = country.law.effect_of(code[:_OF_PROCEDURE], code[_OF_PROCEDURE:])
    is_charged = effect is None or effect.is_charged
    steps = tuple(each for each in _route() if is_charged or each.act is not Act.PAY)
    levied = tuple(_levied(country, code)) if is_charged else ()
    bases = [effect.legal_basis] if effect else []
    bases += [each.legal_basis for each in levied] + [each.legal_basis for each in steps]
    return Procedure(
        code=code,
        description=known[code],
        effect=effect.description if effect else "",
        is_charged=is_charged,
        steps=steps,
        levied=levied,
        documents=effect.documents if effect else (),
        legal_bases=tuple(dict.fromkeys(filter(None, bases))),
    )


def _route() -> Iterator[Step]:
    """The steps from a draft to release by the rows of the life-cycle; what trade lodges, a rule accepts."""
    state = State.DRAFT
    for act in _ROUTE:
        row = next(each for each in state.transitions if each.act is act)
        assert row.target is not None, f"{act} leads nowhere from {state}"
        is_lodged = act is Act.ACCEPT
        yield Step(
            act=Act.LODGE if is_lodged else act,
            is_by_trade=is_lodged or Role.TRADER in row.roles,
            condition=row.guard.value,
            legal_basis=row.legal_basis,
        )
        state = row.target


def _levied(country: CountryPackage, code: str) -> Iterator[Levied]:
    effect = country.law.effect_of(code[:_OF_PROCEDURE], code[_OF_PROCEDURE:])
    for tax in country.law.regime.taxes:
        if tax.is_levied(code[:_OF_PROCEDURE], ""):
            touched = effect is not None and any(effect.reaches(tax, kind) for kind in tax.kinds)
            status = effect.status.value if effect and touched else "due"
            yield Levied(tax=tax.description or tax.name, status=status, legal_basis=tax.legal_basis)
