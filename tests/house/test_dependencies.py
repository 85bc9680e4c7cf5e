"""Dependencies: each one declared is locked with its hashes, and the library takes only those that were decided."""

import re
import tomllib
from pathlib import Path

import pytest

CORE = {"lxml", "msgspec", "pycountry", "python-stdnum", "rich", "sqlglot", "typer"}


def name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def locked(text: str) -> dict[str, str]:
    """What each pinned requirement carries after its name."""
    return {name(entry): entry for entry in re.split(r"\n(?=[a-z0-9])", text, flags=re.IGNORECASE) if "==" in entry}


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ["batch", "server"]), ("requirements-dev.lock", ["batch", "server", "dev"])],
)
def test_every_declared_dependency_is_locked_with_its_hash(root: Path, lock: str, extras: list[str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    declared = {
        name(each) for each in [*project["dependencies"], *(each for extra in extras for each in project["optional-dependencies"][extra])]
    }
    pinned = locked((root / lock).read_text())
    assert declared <= set(pinned)
    assert not [each for each, entry in pinned.items() if "--hash=sha256:" not in entry]


def test_both_locks_name_the_same_versions(root: Path) -> None:
    served, tested = (locked((root / lock).read_text()) for lock in ("requirements.lock", "requirements-dev.lock"))
    assert not [each for each, entry in served.items() if tested.get(each, "").strip() != entry.strip()]


def test_the_library_takes_only_the_dependencies_that_were_decided(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert {name(each) for each in project["dependencies"]} == CORE
