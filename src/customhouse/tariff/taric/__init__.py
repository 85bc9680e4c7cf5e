"""The tariffs of the United Kingdom and the European Union as they are published: their rate texts, seasons and files."""

from customhouse.tariff.taric.rate_text import read_rate, read_seasonal_rate
from customhouse.tariff.taric.season import Season, UnreadableSeasonError

__all__ = ["Season", "UnreadableSeasonError", "read_rate", "read_seasonal_rate"]
