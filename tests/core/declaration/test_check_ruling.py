from datetime import date

import msgspec
import pytest

from customhouse.codes import CodeLists, world_lists
from customhouse.declaration import RULES, Declaration, GoodsItem, GoodsShipment, check
from customhouse.declaration.document import AdditionalDocument
from customhouse.declaration.goods_item import Classification, Commodity, Origin
from customhouse.declaration.party import Party
from customhouse.kernel import Severity
from customhouse.tariff.register import Ruling, Rulings

LISTS = CodeLists(world_lists())
DAY, START, END, GRACE = date(2026, 11, 2), date(2025, 1, 1), date(2027, 1, 1), date(2027, 7, 1)
OWN = Ruling(
    reference="QZ-1",
    holder="QZ1",
    office="o",
    code="950300",
    goods="Doll with a music box in its stand",
    start=START,
    end=END,
    grace_until=GRACE,
)
FOREIGN = msgspec.structs.replace(OWN, reference="QZ-2", holder="QZ9")
RULINGS = Rulings(citing_documents=frozenset({"C626"}), known=(OWN, FOREIGN))


def found(
    cited: str | None, code: str = "95030021", *, on: date = DAY, rulings: Rulings | None = RULINGS, **item: object
) -> dict[str, tuple[str, dict[str, str]]]:
    documents = (AdditionalDocument(category_code="C", type_code="626", id=cited),) if cited else ()
    goods = Commodity(
        description=str(item.get("description", "doll, music box")),
        classifications=(Classification(id=code, identification_type_code="TSP"),),
    )
    origins = (Origin(country_code="FR", type_code="1"),)
    declared = Declaration(
        declarant=Party(id="QZ1"),
        goods_shipment=GoodsShipment(items=(GoodsItem(commodity=goods, additional_documents=documents, origins=origins),)),
    )
    every = check(declared, LISTS, on=on, rulings=rulings)
    return {each.code: (each.pointer.rsplit("/", 1)[-1], each.params) for each in every if each.code.startswith("RUL")}


def test_a_ruling_of_ones_own_that_holds_and_agrees_is_in_order_however_it_is_spelt() -> None:
    assert found("QZ-1") == found(" qz-1 ") == {}


def test_each_way_in_which_a_citation_is_wrong_is_a_finding_of_its_own() -> None:
    assert found("QZ-3") == {"RUL-01": ("ID", {"value": "QZ-3"})}
    assert found("QZ-2") == {"RUL-02": ("ID", {"ruling": "QZ-2"})}
    assert found("QZ-1", on=date(2024, 1, 1)) == {"RUL-03": ("ID", {"ruling": "QZ-1", "day": "2024-01-01"})}
    assert set(found("QZ-1", on=END)) == {"RUL-04"}
    assert set(found("QZ-1", on=GRACE)) == {"RUL-03"}
    assert found("QZ-1", "920810") == {"RUL-05": ("ID", {"value": "920810", "ruling": "QZ-1", "ruled": "950300"})}
    assert set(found("QZ-3", "920810")) >= {"RUL-01"}


def test_an_origin_that_was_ruled_is_compared() -> None:
    ruled = Rulings(citing_documents=frozenset({"C626"}), known=(msgspec.structs.replace(OWN, origin="BR"),))
    assert set(found("QZ-1", rulings=ruled)) == {"RUL-07"}


def test_like_goods_under_another_code_without_a_word_of_the_ruling_are_told() -> None:
    assert set(found(None, "920810")) == {"RUL-06"}
    assert found(None) == {}
    assert found(None, "920810", description="soap in bars") == {}
    assert found(None, "920810", on=END) == {}


def test_without_a_register_nothing_is_said_of_rulings() -> None:
    assert found("QZ-3", rulings=None) == {}


@pytest.mark.parametrize("code", [code for code in RULES if code.startswith("RUL")])
def test_a_wrong_citation_stops_acceptance_and_a_disagreement_is_left_to_customs(code: str) -> None:
    assert RULES[code].severity is (Severity.ERROR if code in {"RUL-01", "RUL-02", "RUL-03"} else Severity.WARNING)
