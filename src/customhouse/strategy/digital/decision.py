"""Decision without a person: every act that a rule may do, counted from the code, and the legal basis that each must have (activity 5.4).

What decides by itself stands in three places: the acts of the life-cycle that the role `system` may do, the rules of the catalogue by
their layers, and the allotment of quotas. A decision without an entry in the register is a fault that is shown.
"""

import tomllib
from collections.abc import Iterable

import msgspec

from customhouse.clearance import Role, life_cycle
from customhouse.saying import Saying, saying

_ALLOTMENT = "allotment"


class UnreadableRegisterError(ValueError):
    """A register cannot be read, or does not hold together: the message says where."""


class LegalBasis(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On what a decision without a person rests, who looks at it, the ground on which personal data are used, and how long it is kept."""

    code: str
    title: str
    provision: str
    human_review: str
    data_ground: str
    retention_years: int
    signature: str = ""

    def faults(self) -> tuple[Saying, ...]:
        """Why it cannot be; with no time of retention it can, and lacks one."""
        return (saying("the time of retention is not negative"),) if self.retention_years < 0 else ()


class _Register(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    source: str
    decisions: tuple[LegalBasis, ...]


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """A decision of the code and its legal basis; nothing, and the words why, where it has none."""

    code: str
    module: str
    basis: LegalBasis | None
    lacks: tuple[str, ...] = ()


def decisions(layers: Iterable[str]) -> dict[str, str]:
    """Every decision that the code takes without a person, with the module that takes it; `layers` are those of the catalogue's rules."""
    acts = {f"act:{each.act.value}": "customhouse.clearance.life_cycle" for each in life_cycle.TRANSITIONS if Role.SYSTEM in each.roles}
    rules = {f"rule:{layer}": "customhouse.pipeline.catalogue" for layer in sorted(set(layers))}
    return acts | rules | {_ALLOTMENT: "customhouse.ledger.allotment"}


def covered(found: dict[str, str], register: Iterable[LegalBasis]) -> tuple[Covered, ...]:
    """Each decision with its legal basis, those without one first."""
    by_code = {each.code: each for each in register}
    told = [Covered(code=code, module=module, basis=by_code.get(code), lacks=_lacks(by_code.get(code))) for code, module in found.items()]
    return tuple(sorted(told, key=lambda each: (not each.lacks, each.code)))


def read_legal_bases(text: str) -> tuple[LegalBasis, ...]:
    """The legal bases that a TOML text states; refuses with `UnreadableRegisterError`."""
    try:
        return msgspec.convert(tomllib.loads(text), _Register).decisions
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableRegisterError(f"the register of legal bases cannot be read: {refusal}") from refusal


def _lacks(basis: LegalBasis | None) -> tuple[str, ...]:
    if basis is None:
        return ("an entry in the register",)
    asked = {"provision": "an enabling provision", "human_review": "a review by a person", "data_ground": "a ground for the use of data"}
    lacking = [words for name, words in asked.items() if not getattr(basis, name)]
    return (*lacking, *(("a time of retention",) if basis.retention_years <= 0 else ()))
