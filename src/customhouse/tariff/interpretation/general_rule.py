"""General rule: the rules for the interpretation of the Harmonized System, in the order in which they are asked (HS Convention, Annex)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class GeneralRule(StrEnum):
    """A rule, or the part of one that is asked by itself."""

    RULE_1 = "1"
    RULE_2A = "2(a)"
    RULE_2B = "2(b)"
    RULE_3A = "3(a)"
    RULE_3B = "3(b)"
    RULE_3C = "3(c)"
    RULE_4 = "4"
    RULE_5A = "5(a)"
    RULE_5B = "5(b)"
    RULE_6 = "6"


RULES: Mapping[GeneralRule, str] = MappingProxyType(
    {
        GeneralRule.RULE_1: "Which headings cover the goods by their own words and by the notes to sections and chapters?",
        GeneralRule.RULE_2A: "Are the goods incomplete, unfinished or not assembled, yet with the character of the finished article?",
        GeneralRule.RULE_2B: "Are the goods a mixture or made of several materials, so that headings naming one of them come into view?",
        GeneralRule.RULE_3A: "Of the headings left, does one describe the goods more closely than the others?",
        GeneralRule.RULE_3B: "Which material or component gives the mixture, the composite goods or the set its essential character?",
        GeneralRule.RULE_3C: "Which of the headings that deserve equal consideration stands last in numerical order?",
        GeneralRule.RULE_4: "No heading covers the goods: to which goods are they most akin?",
        GeneralRule.RULE_5A: "Is there a case shaped for the article, meant for long use and presented with it, that follows the article?",
        GeneralRule.RULE_5B: "Are there packing materials of the usual kind, not meant to be used again, that follow the goods?",
        GeneralRule.RULE_6: "Of the subheadings of one level, which covers the goods by words and notes, the rules above applied again?",
    }
)
ORDER = tuple(GeneralRule)
