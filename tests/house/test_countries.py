"""Every national assumption is data of a country package: the library's code singles out no country."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pycountry
import pytest
from tests.house.source import ROOT, Source

PLAIN_WORDS = {("us", "words.py"), ("us", "event_store.py")}  # the pronoun among words that tell nothing of goods, and microseconds
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


def names_of_countries() -> re.Pattern[str]:
    """Every name of a country, as a word of its own."""
    names = {getattr(country, kind, None) for country in pycountry.countries for kind in ("name", "common_name", "official_name")}
    usual = {"America", "Britain", "England", "European Union", "Northern Ireland", "Russia", "Turkey"}
    words = sorted(filter(None, names | usual), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, words))})(?![A-Za-z])", re.IGNORECASE)


NAMES = names_of_countries()
OF_THREE_LETTERS = {country.alpha_3 for country in pycountry.countries} - {"LBR", "MAR", "MLT", "MTQ", "NCL"}  # units, and March
HAPPEN_TO_LOOK_ALIKE = {"IM", "CO", "GN", "CC", "PE"}  # declaration types, a scheme of additional codes, and criteria of origin
CODE_LIST = "src/customhouse/codes/world.py"  # the list of countries itself, with the codes that ISO 3166 leaves out


def countries_in(source: Source) -> list[str]:
    """Every country that the code of a file has: its code or its name in a text, or its name in the name of something."""
    texts = [(each.lineno, str(each.value)) for each in source.string_constants()]
    told = [
        f"{source.place}:{line} {text!r}"
        for line, text in texts
        if (text in COUNTRIES | OF_THREE_LETTERS and text not in HAPPEN_TO_LOOK_ALIKE) or NAMES.search(text)
    ]
    return told + [f"{source.place}:{line} {name}" for line, name in identifiers(source.tree) if NAMES.search(name.replace("_", " "))]


def identifiers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What the code calls things."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name


@pytest.mark.parametrize("code", ["rate = {'CN': 7}", "def china_rate(): ...", "x = 'goods of Russia'", "AREA = 'GBR'", "x.united_kingdom"])
def test_a_country_anywhere_in_code_is_seen(code: str) -> None:
    assert countries_in(Source(ROOT / "src/example.py", code, ast.parse(code)))


def test_no_country_stands_anywhere_in_the_code_of_the_library(library: list[Source]) -> None:
    found = [each for source in library if source.place != CODE_LIST for each in countries_in(source)]
    assert not found, "\n".join(found)


def test_the_library_names_no_country_package(library: list[Source], root: Path) -> None:
    packages = {folder.name for folder in (root / "countries").iterdir() if folder.is_dir()}
    assert "sandbox" in packages
    named = [
        f"{source.place}:{constant.lineno} {constant.value!r}"
        for source in library
        if "cli" not in source.path.parts  # whose default is the package that ships
        for constant in source.string_constants()
        if constant.value in packages and (constant.value, source.path.name) not in PLAIN_WORDS
    ]
    assert not named, "\n".join(named)
