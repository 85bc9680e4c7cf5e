"""What the tariff says of goods on a day: the nomenclature, areas, measures, rates and conditions."""

from customhouse.tariff.commodity import Commodity
from customhouse.tariff.condition import Action
from customhouse.tariff.measure import Measure
from customhouse.tariff.measure_sheet import read_measures
from customhouse.tariff.rate import Rate
from customhouse.tariff.remark import CATALOGUE, Remark
from customhouse.tariff.taric import read_rate
from customhouse.tariff.tariff import Applicable, Tariff, read_tariff
from customhouse.tariff.unit import unit_in_base

__all__ = [
    "CATALOGUE",
    "Action",
    "Applicable",
    "Commodity",
    "Measure",
    "Rate",
    "Remark",
    "Tariff",
    "read_measures",
    "read_rate",
    "read_tariff",
    "unit_in_base",
]
