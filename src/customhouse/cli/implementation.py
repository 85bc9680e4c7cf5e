"""Implementation at the command line: how far an agreement is carried out, provision by provision, from an event store."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from customhouse import pipeline
from customhouse.cli.console import AsJson, Country, country_package, out, print_json, unreadable
from customhouse.performance import EventStore, indicator
from customhouse.pipeline import publication
from customhouse.shipped import shipped, shipped_or_own
from customhouse.strategy import implementation

_SETS = ("customs", "tfa")

Store = Annotated[Path | None, typer.Argument(metavar="STORE", help="The folder of an event store; without it, only checks are made.")]
Name = Annotated[str, typer.Argument(metavar="INSTRUMENT", help="A shipped instrument (tfa, kyoto, safe, digital) or a TOML file.")]


def tfa(store: Store = None, *, country: Country = "sandbox", as_json: AsJson = False) -> None:
    """Tell each measure of the WTO Trade Facilitation Agreement: whether it is carried out, and by which figure, or why not."""
    implemented("tfa", store, country=country, as_json=as_json)


def implemented(name: Name, store: Store = None, *, country: Country = "sandbox", as_json: AsJson = False) -> None:
    """Tell each provision of an instrument: whether it is carried out, and by which figure, check or reason."""
    found = _instrument(name)
    facts, on = _facts(found, store, country)
    standings = [implementation.standing(each, facts, on=on) for each in found.provisions]
    if as_json:
        print_json(
            [
                {"number": each.number, "title": each.title, "feature": each.feature, "is_carried_out": stands.is_carried_out}
                | msgspec.to_builtins(stands)
                | {"reasons": [str(reason) for reason in stands.reasons]}
                for each, stands in zip(found.provisions, standings, strict=True)
            ]
        )
        return
    done = sum(each.is_carried_out for each in standings)
    table = Table("No.", "Provision", "State", "Why", title=f"{found.title}: {done} of {len(standings)} carried out")
    for each, stands in zip(found.provisions, standings, strict=True):
        table.add_row(each.number, escape(each.title), stands.state.value, escape("; ".join(map(str, stands.reasons))))
    out.print(table)


def _instrument(name_or_file: str) -> implementation.Instrument:
    file = shipped_or_own("commitments", name_or_file)
    if file is None:
        raise unreadable(f"there is no instrument {name_or_file!r}: name a shipped one (tfa, kyoto, safe, digital), or a file")
    try:
        return implementation.read_instrument(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, implementation.UnreadableInstrumentError) as error:
        raise unreadable(str(error)) from error


def _facts(found: implementation.Instrument, store: Path | None, country: str) -> tuple[implementation.Facts, date]:
    """What is known: the checks of the product, and the figures of the year that ends with the last day of the store."""
    bases = {code: rule.legal_basis for code, rule in pipeline.ALL_RULES.items()}
    package = country_package(country)
    seen = implementation.observed(legal_bases=bases, random_per_mille=package.profiles.random.per_mille)
    if store is None:
        return implementation.Facts(observations=seen), date.min
    events = EventStore(store)
    if not events.days():
        raise unreadable(f"{store} holds no events: fill it with `customhouse sandbox simulate`, or export a journal to it")
    on = events.days()[-1]
    wanted = [each for name in _SETS for each in _indicators(name).indicators if each.code in found.indicators]
    told = implementation.facts_from(events.connect(for_many=True), wanted, start=on - timedelta(days=364), end=on + timedelta(days=1))
    return msgspec.structs.replace(told, observations=seen | publication.observed(package, on=on)), on


def _indicators(name: str) -> indicator.IndicatorSet:
    return indicator.read_indicators((shipped("indicators") / f"{name}.toml").read_text("utf-8"))
