"""Writes the reference pages from the code itself; with `--check` it refuses pages that are not what the code says."""

import ast
import importlib
import json
import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import typer

from customhouse import cli, messages, pipeline, risk
from customhouse.clearance.life_cycle import TRANSITIONS
from customhouse.development.project import life_cycle as project_moves
from customhouse.strategy.review.cycle import ROWS
from customhouse.tariff import ruling

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WRITTEN = "<!-- Written by `make docs` from the code; change the code, not this page. -->\n"


def main() -> None:
    """Write the pages, or with `--check` name those that differ and leave with 1."""
    pages = {HERE / name: page() for name, page in PAGES.items()}
    if "--check" not in sys.argv:
        for path, text in pages.items():
            path.write_text(text, encoding="utf-8")
        return
    stale = [path.name for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if stale:
        sys.exit(f"Not what the code says: {', '.join(stale)}. Run `make docs` and commit what it writes.")


def findings() -> str:
    """The catalogue of findings: what each says, by which law, and what to do."""
    rows = [
        (f"`{code}`", rule.layer, rule.severity.value, rule.wording, rule.fix, rule.legal_basis, rule.sad_box)
        for code, rule in pipeline.ALL_RULES.items()
    ]
    told = "What can be found wrong in a declaration, a diagnostic or a project. A `{name}` in the wording is filled from the finding."
    return _page("Findings", told, _table(("Code", "Layer", "Severity", "What is wrong", "What to do", "Legal basis", "SAD box"), rows))


def life_cycle() -> str:
    """The life-cycle of a declaration: the table the code runs from, drawn and told."""
    return _life_cycle("Life-cycle of a declaration", TRANSITIONS, "customhouse.clearance.life_cycle.TRANSITIONS")


def _life_cycle(title: str, transitions: Iterable[Any], name: str) -> str:
    transitions = tuple(transitions)
    moves = sorted({(row.source.value, row.target.value, row.act.value) for row in transitions if row.target})
    edges = [
        f"    {source} --> {target}: {' / '.join(act for _, _, act in acts)}"
        for (source, target), acts in groupby(moves, lambda move: move[:2])
    ]
    drawing = "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> draft", *edges, "```"])
    rows = [
        (
            row.source.value,
            row.act.value,
            row.target.value if row.target else "(stays)",
            ", ".join(row.roles),
            row.guard.value + ("; a reason is given" if row.reason_required else ""),
            row.legal_basis,
        )
        for row in transitions
    ]
    told = f"One table is at once the code, this drawing and the source of the tests: `{name}`."
    return _page(title, told, drawing, _table(("In state", "Act", "Leads to", "By", "If", "Legal basis"), rows))


def ruling_life_cycle() -> str:
    """The life-cycle of a ruling, drawn and told as that of a declaration."""
    return _life_cycle("Life-cycle of an advance ruling", ruling.TRANSITIONS, "customhouse.tariff.ruling.TRANSITIONS")


def plan_cycle() -> str:
    """The cycle of a strategic plan: the table the code runs from, drawn and told."""
    edges = [f"    {row.step.value} --> {row.follows.value}: {row.body.value}" for row in ROWS if row.follows]
    edges += [f"    {row.step.value} --> {row.back.value}: sent back" for row in ROWS if row.back]
    edges.append("    council_report --> operational_plan: the next financial year")
    drawing = "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {ROWS[0].step.value}", *edges, "```"])
    rows = [
        (
            row.step.value,
            row.body.value,
            str(row.month),
            row.document,
            "each financial year" if row.is_yearly else "once",
            row.back.value if row.back else "",
            "by a recorded decision" if row.may_be_skipped else "never",
            row.source,
        )
        for row in ROWS
    ]
    told = "One table is at once the code, this drawing and the source of the tests: `customhouse.strategy.review.cycle.ROWS`."
    head = ("Step", "Body", "Month", "Document", "When", "Sent back to", "Skipped", "WCO Strategic Plan 2016/2017 to 2018/2019")
    return _page("Cycle of a strategic plan", told, drawing, _table(head, rows))


def project_life_cycle() -> str:
    """The life-cycle of a capacity building project, told from its table."""
    rows = [
        (row.source.value, row.move.value, row.target.value, row.guard.value + ("; a reason is given" if row.reason_required else ""))
        for row in project_moves.TRANSITIONS
    ]
    told = "One table is at once the code and this page: `customhouse.development.project.life_cycle.TRANSITIONS`."
    return _page("Life-cycle of a project", told, _table(("In state", "Move", "Leads to", "If"), rows))


def profile_fields() -> str:
    """The fields that a risk profile may ask about."""
    rows = [(f"`{name}`", kind.value) for name, kind in risk.FIELDS.items()]
    told = "What a condition of a risk profile can ask about each item. A value that is not known makes its comparison unknown, never true."
    return _page("Fields of risk profiles", told, _table(("Field", "Kind"), rows))


def countries() -> str:
    """The country packages that ship, with the taxes each knows."""
    sections = [_country(folder) for folder in sorted((ROOT / "countries").iterdir()) if (folder / "country.toml").exists()]
    told = "Every national assumption is data in a country package. These ship; copy one to begin your own."
    return _page("Country packages", told, *sections)


def _country(folder: Path) -> str:
    country = tomllib.loads((folder / "country.toml").read_text(encoding="utf-8"))
    regime = tomllib.loads((folder / "regime.toml").read_text(encoding="utf-8"))
    rows = [
        (", ".join(f"`{kind}`" for kind in tax.get("kinds", [tax["name"]])), tax["description"], tax.get("legal_basis", ""))
        for tax in regime.get("taxes", [])
    ]
    heading = f"## {country['name']['en']} (`{folder.name}`, {country['code']}, {country['currency']})"
    return f"{heading}\n\nCustoms value: {regime['valuation']}.\n\n{_table(('Tax', 'What it is', 'Legal basis'), rows)}"


def areas() -> str:
    """The map of the library: each area, what it answers, and the names it offers."""
    faces = sorted((ROOT / "src/customhouse").glob("*/**/__init__.py"))
    told = "Each area answers one question and offers at most twelve names; import the area, never its insides."
    return _page("Areas of the library", told, *(_area(face) for face in faces))


def _area(face: Path) -> str:
    name = face.parent.relative_to(ROOT / "src/customhouse").as_posix()
    tree = ast.parse(face.read_text(encoding="utf-8"))
    homes = {alias.name: node.module for node in tree.body if isinstance(node, ast.ImportFrom) and node.module for alias in node.names}
    modules = {
        path.stem: ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "" for path in sorted(face.parent.glob("[a-z]*.py"))
    }
    rows = [
        (f"[`{stem}`](../../src/customhouse/{name}/{stem}.py)", _first_line(told), ", ".join(_offered(homes, stem)))
        for stem, told in modules.items()
    ]
    return f"## {name}\n\n{ast.get_docstring(tree)}\n\n{_table(('Module', 'What it is', 'Offers'), rows)}"


def _offered(homes: Mapping[str, str], stem: str) -> list[str]:
    return [f"`{name}`" for name, home in homes.items() if home.endswith(f".{stem}")]


def document_schema() -> str:
    """The JSON Schema of our JSON form of the WCO Data Model."""
    schema = msgspec.json.schema(messages.Document)
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1, ensure_ascii=False) + "\n"


def interface() -> str:
    """The OpenAPI description of the interface for programs."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "customhouse_server.settings",
        "DATABASE_URL": "postgresql:///none",
        "CUSTOMHOUSE_SECRET_KEY": "-",
    }
    django = importlib.import_module("django")  # only here: the other pages speak of the library, which knows no framework
    django.setup()
    api = importlib.import_module("customhouse_server.settings.urls").api
    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, default=str) + "\n"


def command_line() -> str:
    """The commands of `customhouse`, with what each takes."""
    commands = typer.main.get_group(cli.app).commands
    told = "Each command ends with 0 when clean, 1 with findings, 2 when the input cannot be read."
    return _page("Command line", told, *(_command(name, command) for name, command in commands.items()))


def _command(name: str, command: Any) -> str:  # noqa: ANN401 - a command of a library that keeps its types to itself
    rows = [(f"`{_named(each)}`", getattr(each, "help", None) or "", _default(each)) for each in command.params]
    return f"## customhouse {name}\n\n{command.help}\n\n{_table(('Takes', 'What it is', 'Without it'), rows)}"


def _named(parameter: Any) -> str:  # noqa: ANN401 - the same
    long = parameter.opts[0]
    return long if long.startswith("-") else parameter.metavar or parameter.name


def _default(parameter: Any) -> str:  # noqa: ANN401 - the same
    return "required" if parameter.required else f"`{parameter.default}`" if parameter.default else ""


def _page(title: str, told: str, *parts: str) -> str:
    return "\n".join([f"# {title}\n", WRITTEN, f"{told}\n", *(f"{part}\n" for part in parts)])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _first_line(docstring: str) -> str:
    return docstring.partition("\n\n")[0].replace("\n", " ")


PAGES: dict[str, Callable[[], str]] = {
    "areas.md": areas,
    "findings.md": findings,
    "life_cycle.md": life_cycle,
    "ruling_life_cycle.md": ruling_life_cycle,
    "plan_cycle.md": plan_cycle,
    "project_life_cycle.md": project_life_cycle,
    "profile_fields.md": profile_fields,
    "countries.md": countries,
    "command_line.md": command_line,
    "document.schema.json": document_schema,
    "openapi.json": interface,
}

if __name__ == "__main__":
    main()
