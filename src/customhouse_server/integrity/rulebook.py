"""Rulebook: the lead rules, questions, risk map and contract terms of this installation, as data of the administration."""

from functools import cache
from pathlib import Path

from django.conf import settings

from customhouse.development import integrity
from customhouse.performance import indicator


@cache
def lead_rules() -> integrity.lead_rule.LeadRules:
    """What a review of events looks for."""
    return integrity.lead_rule.read_lead_rules(_text("lead_rules.toml"))


@cache
def questions() -> integrity.self_assessment.Questions:
    """What the administration asks itself."""
    return integrity.self_assessment.read_questions(_text("self_assessment.toml"))


@cache
def risk_map() -> integrity.risk_map.RiskMap:
    """The functions of customs with what is tempting about them."""
    return integrity.risk_map.read_risk_map(_text("risk_map.toml"))


@cache
def indicators() -> indicator.IndicatorSet:
    """What contracts are measured by."""
    return indicator.read_indicators((Path(settings.SHIPPED) / "indicators" / "customs.toml").read_text("utf-8-sig"))


@cache
def terms() -> integrity.contract.Terms:
    """What can be agreed on."""
    return integrity.contract.read_terms(_text("contract.toml"), indicators())


def _text(name: str) -> str:
    return (Path(settings.INTEGRITY) / name).read_text("utf-8-sig")
