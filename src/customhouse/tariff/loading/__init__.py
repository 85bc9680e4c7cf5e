"""Published tariffs in their own forms, each read into the rows of the plain set: schedules, measure extracts, TARIC3 records."""

from customhouse.tariff.loading.component import Component, duty_text
from customhouse.tariff.loading.condition_line import ConditionLine, compact
from customhouse.tariff.loading.load import load, next_lines
from customhouse.tariff.loading.source import Dialect, Loaded, MeasureTypes, UnreadableSourceError, measure_types
from customhouse.tariff.loading.taric3_document import read_records

__all__ = [
    "Component",
    "ConditionLine",
    "Dialect",
    "Loaded",
    "MeasureTypes",
    "UnreadableSourceError",
    "compact",
    "duty_text",
    "load",
    "measure_types",
    "next_lines",
    "read_records",
]
