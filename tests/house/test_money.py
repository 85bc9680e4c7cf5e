"""No binary fraction comes near an amount (STYLE 4): neither a float literal, nor a conversion, nor an annotation."""

import ast

import pytest
from tests.house.source import Source

# Scores and statistics may be binary; what is owed, owned or measured for duty may not.
MONEY_AREAS = {"kernel", "codes", "ledger", "tariff", "cargo", "declaration", "assessment", "revenue", "clearance", "messages", "pipeline"}


def is_float(node: ast.AST) -> bool:
    literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
    named = isinstance(node, ast.Name) and node.id == "float"
    rounded = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round"
    return literal or named or rounded


@pytest.mark.parametrize("code", ["x = 0.1", "float(x)", "def f(x: float): ...", "round(x, 2)"])
def test_a_binary_fraction_is_seen(code: str) -> None:
    assert any(map(is_float, ast.walk(ast.parse(code))))


def test_no_money_area_counts_in_binary_fractions(library: list[Source]) -> None:
    binary = [
        f"{source.place}:{node.lineno}"
        for source in library
        if source.path.parent.name in MONEY_AREAS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.expr) and is_float(node)
    ]
    assert not binary, "\n".join(binary)
