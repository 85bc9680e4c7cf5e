"""Observation of the product itself: what its life-cycle, its rules and the country package show without a single event."""

from collections.abc import Mapping

from customhouse.clearance import Act, Role, State, life_cycle
from customhouse.strategy.implementation.facts import Observation

_TRADE = frozenset({Role.TRADER, Role.BROKER})


def observed(*, legal_bases: Mapping[str, str], random_per_mille: int) -> dict[str, Observation]:
    """What can be seen of the product: the legal basis of each rule by its code, and how many in a thousand are drawn at random."""
    return {
        "rules cite their law": _rules_cite(legal_bases),
        "release against security": _release_against_security(),
        "random control": _random_control(random_per_mille),
        "no broker needed": _no_broker_needed(),
        "reasons are given": _reasons_given(),
    }


def _rules_cite(legal_bases: Mapping[str, str]) -> Observation:
    silent = sorted(code for code, basis in legal_bases.items() if not basis)
    told = f"without their law: {', '.join(silent)}" if silent else f"all {len(legal_bases)} rules cite the law that they rest on"
    return Observation(holds=not silent and bool(legal_bases), told=told)


def _release_against_security() -> Observation:
    rows = [each for each in life_cycle.TRANSITIONS if each.source is State.SECURED and each.act is Act.RELEASE]
    told = "goods may be released against security" if rows else "the life-cycle has no release against security"
    return Observation(holds=bool(rows), told=f"{told} (life-cycle)")


def _random_control(per_mille: int) -> Observation:
    told = f"{per_mille} in a thousand declarations are drawn at random for control, whatever the profiles say"
    return Observation(holds=per_mille > 0, told=told)


def _no_broker_needed() -> Observation:
    closed = sorted(
        {each.act.value for each in life_cycle.TRANSITIONS if Role.BROKER in each.roles and not frozenset(each.roles) >= _TRADE}
    )
    told = f"only a broker may: {', '.join(closed)}" if closed else "every act that is open to a broker is open to the trader"
    return Observation(holds=not closed, told=f"{told} (life-cycle)")


def _reasons_given() -> Observation:
    against = (Act.REJECT, Act.QUERY, Act.SEIZE, Act.REROUTE)
    silent = sorted({each.act.value for each in life_cycle.TRANSITIONS if each.act in against and not each.reason_required})
    told = f"without a reason: {', '.join(silent)}" if silent else "rejection, query, re-routing and seizure are refused without a reason"
    return Observation(holds=not silent, told=f"{told} (life-cycle)")
