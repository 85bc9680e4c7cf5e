"""Rule: one named check in the catalogue, in words that a declarant can act on."""

from dataclasses import KW_ONLY, dataclass

from customhouse.kernel import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: what is wrong (filled from a finding's params), the legal basis, what to do, the SAD box; severity is the usual one."""

    code: str
    _: KW_ONLY
    layer: str
    wording: str
    legal_basis: str
    fix: str
    sad_box: str = ""
    severity: Severity = Severity.ERROR
