"""Declared: what a declaration says in brief, carried by its events, so that figures are told from events alone."""

import msgspec


class Declared(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who declares what, where and how; lists hold each value once, in the order of the items, and what is not declared is empty.

    `border_mode` is the mode of transport at the border (UNECE Recommendation 19), `chapters` are those of the Harmonized System.
    """

    type_code: str = ""
    office: str = ""
    border_mode: str = ""
    declarant: str = ""
    importer: str = ""
    procedures: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
