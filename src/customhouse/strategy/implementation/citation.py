"""Citation: where our own rules cite a convention, so that the standards it has are linked to what carries them out, by the code itself."""

import re
from collections.abc import Mapping

import msgspec

from customhouse.clearance import life_cycle

_CONVENTION = re.compile(r"RKC|Kyoto")
_GENERAL = re.compile(r"(?:GA|General Annex)\W*(?:(?:Transitional )?Standard |[Cc]hapter )?(\d+(?:\.\d+)?)(?:\s*(?:-|to)\s*(\d+\.\d+))?")
_SPECIFIC = re.compile(r"(?:SA|Specific Annex)\W*([A-K])(?:\W+[Cc]hapter\W*|\.)?(\d+)?")


class Citation(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A place of the code that cites a provision: `GA 3.26`, by the rule `accept` of the module `customhouse.clearance.life_cycle`."""

    number: str
    module: str
    rule: str

    def is_of(self, number: str) -> bool:
        """Whether it cites this provision, or something in this chapter."""
        return self.number == number or self.number.startswith(f"{number}.")


def cited(text: str) -> tuple[str, ...]:
    """The provisions of the Revised Kyoto Convention that a legal basis names, as `GA 3.26`, `GA 2` or `SA H.1`; of a range, each."""
    if not _CONVENTION.search(text):
        return ()
    found = []
    for part in text.split(";"):
        if _CONVENTION.search(part):
            for first, last in _GENERAL.findall(part):
                found += [f"GA {number}" for number in _range(first, last)]
            found += [f"SA {annex}" + (f".{chapter}" if chapter else "") for annex, chapter in _SPECIFIC.findall(part)]
    return tuple(dict.fromkeys(found))


def citations(legal_bases: Mapping[str, str], *, module: str = "customhouse.pipeline.catalogue") -> tuple[Citation, ...]:
    """Every citation: of the life-cycle's rows, and of the rules of a catalogue by their codes."""
    acts = {(number, each.act.value) for each in life_cycle.TRANSITIONS for number in cited(each.legal_basis)}
    found = [Citation(number=number, module="customhouse.clearance.life_cycle", rule=act) for number, act in acts]
    found += [Citation(number=number, module=module, rule=code) for code, basis in legal_bases.items() for number in cited(basis)]
    return tuple(sorted(found))


def _range(first: str, last: str) -> list[str]:
    if not last or "." not in first:
        return [first]
    chapter, start = first.split(".")
    return [f"{chapter}.{number}" for number in range(int(start), int(last.split(".")[1]) + 1)]
