from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from customhouse import ledger
from customhouse.ledger import Account, Kind, Movement
from customhouse.tariff import quota
from customhouse.tariff.dated_table import UnreadableTableError
from customhouse.tariff.quota import Answer, Quotas, Request, State

HEADER = "order_number,valid_from,valid_to,volume,unit,step,critical,blocked,suspended,parent,coefficient"
PLAIN = "09,2026-01-01,2027-01-01,1000,KGM,,0.9,2026-03-01/2026-03-15,2026-05-01/2026-05-03,,"
FAMILY = """
P,2026-01-01,2027-01-01,1000,KGM,,0.9,,,,
A,2026-01-01,2027-01-01,400,KGM,,0.9,,,P,2
B,2026-02-01,2026-12-01,600,KGM,,0.9,2026-04-01/2026-04-02,,P,0.5"""
DAY = date(2026, 2, 2)
AMOUNTS = st.decimals(min_value="0.001", max_value=700, places=3)
STEP = Decimal("0.001")


def read(*rows: str) -> Quotas:
    return quota.read_quotas("\n".join((HEADER, *(row.strip() for row in rows))))


def asked(amount: str | Decimal, *, name: str = "r", number: str = "09", on: date = DAY, start: str = "2026-01-01") -> Request:
    return Request(id=name, holding=name, account=f"quota/{number}/{start}", on=on, amount=Decimal(amount))


def in_family(amount: str | Decimal, number: str, name: str) -> Request:
    return asked(amount, name=name, number=number, start="2026-02-01" if number == "B" else "2026-01-01")


def allotted(requests: list[Request], quotas: Quotas, *, on: date, **left: str) -> dict[str, Decimal]:
    balances = {each.account: Decimal(left.get(each.order_number, each.volume)) for each in quotas}
    return {each.id: each.allotted for each in quota.allot(requests, balances, quotas=quotas, on=on) if each.allotted is not None}


def test_requests_of_one_day_beyond_the_balance_are_shared_in_proportion_to_the_last_gram() -> None:
    requests = [asked("600", name="a"), asked("500", name="b"), asked("300", name="c")]
    shares = allotted(requests, read(PLAIN), on=DAY + timedelta(1))
    assert shares == {"a": Decimal("428.571"), "b": Decimal("357.143"), "c": Decimal("214.286")}


def test_an_earlier_acceptance_day_is_served_first_and_the_day_itself_must_be_over() -> None:
    requests = [asked("900", name="late", on=DAY + timedelta(1)), asked("600", name="early")]
    assert allotted(requests, read(PLAIN), on=DAY) == {}
    assert allotted(requests, read(PLAIN), on=DAY + timedelta(1)) == {"early": 600}
    assert allotted(requests, read(PLAIN), on=DAY + timedelta(2)) == {"early": 600, "late": 400}


@pytest.mark.parametrize(("first", "last"), [(date(2026, 3, 1), date(2026, 3, 14)), (date(2026, 5, 1), date(2026, 5, 2))])
def test_nothing_is_allotted_while_a_quota_is_blocked_or_suspended_and_everything_after(first: date, last: date) -> None:
    request = [asked("5", on=first - timedelta(1))]
    assert (allotted(request, read(PLAIN), on=first), allotted(request, read(PLAIN), on=last)) == ({}, {})
    assert allotted(request, read(PLAIN), on=last + timedelta(1)) == {"r": 5}


def test_a_sub_quota_draws_on_its_parent_by_its_coefficient() -> None:
    quotas = read(*FAMILY.split())
    answered = quota.allot(
        [in_family("100", "A", "r")], {each.account: each.volume for each in quotas}, quotas=quotas, on=DAY + timedelta(1)
    )
    drawn = quota.drawing(answered[0], quotas)
    assert drawn.amounts == {"quota/A/2026-01-01": 100, "quota/P/2026-01-01": 200}
    assert (drawn.kind, drawn.holding) == (Kind.CONSUME, "r")


def test_a_family_shares_what_the_parent_has_left_and_each_member_what_it_has_itself() -> None:
    quotas = read(*FAMILY.split())
    requests = [in_family("500", "A", "a"), in_family("600", "B", "b"), in_family("100", "P", "p")]
    assert allotted(requests, quotas, on=DAY + timedelta(1), P="1200") == {"a": 400, "b": 600, "p": 100}
    assert allotted(requests, quotas, on=DAY + timedelta(1), P="600") == {"a": 200, "b": 300, "p": 50}


def test_a_sub_quota_is_as_empty_as_its_parent_and_waits_with_it() -> None:
    quotas = read(*FAMILY.split())
    sub = quotas.find("A", on=DAY)
    assert sub is not None
    balances = {"quota/A/2026-01-01": Decimal(400), "quota/P/2026-01-01": Decimal(60)}
    assert quotas.available(sub, balances) == 30
    assert quotas.state(sub, {**balances, "quota/P/2026-01-01": Decimal(0)}, on=DAY) is State.EXHAUSTED
    assert quotas.state(sub, {"quota/A/2026-01-01": Decimal(400)}, on=DAY) is None


@pytest.mark.parametrize(
    ("left", "on", "state"),
    [
        ("1000", DAY, State.OPEN),
        ("101", DAY, State.OPEN),
        ("100", DAY, State.CRITICAL),
        ("0.0009", DAY, State.EXHAUSTED),
        ("1000", date(2026, 3, 1), State.BLOCKED),
        ("1000", date(2026, 3, 15), State.OPEN),
        ("1000", date(2026, 5, 2), State.SUSPENDED),
    ],
)
def test_a_quota_stands_by_what_is_left_and_by_the_day(left: str, on: date, state: State) -> None:
    quotas = read(PLAIN)
    (plain,) = quotas
    assert quotas.state(plain, {plain.account: Decimal(left)}, on=on) is state


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("09,2026-01-01,2027-01-01,x,KGM,,,,,,", "row 2, volume: 'x' is not a number"),
        ("09,2026-01-01,2027-01-01,-1,KGM,,,,,,", "row 2, volume: -1 is not more than zero"),
        ("09,2026-01-01,2027-01-01,1,KGM,0.0001,,,,,", "row 2, step: 0.0001 has more than 3 decimals"),
        ("09,2026-01-01,2025-01-01,1,KGM,,,,,,", "row 2, valid_from or valid_to"),
        ("09,2026-01-01,2027-01-01,1,KGM,,,2026-03-01/x,,,", "row 2, valid_from or valid_to"),
        ("09,2026-01-01,2027-01-01,1,,,,,,,", "row 2, order_number or unit: the cell is empty"),
        (f"{PLAIN}\n{PLAIN}", "order_number 09: the periods from 2026-01-01 and 2026-01-01 overlap"),
        ("09,2026-01-01,2027-01-01,1,KGM,,,,,08,", "row 2, parent: the quota 08 has no period that holds 2026-01-01"),
        (f"{FAMILY}\nC,2026-03-01,2026-04-01,1,KGM,,,,,A,", "row 5, parent: A is itself a sub-quota"),
        (f"{FAMILY}\nC,2026-03-01,2027-04-01,1,KGM,,,,,P,", "row 5, valid_to: the period goes beyond that of the parent P"),
    ],
)
def test_a_quota_that_cannot_be_is_refused_with_its_row_and_column(rows: str, told: str) -> None:
    with pytest.raises(UnreadableTableError, match=told.replace("(", "[(]")):
        read(*rows.split("\n") if rows[0] != "\n" else rows.strip().split("\n"))


def test_a_quota_is_found_on_the_day_in_the_unit_that_goods_are_counted_in() -> None:
    quotas = read("09,2026-01-01,2026-07-01,2.5,TNE,,always,,,,", "09,2026-07-01,2027-01-01,3,TNE,,,,,,")
    first, second = quotas.find("09", on=date(2026, 6, 30)), quotas.find("09", on=date(2026, 7, 1))
    assert first
    assert second
    assert (first.volume, first.unit, second.volume) == (2500, "KGM", 3000)
    assert first.state(first.volume, on=DAY) is State.CRITICAL
    assert quotas.find("09", on=date(2027, 1, 1)) is None
    assert list(quota.read_quotas("")) == []


def test_what_is_no_longer_wanted_is_taken_from_what_waits_before_what_was_allotted_and_what_was_refused_is_asked_again() -> None:
    got = Request(id="a", holding="d", account="q", on=DAY, amount=Decimal(60), allotted=Decimal(40))
    waits = Request(id="b", holding="d", account="q", on=DAY + timedelta(1), amount=Decimal(30))
    outcomes = {wanted: quota.amended([waits, got], Decimal(wanted)) for wanted in (100, 70, 50, 30, 0)}
    told = {wanted: (quota.answer_to(kept), more) for wanted, (kept, more) in outcomes.items()}
    assert told == {
        100: (Answer(allotted=Decimal(40), waiting=Decimal(30)), 30),
        70: (Answer(allotted=Decimal(40), waiting=Decimal(30)), 0),
        50: (Answer(allotted=Decimal(40), waiting=Decimal(10)), 0),
        30: (Answer(allotted=Decimal(30)), 0),
        0: (Answer(), 0),
    }


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from("ABP")), min_size=1, max_size=7), AMOUNTS, st.randoms())
def test_an_allotment_of_a_family_overdraws_nobody_and_does_not_depend_on_the_order(
    wanted: list[tuple[Decimal, str]], left: Decimal, random: object
) -> None:
    quotas = read(*FAMILY.split())
    requests = [in_family(amount, number, f"r{place}") for place, (amount, number) in enumerate(wanted)]
    shuffled = list(requests)
    random.shuffle(shuffled)  # type: ignore[attr-defined] - a source of chance that the test can repeat
    shares = allotted(requests, quotas, on=DAY + timedelta(1), P=str(left))
    assert shares == allotted(shuffled, quotas, on=DAY + timedelta(1), P=str(left))
    drawn: dict[str, Decimal] = {}
    for each in requests:
        assert 0 <= shares[each.id] <= each.amount
        for account, amount in quotas.drawn_by(quotas[each.account], shares[each.id]).items():
            drawn[account] = drawn.get(account, Decimal(0)) + amount
    limits = {each.account: left if each.order_number == "P" else each.volume for each in quotas}
    assert all(amount <= limits[account] for account, amount in drawn.items())


@given(st.lists(AMOUNTS, min_size=1, max_size=7), AMOUNTS)
def test_a_day_takes_exactly_what_is_left_or_what_is_asked(wanted: list[Decimal], left: Decimal) -> None:
    requests = [asked(amount, name=f"r{place}") for place, amount in enumerate(wanted)]
    shares = allotted(requests, read(PLAIN), on=DAY + timedelta(1), **{"09": str(left)})
    assert sum(shares.values()) == min(left, sum(wanted))


class QuotaMachine(RuleBasedStateMachine):
    """Whatever is asked, allotted, amended, cancelled and raised in whatever order: nothing is overdrawn, nothing is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.quotas = read(*FAMILY.split())
        self.accounts = {each.account: Account(id=each.account, unit=each.unit, granted=each.volume) for each in self.quotas}
        self.requests: dict[str, list[Request]] = {}
        self.day = DAY
        self.count = 0

    def post(self, kind: Kind, holding: str, amounts: dict[str, Decimal]) -> None:
        self.count += 1
        self.accounts = ledger.posted(self.accounts, Movement(cause=str(self.count), kind=kind, holding=holding, amounts=amounts))

    def give_back(self, holding: str) -> None:
        self.count += 1
        self.accounts = ledger.posted(self.accounts, ledger.reversal(self.accounts, holding=holding, cause=str(self.count)))

    @rule(number=st.sampled_from("ABP"), amount=AMOUNTS)
    def ask(self, number: str, amount: Decimal) -> None:
        self.count += 1
        name = f"d{self.count}"
        start = "2026-02-01" if number == "B" else "2026-01-01"
        self.requests[name] = [asked(amount, name=name, number=number, on=self.day, start=start)]

    @rule(days=st.integers(1, 3))
    def allot(self, days: int) -> None:
        self.day += timedelta(days)
        balances = {name: account.available for name, account in self.accounts.items()}
        waiting = [each for requests in self.requests.values() for each in requests]
        for answered in quota.allot(waiting, balances, quotas=self.quotas, on=self.day):
            self.accounts = ledger.posted(self.accounts, quota.drawing(answered, self.quotas))
            own = self.requests[answered.holding]
            self.requests[answered.holding] = [answered if each.id == answered.id else each for each in own]
        open_now = [each for requests in self.requests.values() for each in requests if each.allotted is None]
        assert all(self.quotas.halt(self.quotas[each.account], on=self.day) or each.on >= self.day for each in open_now)

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), wanted=AMOUNTS)
    def amend(self, data: st.DataObject, wanted: Decimal) -> None:
        name = data.draw(st.sampled_from(sorted(self.requests)))
        before = quota.answer_to(self.requests[name])
        kept, more = quota.amended(self.requests[name], wanted)
        account = self.requests[name][0].account
        self.give_back(name)
        drawn = quota.answer_to(kept).allotted
        self.post(Kind.CONSUME, name, self.quotas.drawn_by(self.quotas[account], drawn))
        self.count += 1
        fresh = [Request(id=f"m{self.count}", holding=name, account=account, on=self.day, amount=more)] if more else []
        self.requests[name] = [*kept, *fresh]
        assert quota.answer_to(self.requests[name]).asked == wanted
        assert drawn == min(before.allotted, wanted)

    @precondition(lambda self: self.requests)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.requests)))
        self.give_back(name)
        del self.requests[name]

    @rule(amount=AMOUNTS)
    def raise_the_volume(self, amount: Decimal) -> None:
        self.post(Kind.GRANT, "", {"quota/P/2026-01-01": amount})

    @invariant()
    def nothing_is_overdrawn_and_what_was_allotted_is_what_is_drawn(self) -> None:
        drawn = dict.fromkeys(self.accounts, Decimal(0))
        for requests in self.requests.values():
            for each in requests:
                for account, amount in self.quotas.drawn_by(self.quotas[each.account], each.allotted or Decimal(0)).items():
                    drawn[account] += amount
        assert all(account.available >= 0 for account in self.accounts.values())
        assert drawn == {name: account.consumed for name, account in self.accounts.items()}


TestQuota = QuotaMachine.TestCase
