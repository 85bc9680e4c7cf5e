"""Catalogue: the rules behind findings of every kind, and a finding in words."""

from collections.abc import Mapping
from types import MappingProxyType

from customhouse import assessment, tariff
from customhouse.assessment import origin
from customhouse.declaration import RULES, Rule
from customhouse.development import diagnostic, project
from customhouse.kernel import Finding
from customhouse.messages import SYNTAX_RULES
from customhouse.tariff import Remark


def _rules(layer: str, remarks: Mapping[str, Remark]) -> dict[str, Rule]:
    return {
        code: Rule(code, layer=layer, wording=each.wording, legal_basis=each.legal_basis, fix=each.fix, severity=each.severity)
        for code, each in remarks.items()
    }


ALL_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        **SYNTAX_RULES,
        **RULES,
        **_rules("tariff", tariff.CATALOGUE),
        **_rules("assessment", assessment.CATALOGUE),
        **_rules("origin", origin.CATALOGUE),
        **_rules("diagnostic", diagnostic.CATALOGUE),
        **_rules("project", project.CATALOGUE),
    }
)


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
