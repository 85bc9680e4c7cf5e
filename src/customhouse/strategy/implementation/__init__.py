"""How far an agreement is carried out (TFA, Revised Kyoto Convention, SAFE): by live figures, by checks, and by our own citations."""

from customhouse.strategy.implementation.citation import citations
from customhouse.strategy.implementation.facts import Facts, Observation, facts_from, shares_among
from customhouse.strategy.implementation.instrument import Instrument, UnreadableInstrumentError, read_instrument
from customhouse.strategy.implementation.observation import observed
from customhouse.strategy.implementation.standing import Evidence, Standing, standing

__all__ = [
    "Evidence",
    "Facts",
    "Instrument",
    "Observation",
    "Standing",
    "UnreadableInstrumentError",
    "citations",
    "facts_from",
    "observed",
    "read_instrument",
    "shares_among",
    "standing",
]
