"""Publication: what a draft must keep, each rule by itself, and the second person."""

from datetime import UTC, date, datetime

import pytest

from customhouse.kernel import Severity
from customhouse.tariff import publication
from customhouse.tariff.edition import Preparation, TariffSet

AT = datetime(2026, 1, 10, tzinfo=UTC)
MEASURE = {"id": "a", "commodity": "0101", "kind": "A00", "rate": "5 %", "valid_from": "2020-01-01"}
GOODS = {"code": "0101", "description": "Horses", "valid_from": "2010-01-01"}
GROUP = [{"area": "2001", "member": "AR"}, {"area": "2001", "member": "BR"}]
QUOTA = {"order_number": "098201", "valid_from": "2020-01-01", "valid_to": "2021-01-01", "origins": "2001"}


def draft(tables: dict[str, list[dict[str, str]]], base: TariffSet | None = None) -> TariffSet:
    return (base or TariffSet()).after(tables, Preparation(by="ann", at=AT))


def broken(tariff_set: TariffSet) -> set[str]:
    return {finding.code for finding in publication.check(tariff_set, on=AT.date())}


def published(tariff_set: TariffSet) -> TariffSet:
    return publication.publish(tariff_set, (), by="ben", at=AT)


BREACHES = [
    ("TRF-11", {"measures": [{**MEASURE, "valid_from": "1 May"}]}),
    ("TRF-12", {"measures": [{**MEASURE, "valid_to": "2019-01-01"}]}),
    ("TRF-13", {"commodities": [{**GOODS, "parent": "01"}]}),
    ("TRF-14", {"commodities": [GOODS, {**GOODS, "description": "Mules"}]}),
    ("TRF-15", {"measures": [{**MEASURE, "commodity": "0202"}], "commodities": [GOODS]}),
    ("TRF-16", {"measures": [MEASURE], "commodities": [{**GOODS, "valid_to": "2025-01-01"}]}),
    ("TRF-17", {"measures": [{**MEASURE, "commodity": "010"}]}),
    ("TRF-18", {"measures": [MEASURE, {**MEASURE, "id": "b", "rate": "6 %"}]}),
    ("TRF-19", {"measures": [{**MEASURE, "area": "2001"}]}),
    ("TRF-20", {"measures": [{**MEASURE, "area": "2001", "excludes": "US"}], "areas": GROUP}),
    ("TRF-21", {"measures": [{**MEASURE, "additional_code": "C1"}], "additional_codes": [{"code": "C2"}]}),
    ("TRF-22", {"measures": [{**MEASURE, "quota": "098202"}], "quotas": [QUOTA]}),
    ("TRF-22", {"measures": [{**MEASURE, "quota": "098201", "area": "US"}], "quotas": [QUOTA]}),
    ("TRF-23", {"quotas": [QUOTA, {**QUOTA, "valid_from": "2020-06-01"}]}),
    ("TRF-24", {"measures": [{**MEASURE, "rate": "as agreed"}]}),
    ("TRF-25", {"measures": [{**MEASURE, "rate": "5 % MIN 10 EUR / KGM MAX 5 EUR / KGM"}]}),
    ("TRF-26", {"measures": [{**MEASURE, "rate": "5 EUR / XYQ"}]}),
    ("TRF-27", {"measures": [{**MEASURE, "conditions": "B:C644"}]}),
    ("TRF-28", {"measures": [{**MEASURE, "conditions": "B:C644=apply"}]}),
]


@pytest.mark.parametrize(("code", "tables"), BREACHES)
def test_a_draft_that_breaks_one_rule_is_told_that_rule_alone(code: str, tables: dict[str, list[dict[str, str]]]) -> None:
    assert broken(draft(tables)) == {code}


def test_a_draft_that_keeps_every_rule_is_told_nothing() -> None:
    measures = [
        MEASURE,
        {**MEASURE, "id": "b", "area": "2001", "excludes": "BR", "preference": "300", "quota": "098201", "valid_to": "2021-01-01"},
        {**MEASURE, "id": "c", "kind": "B00", "additional_code": "C2", "conditions": "B:C644=apply;B:-=refuse", "excludes": "2001"},
    ]
    goods = [{**GOODS, "valid_to": "2022-01-01"}, {**GOODS, "description": "Live horses", "valid_from": "2022-01-01"}]
    tables = {"measures": measures, "commodities": goods, "areas": GROUP, "quotas": [QUOTA], "additional_codes": [{"code": "C2"}]}
    assert broken(draft(tables)) == set()


def test_a_rate_may_stand_in_the_conditions_alone() -> None:
    conditional = {**MEASURE, "rate": "", "conditions": "A:D008=apply 4.5 %;A:-=apply 20 %"}
    assert broken(draft({"measures": [conditional]})) == set()
    assert broken(draft({"measures": [{**conditional, "conditions": "A:D008=apply;A:-=refuse"}]})) == {"TRF-24"}


def test_every_rule_is_broken_by_some_row_above_or_below() -> None:
    assert {rule.code for rule in publication.RULES} == {code for code, _ in BREACHES} | {"TRF-29"}
    assert len({rule.name for rule in publication.RULES}) == len(publication.RULES)


def test_what_was_published_stays_for_the_days_that_have_passed() -> None:
    base = published(draft({"measures": [MEASURE]}))
    gone = draft({"measures": [{**MEASURE, "rate": "6 %"}]}, base)
    shortened = draft({"measures": [{**MEASURE, "valid_to": "2021-01-01"}]}, base)
    ended = draft(
        {"measures": [{**MEASURE, "valid_to": "2026-02-01"}, {**MEASURE, "id": "b", "rate": "6 %", "valid_from": "2026-02-01"}]}, base
    )
    future = published(draft({"measures": [{**MEASURE, "valid_from": "2030-01-01"}]}))
    assert (broken(gone), broken(shortened), broken(ended)) == ({"TRF-29"}, {"TRF-29"}, set())
    assert broken(draft({"measures": [MEASURE | {"valid_from": "2031-01-01"}]}, future)) == set()


def test_every_breach_is_told_with_its_row() -> None:
    rows = [{**MEASURE, "id": str(number), "commodity": f"01{number:02}", "area": "9999"} for number in range(30)]
    found = publication.check(draft({"measures": rows}), on=date(2026, 1, 1))
    assert {finding.pointer for finding in found} == {f"measures[{number}]" for number in range(30)}
    assert {finding.severity for finding in found} == {Severity.ERROR}


@pytest.mark.parametrize("by", ["ann", " Ann", "carl", ""])
def test_no_author_of_a_draft_publishes_it(by: str) -> None:
    first = draft({"measures": [MEASURE]})
    second = first.after({"areas": GROUP}, Preparation(by="carl", at=AT))
    with pytest.raises(publication.FourEyesError):
        publication.publish(second, (), by=by, at=AT)


def test_a_broken_rule_stops_publication_and_a_warning_does_not() -> None:
    bad, doubtful = draft({"measures": [{**MEASURE, "area": "2001"}]}), draft({"measures": [{**MEASURE, "rate": "as agreed"}]})
    with pytest.raises(publication.BrokenRulesError) as refused:
        publication.publish(bad, publication.check(bad, on=AT.date()), by="ben", at=AT)
    assert [finding.code for finding in refused.value.findings] == ["TRF-19"]
    assert publication.publish(doubtful, publication.check(doubtful, on=AT.date()), by="ben", at=AT).published == 1


def test_there_must_be_a_draft_to_publish() -> None:
    with pytest.raises(publication.NoDraftError):
        published(published(draft({"measures": [MEASURE]})))
