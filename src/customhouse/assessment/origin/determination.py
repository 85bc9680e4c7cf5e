"""Determination: whether a product originates under an agreement, by its product rule and every auxiliary rule, with the derivation."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.origin.agreement import Agreement
from customhouse.assessment.origin.bill_of_materials import BillOfMaterials
from customhouse.assessment.origin.counted import Counted, count
from customhouse.assessment.origin.derivation import Node, room, said, shown
from customhouse.assessment.origin.evaluation import Evidence, evaluate
from customhouse.assessment.origin.verdict import Verdict, every
from customhouse.kernel import Validity

_WHOLE = Decimal(100)


class Transport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the goods were sent: directly, or by way of territories, unaltered or not, and the documents that show it."""

    direct: bool | None = None
    via: tuple[str, ...] = ()
    altered: bool = False
    evidence: tuple[str, ...] = ()


class Circumstances(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What beside the bill of materials decides: the HS edition of its codes, the journey, and drawback of duty on materials."""

    hs_edition: str = ""
    transport: Transport = Transport()
    drawback: bool | None = None


def determine(bill: BillOfMaterials, agreement: Agreement, *, circumstances: Circumstances, on: date) -> Node:
    """The derivation of the product's origin: satisfied where it originates."""
    validity = Validity(agreement.valid_from, agreement.valid_to)
    if not validity.includes(on):
        return Node(rule=agreement.title, verdict=Verdict.NOT_SATISFIED, said=(said("not_in_force", day=on),))
    parts = [_party(bill, agreement), product_node(bill, agreement, hs_edition=circumstances.hs_edition), _operations(bill, agreement)]
    parts.append(_abroad(bill, agreement))
    if agreement.preferential:
        parts.append(_journey(circumstances.transport, agreement))
    if agreement.no_drawback:
        parts.append(_drawback(circumstances.drawback))
    shown_parts = tuple(each for each in parts if each is not None)
    return Node(rule=agreement.title, verdict=every(each.verdict for each in shown_parts), said=(said("all_of"),), parts=shown_parts)


def product_node(bill: BillOfMaterials, agreement: Agreement, *, hs_edition: str = "") -> Node:
    """The derivation of the product rule alone, or of the rule for sets."""
    if hs_edition and agreement.hs_edition and hs_edition != agreement.hs_edition:
        told = said("edition", given=hs_edition, wanted=agreement.hs_edition)
        return Node(rule="product rule", verdict=Verdict.UNDETERMINED, said=(told,))
    if bill.product.is_set and agreement.set_share is not None:
        return _set(bill, agreement, agreement.set_share)
    rule = agreement.rule_for(bill.product.hs_code)
    if rule is None:
        return Node(rule="product rule", verdict=Verdict.UNDETERMINED, said=(said("no_rule", code=bill.product.hs_code),))
    return evaluate(rule, Evidence(bill.product, counted(bill, agreement), agreement))


def counted(bill: BillOfMaterials, agreement: Agreement) -> tuple[Counted, ...]:
    """The materials as the agreement counts them."""

    def judge(own: BillOfMaterials, depth: int) -> Verdict:
        rule = agreement.rule_for(own.product.hs_code)
        if rule is None:
            return Verdict.NOT_SATISFIED
        return evaluate(rule, Evidence(own.product, count(own, agreement, judge=judge, depth=depth), agreement)).verdict

    return count(bill, agreement, judge=judge)


def _party(bill: BillOfMaterials, agreement: Agreement) -> Node | None:
    territory = bill.product.produced_in
    if not territory:
        return Node(rule="territory", verdict=Verdict.UNDETERMINED, said=(said("no_territory"),))
    if not agreement.is_party(territory):
        return Node(rule="territory", verdict=Verdict.NOT_SATISFIED, said=(said("not_party", territory=territory),))
    return None


def _set(bill: BillOfMaterials, agreement: Agreement, limit: Decimal) -> Node:
    """A set originates if its components do, but for a share of its ex-works price."""
    components, price = counted(bill, agreement), bill.product.ex_works
    if all(each.status is Verdict.SATISFIED for each in components):
        return Node(rule="set", verdict=Verdict.SATISFIED, said=(said("all_originate"),))
    foreign = [each for each in components if each.status is not Verdict.SATISFIED]
    values = [each.value for each in foreign if each.value is not None]
    if price is None or price <= 0 or len(values) < len(foreign) or any(each.status is Verdict.UNDETERMINED for each in foreign):
        return Node(rule="set", verdict=Verdict.UNDETERMINED, said=(said("set_unknown"),))
    return _at_most("set", sum(values, Decimal(0)), whole=price, limit=limit)


def _at_most(name: str, part: Decimal, *, whole: Decimal, limit: Decimal) -> Node:
    holds, share = part * _WHOLE <= limit * whole, part * _WHOLE / whole
    told = said(name, share=shown(share, up=True), sign="<=" if holds else ">", limit=limit)
    return Node(rule=name, verdict=Verdict.SATISFIED if holds else Verdict.NOT_SATISFIED, said=(told,), margin=room(limit - share))


def _operations(bill: BillOfMaterials, agreement: Agreement) -> Node | None:
    never, done = agreement.insufficient_operations, bill.product.operations
    statuses = {each.status for each in counted(bill, agreement)}
    if not never or statuses <= {Verdict.SATISFIED}:
        return None
    if not done:
        return Node(rule="operations", verdict=Verdict.UNDETERMINED, said=(said("operations_unknown"),))
    if all(each in never for each in done):
        told = said("insufficient", operations=", ".join(never[each] for each in done))
        verdict = Verdict.NOT_SATISFIED if Verdict.NOT_SATISFIED in statuses else Verdict.UNDETERMINED
        return Node(rule="operations", verdict=verdict, said=(told,))
    return Node(rule="operations", verdict=Verdict.SATISFIED, said=(said("sufficient"),))


def _abroad(bill: BillOfMaterials, agreement: Agreement) -> Node | None:
    """Territoriality: what was added outside the territory stays within the tolerance of the agreement."""
    added, price = bill.product.added_abroad, bill.product.ex_works
    if not added:
        return None
    if price is None or price <= 0:
        return Node(rule="territoriality", verdict=Verdict.UNDETERMINED, said=(said("abroad_unknown"),))
    return _at_most("abroad", added, whole=price, limit=agreement.added_abroad_share)


def _journey(transport: Transport, agreement: Agreement) -> Node:
    """Non-alteration: sent directly, or under way unaltered and shown to be so."""
    shown_by = [each for each in transport.evidence if each in agreement.transport_evidence]
    via = ", ".join(transport.via)
    if transport.altered:
        verdict, told = Verdict.NOT_SATISFIED, said("altered")
    elif transport.direct and not via:
        verdict, told = Verdict.SATISFIED, said("direct")
    elif via and shown_by:
        verdict, told = Verdict.SATISFIED, said("via_shown", via=via, evidence=", ".join(shown_by))
    elif via:
        verdict, told = Verdict.UNDETERMINED, said("via_open", via=via, evidence=", ".join(agreement.transport_evidence))
    else:
        verdict, told = Verdict.UNDETERMINED, said("transport_unknown")
    return Node(rule="non-alteration", verdict=verdict, said=(told,))


def _drawback(drawn: bool | None) -> Node:  # noqa: FBT001 - a yes, a no, or nothing said
    if drawn is None:
        return Node(rule="no drawback", verdict=Verdict.UNDETERMINED, said=(said("drawback_unknown"),))
    if drawn:
        return Node(rule="no drawback", verdict=Verdict.NOT_SATISFIED, said=(said("drawback"),))
    return Node(rule="no drawback", verdict=Verdict.SATISFIED, said=(said("no_drawback"),))
