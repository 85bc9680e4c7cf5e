"""Serve: the site behind granian, `python -m customhouse_server.serve --port 8000`; with `--jobs` its jobs are done beside it.

In production the jobs have a process of their own: `python -m customhouse_server.manage procrastinate worker`.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from granian import Granian
from granian.constants import Interfaces

SITE = "customhouse_server.settings.wsgi:application"


def main(*, application: str = SITE) -> None:
    """Serve the site until it is told to stop."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--host", default="127.0.0.1")
    asked.add_argument("--port", type=int, default=8000)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--jobs", action="store_true", help="do the jobs too")
    options = asked.parse_args()
    with jobs() if options.jobs else nullcontext():
        serve(host=options.host, port=options.port, workers=options.workers, application=application)


@contextmanager
def jobs() -> Iterator[None]:
    """Do the jobs of the site in a process of its own for as long as it is served."""
    from customhouse_server.settings.postgres import database_url  # noqa: PLC0415 - the embedded database is started once, here

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
    database_url()
    command = [sys.executable, "-W", "ignore", "-m", "customhouse_server.manage", "procrastinate", "worker"]
    with subprocess.Popen(command) as worker:  # noqa: S603 - our own command
        try:
            yield
        finally:
            worker.terminate()


def serve(*, host: str, port: int, workers: int, application: str = SITE) -> None:
    """Serve the site with so many worker processes on one database; each answers four requests at a time, one that falls begins again."""
    from customhouse_server.settings.postgres import database_url  # noqa: PLC0415 - only the serving process starts the database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
    database_url()
    _require_sound_site()
    Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backlog=1024,
        respawn_failed_workers=True,
        log_access=False,
    ).serve()


def _require_sound_site() -> None:
    """Refuse to serve a site whose tables are behind its code, or whose database could forget what was acknowledged."""
    import django  # noqa: PLC0415 - the framework is set up in the process that serves
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    call_command("check", databases=["default"])
    call_command("migrate", check_unapplied=True, verbosity=0)
    connections.close_all()


if __name__ == "__main__":
    main()
