"""Measure type: under which code a tariff publishes a measure, which tax of the country package that is, and by which claim it is had.

The file `measure_types.csv` of a country package has the columns `measure_type,kind,description` and, where claims answer to a type,
`preferences`, apart by spaces. A type without a kind is no tax: a control, a prohibition, a statistical unit. The kind
`{additional_code}` stands for the digits of the measure's own additional code, by which excise duties are told apart.
"""

from collections.abc import Mapping

from customhouse.tariff.dated_table import read_table

KIND_BY_ADDITIONAL_CODE = "{additional_code}"


def read_measure_types(text: str) -> Mapping[str, str]:
    """The kind of tax by measure type, empty for what is no tax."""
    return {row["measure_type"]: row["kind"] for row in read_table(text, ("measure_type", "kind"))}


def read_claims(text: str) -> Mapping[str, tuple[str, ...]]:
    """The preference codes that claim a measure, by its type."""
    return {row["measure_type"]: tuple(row["preferences"].split()) for row in read_table(text, ("measure_type",)) if row["preferences"]}


def kind_of(kind: str, *, additional_code: str) -> str:
    """The kind as the measure has it: where it is told by additional code, the digits of that, or nothing where it has none."""
    if kind != KIND_BY_ADDITIONAL_CODE:
        return kind
    return "".join(each for each in additional_code if each.isdigit())
