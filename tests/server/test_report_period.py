"""A report on a plan is of a year that has begun: before that there is nothing to report on."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils.translation import override
from tests.server.test_strategy import AT, Refused, loaded

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.desk.words import retold
from customhouse_server.strategy import actions


@pytest.mark.django_db
@pytest.mark.parametrize("halves", [1, 2])
def test_no_report_is_written_on_a_year_that_has_not_begun(person: Callable[..., Person], halves: int) -> None:
    ada = person("ada", Role.ADMINISTRATOR)
    plan_id = loaded(ada)
    before = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
    for year, at in ((2026, before), (2027, AT), (2028, AT)):
        with pytest.raises(Refused, match="nothing to report on before it") as refused:
            actions.write_report(ada, plan_id, year, halves=halves, at=at)
        with override("fr"):
            assert f"commence le {year}-07-01" in retold(refused.value)
    assert actions.view(ada, plan_id).standing.reports == ()
    assert actions.write_report(ada, plan_id, 2026, halves=halves, at=before + dt.timedelta(days=1)) == 1
