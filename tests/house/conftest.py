"""The source as the house rules read it: the library, the site and the tests, parsed once."""

from pathlib import Path

import pytest
from tests.house.source import ROOT, Source, sources


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def library() -> list[Source]:
    """The modules of the library."""
    return sources("src/customhouse")


@pytest.fixture(scope="session")
def site() -> list[Source]:
    """The modules of the site."""
    return sources("src/customhouse_server")


@pytest.fixture(scope="session")
def tests() -> list[Source]:
    """The tests, the benchmarks and the scripts of the documentation."""
    return sources("tests", "benchmarks", "docs")


@pytest.fixture(scope="session")
def areas() -> list[Path]:
    """The areas of the library and their parts: the folders of its packages."""
    return sorted(path.parent for path in (ROOT / "src/customhouse").glob("*/**/__init__.py"))
