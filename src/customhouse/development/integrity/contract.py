"""Performance contract: what an office or an officer agrees to reach, each facilitation indicator paired with one against fraud.

Figures come from the event store alone. An indicator can be gamed alone, hardly as a pair: whoever releases faster by looking less finds
less. So a pair is kept only if both of it are, and one that got better while the other got worse is remarked upon.
"""

import tomllib
from datetime import date, timedelta
from enum import StrEnum

import duckdb
import msgspec

from customhouse.kernel import months_after
from customhouse.performance import indicator

_LOOK_BACK, _LOOK_AHEAD = timedelta(366), timedelta(60)
"""How far before and after the months told a declaration may have said where it lies, or an officer may have acted on it."""


class UnreadableContractError(ValueError):
    """The terms of a contract do not hold together."""


class Verdict(StrEnum):
    """What a month says of a pair."""

    KEPT = "kept"
    MISSED = "missed"
    TRADED = "one at the cost of the other"
    UNKNOWN = "too little to tell"


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator with the value agreed on."""

    indicator: str
    agreed: float


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to go faster or easier, and what must not suffer by it."""

    facilitation: Term
    against_fraud: Term


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be agreed on: the pairs, and the fewest events on which a month's figure says anything."""

    name: str
    source: str = ""
    fewest: int
    pairs: tuple[Pair, ...]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator in a month: what was agreed, what came of it, and what it was the month before."""

    code: str
    name: str
    unit: str
    agreed: float
    figure: indicator.Figure
    before: indicator.Figure
    is_kept: bool | None
    change: float | None


class PairTold(msgspec.Struct, frozen=True, kw_only=True):
    """Both of a pair in a month, and what that says."""

    facilitation: Told
    against_fraud: Told
    verdict: Verdict

    @property
    def both(self) -> tuple[Told, Told]:
        """The pair, facilitation first."""
        return self.facilitation, self.against_fraud


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Whose events count: an office's, or those of the declarations that an officer acted on."""

    office: str = ""
    officer: str = ""


def read_terms(text: str, indicators: indicator.IndicatorSet) -> Terms:
    """The terms that a TOML text states; refuses with `UnreadableContractError` one whose indicators there are not, or tell no better."""
    try:
        found = msgspec.convert(tomllib.loads(text), Terms)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableContractError(f"the terms cannot be read: {refusal}") from refusal
    faults = [
        f"{term.indicator}: there is no such indicator, or neither way of it is better"
        for pair in found.pairs
        for term in (pair.facilitation, pair.against_fraud)
        if (named := indicators.named(term.indicator)) is None or named.direction is indicator.Direction.LEVEL
    ]
    if not found.pairs:
        faults.append("a contract has a pair at least")
    if faults:
        raise UnreadableContractError("\n".join(faults))
    return found


def narrow(connection: duckdb.DuckDBPyConnection, scope: Scope, *, month: date) -> None:
    """Have the view `event` show only the events of the declarations in scope around a month; to be done once to a connection."""
    condition, value = ("office = $value", scope.office) if scope.office else ("actor = $value", scope.officer)
    connection.execute(
        f"CREATE TEMP TABLE in_scope AS SELECT DISTINCT declaration_id FROM event WHERE {condition} AND day >= $first AND day < $last",  # noqa: S608 - one of two conditions
        {"value": value, "first": months_after(month, -1) - _LOOK_BACK, "last": months_after(month, 1) + _LOOK_AHEAD},
    )
    connection.execute("ALTER VIEW event RENAME TO every_event")
    connection.execute("CREATE VIEW event AS SELECT * FROM every_event WHERE declaration_id IN (FROM in_scope)")


def month_told(
    connection: duckdb.DuckDBPyConnection, terms: Terms, *, indicators: indicator.IndicatorSet, month: date
) -> tuple[PairTold, ...]:
    """What a month, given by its first day, says of every pair; refuses with `indicator.FormulaError`.

    The terms are those that were agreed on: what one of them names may be measured no longer, and is unknown then.
    """
    return tuple(
        _pair_told(
            _told(connection, pair.facilitation, indicators, month=month, fewest=terms.fewest),
            _told(connection, pair.against_fraud, indicators, month=month, fewest=terms.fewest),
        )
        for pair in terms.pairs
    )


def _told(connection: duckdb.DuckDBPyConnection, term: Term, indicators: indicator.IndicatorSet, *, month: date, fewest: int) -> Told:
    named = indicators.named(term.indicator)
    if named is None or named.direction is indicator.Direction.LEVEL:
        return _not_told(term, named, month=month)
    firsts = (month, months_after(month, -1))
    figure, before = (indicator.evaluated(connection, named, start=first, end=months_after(first, 1)) for first in firsts)
    sign = 1 if named.direction is indicator.Direction.UP else -1
    known = [each.value if each.n >= fewest else None for each in (figure, before)]
    return Told(
        code=named.code,
        name=named.name,
        unit=named.unit,
        agreed=term.agreed,
        figure=figure,
        before=before,
        is_kept=None if known[0] is None else sign * known[0] >= sign * term.agreed,
        change=None if known[0] is None or known[1] is None else sign * (known[0] - known[1]),
    )


def _not_told(term: Term, named: indicator.Indicator | None, *, month: date) -> Told:
    """What was agreed on, and why it cannot be told any more whether it is kept."""
    nothing = indicator.Figure(
        code=term.indicator,
        version=named.version if named else 0,
        start=month,
        end=months_after(month, 1),
        value=None,
        quality=indicator.Quality.NO_SOURCE,
        reason="neither way of this indicator is better any more" if named else "this indicator is not measured here any more",
    )
    return Told(
        code=term.indicator,
        name=named.name if named else term.indicator,
        unit=named.unit if named else "",
        agreed=term.agreed,
        figure=nothing,
        before=msgspec.structs.replace(nothing, start=months_after(month, -1), end=month),
        is_kept=None,
        change=None,
    )


def _pair_told(facilitation: Told, against_fraud: Told) -> PairTold:
    return PairTold(facilitation=facilitation, against_fraud=against_fraud, verdict=_verdict(facilitation, against_fraud))


def _verdict(facilitation: Told, against_fraud: Told) -> Verdict:
    """Kept if both are; traded where one got better, the other worse and short of what was agreed."""
    both = (facilitation, against_fraud)
    if any(each.is_kept is None for each in both):
        return Verdict.UNKNOWN
    if all(each.is_kept for each in both):
        return Verdict.KEPT
    for one, other in (both, both[::-1]):
        if one.change is not None and other.change is not None and one.change > 0 > other.change and not other.is_kept:
            return Verdict.TRADED
    return Verdict.MISSED
