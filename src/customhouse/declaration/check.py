"""Checks: everything that is wrong with a declaration, all at once, each with its rule and its place."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from customhouse.codes import CodeLists
from customhouse.declaration.check_codes import code_findings
from customhouse.declaration.check_header import header_findings
from customhouse.declaration.check_item import item_findings
from customhouse.declaration.check_ruling import ruling_findings
from customhouse.declaration.check_sums import sum_findings
from customhouse.declaration.check_tariff import tariff_findings
from customhouse.declaration.finding_at import Found
from customhouse.declaration.goods_declaration import Declaration
from customhouse.declaration.rules import RULES
from customhouse.kernel import Finding, Severity
from customhouse.saying import Refusal
from customhouse.tariff import Tariff, register


class UnreadableCheckSettingsError(Refusal, ValueError):
    """A `checks.toml` that names unknown rules or has a wrong form."""


class CheckSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rules a country leaves out or takes more lightly: national law as data.

    `simplified` are the additional declaration types of a simplified declaration (RKC TS 3.32), which need not yet say what the
    rules in `later` ask for.
    """

    off: frozenset[str] = frozenset()
    warnings: frozenset[str] = frozenset()
    simplified: frozenset[str] = frozenset("BCEF")
    later: frozenset[str] = frozenset()


_LAYERS: tuple[Callable[..., Iterator[Found]], ...] = (
    code_findings,
    header_findings,
    item_findings,
    sum_findings,
)
_DEFAULT = CheckSettings()


def check(  # noqa: PLR0913 - a declaration, and all that it is held against
    declaration: Declaration,
    lists: CodeLists,
    *,
    on: date,
    settings: CheckSettings = _DEFAULT,
    tariff: Tariff | None = None,
    rulings: register.Rulings | None = None,
) -> tuple[Finding, ...]:
    """All findings on a declaration under the code lists of a day, layer by layer, in the order of the declaration.

    With a tariff, the commodities are looked up in its nomenclature too; with rulings, those that items cite or should cite are.
    """
    type_code = declaration.type_code or ""
    waived = settings.off | (settings.later if type_code[-1:] in settings.simplified else frozenset())
    found = [each for layer in _LAYERS for each in layer(declaration, lists=lists, on=on)]
    if tariff is not None:
        found += tariff_findings(declaration, tariff=tariff, on=on)
    if rulings is not None:
        found += ruling_findings(declaration, rulings, on=on)
    return tuple(_finding(each, settings) for each in found if each.code not in waived)


def explained(finding: Finding) -> str:
    """A finding in words: what is wrong and what to do."""
    rule = RULES[finding.code]
    return f"{rule.wording.format_map(finding.params)} {rule.fix}"


def read_check_settings(text: str) -> CheckSettings:
    """The settings in a TOML text; refuses unknown rules with `UnreadableCheckSettingsError`."""
    try:
        settings = msgspec.convert(tomllib.loads(text), CheckSettings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UnreadableCheckSettingsError(str(error)) from error
    unknown = sorted((settings.off | settings.warnings | settings.later) - RULES.keys())
    if unknown:
        raise UnreadableCheckSettingsError("there are no rules {unknown}", unknown=unknown)
    return settings


def _finding(found: Found, settings: CheckSettings) -> Finding:
    severity = Severity.WARNING if found.code in settings.warnings else RULES[found.code].severity
    return Finding(code=found.code, pointer=found.pointer, severity=severity, params=found.params)
