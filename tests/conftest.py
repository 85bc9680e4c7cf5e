"""What every test can count on: the core runs with no socket at all, the rest with this machine alone."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # how long a test takes is measured in benchmarks/
settings.load_profile("house")

_CORE, _BROWSER = (Path(__file__).parent / name for name in ("core", "browser"))
_LONG = ("test_soak", "test_partitions")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take the sockets away from the tests of the core, and begin with those that run a whole site, so that no process ends with one."""
    for item in items:
        if _CORE in item.path.parents:
            item.add_marker(pytest.mark.disable_socket)
    items.sort(key=lambda item: item.path.parent != _BROWSER and item.path.stem not in _LONG)
