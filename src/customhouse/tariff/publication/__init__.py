"""Publication of an edition: the business rules that a draft must keep, and the second pair of eyes that makes it law."""

from customhouse.tariff.publication.business_rule import RULES, BusinessRule, check, rule_name
from customhouse.tariff.publication.publish import BrokenRulesError, FourEyesError, NoDraftError, publish

__all__ = ["RULES", "BrokenRulesError", "BusinessRule", "FourEyesError", "NoDraftError", "check", "publish", "rule_name"]
