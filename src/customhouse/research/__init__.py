"""Research on customs: data sets that betray nobody, what trading partners report, what revenue to expect, papers reviewed fairly."""

from customhouse.research import disclosure, forecast, mirror, review

__all__ = ["disclosure", "forecast", "mirror", "review"]
