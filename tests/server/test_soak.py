"""The soak in short: server, database and a process killed once each under load, and the proof that a defect would be seen."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_SOAK = Path(__file__).resolve().parents[2] / "benchmarks" / "soak.py"


@pytest.fixture(scope="module")
def soak() -> ModuleType:
    spec = importlib.util.spec_from_file_location("soak", _SOAK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["soak"] = module
    spec.loader.exec_module(module)
    return module


def test_what_is_acknowledged_is_neither_lost_nor_doubled_when_server_database_and_a_process_are_killed(soak: ModuleType) -> None:
    verdict = soak.soaked(kills=3, rate=30, seconds_between=2)
    assert verdict.acknowledged > 50
    assert verdict.clean, verdict


def test_a_site_that_acknowledges_before_it_commits_is_caught(soak: ModuleType) -> None:
    verdict = soak.soaked(kills=1, rate=30, seconds_between=2, defect="acknowledge-before-commit")
    assert verdict.lost
