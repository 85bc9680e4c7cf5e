"""The documents say what the code says: glossary, generated pages, decisions, the words of each tax."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.house.source import ROOT, environment

GLOSSARY = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "`" in line
]
PACKAGES = sorted(path.parent for path in (ROOT / "countries").glob("*/regime.toml"))


@pytest.mark.parametrize("row", GLOSSARY, ids=lambda row: row[0])
def test_a_term_of_the_glossary_has_a_source_and_a_module_that_is_there(row: list[str]) -> None:
    term, source, module = row
    assert term
    assert source
    place = ROOT / "src" / module.strip("`").replace(".", "/")
    assert place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def test_the_glossary_has_each_term_once_and_in_order() -> None:
    terms = [row[0] for row in GLOSSARY]
    assert terms
    assert terms == sorted(set(terms), key=str.casefold)


def test_every_area_has_a_word_in_the_glossary(areas: list[Path]) -> None:
    told = {name for row in GLOSSARY for name in row[2].strip("`").split(".")[1:]}
    assert {area.name for area in areas} - {"cli"} <= told


def test_the_generated_pages_are_what_the_code_says(root: Path) -> None:
    command = [sys.executable, "docs/reference/generate.py", "--check"]
    told = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert told.returncode == 0, told.stderr


def test_a_decision_tells_its_context_and_its_cost_on_one_page(root: Path) -> None:
    decisions = sorted((root / "docs/decisions").glob("[0-9]*.md"))
    index = (root / "docs/decisions/README.md").read_text()
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text()
        assert path.name in index, f"{path.name} is not in the index"
        assert all(part in text for part in ("**Context.**", "**Decision.**", "**What it costs.**")), path.name
        assert len(text.splitlines()) < 60, path.name


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_every_tax_of_a_country_package_has_its_words_and_its_law(package: Path) -> None:
    regime = tomllib.loads((package / "regime.toml").read_text(encoding="utf-8"))
    assert regime["taxes"]
    assert not [tax["name"] for tax in regime["taxes"] if not tax.get("description") or not tax.get("legal_basis")]


def test_every_code_that_the_library_finds_is_in_a_catalogue(root: Path) -> None:
    told = set(re.findall(r"^\| `([A-Z]+-\d+)`", (root / "docs/reference/findings.md").read_text(), re.MULTILINE))
    found = {
        code
        for path in (root / "src/customhouse").rglob("*.py")
        for code in re.findall(r"\b(?:[Ff]inding|found)\(\s*(?:code=)?\"([A-Z]{2,4}-\d+)\"", path.read_text(encoding="utf-8"))
    }
    assert found
    assert found <= told, f"without words: {sorted(found - told)}"
