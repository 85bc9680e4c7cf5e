"""Reading: a plan from TOML or YAML, refused with every fault at once and the place of each."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, get_args, get_origin

import msgspec

from customhouse.saying import Refusal, Saying, saying
from customhouse.strategy.plan import StrategicPlan
from customhouse.strategy.soundness import faults_of

_MOST_PARTS = 16
"""Of the dotted parts of a key in TOML, of which no field of a plan needs half as many; reading takes their square in time."""
_QUOTED = r"""(?:"(?:[^"\\\n]|\\[^\n])*+"?|'[^'\n]*+'?)"""
_LEXEME = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)'''
    r"""|'''(?:[^']|'(?!''))*+(?:'''|\Z)"""
    rf"""|#[^\n]*+|(?P<key>(?:[\w-]++|{_QUOTED})(?:[ \t]*+\.[ \t]*+(?:[\w-]++|{_QUOTED}))*+)""",
    re.DOTALL,
)
"""What a TOML text is made of, so far as a dot in it may part a key: texts and comments are passed over whole."""
_KEY_PART = re.compile(rf"[\w-]++|{_QUOTED}")


class UnreadablePlanError(Refusal, ValueError):
    """A text is no plan, or does not hold together: `faults` says each, with its place."""

    def __init__(self, faults: Iterable[Saying]) -> None:
        """Every fault, of which the message is made."""
        self.faults = tuple(faults)
        super().__init__("{faults}", between="; ", faults=self.faults)


class _UnplainError(Refusal, ValueError):
    """A text uses what a plan is not written in."""


class Form(StrEnum):
    """How a plan is written down."""

    TOML = "toml"
    YAML = "yaml"


def read_plan(text: str, form: Form = Form.TOML) -> StrategicPlan:
    """The plan that a text states; refuses with `UnreadablePlanError` what is none, or points at what is not there."""
    return plan_of(_mapping(text, form))


def plan_of(raw: object) -> StrategicPlan:
    """The plan that fields and lists make, as a form or a file gives them; refuses with `UnreadablePlanError`."""
    if not isinstance(raw, dict):
        raise UnreadablePlanError([saying("the text is no plan: it has no fields")])
    if faults := list(_shape_faults(raw, StrategicPlan, "")):
        raise UnreadablePlanError(faults)
    plan = msgspec.convert(raw, StrategicPlan, strict=False)
    if faults := faults_of(plan):
        raise UnreadablePlanError(faults)
    return plan


def _mapping(text: str, form: Form) -> object:
    try:
        if form is Form.TOML:
            _require_short_keys(text)
            return tomllib.loads(text, parse_float=str)  # so that an amount stays as exact as it is written
        return _yaml(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as refusal:
        why = refusal.saying if isinstance(refusal, Refusal) else re.sub(r"\s+", " ", str(refusal))
        raise UnreadablePlanError([saying("the plan cannot be read: {why}", why=why or saying("it is nested too deep"))]) from refusal


def _require_short_keys(text: str) -> None:
    """Refuse a key of more parts than any plan has."""
    for found in _LEXEME.finditer(text):
        if (found["key"] or "").count(".") >= _MOST_PARTS and len(_KEY_PART.findall(found["key"])) > _MOST_PARTS:
            line = text.count("\n", 0, found.start()) + 1
            raise _UnplainError("line {line}: a key has more than {most} parts", line=line, most=_MOST_PARTS)


def _yaml(text: str) -> object:
    import yaml  # noqa: PLC0415 - an extra: who keeps plans in TOML does not need it

    class Plain(yaml.SafeLoader):
        """Numbers with a point stay as written (activity 1.10 is not 1.1), a key stands once, and nothing is repeated by reference."""

        def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - the library keeps its types to itself
            if self.check_event(yaml.AliasEvent):
                raise _UnplainError("references (*name) are not read: write out what they stand for")
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: ANN401, FBT001, FBT002 - the library's own
            keys = Counter(key.value for key, _ in node.value if isinstance(key.value, str))
            twice = [key for key, count in keys.items() if count > 1]
            if twice:
                raise _UnplainError("line {line}: {keys} stands twice", line=node.start_mark.line + 1, keys=twice)
            return super().construct_mapping(node, deep)

    Plain.add_constructor("tag:yaml.org,2002:float", lambda _, node: node.value)
    try:
        return yaml.load(text, Plain)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as refusal:
        raise ValueError(str(refusal)) from refusal


def _shape_faults(raw: object, kind: Any, place: str) -> Iterator[Saying]:  # noqa: ANN401 - any type that a field may have
    """What keeps a value from being of the type, each with its place: fields that are missing, unknown or of another type."""
    if isinstance(raw, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = {each.encode_name: each for each in msgspec.structs.fields(kind)}
        yield from (saying("{place}: there is no such field", place=_at(place, str(key))) for key in raw if key not in fields)
        for name, field in fields.items():
            if name in raw:
                yield from _shape_faults(raw[name], field.type, _at(place, name))
            elif field.required:
                yield saying("{place}: it is missing", place=_at(place, name))
    elif get_origin(kind) is tuple and isinstance(raw, list):
        for number, each in enumerate(raw, start=1):
            yield from _shape_faults(each, get_args(kind)[0], f"{place}[{number}]")
    else:
        try:
            msgspec.convert(raw, kind, strict=False)
        except msgspec.ValidationError as refusal:
            yield saying("{place}: {why}", place=place, why=refusal)


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
