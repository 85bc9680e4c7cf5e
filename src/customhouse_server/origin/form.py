"""Form: what somebody typed into the origin calculator, kept as typed, and the claim that it makes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import msgspec
from django.utils.translation import gettext as _

from customhouse.assessment import origin

_ROW = re.compile(r"m\.([0-9]{1,3})\.")
FEWEST_ROWS, MOST_ROWS, LONGEST = 3, 200, 500
NUMBERS = ("fob", "ex_works", "net_cost", "mass_kg")
COLUMNS = ("name", "hs_code", "origin", "proof", "value", "mass_kg", "offer_origin", "offer_value")
ROW_NUMBERS = ("value", "mass_kg", "offer_value")
OTHER_WORKING = "other"


@dataclass(slots=True)
class Form:
    """The fields as typed, the rows of the bill, and what is wrong with them."""

    agreement: origin.Agreement
    typed: Mapping[str, str]
    operations: list[str]
    rows: list[dict[str, str]]
    csv: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def claim(self) -> origin.Claim:
        """The claim; what is no number is left out and stands in `faults`."""
        typed, code = self.typed, _digits(self.typed.get("hs_code", ""))
        asked = self.agreement.questions_for(code)
        product = {
            "hs_code": code,
            "produced_in": typed.get("produced_in", "").upper(),
            "currency": typed.get("currency", "").upper(),
            **{name: self._number(name, typed.get(name, "")) for name in NUMBERS},
            "operations": self.operations or None,
            "wholly_obtained": typed.get("wholly_obtained", ""),
            "wholly_obtained_evidence": typed.get("wholly_obtained_evidence", ""),
            "processes": [
                {"name": name, "evidence": typed.get(f"process.{place}.evidence", "")}
                for place, name in enumerate(asked.processes)
                if typed.get(f"process.{place}") == "yes"
            ],
            "statements": {
                text: answer
                for place, text in enumerate(asked.statements)
                if (answer := _answer(typed.get(f"statement.{place}", ""))) is not None
            },
        }
        evidence = typed.get("transport_evidence", "")
        via = typed.get("via", "")
        transport = {
            "direct": typed.get("journey") == "direct" or None,
            "via": [via] if via else [],
            "evidence": [evidence] if evidence else [],
        }
        told = {
            "product": product,
            "materials": [made for place, row in enumerate(self.rows) if (made := self._material(place, row))],
            "circumstances": {"transport": transport, "drawback": _answer(typed.get("drawback", ""))},
        }
        return msgspec.convert(told, origin.Claim)

    def _material(self, place: int, row: dict[str, str]) -> dict[str, object] | None:
        if not any(row.values()):
            return {}
        numbers = {name: self._number(f"m.{place}.{name}", row[name]) for name in ROW_NUMBERS}
        offers = [{"origin": row["offer_origin"].upper(), "value": numbers["offer_value"]}] if row["offer_origin"] else []
        return {
            "name": row["name"],
            "hs_code": _digits(row["hs_code"]),
            "origin": row["origin"].upper(),
            "proof": row["proof"],
            "value": numbers["value"],
            "mass_kg": numbers["mass_kg"],
            "offers": offers,
        }

    def _number(self, name: str, text: str) -> Decimal | None:
        try:
            value = Decimal(text.replace(" ", "").replace(",", ".")) if text else None
        except InvalidOperation:
            value = Decimal("NaN")
        if value is None or (value.is_finite() and value >= 0 and value.adjusted() < 16 and -int(value.as_tuple().exponent) < 12):  # noqa: PLR2004 - digits
            return value
        self.faults[name] = _("Write a number, as 1250.50")
        return None


def read_form(data: Mapping[str, str], operations: list[str], agreement: origin.Agreement) -> Form:
    """What was typed, with an empty row more where one was asked for, and the rows that were pasted."""
    typed = {name: value.strip()[:LONGEST] for name, value in data.items() if not name.startswith("m.") and name != "csv"}
    places = [int(found[1]) for name in data if (found := _ROW.match(name))]
    count = max(places, default=-1) + 1
    rows = [{name: data.get(f"m.{place}.{name}", "").strip()[:LONGEST] for name in COLUMNS} for place in range(min(count, MOST_ROWS))]
    form = Form(agreement, typed, [each[:LONGEST] for each in operations], rows, csv=data.get("csv", "")[:100_000])
    if form.csv.strip():
        _paste(form)
    wanted = len(form.rows) + 1 if data.get("act") == "add" else FEWEST_ROWS
    form.rows += [dict.fromkeys(COLUMNS, "") for _each in range(min(wanted, MOST_ROWS) - len(form.rows))]
    return form


def _paste(form: Form) -> None:
    """Take pasted rows over; a text that is no table stays where it was typed, with what is wrong."""
    text = form.csv.replace("\t", ",").strip()
    try:
        pasted = origin.read_materials(text + "\n")
    except origin.UnreadableOriginError as error:
        form.faults["csv"] = _("This is no table of materials: %(why)s") % {"why": error}
        return
    if any(each.originating is not None or each.currency or each.kind != "material" for each in pasted):
        form.faults["csv"] = _("This page takes the columns that it shows; for kinds, currencies and own status use the command line.")
        return
    kept = [row for row in form.rows if any(row.values())]
    shown = [{name: "" if (cell := getattr(each, name, "")) is None else f"{cell}" for name in COLUMNS} for each in pasted]
    form.rows, form.csv = (kept + shown)[:MOST_ROWS], ""


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal() and each.isascii())[:10]


def _answer(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)
