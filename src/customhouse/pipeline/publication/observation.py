"""Observation of what is published: what the trackers can hold of Articles 1.1, 6.1, 6.2 and 6.3 of the TFA, from the package alone."""

from datetime import date
from decimal import Decimal

from customhouse.pipeline.country import CountryPackage
from customhouse.pipeline.fee import share_published
from customhouse.pipeline.publication.coverage import coverage
from customhouse.saying import saying
from customhouse.strategy import implementation

_WHOLE = Decimal(1)


def observed(country: CountryPackage, *, on: date) -> dict[str, implementation.Observation]:
    """By the names of the checks: whether each subject is published, and fees and penalties with what the Agreement asks of them."""
    return {
        "every subject of Article 1.1 is published": _coverage(country, on=on),
        "fees are published with their reviews": _fees(country, on=on),
        "fees state what they rest on": _cost(country, on=on),
        "penalties are published": _penalties(country, on=on),
    }


def _coverage(country: CountryPackage, *, on: date) -> implementation.Observation:
    subjects = coverage(country, on=on)
    missing = dict.fromkeys(each.subject.paragraph for each in subjects if not each.is_published)
    if missing:
        reason = saying("not published in full: Article 1.1 {paragraphs}", paragraphs=missing)
        return implementation.Observation(holds=False, reason=reason)
    return implementation.Observation(holds=True, reason=saying("all {number} subjects of Article 1.1 are published", number=len(subjects)))


def _fees(country: CountryPackage, *, on: date) -> implementation.Observation:
    share = share_published(country.fees, on=on)
    if share is None:
        return implementation.Observation(holds=False, reason=saying("the country package states no fees"))
    due = [each.code for each in country.fees if each.is_review_due(on=on)]
    if due:
        return implementation.Observation(holds=False, reason=saying("fees whose review is due: {codes}", codes=due))
    reason = saying("of {share} % of the fees all is said that Article 6 asks for", share=f"{share * 100:.0f}")
    return implementation.Observation(holds=share == _WHOLE, reason=reason)


def _cost(country: CountryPackage, *, on: date) -> implementation.Observation:
    asked = [each for each in country.fees if each.is_in_force(on=on)]
    if not asked:
        return implementation.Observation(holds=False, reason=saying("the country package states no fees"))
    silent = [each.code for each in asked if not each.cost_basis]
    if silent:
        return implementation.Observation(holds=False, reason=saying("fees without the cost that they rest on: {codes}", codes=silent))
    return implementation.Observation(holds=True, reason=saying("each of {number} fees names the cost that it rests on", number=len(asked)))


def _penalties(country: CountryPackage, *, on: date) -> implementation.Observation:
    number = sum(each.is_in_force(on=on) for each in country.penalties)
    if not number:
        return implementation.Observation(holds=False, reason=saying("the country package states no penalties"))
    return implementation.Observation(holds=True, reason=saying("{number} penalties are published with their law", number=number))
