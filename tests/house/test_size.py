"""Small things: a function fits on a screen, a module in one reading, a call in one line."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Source

MOST_FUNCTION_LINES = 50
MOST_MODULE_LINES = 400
MOST_ARGUMENTS = 5
MOST_POSITIONAL = 2
JUSTIFIED = re.compile(r"# noqa: PLR0913(, PLR0917)? - \w")  # with the reason, on the line of the `def`


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    named = [*function.args.posonlyargs, *function.args.args]
    return named[1:] if named and named[0].arg in {"self", "cls"} else named


def test_a_function_fits_on_a_screen(library: list[Source], site: list[Source], tests: list[Source]) -> None:
    long = [
        f"{source.place}:{function.lineno} {function.name} has {lines} lines"
        for source in library + site + tests
        for function in functions(source)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > MOST_FUNCTION_LINES
    ]
    assert not long, "\n".join(long)


def test_a_module_is_read_in_one_sitting(library: list[Source], site: list[Source], tests: list[Source]) -> None:
    long = [f"{source.place} has {lines} lines" for source in library + site + tests if (lines := len(source.lines)) > MOST_MODULE_LINES]
    assert not long, "\n".join(long)


def test_a_function_takes_five_arguments_at_most(library: list[Source], site: list[Source]) -> None:
    wide = [
        f"{source.place}:{function.lineno} {function.name} takes {count}"
        for source in library + site
        for function in functions(source)
        if (count := len(positional(function)) + len(function.args.kwonlyargs)) > MOST_ARGUMENTS
        and not JUSTIFIED.search(source.lines[function.lineno - 1])
    ]
    assert not wide, "\n".join(wide)


def test_a_public_function_of_the_library_takes_two_arguments_by_position_at_most(library: list[Source]) -> None:
    wide = [
        f"{source.place}:{function.lineno} {function.name}"
        for source in library
        for function in functions(source)
        if not function.name.startswith("_") and len(positional(function)) > MOST_POSITIONAL
    ]
    assert not wide, "\n".join(wide)


def test_days_and_instants_are_passed_by_keyword_and_have_no_default(library: list[Source], site: list[Source]) -> None:
    loose = [
        f"{source.place}:{function.lineno} {function.name}"
        for source in library + site
        if "cli" not in source.path.parts  # where the person at the keyboard may leave the day to the clock
        for function in functions(source)
        if {"on", "at"} & ({argument.arg for argument in positional(function)} | set(with_default(function)))
    ]
    assert not loose, "\n".join(loose)


def with_default(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    pairs = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    return [argument.arg for argument, default in pairs if default is not None]
