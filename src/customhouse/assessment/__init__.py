"""What is owed and why: customs value, duty, taxes and reliefs, item by item, under the law of the day."""

from customhouse.assessment.assess import assess
from customhouse.assessment.catalogue import CATALOGUE
from customhouse.assessment.determination import Determination
from customhouse.assessment.exchange_rate import ExchangeRates, read_exchange_rates
from customhouse.assessment.law import Law
from customhouse.assessment.regime import Regime, TaxStatus, read_regime
from customhouse.assessment.tax_line import Assessment, ItemAssessment, TaxLine

__all__ = [
    "CATALOGUE",
    "Assessment",
    "Determination",
    "ExchangeRates",
    "ItemAssessment",
    "Law",
    "Regime",
    "TaxLine",
    "TaxStatus",
    "assess",
    "read_exchange_rates",
    "read_regime",
]
