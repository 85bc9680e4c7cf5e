"""Schedule rows: the Harmonized Tariff Schedule of the United States as rows of the plain set."""

from functools import lru_cache

from customhouse.tariff import hts
from customhouse.tariff.commodity import Commodity
from customhouse.tariff.edition.table import Line
from customhouse.tariff.loading.source import Loaded, UnreadableSourceError
from customhouse.tariff.measure import Measure
from customhouse.tariff.rate import Rate
from customhouse.tariff.taric import read_rate


def read_schedule_rows(text: str) -> Loaded:
    """The commodities and measures of an export of the schedule, CSV or JSON; refuses with `UnreadableSourceError` what is neither."""
    try:
        lines = list(hts.read_schedule(text))
    except hts.UnreadableScheduleError as refusal:
        raise UnreadableSourceError("{why}", why=refusal) from refusal
    if not lines:
        raise UnreadableSourceError("the file has no lines")
    units = {line.number.replace(".", ""): line.units[0] for line in lines if line.number and line.units}
    loaded = Loaded()
    loaded.lines["commodities"] = [_commodity_row(each, units.get(each.code, "")) for each in hts.nomenclature(lines)]
    loaded.lines["measures"] = [_measure_row(each) for each in hts.measures(lines)]
    provisions = sum(line.number.startswith(("98", "99")) and bool(line.general) for line in lines)
    loaded.passed_over.update({"provision of chapter 98 or 99, claimed beside goods": provisions} if provisions else {})
    return loaded


def _commodity_row(each: Commodity, unit: str) -> Line:
    declarable = "true" if each.is_declarable else "false"
    return {"code": each.code, "parent": each.parent, "description": each.description, "declarable": declarable, "unit": unit}


def _measure_row(each: Measure) -> Line:
    return {
        "id": each.id,
        "commodity": each.commodity,
        "area": each.area,
        "excludes": " ".join(each.excludes),
        "kind": each.kind,
        "preference": " ".join(each.preferences),
        "rate": _rate_text(each.rate),
        "legal_basis": each.legal_basis,
    }


@lru_cache(maxsize=65_536)
def _rate_text(rate: Rate) -> str:
    """The rate in the form of the plain set; as printed where that form cannot say it, and then it is undetermined."""
    return rate.written if not rate.unreadable and not read_rate(rate.written).unreadable else rate.text
