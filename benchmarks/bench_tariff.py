"""Load the full schedule of the United States as an edition, and look up all measures of a commodity on a day.

bench_tariff.py [SCHEDULE.csv] [LOOK-UPS]      default: the 2023 export, 20,000 look-ups
"""

import random
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from customhouse.tariff import Tariff, edition, loading, read_tariff

SHIPPED = Path(__file__).resolve().parents[2] / "shared" / "data" / "tariff" / "us" / "htsdata_2023.csv"
BOUND_LOAD_S, BOUND_LOOK_UP_MS = 30.0, 1.0
DAY = date(2026, 1, 1)
ORIGINS = ("CN", "MX", "CA", "DE", "JP", "VN", "KR", "RU")
AREAS = "area,member,valid_from,valid_to\nCOLUMN-2,RU,,\nPROGRAM-S,CA,,\nPROGRAM-S,MX,,\nPROGRAM-KR,KR,,\n"


def loaded(schedule: Path) -> edition.TariffSet:
    """The schedule as a draft edition of an empty set."""
    empty = edition.TariffSet()
    with schedule.open("rb") as stream:
        found = loading.load(loading.Dialect.HTS, [(schedule.name, stream)], into=empty, types=loading.MeasureTypes())
    coming = loading.next_lines(found, empty, on=date(2023, 1, 1), is_part=False)
    return empty.after(coming, edition.Preparation(by="bench", at=datetime(2023, 1, 1, tzinfo=UTC)))


def main() -> None:
    """Print both figures beside their bounds; end with 1 where one is not met."""
    schedule = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    if not schedule.exists():
        print(f"there is no schedule at {schedule}: name one")
        return
    start = time.perf_counter()
    texts = loaded(schedule).texts()
    tariff = read_tariff(measures=texts["measures"], commodities=texts["commodities"], areas=AREAS)
    seconds = time.perf_counter() - start
    print(f"load, write and read back {len(tariff.measures):,} measures: {seconds:.1f} s (bound {BOUND_LOAD_S:.0f} s)")
    chance = random.Random(7)  # noqa: S311 - the same look-ups each time
    codes = [each.code for each in tariff.nomenclature if each.is_declarable]
    taken = sorted(look_up(tariff, chance.choice(codes), chance.choice(ORIGINS)) for _ in range(int((sys.argv[2:] or ["20000"])[0])))
    p99 = taken[int(len(taken) * 0.99)] * 1_000
    print(f"look-up: p50 {taken[len(taken) // 2] * 1_000:.3f} ms, p99 {p99:.3f} ms (bound {BOUND_LOOK_UP_MS} ms)")
    sys.exit(not (seconds < BOUND_LOAD_S and p99 < BOUND_LOOK_UP_MS))


def look_up(tariff: Tariff, code: str, origin: str) -> float:
    """How long one look-up takes, most of them of a commodity that was not asked for before."""
    start = time.perf_counter()
    tariff.measures_on(code, origin, on=DAY)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
