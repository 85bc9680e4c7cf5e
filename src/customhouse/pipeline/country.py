"""Country package: one folder that holds every national assumption as data; no country stands in code."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from customhouse import assessment, codes, declaration, risk, tariff
from customhouse.assessment import origin
from customhouse.kernel import WorkingHours
from customhouse.pipeline.fee import Fee, read_fees
from customhouse.pipeline.penalty import Penalty, read_penalties
from customhouse.pipeline.transparency import UNSAID, Transparency, read_transparency
from customhouse.shipped import shipped
from customhouse.tariff import document, edition, heading, measure_type, meursing, ruling

_EDITION_DIGITS = 12


class UnknownCountryError(LookupError):
    """No shipped country package has this name, and no folder with a `country.toml` lies at this path."""


@dataclass(frozen=True, slots=True)
class CountryPackage:
    """A customs territory: who it is, its code lists, its law, its checks, its risk profiles and its terms of rulings.

    `rates` is how its tariff writes them, `headings` what it says of headings beside the goods; `remarks`
    are what a user should know of a tariff that was supplied; `scenario` says in TOML how to simulate a year of it. `edition` names
    the content of the package: another content has another edition.
    """

    code: str
    name: dict[str, str]
    currency: str
    time_zone: ZoneInfo
    languages: tuple[str, ...]
    prelodged_days: int
    lists: codes.CodeLists
    law: assessment.Law
    agreements: dict[str, origin.Agreement]
    checks: declaration.CheckSettings
    profiles: risk.ProfileSet
    rulings: ruling.Terms
    rates: str = "taric"
    headings: tuple[heading.HeadingRule, ...] = ()
    remarks: tuple[str, ...] = ()
    scenario: str = ""
    measure_types: document.Types = field(default_factory=document.Types)
    folder: Path = Path()
    transparency: Transparency = UNSAID
    fees: tuple[Fee, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    edition: str = ""

    def office_hours(self, *, on: date) -> dict[str, WorkingHours]:
        """The opening hours of each office whose entry in the list of offices says them, by its code."""
        offices = self.lists.named("offices")
        entries = offices.entries(on=on) if offices else ()
        return {entry.code: self._hours(entry) for entry in entries if entry.extra.get("weekdays")}

    def _hours(self, office: codes.CodeEntry) -> WorkingHours:
        return WorkingHours(
            opens=time.fromisoformat(office.extra["opens"]),
            closes=time.fromisoformat(office.extra["closes"]),
            weekdays=frozenset(map(int, office.extra["weekdays"])),
            zone=self.time_zone,
        )

    def legal_day(self, *, at: datetime) -> date:
        """The territory's calendar day at an aware instant: the day whose law applies."""
        return at.astimezone(self.time_zone).date()


def load_country(name_or_folder: str) -> CountryPackage:
    """The country package of a shipped name (`sandbox`) or of a folder; refuses with `UnknownCountryError`."""
    return _read_package(_folder(name_or_folder))


def shipped_countries() -> tuple[str, ...]:
    """The names of the country packages that come with the product."""
    return tuple(sorted(path.parent.name for path in shipped("countries").glob("*/country.toml")))


def _read_package(folder: Path) -> CountryPackage:
    def text(name: str) -> str:
        path = folder / name
        return path.read_text("utf-8") if path.is_file() else ""

    about = tomllib.loads(text("country.toml"))
    rates = about.get("tariff", {}).get("rates", "taric")
    read = tariff.read_tariff(
        measures=text("measures.csv"),
        commodities=text("commodities.csv"),
        areas=text("areas.csv"),
        quotas=text("quotas.csv"),
        rates=rates,
        edition=_edition(text("editions.csv")),
    )
    table = meursing.read_meursing(amounts=text("meursing.csv"), compositions=text("meursing_codes.csv"))
    types = text("measure_types.csv") or "measure_type,kind"
    law = assessment.Law(
        tariff=replace(read, meursing=table),
        regime=assessment.read_regime(text("regime.toml")),
        exchange_rates=assessment.read_exchange_rates(text("exchange_rates.csv")),
    )
    own = (codes.read_code_list(path.read_text("utf-8"), name=path.stem) for path in sorted(folder.glob("codes/*.csv")))
    return CountryPackage(
        code=about["code"],
        name=about["name"],
        currency=about["currency"],
        time_zone=ZoneInfo(about["time_zone"]),
        languages=tuple(about["languages"]),
        prelodged_days=about["prelodged_days"],
        lists=codes.CodeLists((*codes.world_lists(codes.CodeEntry(about["code"], about["name"]["en"])), *own)),
        law=law,
        agreements=_agreements(folder),
        checks=declaration.read_check_settings(text("checks.toml")),
        profiles=risk.read_profiles(text("profiles.toml")),
        rulings=ruling.Terms.read(text("rulings.toml")),
        rates=rates,
        headings=heading.read_heading_rules(text("headings.csv")) if text("headings.csv") else (),
        scenario=text("simulation.toml"),
        measure_types=document.Types(measure_type.read_measure_types(types), measure_type.read_claims(types)),
        folder=folder,
        transparency=read_transparency(about.get("transparency", {})),
        fees=read_fees(text("fees.toml"), taxes=[each.name for each in law.regime.taxes]) if text("fees.toml") else (),
        penalties=read_penalties(text("penalties.toml")) if text("penalties.toml") else (),
        edition=edition_of(path.read_text("utf-8") for path in _files(folder)),
    )


def _agreements(folder: Path) -> dict[str, origin.Agreement]:
    read = (origin.read_agreement(path.read_text("utf-8")) for path in sorted(folder.glob("agreements/*.toml")))
    return {each.name: each for each in read}


def _edition(register: str) -> int:
    """The newest published edition of the tariff: the first where nothing was loaded into the package."""
    return edition.read_set({"editions": register.splitlines(keepends=True)}).published if register else 1


def edition_of(texts: Iterable[str]) -> str:
    """The name of what these texts say: the same for the same texts in the same order, another for any other."""
    digest = sha256()
    for text in texts:
        digest.update(sha256(text.encode()).digest())
    return digest.hexdigest()[:_EDITION_DIGITS]


def _files(folder: Path) -> list[Path]:
    return [path for pattern in ("*.toml", "*.csv", "codes/*.csv", "agreements/*.toml") for path in sorted(folder.glob(pattern))]


def _folder(name_or_folder: str) -> Path:
    for folder in (shipped("countries") / name_or_folder, Path(name_or_folder)):
        if (folder / "country.toml").is_file():
            return folder
    raise UnknownCountryError(
        f"there is no country package {name_or_folder!r}: name one of {', '.join(shipped_countries())}, or a folder with a country.toml"
    )
