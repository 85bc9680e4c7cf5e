"""The face of each area: one docstring that says what it answers, and at most twelve names; nobody reaches inside."""

import ast
import importlib
from pathlib import Path

from tests.house.source import Source

MOST_NAMES = 12
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "managers", "manager", "services", "service", "misc", "lib", "tools"}


def test_an_area_says_in_one_docstring_what_it_answers(areas: list[Path], library: list[Source], site: list[Source]) -> None:
    silent = [source.place for source in library + site if source.path.name == "__init__.py" and not ast.get_docstring(source.tree)]
    assert areas
    assert not silent, "\n".join(silent)


def test_an_area_of_the_library_lists_at_most_twelve_names_and_each_exists(areas: list[Path]) -> None:
    for area in areas:
        face = importlib.import_module(".".join(area.parts[area.parts.index("customhouse") :]))
        names = getattr(face, "__all__", None)
        assert names, f"{area.name} has no __all__"
        assert len(names) <= MOST_NAMES, f"{area.name} lists {len(names)} names"
        assert not [name for name in names if not hasattr(face, name)]


def test_no_module_has_a_name_that_says_nothing(library: list[Source], site: list[Source]) -> None:
    vague = [source.place for source in library + site if VAGUE & {source.path.stem, source.path.parent.name}]
    assert not vague, "\n".join(vague)


def test_others_import_an_area_and_never_its_insides(library: list[Source], site: list[Source]) -> None:
    reaching = [
        f"{source.place}:{node.lineno} from {node.module}"
        for source in library + site
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module and reaches_inside(node.module, source.path.parts)
    ]
    assert not reaching, "\n".join(reaching)


def reaches_inside(module: str, importer: tuple[str, ...]) -> bool:
    package, _, rest = module.partition(".")
    area, _, inside = rest.partition(".")
    own = "customhouse" in importer and importer[importer.index("customhouse") + 1] == area
    return package == "customhouse" and bool(inside) and not own


def test_an_area_is_flat_but_for_parts_with_a_face_of_their_own(library: list[Source]) -> None:
    deep = [source.place for source in library if source.place.count("/") > "src/customhouse/area/part/module.py".count("/")]
    assert not deep, "\n".join(deep)
