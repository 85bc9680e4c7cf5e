"""The rule language: a closed subset of SQL boolean expressions with three-valued logic, exact decimals and no division.

A condition is true, false or unknown. A comparison with a missing value is unknown; NOT unknown is unknown; AND is false if
either side is, OR true if either side is, and otherwise unknown if either side is. Only `true` is a hit.
Python is generated from checked nodes alone: field names come from the table of fields, every literal is bound as a constant,
and no character of the author's text is ever part of the code.
"""

import difflib
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import sqlglot
from sqlglot import exp

from customhouse.risk.fact import FIELDS, FieldType, Row

MAX_LENGTH = 4_000
MAX_DEPTH = 60
MAX_DIGITS = 18
Lists = Mapping[str, frozenset[str]]
Condition = Callable[[Row], bool | None]


class RuleError(ValueError):
    """A condition that is not in the language: what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class _Operand:
    """Code for a value, its type, and the fields that must be known for it to be known."""

    code: str
    type: FieldType
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Truth:
    """Code that says when a condition is true, and code that says when it is false; unknown is neither."""

    true: str
    false: str


@dataclass(slots=True)
class _Compiler:
    lists: Lists
    constants: dict[str, object] = field(default_factory=dict)

    def constant(self, value: object) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def truth(self, node: exp.Expr, depth: int = 0) -> _Truth:
        if depth > MAX_DEPTH:
            raise RuleError(f"more than {MAX_DEPTH} conditions one inside the other: split the rule")
        if isinstance(node, exp.Paren):
            return self.truth(node.this, depth + 1)
        if isinstance(node, exp.Not):
            inner = self.truth(node.this, depth + 1)
            return _Truth(inner.false, inner.true)
        if isinstance(node, exp.And | exp.Or):
            left, right = self.truth(node.left, depth + 1), self.truth(node.right, depth + 1)
            both, either = ("and", "or") if isinstance(node, exp.And) else ("or", "and")
            return _Truth(f"({left.true} {both} {right.true})", f"({left.false} {either} {right.false})")
        return self.atom(node)

    def atom(self, node: exp.Expr) -> _Truth:
        if isinstance(node, exp.Boolean):
            return _Truth("True", "False") if node.this else _Truth("False", "True")
        if isinstance(node, exp.Column):
            operand = self.operand(node)
            self.expect(operand, FieldType.FLAG, node=node)
            return _Truth(f"{operand.code} is True", f"{operand.code} is False")
        handler = _ATOMS.get(type(node))
        if handler is None:
            raise RuleError(f"{node.sql()!r} is not a condition of the language; see its reference for what is")
        return handler(self, node)

    def operand(self, node: exp.Expr, depth: int = 0) -> _Operand:
        if depth > MAX_DEPTH:
            raise RuleError("the arithmetic is nested too deeply: split the rule")
        if isinstance(node, exp.Paren):
            return self.operand(node.this, depth + 1)
        if isinstance(node, exp.Column):
            return _column(node)
        if isinstance(node, exp.Literal | exp.Neg | exp.Cast):
            value, kind = _literal(node)
            return _Operand(self.constant(value), kind)
        sign = _ARITHMETIC.get(type(node))
        if sign is None:
            raise RuleError(f"{node.sql()!r} is not a value of the language: use fields, literals and + - * (there is no division)")
        binary = typing.cast("exp.Binary", node)
        left, right = self.operand(binary.left, depth + 1), self.operand(binary.right, depth + 1)
        self.expect(left, FieldType.NUMBER, node=node)
        self.expect(right, FieldType.NUMBER, node=node)
        return _Operand(f"({left.code} {sign} {right.code})", FieldType.NUMBER, left.fields | right.fields)

    def expect(self, operand: _Operand, kind: FieldType, *, node: exp.Expr) -> None:
        if operand.type is not kind:
            raise RuleError(f"{node.sql()!r} needs a {kind}, and has a {operand.type}")

    def known(self, *operands: _Operand) -> str:
        fields = sorted(frozenset().union(*(operand.fields for operand in operands)))
        return " and ".join(f"r[{name!r}] is not None" for name in fields) or "True"

    def when(self, code: str, *operands: _Operand) -> _Truth:
        known = self.known(*operands)
        return _Truth(f"({known} and {code})", f"({known} and not {code})")

    def compared(self, node: exp.Expr) -> _Truth:
        binary = typing.cast("exp.Binary", node)
        left, right = self.operand(binary.left), self.operand(binary.right)
        if left.type is not right.type or left.type is FieldType.SET:
            raise RuleError(f"{node.sql()!r} compares a {left.type} with a {right.type}; compare like with like")
        return self.when(f"({left.code} {_COMPARISONS[type(node)]} {right.code})", left, right)

    def between(self, node: exp.Expr) -> _Truth:
        low = self.compared(exp.GTE(this=node.this.copy(), expression=node.args["low"].copy()))
        high = self.compared(exp.LTE(this=node.this.copy(), expression=node.args["high"].copy()))
        return _Truth(f"({low.true} and {high.true})", f"({low.false} or {high.false})")

    def among(self, node: exp.Expr) -> _Truth:
        operand = self.operand(node.this)
        values = [_literal(each) for each in node.expressions]
        if not values or any(kind is not operand.type for _, kind in values):
            raise RuleError(f"{node.sql()!r} needs a list of {operand.type} values in the parentheses")
        return self.when(f"({operand.code} in {self.constant(frozenset(value for value, _ in values))})", operand)

    def missing(self, node: exp.Expr) -> _Truth:
        if not isinstance(node.expression, exp.Null):
            raise RuleError(f"{node.sql()!r}: only IS NULL and IS NOT NULL can follow IS")
        operand = _column(node.this)
        return _Truth(f"{operand.code} is None", f"{operand.code} is not None")

    def called(self, node: exp.Expr) -> _Truth:
        name, arguments = _call(node)
        if name not in _FUNCTIONS or len(arguments) != 2:  # noqa: PLR2004 - all of them take a field and a text
            raise RuleError(f"{name!r} is not a function of the language with these arguments; there are: {', '.join(_FUNCTIONS)}")
        operand = self.operand(arguments[0])
        text, kind = _literal(arguments[1])
        if kind is not FieldType.TEXT:
            raise RuleError(f"{name} needs a text in quotes as its second argument")
        wanted, template = _FUNCTIONS[name]
        self.expect(operand, wanted, node=node)
        if name == "in_list":
            if text not in self.lists:
                raise RuleError(f"there is no list {text!r}; there are: {', '.join(sorted(self.lists)) or 'none'}")
            text = typing.cast("typing.Any", self.lists[str(text)])
        return self.when(template.format(value=operand.code, other=self.constant(text)), operand)


_FUNCTIONS: dict[str, tuple[FieldType, str]] = {
    "starts_with": (FieldType.TEXT, "{value}.startswith({other})"),
    "contains": (FieldType.TEXT, "({other}.casefold() in {value}.casefold())"),
    "in_list": (FieldType.TEXT, "({value} in {other})"),
    "has": (FieldType.SET, "({other} in {value})"),
}
_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "==",
    exp.NEQ: "!=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_ATOMS: dict[type[exp.Expr], Callable[[_Compiler, exp.Expr], _Truth]] = {
    **dict.fromkeys(_COMPARISONS, _Compiler.compared),
    exp.Between: _Compiler.between,
    exp.In: _Compiler.among,
    exp.Is: _Compiler.missing,
    exp.Anonymous: _Compiler.called,
    exp.StartsWith: _Compiler.called,
    exp.Contains: _Compiler.called,
}


def _call(node: exp.Expr) -> tuple[str, list[exp.Expr]]:
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower(), list(node.expressions)
    return ("starts_with" if isinstance(node, exp.StartsWith) else "contains"), [node.this, node.expression]


def _column(node: exp.Expr) -> _Operand:
    name = node.name.lower()
    if not isinstance(node, exp.Column) or node.table or name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, n=3)
        raise RuleError(f"there is no field {node.sql()!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))
    return _Operand(f"r[{name!r}]", FIELDS[name], frozenset((name,)))


def _literal(node: exp.Expr) -> tuple[str | Decimal | date, FieldType]:
    if isinstance(node, exp.Neg):
        value, kind = _literal(node.this)
        if isinstance(value, Decimal):
            return -value, kind
    if isinstance(node, exp.Literal) and node.is_string:
        return node.name, FieldType.TEXT
    if isinstance(node, exp.Literal) and node.name.replace(".", "", 1).isdigit() and len(node.name) <= MAX_DIGITS + 1:
        return Decimal(node.name), FieldType.NUMBER
    if isinstance(node, exp.Cast) and node.to.this is exp.DataType.Type.DATE and isinstance(node.this, exp.Literal):
        try:
            return date.fromisoformat(node.this.name), FieldType.DAY
        except ValueError:
            raise RuleError(f"{node.this.name!r} is not a day; write DATE '2026-01-31'") from None
    raise RuleError(
        f"{node.sql()!r} is not a literal: write a text in quotes, a plain number of at most {MAX_DIGITS} digits, or DATE '2026-01-31'"
    )


def parsed(text: str) -> exp.Expr:
    """The syntax tree of a condition; refuses with `RuleError` what is no SQL expression at all."""
    if len(text) > MAX_LENGTH:
        raise RuleError(f"the condition has {len(text)} characters; the most is {MAX_LENGTH}: split the rule")
    try:
        return sqlglot.parse_one(text, dialect="duckdb")
    except RecursionError:
        raise RuleError("the condition is nested too deeply: split the rule") from None
    except sqlglot.errors.SqlglotError as error:
        raise RuleError(f"the condition cannot be read: {str(error).splitlines()[0]}") from None


def compiled(text: str, lists: Lists) -> Condition:
    """A condition as a function of a row that gives true, false, or None for unknown; refuses with `RuleError`."""
    compiler = _Compiler(lists)
    truth = compiler.truth(parsed(text))
    code = f"lambda r: True if {truth.true} else False if {truth.false} else None"
    return typing.cast("Condition", eval(code, {"__builtins__": {}, **compiler.constants}))  # noqa: S307 - see the module's first lines


def chapters(text: str) -> frozenset[str] | None:
    """The chapters outside which a condition cannot be true, where its top-level ANDs say so; nothing where any chapter may hit."""
    found: frozenset[str] | None = None
    for node in _conjuncts(parsed(text)):
        own = _chapters_of(node)
        if own is not None:
            found = own if found is None else found & own
    return found


def _conjuncts(node: exp.Expr) -> list[exp.Expr]:
    node = node.unnest()
    return [*_conjuncts(node.left), *_conjuncts(node.right)] if isinstance(node, exp.And) else [node]


def _chapters_of(node: exp.Expr) -> frozenset[str] | None:
    """The chapters of one condition on chapter, heading or commodity code."""
    texts: list[str] = []
    subject = node.this
    if isinstance(node, exp.EQ) and isinstance(node.expression, exp.Literal):
        texts = [node.expression.name]
    elif isinstance(node, exp.In) and all(isinstance(each, exp.Literal) for each in node.expressions):
        texts = [each.name for each in node.expressions]
    elif isinstance(node, exp.StartsWith):
        texts = [node.expression.name]
    named = isinstance(subject, exp.Column) and subject.name.lower() in ("chapter", "heading", "commodity_code")
    long_enough = bool(texts) and all(len(text) > 1 for text in texts)
    return frozenset(text[:2] for text in texts) if named and long_enough else None
