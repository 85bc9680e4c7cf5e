"""Published schemes of rules of origin are read whole: every rule is computed or asked, none is lost."""

import json
from pathlib import Path

import pytest

from customhouse.assessment import origin

SCHEMES = Path(__file__).resolve().parents[3] / "shared" / "data" / "tariff" / "uk" / "commodities" / "uk_rules_of_origin_schemes.json"


@pytest.mark.skipif(not SCHEMES.exists(), reason="the shared data are not beside the repository")
def test_every_published_rule_is_read_as_an_alternative() -> None:
    text = SCHEMES.read_text("utf-8")
    read = origin.read_schemes(text, party="GB")
    for scheme in json.loads(text):
        agreement = read[scheme["scheme_code"]]
        assert set(scheme["countries"]) <= set(agreement.parties)
        assert len(agreement.proofs) == len(scheme["proofs"])
        published = {text for each in scheme["rules"] for text in (each["rule"], each["alternate_rule"]) if text}
        kept = {text for each in agreement.rules for text in each.alternatives}
        assert len(kept) == len(published)
