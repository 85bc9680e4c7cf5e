"""The Harmonized Tariff Schedule of the United States as it is published: its rate texts, programs and exports."""

from customhouse.tariff.hts.program_rate import ProgramRate, read_program_rates
from customhouse.tariff.hts.rate_text import read_rate
from customhouse.tariff.hts.schedule import ScheduleLine, UnreadableScheduleError, read_schedule

__all__ = ["ProgramRate", "ScheduleLine", "UnreadableScheduleError", "read_program_rates", "read_rate", "read_schedule"]
