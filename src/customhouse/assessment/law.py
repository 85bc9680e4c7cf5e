"""Law: the tariff, the regime and the exchange rates of a country, as assessment needs them together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from customhouse.assessment.exchange_rate import ExchangeRates
from customhouse.assessment.goods_facts import GoodsFacts
from customhouse.assessment.regime import Effect, Preference, Regime, is_in_force
from customhouse.tariff import Measure, Tariff


@dataclass(frozen=True, slots=True)
class Law:
    """What is in force in one country; immutable, so that a past assessment can be made again."""

    tariff: Tariff
    regime: Regime
    exchange_rates: ExchangeRates
    preferences: Mapping[str, Preference] = field(init=False, repr=False, compare=False)
    taxes_fed_by: Callable[[str], tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _procedures: Mapping[str, Effect] = field(init=False, repr=False, compare=False)
    _reliefs: Mapping[str, Effect] = field(init=False, repr=False, compare=False)
    _unasked: tuple[tuple[str, Effect], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find effects and preferences by code from now on."""
        object.__setattr__(self, "preferences", {code: each for each in self.regime.preferences for code in each.codes})
        object.__setattr__(self, "taxes_fed_by", lru_cache(maxsize=1_024)(self._taxes_fed_by))
        object.__setattr__(self, "_procedures", _by_code(self.regime.procedures))
        object.__setattr__(self, "_reliefs", _by_code(self.regime.reliefs))
        unasked = tuple((" ".join(each.areas), each) for each in self.regime.reliefs if not each.codes)
        object.__setattr__(self, "_unasked", unasked)

    def __reduce__(self) -> tuple[type["Law"], tuple[object, ...]]:
        """What another process needs to make the same law."""
        return Law, (self.tariff, self.regime, self.exchange_rates)

    def procedure(self, facts: GoodsFacts) -> Effect | None:
        """The effect of the procedure that the goods are declared for."""
        return self.effect_of(facts.procedure, facts.previous_procedure)

    def effect_of(self, procedure: str, previous: str) -> Effect | None:
        """The effect of the pair with the previous procedure where the country knows it, else of the procedure asked for."""
        return self._procedures.get(procedure + previous) or self._procedures.get(procedure)

    def reliefs(self, facts: GoodsFacts, *, on: date) -> tuple[tuple[str, Effect], ...]:
        """The reliefs that additional procedures claim, in the order declared, then additional codes, statements and the preference.

        Those that need no claim come last, by the area that the goods originate in.
        """
        codes = (*facts.additional_procedures, *sorted(facts.additional_codes), *sorted(facts.statements), facts.preference)
        claimed = [(code, self._reliefs[code]) for code in codes if code in self._reliefs]
        return tuple(
            (code, each)
            for code, each in (*claimed, *self._unasked)
            if is_in_force(each, on=on) and self._originates(facts.preferential_origin, each.areas, on=on)
        )

    def _originates(self, origin: str | None, areas: tuple[str, ...], *, on: date) -> bool:
        return not areas or any(self.tariff.areas.contains(area, origin, on=on) for area in areas)

    def is_preferential(self, measure: Measure) -> bool:
        """Whether the measure looks at the preferential origin of the goods."""
        return any(code in self.preferences and self.preferences[code].is_preferential for code in measure.preferences)

    def _taxes_fed_by(self, kind: str) -> tuple[str, ...]:
        """The names of the taxes that measures of this kind feed."""
        return tuple(tax.name for tax in self.regime.taxes if tax.takes(kind))


def _by_code(effects: tuple[Effect, ...]) -> Mapping[str, Effect]:
    return {code: each for each in effects for code in each.codes}
