"""Words: whatever a page or a module of the site marks as to be translated is said in French, as the framework looks it up."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.utils.translation.template import templatize
from tests.house.source import Source

_CALL = re.compile(r"""\bn?gettext\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")""")
_MARKS = {"_", "gettext", "ngettext", "gettext_lazy", "gettext_noop", "ngettext_lazy"}


@pytest.fixture(scope="module")
def known(root: Path) -> set[str]:
    """What our catalogue says in French, and that of the framework."""
    catalogues = [root / "src/customhouse_server/locale/fr/LC_MESSAGES/django.mo"]
    catalogues += Path(django.__path__[0]).rglob("locale/fr/LC_MESSAGES/django.mo")
    found: set[str] = set()
    for path in catalogues:
        with path.open("rb") as compiled:
            catalogue = gettext.GNUTranslations(compiled)._catalog  # noqa: SLF001 - a word may be the same in both languages
            found |= {key if isinstance(key, str) else key[0] for key in catalogue}
    return found


def _marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.strip():
                yield first.value


def _of_template(path: Path) -> Iterator[str]:
    """What a template marks: the framework makes of it calls, each with its text first."""
    for literal in _CALL.findall(templatize(path.read_text("utf-8"), origin=str(path))):
        text = ast.literal_eval(literal)
        if text.strip():
            yield text


def test_every_word_that_a_module_marks_is_said_in_french(site: list[Source], known: set[str]) -> None:
    marked = {text for source in site for text in _marked(source.tree)}
    assert len(marked) > 1_000
    assert not marked - known


def test_every_word_that_a_page_marks_is_said_in_french(root: Path, known: set[str]) -> None:
    marked = {text for path in (root / "src/customhouse_server").rglob("templates/**/*.html") for text in _of_template(path)}
    assert len(marked) > 1_000
    assert not marked - known
