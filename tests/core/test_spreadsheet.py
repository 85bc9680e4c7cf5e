import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.spreadsheet import COMMANDS, written

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r"), max_size=12)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=5))
def test_every_text_comes_back_and_none_begins_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(written(rows), newline="")))
    assert read == [[f"'{cell}" if cell.startswith(COMMANDS) else cell for cell in row] or [""] for row in rows]


@pytest.mark.parametrize(
    ("cell", "told"),
    [(None, ""), (-3, "-3"), (0.25, "0.25"), (Decimal("-1E+3"), "-1000"), (("a", "=b"), "a; =b"), (["=a", "b"], "'=a; b"), ("\t1", "'\t1")],
)
def test_a_number_stays_one_and_several_texts_share_a_cell(cell: object, told: str) -> None:
    assert next(csv.reader(io.StringIO(written([[cell]]), newline=""))) in ([told], [])
