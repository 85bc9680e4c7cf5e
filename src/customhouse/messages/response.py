"""Response: what customs answers a declarant: accepted, rejected with pointers, taxes, control, released, cleared (WCO class RES)."""

import msgspec

from customhouse.declaration import Declaration, StampedTime, document


class Bank(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account to pay into."""

    reference_id: str | None = None
    id: str | None = None


class ResponseError(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing found wrong: the code of the rule, its wording, and the path to the place."""

    validation_code: str | None = None
    description: str | None = None
    pointers: tuple[document.Pointer, ...] = ()


class Status(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A coded status and the instant from which it holds."""

    name_code: str | None = None
    effective_at: StampedTime | None = None


class Response(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One notification: its function, its own reference, and the part of the declaration that it repeats."""

    function_code: str | None = None
    functional_reference_id: str | None = None
    issued_at: StampedTime | None = None
    additional_information: tuple[document.AdditionalInformation, ...] = ()
    amendments: tuple[document.AmendmentReason, ...] = ()
    bank: Bank | None = None
    errors: tuple[ResponseError, ...] = ()
    statuses: tuple[Status, ...] = ()
    declaration: Declaration | None = None
