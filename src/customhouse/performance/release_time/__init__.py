"""How long goods take from arrival to removal, where the time goes and whose it is: the time release study (TFA 7.6)."""

from customhouse.performance.release_time.member import Member, members
from customhouse.performance.release_time.package import data_package
from customhouse.performance.release_time.stratum import STRATA, UnknownStratumError
from customhouse.performance.release_time.study import Design, SegmentTime, StratumTime, Study, study
from customhouse.performance.release_time.trend import Change, trend

__all__ = [
    "STRATA",
    "Change",
    "Design",
    "Member",
    "SegmentTime",
    "StratumTime",
    "Study",
    "UnknownStratumError",
    "data_package",
    "members",
    "study",
    "trend",
]
