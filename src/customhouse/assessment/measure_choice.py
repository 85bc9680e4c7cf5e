"""Measure choice: which of the candidate measures feed a tax on these goods, and why the others do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from customhouse.assessment.goods_facts import GoodsFacts
from customhouse.assessment.regime import Preference, Tax
from customhouse.tariff import Action, Applicable, Measure, Rate, condition


class Gap(Struct, frozen=True):
    """What keeps a tax from being determined: for the declarant to mend, or for customs where the law itself gives no figure."""

    reason: str
    is_for_customs: bool = False


class Chosen(Struct, frozen=True):
    """A measure that applies, at which rate, what its conditions rested on, and what keeps the rate from being computed.

    It `gives_way` where another takes its place, or is levied `without` the parts of the value that others are levied on.
    """

    measure: Measure
    rate: Rate
    because: str = ""
    origins: str = "all countries"
    gives_way: str = ""
    without: tuple[str, ...] = ()
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Denied:
    """A preference that was claimed and is not granted."""

    reason: str
    applied: str


@dataclass(slots=True)
class Choice:
    """What feeds one tax: the chosen measures, or by kind the reason why none can be chosen, and what was turned down."""

    chosen: list[Chosen] = field(default_factory=list)
    unclear: dict[str, Gap] = field(default_factory=dict)
    denied: Denied | None = None
    refused: list[tuple[str, str]] = field(default_factory=list)


class Question(Struct, frozen=True):
    """Which measures feed this tax on these goods: the right additional code first, then the claim, then the most specific."""

    tax: Tax
    facts: GoodsFacts
    preferences: Mapping[str, Preference]
    default: str
    evidence: condition.Evidence

    def choice(self, candidates: Sequence[Applicable]) -> Choice:
        """The measures that feed the tax, out of those of its kinds that cover the goods and their origin."""
        choice = Choice()
        pool = [each for each in candidates if each.measure.quota in {"", self.facts.quota} and self._is_open_to_the_claim(each.measure)]
        if self.tax.by_preference:
            self._choose_coded(choice, pool)
            return choice
        for group in _apart(pool, self.tax):
            self._choose_coded(choice, group)
        return choice

    def _choose_coded(self, choice: Choice, pool: list[Applicable]) -> None:
        """Choose by kind among the measures of no additional code and of those declared; none where all have one and none is."""
        codes = self.facts.additional_codes | {""}
        coded = [each for each in pool if each.measure.additional_code in codes]
        if pool and not coded and not self.tax.claimed_by_code:
            if any(not each.measure.rate.is_zero for each in pool):
                wanted = ", ".join(sorted({each.measure.additional_code for each in pool}))
                kind = min(each.measure.kind for each in pool)
                choice.unclear[kind] = Gap(f"it depends on an additional code, and none of {wanted} is declared")
                return
            coded = pool
        for kind in sorted({each.measure.kind for each in coded}):
            self._choose(choice, kind, [each for each in coded if each.measure.kind == kind])

    def _is_open_to_the_claim(self, measure: Measure) -> bool:
        """Whether the measure could apply on what is claimed: one of a preference that nobody asks for tells nothing."""
        asked = measure.preferences
        return not (asked and self.tax.by_preference) or self.facts.preference in asked or self.default in asked

    def _choose(self, choice: Choice, kind: str, rivals: list[Applicable]) -> None:
        if not self.tax.by_preference:
            choice.chosen += self._best(choice, kind, rivals, [])
            return
        claimed = [each for each in rivals if self.facts.preference in each.measure.preferences]
        general = [each for each in rivals if not each.measure.preferences]
        usual = [each for each in rivals if self.default in each.measure.preferences and each not in claimed]
        denial = self._missing_proof() if claimed else ""
        turned_down: list[str] = []
        for tier in ([] if denial else claimed, general, usual):
            found = self._best(choice, kind, tier, turned_down)
            if found or kind in choice.unclear:
                choice.chosen += found
                break
        self._note_denial(choice, rivals, [*filter(None, [denial]), *turned_down])

    def _best(self, choice: Choice, kind: str, tier: list[Applicable], turned_down: list[str]) -> list[Chosen]:
        """The most specific measures of the tier whose conditions let them apply: one, or all equals where the tax cumulates."""
        if len(tier) == 1:
            only = self._applied(tier[0], choice, turned_down)
            return [only] if only else []
        for rank in sorted({_rank(each) for each in tier}, reverse=True):
            equals = [each for each in tier if _rank(each) == rank]
            found = [chosen for each in equals if (chosen := self._applied(each, choice, turned_down))]
            if not self.tax.adds_up(kind) and len({_substance(each.rate) for each in found}) > 1:
                choice.unclear[kind] = Gap(f"the measures {', '.join(each.measure.id for each in found)} fit equally well")
                return []
            found = found if self.tax.adds_up(kind) else sorted(found, key=lambda each: each.gap is not None)[:1]
            if found:
                return found
        return []

    def _applied(self, candidate: Applicable, choice: Choice, turned_down: list[str]) -> Chosen | None:
        measure = candidate.measure
        if not measure.conditions:
            return Chosen(measure, measure.rate, origins=_origins(candidate))
        decided = measure.outcome(self.evidence)
        if decided.unknown:
            gap = Gap(f"whether measure {measure.id} applies cannot be told: {decided.unknown}")
            return Chosen(measure, measure.rate, origins=_origins(candidate), gap=gap)
        if decided.action is Action.APPLY:
            return Chosen(measure, decided.rate or measure.rate, decided.because, _origins(candidate))
        if self.facts.preference in measure.preferences and self.facts.preference != self.default:
            turned_down.append(f"measure {measure.id} does not apply {decided.because}")
        elif decided.action is Action.REFUSE:
            choice.refused.append((measure.id, decided.because))
        return None

    def _missing_proof(self) -> str:
        claim = self.preferences.get(self.facts.preference)
        if claim is None or not claim.documents or self.facts.documents.intersection(claim.documents):
            return ""
        return f"none of the proofs {', '.join(claim.documents)} is given"

    def _note_denial(self, choice: Choice, rivals: list[Applicable], reasons: list[str]) -> None:
        """A claim that did not lead to its own measure is told, unless the measure takes any claim and none was turned down."""
        if self.facts.preference == self.default or not choice.chosen:
            return
        applied = choice.chosen[-1].measure
        if self.facts.preference in applied.preferences or (not applied.preferences and not reasons):
            return
        offered = any(self.facts.preference in each.measure.preferences for each in rivals)
        if not offered and not reasons and choice.chosen[-1].rate.is_zero:
            return
        without_reason = "it does not apply" if offered else "no measure grants it on these goods and origin"
        reason = "; ".join(dict.fromkeys(reasons)) or without_reason
        choice.denied = Denied(reason, " ".join(applied.preferences) or self.default)


def _apart(pool: list[Applicable], tax: Tax) -> list[list[Applicable]]:
    """The measures that are rivals of one another: those of different types are not, where the tax cumulates them."""
    groups: dict[tuple[str, str], list[Applicable]] = {}
    for each in pool:
        adds_up = tax.adds_up(each.measure.kind)
        groups.setdefault((each.measure.kind, each.measure.type) if adds_up else ("", ""), []).append(each)
    return [groups[key] for key in sorted(groups)]


def _rank(candidate: Applicable) -> tuple[int, int, bool]:
    return (*candidate.specificity, bool(candidate.measure.additional_code))


def _origins(candidate: Applicable) -> str:
    return {1: "all countries", 2: f"the countries of {candidate.measure.area}"}.get(candidate.nearness, candidate.measure.area)


def _substance(rate: Rate) -> str:
    return "free" if rate.is_zero else rate.written
