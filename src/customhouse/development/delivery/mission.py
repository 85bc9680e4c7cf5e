"""Mission: one visit of experts to a host, with its terms of reference, what it put out, and what it recommended."""

from datetime import date

import msgspec

from customhouse.development.delivery.follow_up import FollowUp, Recommended


class Mission(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mission for a request: the theme, level and language that it needs, its days `[starts_on, ends_on)`, its host."""

    title: str
    host: str
    theme: str
    level: int
    language: str
    starts_on: date
    ends_on: date
    terms_of_reference: str
    owner: str
    request: str = ""
    experts: tuple[str, ...] = ()
    outputs: str = ""
    recommendations: tuple[Recommended, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
