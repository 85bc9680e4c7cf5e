"""Reader: a published document as a commodity, its measures on importation, and the members of the areas that it lists."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from customhouse.kernel import ALWAYS, Finding, Severity, Validity
from customhouse.tariff.area import Membership
from customhouse.tariff.commodity import Commodity
from customhouse.tariff.document.component import rate_of, supplementary_unit
from customhouse.tariff.document.condition_line import condition_of
from customhouse.tariff.document.published import Area, PublishedCommodity, PublishedMeasure, UnreadableDocumentError, read_published
from customhouse.tariff.measure import Measure
from customhouse.tariff.measure_type import kind_of

_NO_TAX = {"A", "B"}  # the series of prohibitions and of controls (TARIC)


@dataclass(frozen=True, slots=True)
class Types:
    """What the types of measures are in a country package: the kind of tax of each, and the preference codes that claim it."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_other_tariff(self, other_for: Mapping[str, str]) -> "Types":
        """The types as another tariff for the same territory uses them: each kind as it is there, and no tax where it has none."""
        return Types({each: other_for.get(kind, "") for each, kind in self.kinds.items()}, self.claims)


@dataclass(frozen=True, slots=True)
class CommodityDocument:
    """What one document says: the measures that are taxes, how many are none, and those of a type that the country does not know."""

    commodity: Commodity
    measures: tuple[Measure, ...]
    memberships: tuple[Membership, ...]
    controls: int
    findings: tuple[Finding, ...]


def read_document(text: str, types: Types, *, narrowed_to: str = "") -> CommodityDocument:
    """The document read; refuses with `UnreadableDocumentError` what is none.

    A service that was asked about goods from one country answers with the measures on them alone: `narrowed_to` names that country.
    Every group in the document then has it as a member, and a measure on a country is one on it.
    """
    published = read_published(text)
    charging = [each for each in published.import_measures if each.measure_type.measure_type_series_id not in _NO_TAX]
    taxes = [each for each in charging if types.kinds.get(each.measure_type.id)]
    unknown = [each for each in charging if each.measure_type.id not in types.kinds]
    try:
        return CommodityDocument(
            commodity=_commodity(published),
            measures=tuple(_measure(each, published.goods_nomenclature_item_id, types, narrowed_to) for each in taxes),
            memberships=tuple(dict.fromkeys(_memberships(taxes, narrowed_to))),
            controls=len(published.import_measures) - len(taxes) - len(unknown),
            findings=tuple(_unknown(each) for each in unknown),
        )
    except ValueError as refusal:
        raise UnreadableDocumentError(f"a measure of the document cannot be read: {refusal}") from refusal


def _commodity(published: PublishedCommodity) -> Commodity:
    code = published.goods_nomenclature_item_id
    above = [each.goods_nomenclature_item_id for each in (published.heading, *published.ancestors) if each]
    units = (supplementary_unit(each.measure_components) for each in published.import_measures)
    return Commodity(
        code=code,
        description=published.description_plain or published.description,
        parent=next((each for each in reversed(above) if each != code), ""),
        is_declarable=published.declarable,
        supplementary_unit=next(filter(None, units), ""),
    )


def _measure(published: PublishedMeasure, commodity: str, types: Types, narrowed_to: str) -> Measure:
    kind, additional_code = published.measure_type.id, published.additional_code.code if published.additional_code else ""
    claims = (published.preference_code.code,) if published.preference_code else types.claims.get(kind, ())
    return Measure(
        id=str(published.id),
        commodity=commodity,
        kind=kind_of(types.kinds[kind], additional_code=additional_code) or kind,
        rate=rate_of(published.measure_components),
        area=narrowed_to if narrowed_to and _is_country(published.geographical_area) else _area_id(published.geographical_area),
        excludes=tuple(each.id for each in published.excluded_countries),
        additional_code=additional_code,
        preferences=claims,
        quota=published.order_number.number if published.order_number else "",
        conditions=tuple(condition_of(each) for each in published.measure_conditions),
        legal_basis=", ".join(each.regulation_code for each in published.legal_acts if each.regulation_code),
        validity=_validity(published),
        type=kind,
        reduction=str(published.reduction_indicator or ""),
    )


def _validity(published: PublishedMeasure) -> Validity:
    """From the first day to the day after the last, which the service prints as included."""
    first, last = (
        date.fromisoformat(text[:10]) if text else None for text in (published.effective_start_date, published.effective_end_date)
    )
    return Validity(first, last + timedelta(days=1) if last else None) if first or last else ALWAYS


def _memberships(measures: Iterable[PublishedMeasure], narrowed_to: str) -> Iterator[Membership]:
    for measure in measures:
        for area in filter(None, (measure.geographical_area, *measure.excluded_countries)):
            for member in (*area.children_geographical_areas, *area.contained_geographical_areas):
                yield Membership(area.id, member.id, ALWAYS)
        if narrowed_to and measure.geographical_area and not _is_country(measure.geographical_area):
            yield Membership(measure.geographical_area.id, narrowed_to, ALWAYS)


def _area_id(area: Area | None) -> str:
    return area.id if area else ""


def _is_country(area: Area | None) -> bool:
    """Whether the area is a country, which goes by letters, and no group, which goes by digits."""
    return _area_id(area).isalpha()


def _unknown(measure: PublishedMeasure) -> Finding:
    params = {"measure": str(measure.id), "type": measure.measure_type.id, "description": measure.measure_type.description or ""}
    return Finding(code="TRF-02", pointer=f"import_measures[{measure.id}]", severity=Severity.WARNING, params=params)
