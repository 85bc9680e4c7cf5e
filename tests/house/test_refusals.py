"""Refusals: no sentence is put together before it is raised, and each is said in French with the same places to fill."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.house.source import Source

_PLACES = re.compile(r"\{\w+(?:!r)?\}")
_TELLING = {"saying": 0, "_twice": 0, "_require": 1, "require": 1}
"""What is said by a call of these functions, and at which of its arguments."""


@pytest.fixture(scope="module")
def french(root: Path) -> dict[str, str]:
    with (root / "src/customhouse_server/locale/fr/LC_MESSAGES/django.mo").open("rb") as compiled:
        return {text: said for text, said in gettext.GNUTranslations(compiled)._catalog.items() if isinstance(text, str)}  # noqa: SLF001 - a word may be the same in both languages, and then only the catalogue tells


@pytest.fixture(scope="module")
def refusals(library: list[Source], site: list[Source]) -> set[str]:
    """The names of the kinds of refusal, as they inherit one from another."""
    classes = [node for source in library + site for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
    found = {"Refusal"}
    while more := {each.name for each in classes if found & set(map(_name, each.bases))} - found:
        found |= more
    return found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _raised(source: Source, refusals: set[str]) -> Iterator[ast.expr]:
    """What each refusal of a module is raised with first; a kind that words itself is raised with other things."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and _name(node.exc.func) in refusals and node.exc.args:
            yield node.exc.args[0]
        if isinstance(node, ast.ClassDef) and node.name in refusals:
            yield from (each.args[0] for each in ast.walk(node) if _is_super(each))


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__" and bool(node.args)


def _said(source: Source, refusals: set[str]) -> Iterator[str]:
    """Every wording of a module that is told to a person by way of a refusal or a saying."""
    first = list(_raised(source, refusals))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            place = _TELLING.get(_name(node.func), len(node.args))
            first += [*node.args[place : place + 1], *(each.value for each in node.keywords if each.arg == "between")]
        elif isinstance(node, ast.Assign) and _name(node.targets[0]) == "wording":
            first.append(node.value)
    for node in first:
        for each in (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,):
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and re.search(r"[a-z]", _PLACES.sub("", each.value)):
                yield each.value


def test_no_sentence_is_put_together_before_it_is_raised(library: list[Source], site: list[Source], refusals: set[str]) -> None:
    together = [
        f"{source.place}:{first.lineno}"
        for source in library + site
        for first in _raised(source, refusals)
        if isinstance(first, ast.JoinedStr | ast.BinOp | ast.BoolOp | ast.IfExp | ast.Call)
        and any(isinstance(part, ast.JoinedStr) for part in ast.walk(first))
    ]
    assert len(refusals) > 100
    assert not together, "\n".join(together)


def test_every_refusal_is_said_in_french(library: list[Source], site: list[Source], refusals: set[str], french: dict[str, str]) -> None:
    said = {wording: source.place for source in library + site for wording in _said(source, refusals)}
    assert "{act} is for {roles}; you are signed in as {role}" in said
    untold = [f"{place}: {wording}" for wording, place in said.items() if wording not in french]
    assert not untold, "\n".join(untold)
    other = [wording for wording in said if set(_PLACES.findall(wording)) != set(_PLACES.findall(french[wording]))]
    assert not other, "\n".join(other)
