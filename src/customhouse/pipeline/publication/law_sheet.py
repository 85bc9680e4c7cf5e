"""Law sheets: what is levied, on what, with which reliefs, preferences and documents, from the regime and the tariff of a country."""

from collections.abc import Iterable, Iterator
from datetime import date

from customhouse.assessment import Regime
from customhouse.kernel import Validity
from customhouse.pipeline.country import CountryPackage
from customhouse.pipeline.publication.sheet import Cell, Sheet
from customhouse.tariff import Action, Measure, Tariff

_EVERYTHING = "*"
_VALUE_ABOUT = {
    "CIF": "Carriage to the place of importation belongs to the value (CIF). These charges are added to the price, or taken off.",
    "FOB": "Carriage from the exporting country does not belong to the value (FOB). These charges are added to the price, or taken off.",
}


def taxes(country: CountryPackage, *, on: date) -> Sheet:
    """The taxes and fees in the order in which they are worked out."""
    regime = country.law.regime
    rows = []
    for tax in regime.taxes:
        rounding = tax.rounding or regime.tax_rounding
        bounds = [each for each in tax.by_entry if Validity(each.valid_from, each.valid_to).includes(on)]
        limits = tuple(f"{each.minimum} to {each.maximum} {regime.currency}" for each in bounds)
        rows.append(
            (
                tax.name,
                tax.description,
                tax.kinds,
                _described(tax.base, regime),
                tax.standard_rate,
                f"{rounding.step} {regime.currency}",
                rounding.mode.value,
                limits,
                tax.legal_basis,
            )
        )
    return Sheet(
        title="Duties and taxes",
        about="What is levied on goods, in this order. Each is worked out on the parts named, and rounded once.",
        source="regime.toml",
        basis="TFA Art 1.1(b)",
        columns=("tax", "what it is", "kinds", "levied on", "standard rate", "rounded to", "rounding", "bounds", "legal basis"),
        rows=tuple(rows),
    )


def charges(country: CountryPackage, *, on: date) -> Sheet:  # noqa: ARG001 - the regime holds them for every day
    """What is added to the price or taken off it."""
    regime = country.law.regime
    rows = [
        (code, each.description, each.effect.value, (each.element.value if each.element else ""), each.share.value)
        for code, each in regime.charges.items()
    ]
    return Sheet(
        title="Customs value",
        about=_VALUE_ABOUT[regime.valuation.value],
        source="regime.toml",
        basis="TFA Art 1.1(d); WTO Valuation Agreement, Art 1 and 8",
        columns=("code", "what it is", "effect", "element", "shared by"),
        rows=tuple(rows),
    )


def procedures(country: CountryPackage, *, on: date) -> Sheet:
    """The customs procedures and what each does to taxes."""
    listed = country.lists.named("procedures")
    named = [(each.code, each.description) for each in listed.entries(on=on)] if listed else []
    rows = list(_effect_rows(country.law.regime, of_reliefs=False, on=on))
    rows += [((code,), description, "", "", "", "", (), (), "code list of procedures") for code, description in named]
    return _effects("Customs procedures", "What goods may be declared for, and which taxes that leaves due.", "TFA Art 1.1(a)", rows)


def reliefs(country: CountryPackage, *, on: date) -> Sheet:
    """The reliefs and exemptions, with their conditions."""
    rows = list(_effect_rows(country.law.regime, of_reliefs=True, on=on))
    return _effects("Reliefs and exemptions", "What goods may come in without some tax, and on which conditions.", "TFA Art 1.1(b)", rows)


def preferences(country: CountryPackage, *, on: date) -> Sheet:  # noqa: ARG001 - the regime holds them for every day
    """What a preference code claims, and with which proofs."""
    rows = [
        (each.codes, each.description, "preferential" if each.is_preferential else "for all origins", each.documents)
        for each in country.law.regime.preferences
    ]
    return Sheet(
        title="Preferences",
        about="What a declarant may claim. Any one of the documents is proof.",
        source="regime.toml",
        basis="TFA Art 1.1(b), (e)",
        columns=("codes", "what it is", "origin", "documents"),
        rows=tuple(rows),
    )


def origin(country: CountryPackage, *, on: date) -> Sheet:
    """The rules of origin that the package holds: whose, on what they rest, and what they count."""
    rows = [
        (
            each.title,
            "preferential" if each.preferential else "non-preferential",
            ("every country",) if _EVERYTHING in each.parties else each.parties,
            str(len(each.rules)),
            tuple(proof.title for proof in each.proofs),
            each.legal_basis,
        )
        for each in country.agreements.values()
        if Validity(each.valid_from, each.valid_to).includes(on)
    ]
    return Sheet(
        title="Rules of origin",
        about="By which rules goods come from a country, and how that is proved. The calculator of origin works them out for your goods.",
        source="agreements/*.toml",
        basis="TFA Art 1.1(e)",
        columns=("rules", "kind", "parties", "product rules", "proofs", "legal basis"),
        rows=tuple(rows),
        unpublished="" if rows else "The country package states no rules of origin for this day.",
    )


def restrictions(country: CountryPackage, *, on: date) -> Sheet:
    """The goods that measures in force refuse without a document, other than to claim a lower duty by it."""
    regime, tariff = country.law.regime, country.law.tariff
    claimed = {code for each in regime.preferences for code in each.codes} - {regime.default_preference}
    rows = [
        (
            each.commodity,
            _countries(tariff, each.area, on=on),
            _sorted(line.test for line in each.conditions if line.action is Action.APPLY and not line.comparison),
            each.legal_basis,
        )
        for each in tariff.measures
        if each.is_in_force(on=on)
        and not claimed.intersection(each.preferences)
        and any(line.action is Action.REFUSE for line in each.conditions)
    ]
    return Sheet(
        title="Restrictions and prohibitions",
        about="Goods that do not come in without one of the documents named.",
        source="measures.csv",
        basis="TFA Art 1.1(f)",
        columns=("commodity", "countries", "documents", "legal basis"),
        rows=tuple(rows),
        unpublished="" if rows else "The tariff of the country package holds no restriction for this day.",
    )


def agreements(country: CountryPackage, *, on: date) -> Sheet:
    """The areas to which preferential measures in force apply, and how many measures they have."""
    regime, tariff = country.law.regime, country.law.tariff
    preferential = {code for each in regime.preferences if each.is_preferential for code in each.codes}
    found: dict[str, list[Measure]] = {}
    for measure in tariff.measures:
        if measure.is_in_force(on=on) and preferential.intersection(measure.preferences):
            found.setdefault(measure.area, []).append(measure)
    rows = [
        (
            area,
            _countries(tariff, area, on=on),
            _sorted(code for each in measures for code in each.preferences),
            str(len(measures)),
            _sorted(each.legal_basis for each in measures),
        )
        for area, measures in sorted(found.items())
    ]
    return Sheet(
        title="Agreements and preferential areas",
        about="The countries whose goods meet a lower duty when their origin is proved.",
        source="measures.csv, areas.csv",
        basis="TFA Art 1.1(i)",
        columns=("area", "countries", "preferences", "measures in force", "legal basis"),
        rows=tuple(rows),
        unpublished="" if rows else "The tariff holds no preferential measure for this day.",
    )


def documents(country: CountryPackage, *, on: date) -> Sheet:
    """The documents that a preference, a relief, a quota or a measure asks for."""
    needed: dict[str, dict[tuple[tuple[str, ...], str], int]] = {}
    for code, what, basis in _asked(country, on=on):
        places = needed.setdefault(code, {})
        places[what, basis] = places.get((what, basis), 0) + 1
    listed = country.lists.named("documents")
    rows: list[tuple[Cell, ...]] = []
    for code, places in sorted(needed.items()):
        entry = listed.entry(code, on=on) if listed else None
        rows += [(code, entry.description if entry else "", what, str(count), basis) for (what, basis), count in sorted(places.items())]
    return Sheet(
        title="Documents required",
        about="Which document is asked for, what it opens, and for how many rules.",
        source="regime.toml, measures.csv, quotas.csv",
        basis="TFA Art 1.1(a), Art 10.1",
        columns=("document", "what it is", "needed for", "rules", "legal basis"),
        rows=tuple(rows),
    )


def quotas(country: CountryPackage, *, on: date) -> Sheet:
    """The tariff quotas whose period holds the day."""
    rows = [
        (
            each.order_number,
            _day(each.period.start),
            _day(each.period.end),
            f"{each.volume:f} {each.unit}",
            each.method.value,
            each.origins,
            each.documents,
            each.legal_basis,
        )
        for each in country.law.tariff.quotas
        if each.period.includes(on)
    ]
    return Sheet(
        title="Tariff quotas",
        about="How much of some goods may come in at a lower duty, and how it is given out.",
        source="quotas.csv",
        basis="TFA Art 1.1(j)",
        columns=("order number", "from", "until before", "volume", "method", "origins", "documents", "legal basis"),
        rows=tuple(rows),
        unpublished="" if rows else "The country package states no tariff quota for this day.",
    )


def _effects(title: str, about: str, basis: str, rows: list[tuple[Cell, ...]]) -> Sheet:
    columns = ("codes", "what it is", "status", "taxes", "share", "value up to", "documents", "origins", "legal basis")
    return Sheet(title=title, about=about, source="regime.toml", basis=basis, columns=columns, rows=tuple(rows))


def _effect_rows(regime: Regime, *, of_reliefs: bool, on: date) -> Iterator[tuple[Cell, ...]]:
    for each in regime.reliefs if of_reliefs else regime.procedures:
        if Validity(each.valid_from, each.valid_to).includes(on):
            limit = f"{each.value_limit} {regime.currency}" if each.value_limit is not None else ""
            status = each.status.value if each.is_charged else "not charged"
            named = ("every tax",) if _EVERYTHING in each.taxes else _described(each.taxes, regime)
            conditions = (limit, each.documents, each.areas)
            yield (each.codes, each.description, status, named, str(each.share), *conditions, each.legal_basis)


def _asked(country: CountryPackage, *, on: date) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each document code, with what it opens and by which law."""
    regime, tariff = country.law.regime, country.law.tariff
    for preference in regime.preferences:
        yield from ((code, ("preference", *preference.codes), "") for code in preference.documents)
    for relief in regime.reliefs:
        if Validity(relief.valid_from, relief.valid_to).includes(on):
            yield from ((code, ("relief", *relief.codes), relief.legal_basis) for code in relief.documents)
    for quota in tariff.quotas:
        if quota.period.includes(on):
            yield from ((code, ("quota", quota.order_number), quota.legal_basis) for code in quota.documents)
    for measure in tariff.measures:
        if measure.is_in_force(on=on):
            codes = {each.test for each in measure.conditions if each.comparison is None and each.test != "-"}
            tax = next((each.description for each in regime.taxes if each.takes(measure.kind)), measure.kind)
            yield from ((code, ("measures", tax), measure.legal_basis) for code in codes)


def _countries(tariff: Tariff, area: str, *, on: date) -> tuple[str, ...]:
    members = tariff.areas.members(area, on=on) or (area,)
    return ("every country",) if _EVERYTHING in members else tuple(members)


def _described(names: Iterable[str], regime: Regime) -> tuple[str, ...]:
    """The taxes of these names as the regime describes them; what names no tax stands as it is."""
    words = {tax.name: tax.description for tax in regime.taxes}
    return tuple(words.get(name) or name for name in names)


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts) - {""}))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
