"""The origin command as it is typed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from customhouse.cli import app

RUN = CliRunner()
CLAIM = """
[product]
hs_code = "940310"
produced_in = "QZ"
currency = "EUR"
fob = "100.00"
ex_works = "100.00"
operations = ["sawing"]
[[materials]]
hs_code = "940390"
origin = "CN"
value = "58.80"
offers = [{ origin = "QX", value = "60.00" }]
[circumstances]
drawback = false
transport = { direct = true }
"""


def test_the_derivation_and_the_cheapest_way_are_printed(tmp_path: Path) -> None:
    file = tmp_path / "claim.toml"
    file.write_text(CLAIM)
    done = RUN.invoke(app, ["origin", str(file), "--agreement", "harbour", "--on", "2026-03-02"])
    assert done.exit_code == 1
    assert "41.2 % < 42 %" in done.stdout
    assert "replace material 1 QX: +1.20" in done.stdout
    printed = json.loads(RUN.invoke(app, ["origin", str(file), "--agreement", "harbour", "--on", "2026-03-02", "--json"]).stdout)
    assert printed["derivation"]["verdict"] == "not_satisfied"
    assert printed["way"]["cost_difference"] == "1.20"


def test_what_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    file = tmp_path / "claim.toml"
    file.write_text("nonsense")
    assert RUN.invoke(app, ["origin", str(file), "--agreement", "harbour"]).exit_code == 2
    file.write_text(CLAIM)
    assert RUN.invoke(app, ["origin", str(file), "--agreement", "none"]).exit_code == 2
