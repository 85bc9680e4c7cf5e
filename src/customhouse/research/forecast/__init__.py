"""What revenue to expect: a plain seasonal forecast, its assumptions stated and its error measured on the past."""

from customhouse.research.forecast.backtest import Backtest, backtest
from customhouse.research.forecast.month import Month, months_from
from customhouse.research.forecast.seasonal import Assumptions, Expected, forecast

__all__ = ["Assumptions", "Backtest", "Expected", "Month", "backtest", "forecast", "months_from"]
