"""Allot quotas: answer what was asked of quotas on the days before, and assess the declarations anew by the answers."""

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from customhouse_server.declaration import quota_answer
from customhouse_server.quota import actions as quotas
from customhouse_server.tariff.country import current_country


class Command(BaseCommand):
    """`manage allot_quotas`, once a day after midnight in the territory."""

    help = "Answer the requests of the days before; broken off, it goes on where it stopped, and done again it changes nothing."

    def handle(self, **_: object) -> None:
        """Answer, take the answers up declaration by declaration, and say how many; one that fails does not stop the others."""
        at = timezone.now()
        answered = quotas.answer(on=current_country().legal_day(at=at), at=at)
        failed = 0
        waiting = quota_answer.declarations_to_take_up()
        for declaration_id in waiting:
            try:
                quota_answer.take_up(declaration_id, at=at)
            except Exception:  # noqa: BLE001 - the entry point: what fails is logged, counted and told
                failed += 1
                structlog.get_logger().exception("an answer was not taken up", declaration=str(declaration_id))
        self.stdout.write(f"{answered} requests answered, {len(waiting) - failed} declarations assessed anew")
        if failed:
            raise CommandError(f"{failed} declarations could not be assessed anew: see the log, and run this again")
