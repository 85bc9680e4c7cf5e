"""Identifiers that check themselves: containers, waybills, ships, declarations, operators."""

import re
import string

from stdnum import imo, iso6346

_AIR_WAYBILL = re.compile(r"\d{3}-?(?P<serial>\d{7})(?P<check>\d)", re.ASCII)
_MRN = re.compile(r"\d{2}[A-Z]{2}[A-Z0-9]{14}", re.ASCII)
_OPERATOR = re.compile(r"[A-Z]{2}[A-Z0-9]{1,15}", re.ASCII)
# ISO 6346 letter values leave out the multiples of 11.
_CONTAINER_VALUES = dict(
    zip(string.digits + string.ascii_uppercase, (*range(10), *(number for number in range(10, 39) if number % 11)), strict=True)
)


def is_container(number: str) -> bool:
    """Whether the text is a container number with the right check digit (ISO 6346)."""
    return bool(iso6346.is_valid(number))


def is_imo_number(number: str) -> bool:
    """Whether the text is a ship's number with the right check digit (IMO Resolution A.1117)."""
    return bool(imo.is_valid(number))


def is_air_waybill(number: str) -> bool:
    """Whether the text is an airline prefix and a serial whose last digit is the rest modulo 7 (IATA Resolution 600a)."""
    found = _AIR_WAYBILL.fullmatch(number)
    return found is not None and int(found["serial"]) % 7 == int(found["check"])


def is_mrn(number: str) -> bool:
    """Whether the text has the shape of a movement reference number: year, country, fourteen letters or digits."""
    return _MRN.fullmatch(number) is not None


def mrn_with_check_digit(body: str) -> str:
    """The movement reference number for its first seventeen characters: the last one is a check digit by the rule of ISO 6346."""
    total = sum(_CONTAINER_VALUES[character] << place for place, character in enumerate(body))
    number = body + str(total % 11 % 10)
    if not is_mrn(number):
        raise ValueError(f"{body!r} is not a year, a country and thirteen letters or digits")
    return number


def is_operator_id(number: str) -> bool:
    """Whether the text has the shape of an operator's number: a country and up to fifteen letters or digits (as EORI)."""
    return _OPERATOR.fullmatch(number) is not None
