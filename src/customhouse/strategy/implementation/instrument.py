"""Instrument: an agreement or framework that an administration implements, provision by provision, each with what proves it.

A proof is an indicator held to a threshold, a check of what is installed, or the name of the source that is missing. So "implemented"
is never ticked: it is what the proofs say.
"""

import tomllib
from enum import StrEnum

import msgspec


class UnreadableInstrumentError(ValueError):
    """A text is no instrument, or does not hold together: the message names every fault."""


class Binding(StrEnum):
    """How far a provision binds (RKC Article 1); an agreement that does not tell them apart has measures."""

    MEASURE = "measure"
    STANDARD = "standard"
    TRANSITIONAL_STANDARD = "transitional standard"
    RECOMMENDED_PRACTICE = "recommended practice"


class Proof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that must hold: an indicator within its bound or above another, a check, an event, or a source that is missing."""

    indicator: str = ""
    check: str = ""
    event: str = ""
    missing: str = ""
    at_least: float | None = None
    at_most: float | None = None
    above: str = ""


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article, chapter or pillar under which provisions stand."""

    code: str
    title: str


class Provision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One provision by its number; `feature` is the module of the product that carries it out, `place` its number in a published list."""

    number: str
    title: str
    group: str = ""
    place: int = 0
    binding: Binding = Binding.MEASURE
    feature: str = ""
    proofs: tuple[Proof, ...] = ()


class Instrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agreement or framework with its provisions in their order."""

    name: str
    title: str
    source: str
    groups: tuple[Group, ...]
    provisions: tuple[Provision, ...]

    def numbered(self, number: str) -> Provision | None:
        """The provision of that number."""
        return next((each for each in self.provisions if each.number == number), None)

    def under(self, group: Group) -> tuple[Provision, ...]:
        """The provisions of a group, in order."""
        return tuple(each for each in self.provisions if group_of(each) == group.code)

    @property
    def indicators(self) -> frozenset[str]:
        """The codes of all indicators that prove anything here."""
        return frozenset(code for each in self.provisions for proof in each.proofs for code in (proof.indicator, proof.above) if code)


def group_of(provision: Provision) -> str:
    """The code of the group that a provision stands under: the one it names, or what its number begins with."""
    return provision.group or provision.number.split(".")[0]


def read_instrument(text: str) -> Instrument:
    """The instrument that a TOML text states; refuses with `UnreadableInstrumentError`, which names every fault."""
    try:
        found = msgspec.convert(tomllib.loads(text), Instrument)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableInstrumentError(f"the instrument cannot be read: {refusal}") from refusal
    numbers = [each.number for each in found.provisions]
    groups = {each.code for each in found.groups}
    faults = [f"{number}: the number stands twice" for number in sorted({each for each in numbers if numbers.count(each) > 1})]
    faults += [f"{each.number}: there is no group {group_of(each)}" for each in found.provisions if group_of(each) not in groups]
    faults += [f"{each.number}: {fault}" for each in found.provisions for proof in each.proofs for fault in _faults(proof)]
    if faults:
        raise UnreadableInstrumentError("\n".join(faults))
    return found


def _faults(proof: Proof) -> list[str]:
    faults = []
    if sum(map(bool, (proof.indicator, proof.check, proof.event, proof.missing))) != 1:
        faults.append("a proof names an indicator, a check, an event or a missing source, and only one of them")
    bounded = proof.at_least is not None or proof.at_most is not None or bool(proof.above)
    if bounded and not proof.indicator:
        faults.append("only an indicator has a bound")
    return faults
