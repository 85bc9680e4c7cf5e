"""Observation of the product itself: what its life-cycle, its rules and the country package show without a single event."""

from collections.abc import Mapping

from customhouse.clearance import Act, Role, State, life_cycle
from customhouse.saying import saying
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
    if silent or not legal_bases:
        return Observation(holds=False, reason=saying("rules without their law: {rules}", rules=silent))
    return Observation(holds=True, reason=saying("all {number} rules cite the law that they rest on", number=len(legal_bases)))


def _release_against_security() -> Observation:
    rows = [each for each in life_cycle.TRANSITIONS if each.source is State.SECURED and each.act is Act.RELEASE]
    wording = "goods may be released against security (life-cycle)" if rows else "the life-cycle has no release against security"
    return Observation(holds=bool(rows), reason=saying(wording))


def _random_control(per_mille: int) -> Observation:
    wording = "{number} in a thousand declarations are drawn at random for control, whatever the profiles say"
    return Observation(holds=per_mille > 0, reason=saying(wording, number=per_mille))


def _no_broker_needed() -> Observation:
    rows = life_cycle.TRANSITIONS
    closed = sorted({each.act for each in rows if Role.BROKER in each.roles and not frozenset(each.roles) >= _TRADE})
    if closed:
        return Observation(holds=False, reason=saying("only a broker may: {acts} (life-cycle)", acts=closed))
    return Observation(holds=True, reason=saying("every act that is open to a broker is open to the trader (life-cycle)"))


def _reasons_given() -> Observation:
    against = (Act.REJECT, Act.QUERY, Act.SEIZE, Act.REROUTE)
    silent = sorted({each.act for each in life_cycle.TRANSITIONS if each.act in against and not each.reason_required})
    if silent:
        return Observation(holds=False, reason=saying("no reason is asked for: {acts} (life-cycle)", acts=silent))
    return Observation(holds=True, reason=saying("rejection, query, re-routing and seizure are refused without a reason (life-cycle)"))
