"""The tests themselves: a place for each area, sentences for names, no mocks, no sleep in the core."""

import ast
from pathlib import Path

from tests.house.source import Source

FEWEST_WORDS = 3


def test_each_folder_of_core_tests_is_that_of_an_area(root: Path, areas: list[Path]) -> None:
    folders = {folder.name for folder in (root / "tests/core").iterdir() if folder.is_dir() and folder.name != "__pycache__"}
    assert folders <= {area.name for area in areas}


def test_the_name_of_a_test_is_a_sentence(tests: list[Source]) -> None:
    terse = [
        f"{source.place}:{node.lineno} {node.name}"
        for source in tests
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and len(node.name.split("_")) <= FEWEST_WORDS
    ]
    assert not terse, "\n".join(terse)


def test_no_test_replaces_our_own_code_with_a_mock(tests: list[Source]) -> None:
    mocking = [f"{source.place}" for source in tests if "unittest" + ".mock" in source.text or "Magic" + "Mock" in source.text]
    assert not mocking, "\n".join(mocking)


def test_no_test_of_the_core_sleeps(tests: list[Source]) -> None:
    sleeping = [source.place for source in tests if source.place.startswith("tests/core/") and "sleep(" in source.text]
    assert not sleeping, "\n".join(sleeping)
