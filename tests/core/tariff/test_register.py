from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import classification, register
from customhouse.tariff.classification import Precedent
from customhouse.tariff.interpretation import Candidate, Citation, GeneralRule, SourceKind, Step, Walk
from customhouse.tariff.register import Ruling, Status, conflicts_of, conflicts_within, published, read_correlation, reissues
from customhouse.tariff.register.conflict import Level
from customhouse.tariff.register.reissue import UnreadableCorrelationError
from customhouse.tariff.ruling import Application, Case, Decision, State
from customhouse.tariff.ruling.application import Enclosure, EnclosureKind

DAY, END, GRACE = date(2026, 11, 2), date(2029, 11, 2), date(2030, 5, 2)
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
RULING = Ruling(reference="QZ-1", holder="QZ1", office="QZ000101", code="950300", goods="A doll", start=DAY, end=END, grace_until=GRACE)
CASE = Case(ruling_id="r", state=State.ISSUED, reference="QZ-1", code="950300", start=DAY, end=END, issued_at=AT)
APPLICATION = Application(
    applicant="QZ7700000001",
    office="QZ000101",
    goods_name="Doll",
    description="A doll whose eyes move by [[a bimetal coil of Invar]] in the head.",
    composition="polyamide K67, 34 %",
    enclosures=(Enclosure(EnclosureKind.PHOTO, "photo-Zanzibar"),),
    prior_rulings=("XY-PRIOR-9",),
    confidential=frozenset({"composition"}),
)
STEP = Step(
    rule=GeneralRule.RULE_1,
    applies=True,
    answer="A doll, also with coils of INVAR",
    candidates=(Candidate("9503", "toys of polyamide"),),
    texts=(Citation(SourceKind.HEADING, "heading 9503"),),
)
DECISION = Decision(
    code="950300",
    goods="A doll with [[a coil]] of polyamides (K67), eyes moving",
    reasons="The bimetal, Invar, coil of QZ7700000001 does not matter; see XY-PRIOR-9.",
    start=DAY,
    keywords=("doll", "Invar"),
    walk=Walk(goods="a doll of polyamide", edition="HS 2022", steps=(STEP,)),
)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 11, 1), Status.NOT_YET),
        (DAY, Status.IN_FORCE),
        (date(2029, 11, 1), Status.IN_FORCE),
        (END, Status.IN_GRACE),
        (date(2030, 5, 1), Status.IN_GRACE),
        (GRACE, Status.ENDED),
    ],
)
def test_a_ruling_binds_from_its_first_day_to_its_last_and_then_in_grace(day: date, status: Status) -> None:
    assert RULING.status(on=day) is status


def test_an_annulled_ruling_is_worth_nothing_and_one_without_end_holds() -> None:
    case = Case(ruling_id="r", state=State.ANNULLED, reference="QZ-1", start=DAY)
    assert register.issued(case, APPLICATION, decision=DECISION).status(on=DAY) is Status.ANNULLED
    endless = Ruling(reference="a", holder="b", office="c", code="950300", goods="d", start=DAY)
    assert endless.status(on=date(2999, 1, 1)) is Status.IN_FORCE
    with pytest.raises(ValueError, match="no ruling"):
        register.issued(Case(ruling_id="r"), APPLICATION, decision=DECISION)


def text_of(shown: register.publication.Published) -> str:
    return " ".join((shown.goods, shown.reasons, *shown.keywords, *shown.reasoning)).casefold()


def test_no_confidential_word_leaves_not_even_in_what_officers_wrote() -> None:
    shown = published(CASE, APPLICATION, decision=DECISION)
    for secret in ("bimetal", "coil", "invar", "polyamide", "k67", "qz7700000001", "prior", "zanzibar", "34"):
        assert secret not in text_of(shown)
    assert shown.goods == "A doll with […] of […] ([…]), eyes moving"
    assert shown.keywords == ("doll",)
    assert "the goods are not" not in text_of(shown)
    assert shown.reasoning[1].startswith("Rule 1.")


WORD = st.text(st.characters(categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=9)


@given(st.lists(WORD, min_size=1, max_size=6), st.lists(WORD, max_size=6), st.sampled_from(["{}", "[[{}]]", "({})", "«{}»"]))
def test_whatever_is_marked_no_word_of_it_is_published_unless_it_was_used_openly(secret: list[str], openly: list[str], form: str) -> None:
    hidden = " ".join(secret)
    told = Application(applicant="", office="o", goods_name="", description=f"{' '.join(openly)} [[{hidden}]]")
    ruled = Decision(code="950300", goods=form.format(hidden), reasons=hidden.upper(), start=DAY)
    shown = published(CASE, told, decision=ruled)
    left = shown.goods.casefold().split() + shown.reasons.casefold().split()
    bare = {word.strip("«»()[]") for word in left}
    plain = {tuple(classification.words(word)) for word in openly}
    leaked = {
        word for word in secret if word.casefold() in bare and classification.words(word) and tuple(classification.words(word)) not in plain
    }
    assert not leaked


DOLL = Precedent("QZ-1", "doll with music box in wooden stand", "950300")
MUSIC = Precedent("QZ-2", "doll with music box in plastic stand", "920810", office="QZ000102")
SAME = Precedent("QZ-3", "doll with music box in paper stand", "95030021")
SOAP = Precedent("QZ-4", "soap in bars", "340111")


def test_like_goods_with_another_code_conflict_and_what_separates_them_is_told() -> None:
    (found,) = conflicts_of(DOLL, among=[DOLL, MUSIC, SAME, SOAP])
    assert (found.other, found.level, found.own_words, found.other_words) == (MUSIC, Level.CHAPTER, ("wooden",), ("plastic",))
    assert 0.4 <= found.likeness <= 1


def test_over_the_register_each_pair_is_told_once_the_likest_first() -> None:
    found = conflicts_within([DOLL, MUSIC, SAME, SOAP])
    assert {frozenset((each.reference, each.other.id)) for each in found} == {frozenset(("QZ-1", "QZ-2")), frozenset(("QZ-2", "QZ-3"))}
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)


@pytest.mark.parametrize(
    ("code", "level"),
    [("9503002199", None), ("95030021", None), ("95030099", Level.NATIONAL_LINE), ("950400", Level.HEADING), ("950390", Level.SUBHEADING)],
)
def test_a_code_that_only_says_more_is_no_conflict(code: str, level: Level | None) -> None:
    found = conflicts_of(Precedent("a", SAME.text, code), among=[SAME])
    assert [each.level for each in found] == ([level] if level else [])


def test_an_edition_puts_up_the_rulings_whose_code_it_ends_and_proposes_only_where_one_code_follows() -> None:
    correlation = read_correlation(["from,to", "9503.00,9503.01", "8517.62,8517.63", "8517.62,8517.64", "3401.11,3401.11", "9999.99,"])
    codes = {"a": "95030021", "b": "851762", "c": "340111", "d": "999999", "e": "010121"}
    held = [Ruling(reference=key, holder="h", office="o", code=code, goods="g", start=DAY, end=END) for key, code in codes.items()]
    found = reissues(held, correlation, on=date(2028, 1, 1))
    assert [(each.ruling.reference, each.proposed_code, each.successors) for each in found] == [
        ("a", "950301", ("950301",)),
        ("b", "", ("851763", "851764")),
        ("d", "", ()),
    ]
    assert reissues(held, correlation, on=date(2030, 1, 1)) == ()


@pytest.mark.parametrize("lines", [["a,b"], ["from,to", "95,96"], ["from,to", "950300,1"], []])
def test_what_is_no_correlation_is_refused(lines: list[str]) -> None:
    with pytest.raises(UnreadableCorrelationError):
        read_correlation(lines)
