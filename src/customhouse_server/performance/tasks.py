"""Jobs of performance: the journal brought to the event store, its files made few, figures worked out every night, studies done.

Each gives its connection back at its end, since the worker may do the next one in another thread.
"""

from contextlib import closing
from uuid import UUID

import structlog
from django.db import connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from customhouse_server.performance import actions, release_study
from customhouse_server.performance.current import event_store


@app.periodic(cron="*/5 * * * *")
@app.task(name="performance.export", queueing_lock="performance.export")
def export(timestamp: int) -> None:  # noqa: ARG001 - the instant for which the job was due
    """Bring what the journal has gained to the event store."""
    with closing(connection):
        while actions.export(event_store()):
            pass


@app.periodic(cron="15 2 * * *")
@app.task(name="performance.compact", queueing_lock="performance.compact")
def compact(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Make one file of each day's many in the event store."""
    with closing(connection):
        actions.compact(event_store(), at=timezone.now())


@app.periodic(cron="15 3 * * *")
@app.task(name="performance.compute", queueing_lock="performance.compute")
def compute(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Work out the figures of the last months, whose events may still come in, of their years and of the last year, and revenue."""
    now, store = timezone.now(), event_store()
    with closing(connection):
        actions.compute(store, (*actions.late_periods(store, on=now.date()), actions.year_so_far(at=now)), at=now)
        actions.compute_months(store, at=now)


@app.task(name="performance.study")
def study(study_id: str) -> None:
    """Do a time release study; whatever stops it is told on its page."""
    with closing(connection):
        try:
            release_study.do(UUID(study_id))
        except Exception:
            structlog.get_logger().exception("a time release study broke off", study=study_id)
            release_study.fail(UUID(study_id), "it broke off; the log of the site says why")
            raise


@app.periodic(cron="*/10 * * * *")
@app.task(name="performance.resume", queueing_lock="performance.resume", pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - as above
    """Begin anew what a worker left unfinished when it was stopped."""
    jobs = context.app.job_manager
    for each in await jobs.get_stalled_jobs():
        await jobs.retry_job(each)
