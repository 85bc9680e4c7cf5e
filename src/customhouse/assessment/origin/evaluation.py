"""Evaluation: what becomes of a rule of origin on a bill of materials, as a derivation with figures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from customhouse.assessment.origin.agreement import Agreement, ranges
from customhouse.assessment.origin.bill_of_materials import Kind
from customhouse.assessment.origin.counted import Counted
from customhouse.assessment.origin.derivation import Node, Said, room, said, shown
from customhouse.assessment.origin.hs_range import covered, written
from customhouse.assessment.origin.product import Product
from customhouse.assessment.origin.rule import (
    AllOf,
    AnyHeading,
    AnyOf,
    ChangeOfTariff,
    Criterion,
    ExclusivelyOriginating,
    MaterialsWhollyObtained,
    MaxNonOriginating,
    MaxWeight,
    Method,
    NotFrom,
    Price,
    Process,
    Rule,
    Statement,
    ValueContent,
    WhollyObtained,
)
from customhouse.assessment.origin.rule_text import render
from customhouse.assessment.origin.verdict import Verdict, between, either, every, from_answer

_WHOLE = Decimal(100)
Bounds = tuple[Decimal, Decimal | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a rule is held against: the product, its materials as they count, and the auxiliary rules."""

    product: Product
    materials: tuple[Counted, ...]
    agreement: Agreement

    def in_value(self) -> list[Counted]:
        """The materials whose value counts."""
        left_out = set() if self.agreement.retail_packing_in_value else {Kind.RETAIL_PACKING}
        left_out |= set() if self.agreement.accessories_in_value else {Kind.ACCESSORY}
        return [each for each in self.materials if each.material.kind not in left_out]

    def proper(self) -> list[Counted]:
        """The materials that a change of classification looks at: no packing, no accessories."""
        return [each for each in self.materials if each.material.kind is Kind.MATERIAL]


def evaluate(rule: Rule, evidence: Evidence) -> Node:
    """The derivation of a rule."""
    if isinstance(rule, AllOf | AnyOf):
        parts = tuple(evaluate(each, evidence) for each in rule.rules)
        verdicts = [each.verdict for each in parts]
        verdict, told = (either(verdicts), "one_of") if isinstance(rule, AnyOf) else (every(verdicts), "all_of")
        return Node(rule=render(rule), verdict=verdict, said=(said(told),), parts=parts)
    return _criterion(rule, evidence)


def _criterion(rule: Criterion, evidence: Evidence) -> Node:  # noqa: PLR0911 - one line a kind of criterion
    match rule:
        case WhollyObtained():
            return _wholly_obtained(rule, evidence)
        case ExclusivelyOriginating():
            return _exclusively(rule, evidence)
        case AnyHeading():
            return Node(rule=render(rule), verdict=Verdict.SATISFIED, said=(said("any_heading"),))
        case ChangeOfTariff() | NotFrom() | MaterialsWhollyObtained():
            return _each_material(rule, evidence)
        case ValueContent() | MaxNonOriginating() | MaxWeight():
            return _share(rule, evidence)
        case Process():
            claimed = next((each for each in evidence.product.processes if each.name == rule.name), None)
            return _claimed(rule, rule.name if claimed else "", claimed.evidence if claimed else "")
        case Statement():
            answer = evidence.product.statements.get(rule.text)
            told = {True: "said_yes", False: "said_no", None: "not_said"}[answer]
            return Node(rule=render(rule), verdict=from_answer(answer), said=(said(told),))


def _claimed(rule: Criterion, name: str, evidence: str) -> Node:
    if not name:
        return Node(rule=render(rule), verdict=Verdict.UNDETERMINED, said=(said("not_claimed", name=render(rule)),))
    if not evidence:
        return Node(rule=render(rule), verdict=Verdict.UNDETERMINED, said=(said("no_evidence", name=name),))
    return Node(rule=render(rule), verdict=Verdict.SATISFIED, said=(said("shown", name=name, evidence=evidence),))


def _wholly_obtained(rule: WhollyObtained, evidence: Evidence) -> Node:
    foreign = [each for each in evidence.proper() if each.status is Verdict.NOT_SATISFIED]
    if foreign:
        told = tuple(said("not_originating", material=each.label) for each in foreign)
        return Node(rule=render(rule), verdict=Verdict.NOT_SATISFIED, said=told)
    category = evidence.product.wholly_obtained
    if category and rule.categories and category not in rule.categories:
        return Node(rule=render(rule), verdict=Verdict.NOT_SATISFIED, said=(said("category", name=category),))
    open_ = tuple(said("status_unknown", material=each.label) for each in evidence.proper() if each.status is Verdict.UNDETERMINED)
    if open_:
        return Node(rule=render(rule), verdict=Verdict.UNDETERMINED, said=open_)
    return _claimed(rule, category, evidence.product.wholly_obtained_evidence)


def _exclusively(rule: ExclusivelyOriginating, evidence: Evidence) -> Node:
    told = {Verdict.SATISFIED: "originating", Verdict.NOT_SATISFIED: "not_originating", Verdict.UNDETERMINED: "status_unknown"}
    reasons = tuple(said(told[each.status], material=each.label, why=each.why) for each in evidence.proper())
    return Node(rule=render(rule), verdict=every(each.status for each in evidence.proper()), said=reasons or (said("all_originate"),))


def _each_material(rule: ChangeOfTariff | NotFrom | MaterialsWhollyObtained, evidence: Evidence) -> Node:
    """A criterion that each non-originating material meets or fails, with the tolerance for those that fail."""
    test = _test(rule, evidence.product)
    failing: list[Counted] = []
    open_: list[Counted] = []
    for each in evidence.proper():
        outcome = test(each)
        if each.status is Verdict.SATISFIED and not isinstance(rule, MaterialsWhollyObtained):
            continue
        if outcome is True and (each.status is Verdict.NOT_SATISFIED or isinstance(rule, MaterialsWhollyObtained)):
            failing.append(each)
        elif outcome is not False:
            open_.append(each)
    if not failing and not open_:
        told = "all_change" if not isinstance(rule, NotFrom) else "none_from"
        return Node(rule=render(rule), verdict=Verdict.SATISFIED, said=(said(told),))
    reasons = [said("fails", material=each.label, code=written(each.material.hs_code[:6])) for each in failing]
    reasons += [said("may_fail", material=each.label) for each in open_]
    verdict, more, margin = _tolerated(failing, open_, evidence)
    return Node(rule=render(rule), verdict=verdict, said=(*reasons, *more), margin=margin)


def _test(rule: ChangeOfTariff | NotFrom | MaterialsWhollyObtained, product: Product) -> Callable[[Counted], bool | None]:
    """Whether a material fails the criterion; nothing where that cannot be told."""

    def same_class(each: Counted) -> bool | None:
        assert isinstance(rule, ChangeOfTariff)
        digits, code = rule.level.digits, each.material.hs_code
        excepted = covered(rule.exceptions, code)
        if excepted:
            return True
        known = min(len(code), len(product.hs_code), digits)
        same = code[:known] == product.hs_code[:known]
        return None if excepted is None or (same and known < digits) else same

    def of_codes(each: Counted) -> bool | None:
        assert isinstance(rule, NotFrom)
        return covered(rule.codes, each.material.hs_code)

    def not_obtained(each: Counted) -> bool | None:
        assert isinstance(rule, MaterialsWhollyObtained)
        looked_at = covered(rule.codes, each.material.hs_code)
        obtained = each.material.wholly_obtained
        if looked_at is False or (obtained and each.status is Verdict.SATISFIED):
            return False
        if each.status is Verdict.NOT_SATISFIED or obtained is False:
            return looked_at
        return None

    return same_class if isinstance(rule, ChangeOfTariff) else of_codes if isinstance(rule, NotFrom) else not_obtained


def _tolerated(failing: list[Counted], open_: list[Counted], evidence: Evidence) -> tuple[Verdict, tuple[Said, ...], Decimal | None]:
    tolerance, product = evidence.agreement.tolerance, evidence.product
    by_weight = covered(ranges(tolerance.weight_codes), product.hs_code) is True
    limit = tolerance.weight_share if by_weight else tolerance.value_share
    without = Verdict.NOT_SATISFIED if failing else Verdict.UNDETERMINED
    if limit is None or covered(ranges(tolerance.except_codes), product.hs_code) is not False:
        return without, (), None
    whole = product.mass_kg if by_weight else _price(product, tolerance.price)
    of = "mass" if by_weight else f"{tolerance.price} price"
    low, high = _bounds(failing, open_, by_weight=by_weight)
    if whole is None or whole <= 0:
        return Verdict.UNDETERMINED, (said("tolerance_unknown", limit=limit, of=of),), None
    if high is not None and high * _WHOLE <= limit * whole:
        share = high * _WHOLE / whole
        return Verdict.SATISFIED, (said("tolerated", share=shown(share, up=True), limit=limit, of=of),), room(limit - share)
    if failing and low * _WHOLE > limit * whole:
        share = low * _WHOLE / whole
        return Verdict.NOT_SATISFIED, (said("not_tolerated", share=shown(share, up=True), limit=limit, of=of),), room(limit - share)
    return Verdict.UNDETERMINED, (said("tolerance_unknown", limit=limit, of=of),), None


def _bounds(sure: Iterable[Counted], open_: Iterable[Counted], *, by_weight: bool = False) -> Bounds:
    """The least and the most that the materials come to; no most where a figure is missing."""

    def figure(each: Counted) -> Decimal | None:
        return each.mass_kg if by_weight else each.value

    known = [figure(each) for each in sure]
    every_one = known + [figure(each) for each in open_]
    low = sum((each for each in known if each is not None), Decimal(0))
    return low, None if None in every_one else sum((each for each in every_one if each is not None), Decimal(0))


def _price(product: Product, price: Price) -> Decimal | None:
    return product.fob if price is Price.FOB else product.ex_works


def _share(rule: ValueContent | MaxNonOriginating | MaxWeight, evidence: Evidence) -> Node:
    """A share of a price or mass: worked out in the worst case and in the best."""
    wanted = rule.codes
    looked_at = [each for each in evidence.in_value() if not wanted or covered(wanted, each.material.hs_code) is not False]
    unsure = {each.label for each in looked_at if wanted and covered(wanted, each.material.hs_code) is None}
    by_weight, build_up = isinstance(rule, MaxWeight), isinstance(rule, ValueContent) and rule.method is Method.BUILD_UP
    counts = Verdict.SATISFIED if build_up else Verdict.NOT_SATISFIED
    sure = [each for each in looked_at if each.status is counts and each.label not in unsure]
    open_ = [each for each in looked_at if each not in sure and (each.status in {counts, Verdict.UNDETERMINED})]
    low, high = _bounds(sure, open_, by_weight=by_weight)
    if build_up and evidence.agreement.own_costs_in_build_up:
        costs = evidence.product.own_costs
        low, high = low + (costs or 0), None if high is None or costs is None else high + costs
    price, whole = _whole_of(rule, evidence.product)
    what = "RVC" if isinstance(rule, ValueContent) else "non-originating"
    if whole is None or whole <= 0:
        return Node(rule=render(rule), verdict=Verdict.UNDETERMINED, said=(said("no_price", what=what, price=price),))
    part = "originating" if build_up else "non-originating"
    return _compared(rule, _Share(what, price, whole, part, (low, high)))


@dataclass(frozen=True, slots=True)
class _Share:
    what: str
    price: str
    whole: Decimal
    part: str
    bounds: Bounds


def _whole_of(rule: ValueContent | MaxNonOriginating | MaxWeight, product: Product) -> tuple[str, Decimal | None]:
    if isinstance(rule, MaxWeight):
        return "mass", product.mass_kg
    if isinstance(rule, MaxNonOriginating):
        return rule.price.value, _price(product, rule.price)
    return ("net cost", product.net_cost) if rule.method is Method.NET_COST else ("FOB", product.fob)


def _compared(rule: ValueContent | MaxNonOriginating | MaxWeight, share: _Share) -> Node:
    (low, high), whole, limit = share.bounds, share.whole, rule.percent
    at_least = isinstance(rule, ValueContent)
    rest = isinstance(rule, ValueContent) and rule.method is not Method.BUILD_UP  # the share is what the materials leave
    worst, best = (low, high) if at_least and not rest else (high, low)  # of the counted part: where the rule fares worst and best

    def percent(part: Decimal) -> Decimal:
        return (whole - part if rest else part) * _WHOLE / whole

    def meets(part: Decimal) -> bool:
        counted = (whole - part if rest else part) * _WHOLE
        return counted >= limit * whole if at_least else counted <= limit * whole

    surely, possibly = worst is not None and meets(worst), best is None or meets(best)
    verdict = between(surely=surely, possibly=possibly)
    if worst is not None and worst == best:
        actual = percent(worst)
        sign = (">=" if at_least else "<=") if surely else ("<" if at_least else ">")
        figures = {"price": share.price, "amount": whole, "part": share.part, "value": worst}
        told = said("share", what=share.what, share=shown(actual, up=not at_least), sign=sign, limit=limit, **figures)
        excess = (whole - limit * whole / _WHOLE) if rest else limit * whole / _WHOLE
        more = (said("too_much", value=worst - excess),) if not surely and (rest or not at_least) else ()
        return Node(rule=render(rule), verdict=verdict, said=(told, *more), margin=room(actual - limit if at_least else limit - actual))
    if worst is None or best is None:
        return Node(rule=render(rule), verdict=verdict, said=(said("share_unknown", what=share.what, limit=limit),))
    low_percent, high_percent = sorted((percent(worst), percent(best)))
    told = said("share_between", what=share.what, low=shown(low_percent, up=False), high=shown(high_percent, up=True), limit=limit)
    return Node(rule=render(rule), verdict=verdict, said=(told,))
