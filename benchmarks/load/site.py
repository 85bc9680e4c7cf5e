"""A site for load: its own home folder and database, started and ended with the run, on this machine's own address alone."""

import contextlib
import datetime as dt
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PARTY = "QZ12345678"


class Site:
    """One site: `start` makes its database and serves it, `stop` ends both; `key` signs the calls of its one trader."""

    def __init__(
        self, home: Path, *, workers: int = 2, environment: dict[str, str] | None = None, serve: str = "customhouse_server.serve"
    ) -> None:
        """Keep where the site lives and how it is served."""
        self.home, self.workers, self.serve = home, workers, serve
        self.port = _free_port()
        self.key = ""
        self.environment = {**os.environ, "CUSTOMHOUSE_HOME": str(home), "CUSTOMHOUSE_LOG_LEVEL": "CRITICAL", **(environment or {})}
        self.environment.pop("DATABASE_URL", None)
        self.environment["PYTHONPATH"] = os.pathsep.join((str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")))
        self._server: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Migrate, register the trader and make a key, all in a process of its own."""
        code = "from load import site; print(site.prepared())"
        done = subprocess.run([sys.executable, "-c", code], env=self.environment, check=True, stdout=subprocess.PIPE)  # noqa: S603
        self.key = done.stdout.decode().split()[-1]

    def start(self) -> None:
        """Serve, and wait until the site answers."""
        command = [sys.executable, "-m", self.serve, "--port", str(self.port), "--workers", str(self.workers)]
        self._server = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
        self.wait()

    def wait(self, seconds: float = 60) -> None:
        """Wait until the site answers; `TimeoutError` if it does not."""
        deadline = time.monotonic() + seconds
        while not _answers(self.port):
            if time.monotonic() > deadline:
                raise TimeoutError("the site does not answer")
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill every process of the server at once, as a power cut would."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            _await_end(self._server.pid)
            self._server = None

    def kill_worker(self) -> None:
        """Kill one of the processes that answer, as a fault in a library would; the others go on, and another takes its place."""
        assert self._server is not None, "the site is served"
        os.kill(children(self._server.pid)[-1], signal.SIGKILL)
        self.wait()

    def stop(self) -> None:
        """End the server in good order; its database goes with it."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(30)
            self._server = None


def children(parent: int) -> list[int]:
    """The processes that a process has started, by their numbers."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return sorted(found)


def _await_end(group: int, seconds: float = 3) -> None:
    """Wait until the last process of a group is gone, or has at least let go of its files."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)


def prepared() -> str:
    """Migrate this process's site, register its trader, and give a key; runs inside the site's own environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "customhouse_server.settings")
    import django  # noqa: PLC0415 - the framework is set up in this process alone
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    from customhouse_server.accounts import actions, store  # noqa: PLC0415
    from customhouse_server.accounts.person import Person  # noqa: PLC0415
    from customhouse_server.accounts.role import Role  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    trader = Person(id=0, username="load", name="Load", role=Role.TRADER, offices=(), parties=(PARTY,))
    return actions.issue_token(store.register(trader, email="load@example.org", password=None), "load", at=dt.datetime.now(dt.UTC))


def _free_port() -> int:
    """A port that no client is given (`ip_local_port_range`): while the server is down, nobody takes it, nor does a client meet itself."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port from 20000 to 29999")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(b"GET /api/service HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(12) == b"HTTP/1.1 200"
    except OSError:
        return False
