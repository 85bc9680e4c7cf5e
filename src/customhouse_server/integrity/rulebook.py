"""Rulebook: the lead rules, questions, risk map and contract terms of this installation, as data of the administration."""

from functools import cache
from pathlib import Path

from django.conf import settings

from customhouse.development import integrity
from customhouse.shipped import shipped
from customhouse_server.performance.current import current_indicators


@cache
def lead_rules() -> integrity.lead_rule.LeadRules:
    """What a review of events looks for."""
    return integrity.lead_rule.read_lead_rules(text("lead_rules.toml"))


@cache
def questions() -> integrity.self_assessment.Questions:
    """What the administration asks itself."""
    return integrity.self_assessment.read_questions(text("self_assessment.toml"))


@cache
def risk_map() -> integrity.risk_map.RiskMap:
    """The functions of customs with what is tempting about them."""
    return integrity.risk_map.read_risk_map(text("risk_map.toml"))


@cache
def terms() -> integrity.contract.Terms:
    """What can be agreed on."""
    return integrity.contract.read_terms(text("contract.toml"), current_indicators())


def text(name: str) -> str:
    """A file of the folder that CUSTOMHOUSE_INTEGRITY names, or of the one that ships."""
    return ((Path(settings.INTEGRITY) if settings.INTEGRITY else shipped("integrity")) / name).read_text("utf-8-sig")
