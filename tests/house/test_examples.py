"""What the documents show is tried as it stands: the example in Python and every command line."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.source import ROOT, environment

CLEAN, FINDINGS = 0, 1
TUTORIAL = (ROOT / "docs/start/first_declaration.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^ *\.venv/bin/customhouse (.*)$", TUTORIAL, re.MULTILINE)


def test_the_example_in_python_prints_each_tax_with_its_explanation(root: Path) -> None:
    example = re.search(r"```python\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    told = run(root, example.group(1))
    assert told.returncode == CLEAN, told.stderr
    assert len(told.stdout.splitlines()) > 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_line_of_the_tutorial_does_what_it_says(root: Path, command: str) -> None:
    told = run(root, "from customhouse.cli import main; main()", *shlex.split(command))
    assert told.returncode in {CLEAN, FINDINGS}, told.stdout + told.stderr
    assert told.stdout


def test_the_tutorial_has_the_three_commands() -> None:
    assert [command.split()[0] for command in COMMANDS] == ["check", "assess", "clear"]


def run(root: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603 - our own code
