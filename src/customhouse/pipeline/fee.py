"""Fee: what customs asks for a service, why, from whom and how, as data of the country package (TFA Art 1.1(c), 6.1 and 6.2).

A fee that the regime works out on a declaration names its `tax`, and has its amount from there; any other states it.
"""

import tomllib
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.kernel import Validity

_SAID = ("reason", "authority", "payment", "cost_basis", "reviewed_on", "review_on")
"""What a fee says beside its amount: why, for whom, when and how it is paid (6.1.2), on which cost (6.2), and its reviews (6.1.4)."""


class UnreadableFeeError(ValueError):
    """The file `fees.toml` of a country package is none, or a fee in it cannot be asked for; the message says every fault."""


class Fee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fee for a service: an `amount` in the currency of the country for each `unit`, or the name of the `tax` that it is.

    It was last reviewed on one day and is to be reviewed again on another.
    """

    code: str
    service: str
    legal_basis: str
    amount: Decimal | None = None
    unit: str = ""
    tax: str = ""
    reason: str = ""
    authority: str = ""
    payment: str = ""
    cost_basis: str = ""
    reviewed_on: date | None = None
    review_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What Article 6 wants said of it and the package does not say."""
        return tuple(name for name in _SAID if not getattr(self, name))

    def is_in_force(self, *, on: date) -> bool:
        """Whether it is asked for on the day."""
        return Validity(self.valid_from, self.valid_to).includes(on)

    def is_review_due(self, *, on: date) -> bool:
        """Whether the day of its next review has come, or nobody said when that is."""
        return self.is_in_force(on=on) and (self.review_on is None or self.review_on <= on)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fees: tuple[Fee, ...]


def read_fees(text: str, *, taxes: Collection[str]) -> tuple[Fee, ...]:
    """The fees that a TOML text states, of a regime with these taxes; refuses with `UnreadableFeeError`."""
    try:
        found = msgspec.convert(tomllib.loads(text), _File, strict=False).fees
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableFeeError(f"fees.toml cannot be read: {refusal}") from refusal
    codes = [each.code for each in found]
    faults = [f"{code} is stated twice" for code in sorted({each for each in codes if codes.count(each) > 1})]
    faults += [f"{each.code}: {fault}" for each in found for fault in _faults(each, taxes)]
    if faults:
        raise UnreadableFeeError(f"fees.toml: {'; '.join(faults)}")
    return found


def share_published(fees: Sequence[Fee], *, on: date) -> Decimal | None:
    """The share of the fees of the day of which all is said that Article 6 asks for; nothing where none is stated."""
    asked = [each for each in fees if each.is_in_force(on=on)]
    return Decimal(sum(not each.unsaid for each in asked)) / len(asked) if asked else None


def _faults(fee: Fee, taxes: Collection[str]) -> Iterator[str]:
    silent = [name for name in ("service", "legal_basis") if not getattr(fee, name)]
    if silent:
        yield f"it does not say {', '.join(silent)}"
    if (fee.amount is None) == (not fee.tax):
        yield "state either its amount or the tax of the regime that it is"
    if fee.amount is not None and fee.amount <= 0:
        yield "its amount is above zero"
    if fee.tax and fee.tax not in taxes:
        yield f"{fee.tax} is no tax of the regime"
    if fee.reviewed_on and fee.review_on and fee.review_on <= fee.reviewed_on:
        yield "review_on, the next review, is after reviewed_on"
    if fee.valid_from and fee.valid_to and fee.valid_to <= fee.valid_from:
        yield "valid_to is the day after the last one, and so after valid_from"
