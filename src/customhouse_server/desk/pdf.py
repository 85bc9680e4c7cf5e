"""PDF: a report made from a typst template and what is to be read in it; the compiler comes within its wheel and asks no network."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import typst

REPORT = Path(__file__).parent / "typst" / "report.typ"
"""The form of every report: a title page, and sections made of paragraphs, lists, facts, tables and charts."""

BLANK = Path(__file__).parent / "typst" / "blank.typ"
"""A blank: a title, a sentence, and sections of fields with their hints and room to write."""


def pdf(template: Path, data: Mapping[str, object], *, at: dt.datetime) -> bytes:
    """The template filled with the data, which it reads as `json(bytes(sys.inputs.data))`; `at` is the instant that the file bears."""
    made = typst.compile(
        str(template), root=str(template.parent), sys_inputs={"data": json.dumps(data)}, format="pdf", timestamp=int(at.timestamp())
    )
    assert isinstance(made, bytes), "without a name for its output the compiler gives the file itself"
    return made
