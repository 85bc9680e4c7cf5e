"""Penalty: what the law threatens for a breach of a customs formality, as data of the country package (TFA Art 1.1(g) and 6.3)."""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.kernel import Validity


class UnreadablePenaltyError(ValueError):
    """The file `penalties.toml` of a country package is none, or a penalty in it cannot be held to; the message says every fault."""


class Formality(StrEnum):
    """What the breach is of."""

    IMPORT = "import"
    EXPORT = "export"
    TRANSIT = "transit"


class Measured(StrEnum):
    """What the figures of a penalty are of: money in the currency of the country, or so many times something."""

    AMOUNT = "amount"
    DUTIES = "times the duties and taxes evaded"
    VALUE = "times the value of the goods"


class Penalty(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An offence, who answers for it, and what it costs: from `minimum`, if there is one, to `maximum`.

    `disclosed_share` is the share of the penalty that stays where the breach is told before customs finds it (TFA 6.3.6); nothing where
    the law does not say. `besides` is what may happen as well, `mitigation` what else makes it less.
    """

    code: str
    offence: str
    formalities: tuple[Formality, ...]
    liable: str
    maximum: Decimal
    legal_basis: str
    minimum: Decimal | None = None
    measured: Measured = Measured.AMOUNT
    besides: str = ""
    mitigation: str = ""
    disclosed_share: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, *, on: date) -> bool:
        """Whether the provision holds on the day."""
        return Validity(self.valid_from, self.valid_to).includes(on)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    penalties: tuple[Penalty, ...]


def read_penalties(text: str) -> tuple[Penalty, ...]:
    """The penalties that a TOML text states; refuses with `UnreadablePenaltyError`."""
    try:
        found = msgspec.convert(tomllib.loads(text), _File, strict=False).penalties
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadablePenaltyError(f"penalties.toml cannot be read: {refusal}") from refusal
    codes = [each.code for each in found]
    faults = [f"{code} is stated twice" for code in sorted({each for each in codes if codes.count(each) > 1})]
    faults += [f"{each.code}: {fault}" for each in found for fault in _faults(each)]
    if faults:
        raise UnreadablePenaltyError(f"penalties.toml: {'; '.join(faults)}")
    return found


def _faults(penalty: Penalty) -> Iterator[str]:
    silent = [name for name in ("offence", "formalities", "liable", "legal_basis") if not getattr(penalty, name)]
    if silent:
        yield f"it does not say {', '.join(silent)}"
    if not Decimal(0) <= (penalty.minimum or Decimal(0)) <= penalty.maximum or not penalty.maximum:
        yield "the maximum is above zero, and the minimum not above the maximum"
    if penalty.disclosed_share is not None and not Decimal(0) <= penalty.disclosed_share <= 1:
        yield "disclosed_share is a share from 0 to 1: what stays of the penalty"
    if penalty.valid_from and penalty.valid_to and penalty.valid_to <= penalty.valid_from:
        yield "valid_to is the day after the last one, and so after valid_from"
