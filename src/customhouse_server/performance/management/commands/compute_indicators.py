"""Compute indicators: work out the figures of every month and year in the event store and of the last year, or of those named."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from customhouse.performance import indicator
from customhouse_server.performance import actions
from customhouse_server.performance.current import event_store
from customhouse_server.performance.period import UnknownPeriodError, read_period


class Command(BaseCommand):
    """`manage compute_indicators [PERIOD ...]`."""

    help = (
        "Work out the figures of every month and year with events and of the year up to today, or of those named, and keep them; "
        "a second run changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which periods."""
        parser.add_argument("periods", nargs="*", metavar="PERIOD", help="a month as 2026-03, or a year as 2026")

    def handle(self, *, periods: list[str], **_: object) -> None:
        """Compute, and say how many figures changed."""
        now, store = timezone.now(), event_store()
        try:
            asked = tuple(read_period(each) for each in periods) or (
                *actions.due_periods(store, on=now.date()),
                actions.year_so_far(at=now),
            )
            changed = actions.compute(store, asked, at=now)
            if not periods:
                actions.compute_months(store, at=now)
        except (UnknownPeriodError, indicator.FormulaError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(asked)} periods worked out, {changed} figures new or other than before")
