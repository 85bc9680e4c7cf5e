"""Review leads on made-up years: what is planted in the scenario comes out, what is not stays quiet, counted over several seeds.

`python benchmarks/bench_leads.py [--declarations 20000] [--seeds 1 2 3]`. In each year one officer asks questions that say nothing, and one
is drawn to the goods of one broker. A planted habit can be found only where it happened: the years say how often.
"""

import tempfile
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from customhouse.cli.console import country_package
from customhouse.cli.simulated_store import Job, simulate
from customhouse.development import integrity
from customhouse.performance import EventStore
from customhouse.pipeline import simulated

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2026


def main() -> None:
    """Simulate, review, count."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--declarations", type=int, default=20_000)
    parser.add_argument("--seeds", nargs="+", default=["1", "2", "3"])
    asked = parser.parse_args()
    country = country_package("sandbox")
    rules = integrity.lead_rule.read_lead_rules((ROOT / "integrity" / "lead_rules.toml").read_text("utf-8"))
    offices = simulated.read_scenario(country.scenario).offices
    planted = {("IL-01", each.name) for office in offices for each in office.officers if each.empty_queries}
    planted |= {("IL-02", each.name) for office in offices for each in office.officers if each.favours}
    false = found = 0
    for seed in asked.seeds:
        with tempfile.TemporaryDirectory() as folder:
            simulate(country, Job(Path(folder), YEAR, asked.declarations, seed), workers=None, progress=lambda _: None)
            began = time.perf_counter()
            connection = EventStore(Path(folder)).connect()
            hours = country.office_hours(on=date(YEAR, 1, 1))
            leads = integrity.lead.leads(connection, rules, start=date(YEAR, 1, 1), end=date(YEAR + 1, 1, 1), hours=hours)
            took = time.perf_counter() - began
        wrong = [each for each in leads if (each.rule, each.actor) not in planted]
        false, found = false + len(wrong), found + len(leads) - len(wrong)
        told = "; ".join(f"{each.rule} {each.actor} {each.observed}/{each.of} p={each.corrected:.1g}" for each in leads)
        print(f"seed {seed}: {told or 'no lead'}; {len(wrong)} false; {took:.1f} s")
    print(f"{len(asked.seeds)} years of {asked.declarations:,} declarations: {found} leads to planted habits, {false} false leads")


if __name__ == "__main__":
    main()
