from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import Rate, read_rate
from customhouse.tariff.taric import read_seasonal_rate

NATIONAL = {"GBP": Decimal(1), "EUR": Decimal("0.8571")}
NUMBERS = st.decimals("0.01", "99999.99", places=2)
QUANTITIES = st.decimals("0", "1000000", places=3)


def duty(text: str, **quantities: str) -> Decimal:
    named = {name.replace("_", "*").replace("0", "#"): Decimal(value) for name, value in quantities.items()}
    return read_rate(text).of(named | {"item": Decimal(1)}, NATIONAL)


@pytest.mark.parametrize(
    ("text", "quantities", "amount"),
    [
        ("16.00 %", {"value": "1000.00"}, "160"),
        ("0.00 %", {"value": "1000.00"}, "0"),
        ("NIHIL", {}, "0"),
        ("33.90 EUR / 100 kg / std qual", {"KGM0R": "200"}, "58.11138"),
        ("12.00 % + 147.00 GBP / 100 kg", {"value": "100", "KGM": "50"}, "85.5"),
        ("13.8% MIN 13 GBP/DTN MAX 15 GBP/DTN", {"value": "1200", "KGM": "100"}, "15"),
        ("13.8% MIN 13 GBP/DTN MAX 15 GBP/DTN", {"value": "90", "KGM": "100"}, "13"),
        ("13.8% MIN 13 GBP/DTN MAX 15 GBP/DTN", {"value": "100", "KGM": "100"}, "13.8"),
        ("13.8% MIN 13 GBP/DTN MAX 15 GBP/DTN − 7 GBP/DTN", {"value": "1200", "KGM": "10000"}, "800"),  # noqa: RUF001
        ("16.50 % / Retail Price + 244.78 GBP / 1000 p/st MIN 320.90 GBP / 1000 p/st", {"RET": "400", "NAR": "1000"}, "320.9"),
        ("16.50 % / Retail Price + 244.78 GBP / 1000 p/st MIN 320.90 GBP / 1000 p/st", {"RET": "1000", "NAR": "1000"}, "409.78"),
        ("0.50 GBP / % vol/hl", {"ASV_LTR": "1800"}, "9"),
        ("0.50 GBP / ASVX", {"ASV_LTR": "1800"}, "9"),
        ("0.30 GBP/100kg/net/%sacchar.", {"KGM_BRX": "1305600"}, "3916.8"),
        ("28.74 GBP / l alc. 100%", {"LPA": "2"}, "57.48"),
        ("52.00 GBP / 1,000 items", {"NAR": "500"}, "26"),
        ("144.10 GBP / 1000 kg/biodiesel", {"KGM0I": "2000"}, "288.2"),
        ("8.3 + 3.8 GBP/100 kg eda", {"value": "100", "KGM0E": "100"}, "12.1"),
        ("67.78 GBP", {}, "67.78"),
        ("0.00% + £147.00 / 100 kg", {"value": "5", "KGM": "100"}, "147"),
        ("£28.74 / litre of pure (100%) alcohol (l alc. 100%)", {"LPA": "2"}, "57.48"),
        ("£1.00 / percentage ABV (% vol) per 100 litre (hl) + £6.40 / 100 litre (hl)", {"ASV_LTR": "4000", "LTR": "100"}, "46.4"),
        ("1.50 GBP / 1000 items (1000 p/st)", {"NAR": "1000"}, "1.5"),
    ],
)
def test_a_rate_gives_the_duty_that_its_text_says(text: str, quantities: dict[str, str], amount: str) -> None:
    assert duty(text, **quantities) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Entry Price - 0.00 %", "entry price"),
        ("20", "a number alone"),
        ("", "no rate is given"),
        ("5 % MIN 15 GBP/DTN MAX 10 GBP/DTN", "the floor is above the cap"),
        ("5 % MAX 10 GBP/DTN MIN 15 GBP/DTN", "the floor is above the cap"),
        ("5 % MAX 10 GBP/DTN MAX 15 GBP/DTN", "more than one floor or cap"),
        ("3 GBP / furlong", "no tariff unit"),
        ("3 GBP / 100 kg net of drained weight (kg/net eda)", "carries a note"),
        ("3 GBP / kg (see the note)", "no tariff unit"),
        ("5 % 3 GBP / kg", "cannot read"),
        ("p/st", "cannot read"),
        ("the duty on the principal article", "cannot read"),
        ("9" * 600 + " %", "too long"),
        ("9" * 40 + " %", "cannot read"),
    ],
)
def test_a_rate_that_cannot_be_computed_keeps_its_text_and_the_reason(text: str, why: str) -> None:
    rate = read_rate(text)
    assert why in rate.unreadable
    assert rate.text == text
    assert not rate.is_zero


def test_a_component_that_another_table_holds_is_asked_for_by_name() -> None:
    rate = read_rate("9.00% +  EA MAX 18.70%  + ADSZ")
    assert rate.needs == {"value", "EA", "ADSZ"}
    assert rate.of({"value": Decimal(100), "EA": Decimal(12), "ADSZ": Decimal(1)}, NATIONAL) == Decimal("19.70")


def test_a_seasonal_rate_is_one_rate_a_season_and_the_last_takes_the_other_days() -> None:
    (winter, low), (summer, high) = read_seasonal_rate(
        "9.60% MIN 1.1 €/100 kg/net (01 JAN-14 APR, 1 DEC-31 DEC), 13.60% MIN 1.6€/100kg/net"
    )
    assert winter is not None
    assert summer is not None
    assert winter.periods == summer.periods == (((1, 1), (4, 14)), ((12, 1), (12, 31)))
    assert summer.outside
    assert (low.written, high.written) == ("9.6 % MIN 0.011 EUR / KGM", "13.6 % MIN 0.016 EUR / KGM")


def test_the_same_text_is_read_once() -> None:
    assert read_rate("4.70 %") is read_rate("4.70 %")


@st.composite
def rate_texts(draw: st.DrawFn) -> str:
    unit = st.sampled_from(["kg", "100 kg", "hl", "p/st", "DTN", "1000 p/st", "kg/gross", "% vol/hl", "TNE#I"])
    term = st.one_of(NUMBERS.map("{} %".format), st.builds("{} {} / {}".format, NUMBERS, st.sampled_from(["GBP", "EUR"]), unit))
    total = st.lists(term, min_size=1, max_size=3).map(" + ".join)
    text = draw(total)
    if draw(st.booleans()):
        text += f" MIN {draw(total)}"
    if draw(st.booleans()):
        text += f" MAX {draw(total)}"
    return text


@given(rate_texts())
def test_a_rate_reads_back_from_what_it_writes(text: str) -> None:
    rate = read_rate(text)
    again = read_rate(rate.written)
    assert (again.base, again.floor, again.cap) == (rate.base, rate.floor, rate.cap)


@given(rate_texts(), st.data())
def test_a_duty_lies_between_its_floor_and_its_cap(text: str, data: st.DataObject) -> None:
    rate = read_rate(text)
    if rate.unreadable:
        return
    quantities = {name: data.draw(QUANTITIES) for name in rate.needs}
    amount = rate.of(quantities, NATIONAL)
    if rate.cap:
        assert amount <= rate.cap.of(quantities, NATIONAL)
    if rate.floor:
        cap = rate.cap.of(quantities, NATIONAL) if rate.cap else None
        assert amount >= min(rate.floor.of(quantities, NATIONAL), amount if cap is None else cap)


@given(rate_texts(), st.data())
def test_more_of_a_quantity_never_means_less_duty(text: str, data: st.DataObject) -> None:
    rate = read_rate(text)
    if rate.unreadable:
        return
    quantities = {name: data.draw(QUANTITIES) for name in sorted(rate.needs)}
    more = {name: value + data.draw(QUANTITIES) for name, value in quantities.items()}
    assert rate.of(more, NATIONAL) >= rate.of(quantities, NATIONAL)


@given(st.text(max_size=60))
def test_any_text_gives_a_rate_or_a_reason(text: str) -> None:
    rate = read_rate(text)
    assert isinstance(rate, Rate)
    assert rate.text == text
