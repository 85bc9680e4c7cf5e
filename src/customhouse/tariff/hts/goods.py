"""Goods of the schedule: its lines as a nomenclature, and the rates that they carry as measures (HTSUS General Notes 3 and 4).

The general rate holds for every origin but those of column 2 (General Note 3(b)); a special rate for the countries of its program,
on a claim of that program. Chapters 98 and 99 hold provisions that are claimed beside goods and are no measures on goods themselves.
"""

from collections.abc import Iterable, Iterator

from customhouse.tariff.commodity import Commodity, Nomenclature
from customhouse.tariff.hts.program_rate import read_program_rates
from customhouse.tariff.hts.rate_text import read_rate
from customhouse.tariff.hts.schedule import ScheduleLine
from customhouse.tariff.measure import Measure

DUTY = "DUTY"
COLUMN_2 = "COLUMN-2"
_PROVISIONS = ("98", "99")


def program_area(symbol: str) -> str:
    """The name of the group of countries that may claim a program."""
    return f"PROGRAM-{symbol}"


def nomenclature(lines: Iterable[ScheduleLine]) -> Nomenclature:
    """The numbered lines as commodities, each under the last numbered line above it that is less indented."""
    commodities = []
    above: list[tuple[int, str, str]] = []
    listed = list(lines)
    for line, following in zip(listed, [*listed[1:], None], strict=True):
        above = [each for each in above if each[0] < line.indent]
        path = " > ".join([*(each[2] for each in above if not each[1]), line.description])
        code = line.number.replace(".", "")
        if code:
            parent = next((each[1] for each in reversed(above) if each[1]), "")
            is_leaf = following is None or following.indent <= line.indent
            commodities.append(Commodity(code=code, description=path, parent=parent, is_declarable=is_leaf))
        above.append((line.indent, code, line.description))
    return Nomenclature(commodities)


def measures(lines: Iterable[ScheduleLine], *, unclaimed: str = "") -> Iterator[Measure]:
    """The measures that the rates of the lines make; a rate that gives no amount makes one too, which is undetermined.

    `unclaimed` is the code of goods for which no program is claimed; without one their rates hold whatever is claimed.
    """
    general = (unclaimed,) if unclaimed else ()
    for line in lines:
        code = line.number.replace(".", "")
        if not code or code.startswith(_PROVISIONS):
            continue
        basis = f"HTSUS {line.number}"
        if line.general:
            rate = read_rate(line.general)
            yield Measure(
                id=f"{line.number}/1", commodity=code, kind=DUTY, rate=rate, excludes=(COLUMN_2,), preferences=general, legal_basis=basis
            )
        if line.column_2:
            rate = read_rate(line.column_2)
            yield Measure(
                id=f"{line.number}/2", commodity=code, kind=DUTY, rate=rate, area=COLUMN_2, preferences=general, legal_basis=basis
            )
        for each in read_program_rates(line.special) if line.special else ():
            for symbol in each.programs:
                yield Measure(
                    id=f"{line.number}/{symbol}",
                    commodity=code,
                    kind=DUTY,
                    rate=each.rate,
                    area=program_area(symbol),
                    preferences=(symbol,),
                    legal_basis=basis,
                )
