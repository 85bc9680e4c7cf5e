"""Pages of origin, open to everybody: the origin calculator, by the engine of `customhouse.assessment.origin`."""

import re
from collections.abc import Mapping
from typing import Any, cast

import msgspec
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customhouse.assessment import origin
from customhouse_server.origin.form import OTHER_WORKING, Form, read_form
from customhouse_server.tariff.country import current_country

_LABEL = re.compile(r"\bmaterial (\d+)")


@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    """Choose an agreement and a code, enter the bill of materials, and read the derivation and the cheapest way."""
    country = current_country()
    data: QueryDict = request.POST if request.method == "POST" else request.GET
    agreements = list(country.agreements.values())
    context: dict[str, object] = {"agreements": agreements}
    if agreements:
        chosen = country.agreements.get(data.get("agreement", ""), agreements[0])
        form = read_form({name: str(data[name]) for name in data}, cast("list[str]", data.getlist("operations")), chosen)
        claim = form.claim()
        context |= _shown(form, claim)
        if request.method == "POST" and data.get("act") == "judge" and not form.faults and claim.product.hs_code:
            answer = origin.answer(claim, chosen, on=country.legal_day(at=timezone.now()))
            context |= {
                "derivation": _node(msgspec.to_builtins(answer.derivation)),
                "territory": answer.territory,
                "way": answer.way,
                "changes": _changes(answer),
            }
    return render(request, "origin/calculator.html", context)


def _shown(form: Form, claim: origin.Claim) -> dict[str, object]:
    """What the form shows: as typed, and the questions of the rule."""
    asked, typed = form.agreement.questions_for(claim.product.hs_code), form.typed
    return {
        "form": form,
        "typed": typed,
        "faults": [{"id": name, "told": told} for name, told in form.faults.items()],
        "rule": asked.rule,
        "has_code": bool(claim.product.hs_code),
        "categories": asked.categories if asked.wholly_obtained else (),
        "processes": [
            {
                "id": f"process.{place}",
                "name": name,
                "claimed": typed.get(f"process.{place}"),
                "evidence": typed.get(f"process.{place}.evidence", ""),
            }
            for place, name in enumerate(asked.processes)
        ],
        "statements": [
            {"id": f"statement.{place}", "text": text, "answer": typed.get(f"statement.{place}")}
            for place, text in enumerate(asked.statements)
        ],
        "operations": [(code, _(words)) for code, words in form.agreement.insufficient_operations.items()]
        + [(OTHER_WORKING, _("other working"))],
        "prices": [(name, label, typed.get(name, ""), form.faults.get(name, "")) for name, label in _price_words().items()],
        "rows": [
            {
                "number": place + 1,
                "cells": [
                    {
                        "id": f"m.{place}.{name}",
                        "value": value,
                        "label": _column_words()[name],
                        "fault": form.faults.get(f"m.{place}.{name}", ""),
                    }
                    for name, value in row.items()
                ],
            }
            for place, row in enumerate(form.rows)
        ],
        "heads": list(_column_words().values()),
    }


def _price_words() -> dict[str, str]:
    """The labels of the figures of the product."""
    return {"fob": _("FOB price"), "ex_works": _("Ex-works price"), "net_cost": _("Net cost"), "mass_kg": _("Net mass, kg")}


def _column_words() -> dict[str, str]:
    """The heads of the bill of materials."""
    return {
        "name": _("Material"),
        "hs_code": _("HS code"),
        "origin": _("Origin"),
        "proof": _("Proof of its origin"),
        "value": _("Value"),
        "mass_kg": _("Mass, kg"),
        "offer_origin": _("Could come from"),
        "offer_value": _("At the value"),
    }


def _node(node: Mapping[str, Any]) -> dict[str, object]:
    """A node of the derivation in the reader's language."""
    return {
        "rule": _(node["rule"]) if node["rule"] else "",
        "verdict": node["verdict"],
        "sentences": [_sentence(each["code"], each["params"]) for each in node["said"]],
        "margin": node["margin"],
        "parts": [_node(each) for each in node["parts"]],
    }


def _sentence(code: str, params: dict[str, str]) -> str:
    return _(origin.SENTENCES[code]).format_map({name: _labelled(_(text) if text else "") for name, text in params.items()})


def _labelled(text: str) -> str:
    return _LABEL.sub(lambda found: _("material %(number)s") % {"number": found[1]}, text)


def _changes(answer: origin.Answer) -> list[dict[str, object]]:
    acts = {"prove": _("Prove the origin of"), "replace": _("Replace"), "process": _("Show the process")}
    changes = answer.way.changes if answer.way else ()
    return [{"act": acts[each.act], "what": _labelled(each.what), "origin": each.origin, "cost": each.cost_difference} for each in changes]
