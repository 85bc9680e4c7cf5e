"""How long goods take from arrival to removal, where the time goes and whose it is: the time release study (TFA 7.6)."""

from customhouse.performance.release_time.passage import Sample, passages
from customhouse.performance.release_time.stage import Actor
from customhouse.performance.release_time.statistics import Summary
from customhouse.performance.release_time.stratum import STRATA, UnknownStratumError
from customhouse.performance.release_time.study import Design, Study, study
from customhouse.performance.release_time.survival import kaplan_meier
from customhouse.performance.release_time.trend import Change, trend

__all__ = [
    "STRATA",
    "Actor",
    "Change",
    "Design",
    "Sample",
    "Study",
    "Summary",
    "UnknownStratumError",
    "kaplan_meier",
    "passages",
    "study",
    "trend",
]
