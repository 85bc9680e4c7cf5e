"""What every test can count on: the core runs with no socket at all, the rest with this machine alone."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # how long a test takes is measured in benchmarks/
settings.load_profile("house")

_CORE = Path(__file__).parent / "core"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take the sockets away from the tests of the core."""
    for item in items:
        if _CORE in item.path.parents:
            item.add_marker(pytest.mark.disable_socket)
