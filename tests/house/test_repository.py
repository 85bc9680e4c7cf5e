"""The repository speaks of the product alone: no address of a registry, no path of a machine, nothing that belongs elsewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = (".ci", "benchmarks", "countries", "deploy", "docs", "src", "tests")
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "deb.debian" + ".org")
MACHINE_PATH = re.compile("|".join(rf"(?<![\w.])/{place}/" for place in ("work", "root", "home", "tmp", "opt", "Users")))
TEXT = {".py", ".md", ".toml", ".csv", ".yaml", ".yml", ".html", ".css", ".js", ".txt", ".xml", ".json", ".po", ".lock", ".service", ""}


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Every text file that belongs to the repository, with its path."""
    inside = [path for folder in FOLDERS for path in (root / folder).rglob("*") if "__pycache__" not in path.parts]
    for path in [*root.iterdir(), *inside]:
        if path.is_file() and path.suffix in TEXT:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_registry(root: Path) -> None:
    naming = [place for place, text in texts(root) if any(registry in text for registry in REGISTRIES)]
    assert not naming, "\n".join(naming)


@pytest.mark.parametrize("path", ["/" + "work/main", "see /" + "root/.cache", "open('/" + "tmp/x')"])
def test_a_path_of_a_machine_is_seen(path: str) -> None:
    assert MACHINE_PATH.search(path)


def test_no_file_holds_a_path_of_a_machine(root: Path) -> None:
    holding = [f"{place}: {found.group()}" for place, text in texts(root) if (found := MACHINE_PATH.search(text))]
    assert not holding, "\n".join(holding)


def test_the_continuous_run_is_the_test_command(root: Path) -> None:
    script = root / ".ci/run"
    assert script.stat().st_mode & 0o111
    assert re.search(r"^make test\b", script.read_text(), re.MULTILINE)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/README.md", "docs/start/first_declaration.md"])
def test_every_make_command_a_document_tells_exists(root: Path, document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+)(?=:)", (root / "Makefile").read_text(), re.MULTILINE))
    told = set(re.findall(r"\bmake ((?:test|demo|check|bench|docs|lock|soak|clean|help)[a-z-]*)", (root / document).read_text()))
    assert {command for command in told if not command.startswith("bench-")} <= targets


def test_the_readme_opens_with_the_two_commands(root: Path) -> None:
    readme = (root / "README.md").read_text()
    assert "make demo" in readme
    assert "make test" in readme


def test_a_link_between_documents_leads_somewhere(root: Path) -> None:
    broken = [
        f"{document.relative_to(root)}: {target}"
        for document in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert not broken, "\n".join(broken)


def test_the_image_takes_every_folder_that_ships(root: Path) -> None:
    wheel = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = set(re.findall(r"^COPY (\w+) \1$", (root / "deploy/Containerfile").read_text(), re.MULTILINE))
    assert copied == {"src", *wheel["force-include"]}
