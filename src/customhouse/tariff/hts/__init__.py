"""The Harmonized Tariff Schedule of the United States as it is published: its rate texts, programs and exports."""

from customhouse.tariff.hts.program_rate import ProgramRate, read_program_rates
from customhouse.tariff.hts.rate_text import read_rate

__all__ = ["ProgramRate", "read_program_rates", "read_rate"]
