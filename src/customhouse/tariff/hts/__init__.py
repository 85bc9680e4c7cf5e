"""The Harmonized Tariff Schedule of the United States as it is published: its rate texts, programs and exports."""

from customhouse.tariff.hts.goods import COLUMN_2, DUTY, measures, nomenclature, program_area
from customhouse.tariff.hts.program_rate import ProgramRate, read_program_rates
from customhouse.tariff.hts.rate_text import read_rate
from customhouse.tariff.hts.schedule import ScheduleLine, UnreadableScheduleError, read_schedule

__all__ = [
    "COLUMN_2",
    "DUTY",
    "ProgramRate",
    "ScheduleLine",
    "UnreadableScheduleError",
    "measures",
    "nomenclature",
    "program_area",
    "read_program_rates",
    "read_rate",
    "read_schedule",
]
