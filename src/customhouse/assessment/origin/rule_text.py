r"""Rule text: the compact form of a rule of origin that an officer reads and writes.

As in:

    CTH except 72.06 or (RVC 40 build-down and process "spun")

The grammar; words are read in any case, and `from`, `headings` and the like before codes may be written and are left out:

    rule      = all { "or" all }
    all       = single { "and" single }
    single    = "(" rule ")" | criterion
    criterion = "WO" [ category { "," category } ]            wholly obtained
              | "materials of" codes "wholly obtained"
              | "PE"                                          exclusively from originating materials
              | "any heading"                                 from materials of any heading
              | ( "CC" | "CTH" | "CTSH" ) [ "except" codes ]  change of chapter, heading, subheading
              | "not from" codes
              | "RVC" percent [ "build-down" | "build-up" | "net cost" | "focused on" codes ]
              | "MaxNOM" percent [ "of" codes ] [ "ex-works" | "FOB" ]
              | "MaxWeight" percent [ "of" codes ]
              | "process" text | "stated" text                text in double quotes, \" and \\ for these signs
    codes     = code [ "-" code ] { "," code [ "-" code ] }   72, 72.06, 7206.10

`RVC 40` alone is build-down, `MaxNOM 50` alone is of the ex-works price.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from customhouse.assessment.origin.hs_range import HsRange, UnreadableCodeError, read_range
from customhouse.assessment.origin.refusal import UnreadableOriginError
from customhouse.assessment.origin.rule import (
    AllOf,
    AnyHeading,
    AnyOf,
    Category,
    ChangeOfTariff,
    ExclusivelyOriginating,
    Level,
    MaterialsWhollyObtained,
    MaxNonOriginating,
    MaxWeight,
    Method,
    NotFrom,
    Price,
    Process,
    Rule,
    Statement,
    ValueContent,
    WhollyObtained,
)

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|([(),])|(\d[\d.]*(?:\s*-\s*\d[\d.]*)?)|([A-Za-z][A-Za-z_-]*))', re.DOTALL)
_NOISE = {"from", "heading", "headings", "chapter", "chapters", "subheading", "subheadings"}
_DEEPEST = 50
_ALL = Decimal(100)


class UnreadableRuleError(UnreadableOriginError):
    """A text is no rule of origin; the message says where and what was looked for."""


def parse(text: str) -> Rule:
    """The rule that a text writes; refuses with `UnreadableRuleError`."""
    reader = _Reader(_tokens(text))
    rule = reader.rule(depth=0)
    if reader.peek():
        raise UnreadableRuleError("after a whole rule stands {token!r}: join rules by `and` or `or`", token=reader.peek())
    return rule


def render(rule: Rule) -> str:  # noqa: C901, PLR0911, PLR0912 - one line a kind of rule
    """The text of a rule; reading it gives the rule again."""
    match rule:
        case AnyOf():
            return " or ".join(_within(each, (AnyOf,)) for each in rule.rules)
        case AllOf():
            return " and ".join(_within(each, (AnyOf, AllOf)) for each in rule.rules)
        case WhollyObtained():
            return f"WO {', '.join(rule.categories)}".strip()
        case MaterialsWhollyObtained():
            return f"materials of {_codes(rule.codes)} wholly obtained"
        case ExclusivelyOriginating():
            return "PE"
        case AnyHeading():
            return "any heading"
        case ChangeOfTariff():
            return rule.level.value + (f" except {_codes(rule.exceptions)}" if rule.exceptions else "")
        case NotFrom():
            return f"not from {_codes(rule.codes)}"
        case ValueContent():
            return f"RVC {rule.percent:f} {rule.method}" + (f" on {_codes(rule.codes)}" if rule.codes else "")
        case MaxNonOriginating():
            return f"MaxNOM {rule.percent:f}{_of(rule.codes)} {rule.price}"
        case MaxWeight():
            return f"MaxWeight {rule.percent:f}{_of(rule.codes)}"
        case Process():
            return f"process {_quoted(rule.name)}"
        case Statement():
            return f"stated {_quoted(rule.text)}"


def _within(rule: Rule, wrapped: tuple[type, ...]) -> str:
    return f"({render(rule)})" if isinstance(rule, wrapped) else render(rule)


def _codes(codes: tuple[HsRange, ...]) -> str:
    return ", ".join(str(each) for each in codes)


def _of(codes: tuple[HsRange, ...]) -> str:
    return f" of {_codes(codes)}" if codes else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    end = len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None:
            raise UnreadableRuleError("cannot read {text!r}", text=text[place : place + 20].strip())
        tokens.append(found.group(0).strip())
        place = found.end()
    return tokens


@dataclass(slots=True)
class _Reader:
    """What of the tokens is left to read."""

    tokens: list[str]
    place: int = 0

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def word(self, *wanted: str) -> str:
        """The next token if it is one of the words, and then it is taken."""
        found = next((each for each in wanted if self.peek().casefold() == each.casefold()), "")
        self.place += bool(found)
        return found

    def demand(self, wanted: str) -> None:
        if not self.word(wanted):
            raise UnreadableRuleError("{wanted!r} is wanted where {token!r} stands", wanted=wanted, token=self.peek() or "the end")

    def rule(self, *, depth: int) -> Rule:
        if depth > _DEEPEST:
            raise UnreadableRuleError("more than {most} brackets stand in each other", most=_DEEPEST)
        alternatives = [self.together(depth)]
        while self.word("or"):
            alternatives.append(self.together(depth))
        return alternatives[0] if len(alternatives) == 1 else AnyOf(tuple(alternatives))

    def together(self, depth: int) -> Rule:
        parts = [self.single(depth)]
        while self.word("and"):
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def single(self, depth: int) -> Rule:
        if self.word("("):
            rule = self.rule(depth=depth + 1)
            self.demand(")")
            return rule
        keyword = self.take()
        read = _CRITERIA.get(keyword.casefold())
        if read is None:
            raise UnreadableRuleError("{keyword!r} begins no criterion: {criteria}", keyword=keyword or "the end", criteria=_CRITERIA)
        return read(self)

    def codes(self) -> tuple[HsRange, ...]:
        while self.peek().casefold() in _NOISE:
            self.take()
        try:
            found = [read_range(self.take())]
            while self.word(","):
                found.append(read_range(self.take()))
        except UnreadableCodeError as error:
            raise UnreadableRuleError("{why}", why=error) from error
        return tuple(found)

    def optional_codes(self, word: str) -> tuple[HsRange, ...]:
        return self.codes() if self.word(word) else ()

    def percent(self) -> Decimal:
        token = self.take()
        if not re.fullmatch(r"\d{1,3}(\.\d{1,9})?", token) or Decimal(token) > _ALL:
            raise UnreadableRuleError("{token!r} is no percentage from 0 to 100", token=token or "the end")
        return Decimal(token)

    def quoted(self) -> str:
        token = self.take()
        if not token.startswith('"'):
            raise UnreadableRuleError("a text in double quotes is wanted where {token!r} stands", token=token or "the end")
        return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)


def _wholly_obtained(reader: _Reader) -> Rule:
    found: list[Category] = []
    while (reader.word(",") or not found) and (category := reader.word(*Category)):
        found.append(Category(category))
    return WhollyObtained(tuple(found))


def _materials(reader: _Reader) -> Rule:
    reader.demand("of")
    codes = reader.codes()
    reader.demand("wholly")
    reader.demand("obtained")
    return MaterialsWhollyObtained(codes)


def _any_heading(reader: _Reader) -> Rule:
    reader.demand("heading")
    return AnyHeading()


def _value_content(reader: _Reader) -> Rule:
    percent = reader.percent()
    if reader.word("focused"):
        reader.demand("on")
        return ValueContent(percent, Method.FOCUSED, reader.codes())
    if reader.word("net"):
        reader.demand("cost")
        return ValueContent(percent, Method.NET_COST)
    return ValueContent(percent, Method(reader.word("build-down", "build-up") or "build-down"))


def _max_non_originating(reader: _Reader) -> Rule:
    percent, codes = reader.percent(), reader.optional_codes("of")
    return MaxNonOriginating(percent, Price(reader.word(*Price) or Price.EX_WORKS), codes)


_CRITERIA: dict[str, Callable[[_Reader], Rule]] = {
    "wo": _wholly_obtained,
    "materials": _materials,
    "pe": lambda _: ExclusivelyOriginating(),
    "any": _any_heading,
    "cc": lambda reader: ChangeOfTariff(Level.CHAPTER, reader.optional_codes("except")),
    "cth": lambda reader: ChangeOfTariff(Level.HEADING, reader.optional_codes("except")),
    "ctsh": lambda reader: ChangeOfTariff(Level.SUBHEADING, reader.optional_codes("except")),
    "not": lambda reader: NotFrom(reader.codes()),
    "rvc": _value_content,
    "maxnom": _max_non_originating,
    "maxweight": lambda reader: MaxWeight(reader.percent(), reader.optional_codes("of")),
    "process": lambda reader: Process(reader.quoted()),
    "stated": lambda reader: Statement(reader.quoted()),
}
