"""World lists: codes that no country owns: ISO 3166 countries, ISO 4217 currencies, Incoterms, modes of transport, units."""

from datetime import date

import pycountry

from customhouse.codes.code_list import CodeEntry, CodeList
from customhouse.codes.unit import unit_entries
from customhouse.kernel import Validity

# Codes beside ISO 3166 that customs use: user-assigned or exceptionally reserved.
_MORE_COUNTRIES = {"XI": "Northern Ireland", "XK": "Kosovo", "EU": "European Union", "QP": "High seas", "QR": "Stores"}
# Currencies that left ISO 4217, with the first day on which they were no longer legal tender.
_RETIRED_CURRENCIES = {"HRK": ("Kuna", date(2023, 1, 1)), "BGN": ("Bulgarian lev", date(2026, 1, 1)), "SLL": ("Leone", date(2024, 1, 1))}
# Codes of ISO 4217 under which nobody owes an amount: no currency, tests, precious metals, and units of the bond markets.
_NO_MONEY = {"XXX", "XTS", "XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD"}
_NO_MINOR_UNIT = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"}
_THREE_MINOR_DIGITS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}

# UNECE Recommendation 5, Incoterms 2020, and the two of 2010 and before that contracts still name.
_INCOTERMS = {
    "EXW": "Ex works",
    "FCA": "Free carrier",
    "FAS": "Free alongside ship",
    "FOB": "Free on board",
    "CFR": "Cost and freight",
    "CIF": "Cost, insurance and freight",
    "CPT": "Carriage paid to",
    "CIP": "Carriage and insurance paid to",
    "DAP": "Delivered at place",
    "DPU": "Delivered at place unloaded",
    "DDP": "Delivered duty paid",
    "DAT": "Delivered at terminal (2010)",
    "DDU": "Delivered duty unpaid (2000)",
    "XXX": "Other terms, described in words",
}
# UNECE Recommendation 19, first digit.
_MODES = {
    "1": "Maritime",
    "2": "Rail",
    "3": "Road",
    "4": "Air",
    "5": "Mail",
    "6": "Multimodal or roll-on",
    "7": "Fixed installation",
    "8": "Inland water",
    "9": "Own propulsion",
}


def world_lists(*territories: CodeEntry) -> tuple[CodeList, ...]:
    """The lists that hold in every country, with territories that ISO 3166 leaves out; a package may replace any by its name."""
    return (
        CodeList("countries", (*_countries(), *territories)),
        CodeList("origins", (*_countries(), *territories)),
        CodeList("currencies", _currencies()),
        CodeList("incoterms", (CodeEntry(code, words) for code, words in _INCOTERMS.items())),
        CodeList("units", unit_entries()),
        CodeList("transport_modes", (CodeEntry(code, words) for code, words in _MODES.items())),
    )


def _countries() -> list[CodeEntry]:
    listed = [CodeEntry(country.alpha_2, country.name) for country in pycountry.countries]
    return listed + [CodeEntry(code, name) for code, name in _MORE_COUNTRIES.items()]


def _currencies() -> list[CodeEntry]:
    retired = [CodeEntry(code, name, Validity(None, end), {"minor_digits": "2"}) for code, (name, end) in _RETIRED_CURRENCIES.items()]
    current = [
        CodeEntry(currency.alpha_3, currency.name, extra={"minor_digits": _minor_digits(currency.alpha_3)})
        for currency in pycountry.currencies
        if currency.alpha_3 not in _RETIRED_CURRENCIES.keys() | _NO_MONEY
    ]
    return retired + current


def _minor_digits(code: str) -> str:
    return "0" if code in _NO_MINOR_UNIT else "3" if code in _THREE_MINOR_DIGITS else "2"
