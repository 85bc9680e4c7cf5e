"""Imports run one way, and the library starts cold: no framework, database or network comes with it."""

import subprocess
import sys
from pathlib import Path

from tests.house.source import Source, environment

BLOCKED = ("django", "ninja", "psycopg", "procrastinate", "granian", "requests", "httpx", "customhouse_server")
COLD = """
import importlib, pkgutil, sys
for name in {blocked!r}:
    sys.modules[name] = None
import customhouse
for module in pkgutil.walk_packages(customhouse.__path__, "customhouse."):
    importlib.import_module(module.name)
    print(module.name)
"""


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603 - our own command


def test_the_import_contracts_are_kept(root: Path) -> None:
    told = run(root, sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 broken" in told.stdout


def test_every_module_of_the_library_is_imported_without_framework_or_database(root: Path, library: list[Source]) -> None:
    told = run(root, sys.executable, "-c", COLD.format(blocked=BLOCKED))
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.split()) == len(library) - 1


def test_the_library_never_asks_the_clock_the_disk_or_chance(library: list[Source]) -> None:
    asking = [
        f"{source.place}:{number}"
        for source in library
        if "cli" not in source.path.parts
        for number, line in enumerate(source.lines, start=1)
        if any(call in line for call in ("datetime.now(", "date.today(", "time.time(", "utcnow(", "os.environ", "random.random("))
    ]
    assert not asking, "\n".join(asking)
    reading = [
        f"{source.place}:{number}"
        for source in library
        if "cli" not in source.path.parts and source.place != "src/customhouse/pipeline/country.py"
        for number, line in enumerate(source.lines, start=1)
        if any(call in line for call in (" open(", "read_text(", "read_bytes(", "write_text(", "write_bytes("))
    ]
    assert not reading, "\n".join(reading)
