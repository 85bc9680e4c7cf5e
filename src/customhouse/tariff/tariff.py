"""Tariff: the dated measures of a country on its nomenclature, found by goods, origin and day (HS Convention, Article 3)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from customhouse.kernel import Severity
from customhouse.saying import Refusal, saying
from customhouse.tariff.area import Areas, Membership, read_areas
from customhouse.tariff.commodity import Commodity, Nomenclature, read_commodities
from customhouse.tariff.measure import FIRST_EDITION, Measure, goods_key
from customhouse.tariff.measure_sheet import read_measures
from customhouse.tariff.meursing import Goods, Meursing
from customhouse.tariff.quota import Quotas, read_quotas
from customhouse.tariff.rate import Rate


class UnreadableTariffError(Refusal, ValueError):
    """A tariff file has rows that could not be read; the message names each with its column."""


@dataclass(frozen=True, slots=True)
class Applicable:
    """A measure that covers the goods and the origin, and how specifically: by digits of the goods, then by nearness of the area."""

    measure: Measure
    goods_digits: int
    nearness: int

    @property
    def specificity(self) -> tuple[int, int]:
        """What decides between measures of one kind: the more specific goods first, then country, group, all countries."""
        return (self.goods_digits, self.nearness)


@dataclass(frozen=True, slots=True)
class Tariff:
    """Every measure of every edition, immutable; a new edition is a new tariff that shares the unchanged rows."""

    measures: tuple[Measure, ...] = ()
    nomenclature: Nomenclature = field(default_factory=Nomenclature)
    areas: Areas = field(default_factory=Areas)
    edition: int = FIRST_EDITION
    supplied: tuple[Measure, ...] = ()
    quotas: Quotas = field(default_factory=Quotas)
    meursing: Meursing = field(default_factory=Meursing)
    _covering: Callable[[str], tuple[tuple[str, Measure], ...]] = field(init=False, repr=False, compare=False)
    _found: Callable[..., tuple[Applicable, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the measures by the goods that they name."""
        own, supplied = _by_goods(self.measures), _by_goods(self.supplied)

        def covering(commodity: str) -> tuple[tuple[str, Measure], ...]:
            keys = self.nomenclature.keys_above(commodity)
            taking = [(key, each) for key in keys for each in supplied.get(key, ())]
            kinds, names_goods = {each.kind for _, each in taking}, any(key for key, _ in taking)
            kept = [(key, each) for key in keys if not (key and names_goods) for each in own.get(key, ()) if each.kind not in kinds]
            return tuple(taking + kept)

        object.__setattr__(self, "_covering", lru_cache(maxsize=65_536)(covering))
        object.__setattr__(self, "_found", lru_cache(maxsize=65_536)(self._find))

    def __reduce__(self) -> tuple[type["Tariff"], tuple[object, ...]]:
        """What another process needs to make the same tariff."""
        return Tariff, (self.measures, self.nomenclature, self.areas, self.edition, self.supplied, self.quotas, self.meursing)

    def commodity(self, code: str, *, on: date) -> Commodity | None:
        """The commodity of that code on the day."""
        return self.nomenclature.find(code, on=on)

    def covering(self, commodity: str) -> tuple[Measure, ...]:
        """Every measure that covers the goods, on whatever day and in whatever edition, the most specific goods first."""
        return tuple(measure for _, measure in self._covering(commodity))

    def measures_on(self, commodity: str, origin: str | None, *, on: date, as_known: int | None = None) -> tuple[Measure, ...]:
        """The measures in force on goods of that origin on the day, the most specific of each kind alone.

        Measures are rivals where kind, additional code, preference and quota are the same: then the more specific goods win, and
        on the same goods a country before a group before all countries. An excluded origin leaves the field to the next. The
        edition is the newest unless one is named.
        """
        found = self.applicable(commodity, origin, on=on, as_known=as_known)
        best: dict[tuple[str, str, tuple[str, ...], str], tuple[int, int]] = {}
        for each in found:
            key = _rivalry(each.measure)
            best[key] = max(best.get(key, (-1, -1)), each.specificity)
        return tuple(each.measure for each in found if best[_rivalry(each.measure)] == each.specificity)

    def applicable(self, commodity: str, origin: str | None, *, on: date, as_known: int | None = None) -> tuple[Applicable, ...]:
        """Every measure in force that covers the goods and the origin on the day, however generally."""
        return self._found(commodity, origin, on=on, edition=self.edition if as_known is None else as_known)

    def _find(self, commodity: str, origin: str | None, *, on: date, edition: int) -> tuple[Applicable, ...]:
        return tuple(self._scan(commodity, origin, on=on, edition=edition))

    def _scan(self, commodity: str, origin: str | None, *, on: date, edition: int) -> Iterator[Applicable]:
        for key, measure in self._covering(commodity):
            if not measure.is_in_force(on=on) or not measure.is_known(edition):
                continue
            nearness = self.areas.nearness(measure.area, origin, on=on)
            if nearness and not any(self.areas.contains(each, origin, on=on) for each in measure.excludes):
                yield Applicable(measure, len(key), nearness)

    def limited_to_an_origin(self, commodity: str, *, on: date) -> tuple[Measure, ...]:
        """The measures in force on the goods that only some countries meet, whichever those are."""
        found = (measure for _, measure in self._covering(commodity) if measure.is_in_force(on=on) and measure.is_known(self.edition))
        return tuple(each for each in found if each.excludes or not self.areas.is_every_country(each.area, on=on))

    def is_free(self, commodity: str, origin: str | None, *, kind: str, on: date) -> bool:
        """Whether goods of that origin are free of a duty: only if the measures of every additional code are zero."""
        rates = [each.rate for each in self.measures_on(commodity, origin, on=on) if each.kind == kind and not each.preferences]
        return bool(rates) and all(rate.is_zero for rate in rates)

    def with_components(self, rate: Rate, goods: Goods, *, measure: Measure, on: date) -> Rate:
        """The rate of a measure with the amounts of the Meursing table; refuses with `UnknownComponentError` what has none."""
        return self.meursing.with_components(rate, goods, areas=self.areas, reduction=measure.reduction, on=on)

    def joined_by(self, commodities: Iterable[Commodity], memberships: Iterable[Membership]) -> "Tariff":
        """This tariff with further commodities, and further members of its areas."""
        return replace(self, nomenclature=self.nomenclature.joined_by(commodities), areas=self.areas.joined_by(memberships))

    def replaced_by(self, supplied: Iterable[Measure]) -> "Tariff":
        """This tariff with other measures in place of its own for the goods that they name.

        Where supplied measures cover some goods, they alone apply to them; measures of this tariff on all goods, such as a standard
        rate of tax, still do, except those of a kind that is supplied.
        """
        return replace(self, supplied=tuple(supplied))

    def amended_by(self, coming: Iterable[Measure]) -> "Tariff":
        """This tariff with these measures beside its own, and in place of those that have their id or answer the same question.

        Measures answer the same question if their goods, area, kind, additional code, preferences and quota are the same.
        """
        rows = tuple(coming)
        ids, questions = {each.id for each in rows}, {_question(each) for each in rows}
        kept = (each for each in self.measures if each.id not in ids and _question(each) not in questions)
        return replace(self, measures=(*kept, *rows))

    def next_edition(self, measures: Iterable[Measure]) -> "Tariff":
        """The tariff after an edition that consists of these measures: new rows stamped, missing rows retired, the rest untouched."""
        number = self.edition + 1
        coming = dict.fromkeys(each.stamped(added_in=FIRST_EDITION) for each in measures)
        rows: list[Measure] = []
        for each in self.measures:
            unstamped = each.stamped(added_in=FIRST_EDITION)
            retires = each.is_known(self.edition) and unstamped not in coming
            rows.append(each.stamped(added_in=each.added_in, removed_in=number) if retires else each)
            if each.is_known(self.edition):
                coming.pop(unstamped, None)
        rows += [each.stamped(added_in=number) for each in coming]
        return self if tuple(rows) == self.measures else replace(self, measures=tuple(rows), edition=number)


def read_tariff(  # noqa: PLR0913 - the texts of a country package
    *, measures: str, commodities: str = "", areas: str = "", quotas: str = "", rates: str = "taric", edition: int = FIRST_EDITION
) -> Tariff:
    """The tariff that the CSV texts of a country package make as known in an edition; refuses with `UnreadableTariffError`."""
    sheet = read_measures(measures, rates=rates)
    errors = [finding.params for finding in sheet.findings if finding.severity is Severity.ERROR]
    if errors:
        rows = [saying("row {row}, {column}: {what}", **each) for each in errors]
        raise UnreadableTariffError("{rows}", between="; ", rows=rows)
    nomenclature = read_commodities(commodities, edition=edition) if commodities else Nomenclature()
    members = read_areas(areas, edition=edition) if areas else Areas()
    return Tariff(sheet.measures, nomenclature, members, edition, quotas=read_quotas(quotas))


def _rivalry(measure: Measure) -> tuple[str, str, tuple[str, ...], str]:
    return (measure.kind, measure.additional_code, measure.preferences, measure.quota)


def _question(measure: Measure) -> tuple[object, ...]:
    return (goods_key(measure.commodity), measure.area, *_rivalry(measure))


def _by_goods(measures: Iterable[Measure]) -> dict[str, tuple[Measure, ...]]:
    index: dict[str, tuple[Measure, ...]] = {}
    for each in sorted(measures, key=lambda measure: measure.id):
        key = goods_key(each.commodity)
        index[key] = (*index.get(key, ()), each)
    return index
