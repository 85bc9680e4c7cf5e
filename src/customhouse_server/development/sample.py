"""Sample: the made-up dossiers and certificates of a demo, opened once."""

import datetime as dt
import tomllib

import msgspec

from customhouse.development import people as competence
from customhouse_server.accounts.person import Person
from customhouse_server.development import actions
from customhouse_server.development.dossier import TYPES, Kind
from customhouse_server.people import actions as people

_LAPSED_AFTER_DAYS = 4 * 365


def open_samples(text: str, *, owner: Person, administrator: Person, at: dt.datetime) -> int:
    """Open the dossiers that a TOML text states, unless there are some already; the number that were opened.

    The officer is certified to examine goods; the certificate of the supervisor has lapsed, so that the refusal can be seen.
    """
    if actions.listed(owner, Kind.DIAGNOSTIC):
        return 0
    written = [(Kind(name), each) for name, rows in tomllib.loads(text).items() for each in rows]
    for kind, document in written:
        actions.opened(owner, kind, msgspec.convert(document, TYPES[kind], strict=False), at=at)
    for username, day in (("officer", at.date()), (owner.username, at.date() - dt.timedelta(_LAPSED_AFTER_DAYS))):
        given = competence.Certificate(
            competence="EXAM", level=competence.Level.TRAINED, assessed_by="", assessed_on=day, evidence="Made up for the demo"
        )
        people.certify(administrator, username, given, at=at)
    return len(written)
