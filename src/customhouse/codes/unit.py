"""Units of measure that tariffs use: UNECE Recommendation 20 and the few that the TARIC adds, each with its conversion to a base unit."""

from decimal import Decimal

from customhouse.codes.code_list import CodeEntry

# code: what it is, the unit it is a multiple of, and how many of that it holds
_UNITS = {
    "ASV": ("per cent of alcohol by volume", "ASV", "1"),
    "BRX": ("per cent of sucrose by weight", "BRX", "1"),
    "BLL": ("barrel of petroleum (US)", "LTR", "158.987294928"),
    "CCT": ("carrying capacity in tonnes", "CCT", "1"),
    "CEN": ("hundred items", "NAR", "100"),
    "CMK": ("square centimetre", "MTK", "0.0001"),
    "CMT": ("centimetre", "MTR", "0.01"),
    "CTM": ("metric carat", "CTM", "1"),
    "DTN": ("decitonne (100 kg)", "KGM", "100"),
    "DZN": ("dozen", "NAR", "12"),
    "DPR": ("dozen pairs", "NPR", "12"),
    "GFI": ("gram of fissile isotopes", "GFI", "1"),
    "GRM": ("gram", "KGM", "0.001"),
    "GRO": ("gross", "NAR", "144"),
    "GRT": ("gross register ton", "GRT", "1"),
    "GLL": ("gallon (US)", "LTR", "3.785411784"),
    "HLT": ("hectolitre", "LTR", "100"),
    "HMT": ("hundred metres", "MTR", "100"),
    "INH": ("inch", "MTR", "0.0254"),
    "KGM": ("kilogram", "KGM", "1"),
    "KLT": ("thousand litres", "LTR", "1000"),
    "KMT": ("kilometre", "MTR", "1000"),
    "KWH": ("kilowatt hour", "KWH", "1"),
    "LBR": ("pound (avoirdupois)", "KGM", "0.45359237"),
    "LPA": ("litre of pure alcohol", "LPA", "1"),
    "LTR": ("litre", "LTR", "1"),
    "MIL": ("thousand items", "NAR", "1000"),
    "MLT": ("millilitre", "LTR", "0.001"),
    "MMT": ("millimetre", "MTR", "0.001"),
    "MTK": ("square metre", "MTK", "1"),
    "MTQ": ("cubic metre", "MTQ", "1"),
    "MTR": ("metre", "MTR", "1"),
    "MWH": ("megawatt hour", "KWH", "1000"),
    "NAR": ("number of items", "NAR", "1"),
    "NCL": ("number of cells", "NCL", "1"),
    "NPR": ("number of pairs", "NPR", "1"),
    "PFL": ("proof litre", "LPA", "0.5"),
    "PGL": ("proof gallon (US)", "LPA", "1.892705892"),
    "RET": ("retail price", "RET", "1"),
    "TJO": ("terajoule (gross calorific value)", "TJO", "1"),
    "TNE": ("tonne", "KGM", "1000"),
}


def unit_entries() -> list[CodeEntry]:
    """The units as a code list, each with its base unit and how much of that it holds."""
    return [CodeEntry(code, words, extra={"base": base, "holds": holds}) for code, (words, base, holds) in _UNITS.items()]


def in_base_unit(code: str) -> tuple[str, Decimal]:
    """The base unit of a unit and how much of it one holds: 100 KGM for a DTN; an unknown code is its own base."""
    _, base, holds = _UNITS.get(code, ("", code, "1"))
    return base, Decimal(holds)
