"""Told: findings about a dossier in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from customhouse import pipeline
from customhouse.kernel import Finding
from customhouse_server.development.words import WORDS

_IN_WORDS = frozenset({"level", "lacking", "kind"})


def told_findings(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Each finding with what is wrong and what to do."""
    return [_told(each) for each in findings]


def _told(finding: Finding) -> dict[str, str]:
    rule = pipeline.ALL_RULES[finding.code]
    params = finding.params | {name: _(WORDS.get(text, text)) for name, text in finding.params.items() if name in _IN_WORDS}
    if "because" in params:
        params["why"] = _(params["because"]).format_map(params)
    words = {"message": _(rule.wording).format_map(params), "fix": _(rule.fix)}
    return pipeline.told(finding) | words
