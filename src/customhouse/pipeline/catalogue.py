"""Catalogue: the rules behind findings of every kind, and a finding in words."""

from collections.abc import Mapping
from types import MappingProxyType

from customhouse.assessment import CATALOGUE
from customhouse.declaration import RULES, Rule
from customhouse.kernel import Finding
from customhouse.messages import SYNTAX_RULES

_ASSESSMENT = {
    code: Rule(
        code,
        layer="assessment",
        wording=remark.wording,
        legal_basis=remark.legal_basis,
        fix=remark.fix,
        severity=remark.severity,
    )
    for code, remark in CATALOGUE.items()
}
ALL_RULES: Mapping[str, Rule] = MappingProxyType({**SYNTAX_RULES, **RULES, **_ASSESSMENT})


def told(finding: Finding) -> dict[str, str]:
    """A finding with its words filled in: code, pointer, severity, message, fix, legal basis and SAD box."""
    rule = ALL_RULES[finding.code]
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "pointer": finding.pointer,
        "message": rule.wording.format_map(finding.params),
        "fix": rule.fix,
        "legal_basis": rule.legal_basis,
        "sad_box": rule.sad_box,
    }
