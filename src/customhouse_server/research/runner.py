"""Runner: the process of its own in which a simulation runs, so that it outlives the page and the request."""

import subprocess
import sys
from threading import Thread
from uuid import UUID


def begin(simulation_id: UUID) -> None:
    """Start the process; it goes on when this one ends."""
    command = [sys.executable, "-m", "customhouse_server.manage", "run_simulation", str(simulation_id)]
    started = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603 - our own command
    Thread(target=started.wait, daemon=True).start()
