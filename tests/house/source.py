"""One Python file of the repository, as the house rules read it: parsed, never imported."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the repository."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        """The path from the root of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> list[str]:
        """The text by line; the first line of the file is the first of the list."""
        return self.text.splitlines()

    def string_constants(self) -> Iterator[ast.Constant]:
        """Every text in the code that is not a docstring."""
        docstrings = {id(node.body[0].value) for node in ast.walk(self.tree) if _opens_with_docstring(node)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node


def _opens_with_docstring(node: ast.AST) -> bool:
    holders = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    return isinstance(node, holders) and bool(node.body) and isinstance(node.body[0], ast.Expr) and ast.get_docstring(node) is not None


def sources(*folders: str) -> list[Source]:
    """The files under the folders; migrations are written by the framework and are not among them."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)
    texts = [(path, path.read_text(encoding="utf-8")) for path in paths]
    return [Source(path, text, ast.parse(text)) for path, text in texts]


def environment() -> dict[str, str]:
    """The environment in which another process finds the source and prints wide lines."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}
