"""Named line: goods that bear the rate of another line of the schedule, where the rate names the heading in which that line stands.

Which of its lines it is, is a fact of the goods. The declarant states it, by declaring the line's digits as an additional code; a rate
whose words name no heading, such as that of each garment in an ensemble, is not resolved and stays undetermined with its words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from customhouse.tariff.hts import COLUMN_2, DUTY, ScheduleLine, read_rate
from customhouse.tariff.measure import Measure

_NAMED = re.compile(r"\bin heading (?P<heading>\d{4})\b")


def measures_of_named_lines(lines: Sequence[ScheduleLine]) -> Iterator[Measure]:
    """For each line whose rate names a heading, the rates of the lines there, each under the additional code that states it."""
    for line in lines:
        for column, text in (("1", line.general), ("2", line.column_2)):
            named = _NAMED.search(read_rate(text).refers_to) if text else None
            yield from _measures(line, column, _under(lines, named["heading"])) if named else ()


def _under(lines: Iterable[ScheduleLine], heading: str) -> list[ScheduleLine]:
    return [each for each in lines if each.number.startswith(heading)]


def _measures(line: ScheduleLine, column: str, named: Iterable[ScheduleLine]) -> Iterator[Measure]:
    for each in named:
        text = each.general if column == "1" else each.column_2
        rate = read_rate(text) if text else None
        if rate and not rate.unreadable:
            yield Measure(
                id=f"{each.number}/{column}@{line.number}",
                commodity=line.number.replace(".", ""),
                kind=DUTY,
                rate=rate,
                area=COLUMN_2 if column == "2" else "",
                excludes=() if column == "2" else (COLUMN_2,),
                additional_code=each.number.replace(".", ""),
                legal_basis=f"HTSUS {line.number}, which refers to {each.number}",
            )
