"""Every national assumption is data of a country package: the library's code singles out no country."""

import ast
from pathlib import Path

import pycountry
import pytest
from tests.house.source import Source

DECLARATION_TYPES = {"IM", "EX", "CO"}  # of the Single Administrative Document, which look like countries
COUNTRIES = ({country.alpha_2 for country in pycountry.countries} | {"XI", "XK", "QZ", "EU"}) - DECLARATION_TYPES


def singled_out(tree: ast.AST) -> list[ast.Constant]:
    """The country codes that code compares with, looks for in a literal set, or matches."""
    choosing = [node for node in ast.walk(tree) if isinstance(node, ast.Compare | ast.MatchValue)]
    constants = [each for node in choosing for each in ast.walk(node) if isinstance(each, ast.Constant)]
    return [constant for constant in constants if constant.value in COUNTRIES]


@pytest.mark.parametrize("code", ["x == 'GB'", "x in {'FR', 'DE'}", "match x:\n case 'US': pass"])
def test_a_country_that_code_singles_out_is_seen(code: str) -> None:
    assert singled_out(ast.parse(code))


def test_the_library_singles_out_no_country(library: list[Source]) -> None:
    singled = [f"{source.place}:{constant.lineno} {constant.value!r}" for source in library for constant in singled_out(source.tree)]
    assert not singled, "\n".join(singled)


def test_the_library_names_no_country_package(library: list[Source], root: Path) -> None:
    packages = {folder.name for folder in (root / "countries").iterdir() if folder.is_dir()}
    assert "sandbox" in packages
    named = [
        f"{source.place}:{constant.lineno} {constant.value!r}"
        for source in library
        if "cli" not in source.path.parts  # whose default is the package that ships
        for constant in source.string_constants()
        if constant.value in packages
    ]
    assert not named, "\n".join(named)
