"""Number: the movement reference number (MRN) that a declaration gets at acceptance."""

import datetime as dt
import secrets

from customhouse import codes

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DRAWN = 13


def new_mrn(country_code: str, *, at: dt.datetime) -> str:
    """A number that nobody can guess and the database keeps unique: year, country, thirteen signs, check digit."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(_DRAWN))
    return codes.mrn_with_check_digit(f"{at:%y}{country_code}{drawn}")
