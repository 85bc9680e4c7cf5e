"""Tariff over the interface: its editions, the draft with what it changes and breaks, preparation and publication."""

import msgspec
from django.http import HttpResponse
from ninja import Router, Schema

from customhouse import pipeline
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.tariff import actions

router = Router(tags=["tariff"])


class PlainFiles(Schema):
    """Plain files of a tariff, by name, each as CSV text, and what the edition is for."""

    files: dict[str, str]
    note: str = ""


@router.get("/tariff/editions", summary="Editions of the tariff")
def editions(request: CalledRequest) -> HttpResponse:  # noqa: ARG001 - the framework passes it
    """Answer with every edition: who prepared it from what, and who published it."""
    return json_response({"editions": [msgspec.to_builtins(each) for each in actions.history()]})


@router.get("/tariff/draft", summary="Read the draft edition")
def draft(request: CalledRequest) -> HttpResponse:
    """Answer with what the draft changes, and with every row of it that breaks a rule."""
    return json_response(_told(actions.draft(request.auth.person, at=request.auth.at)))


@router.post("/tariff/draft", summary="Prepare an edition")
def prepare(request: CalledRequest, body: PlainFiles) -> HttpResponse:
    """Make a draft edition of plain files; the same files again change nothing."""
    files = {name: text.encode() for name, text in body.files.items()}
    return json_response(_told(actions.prepare(request.auth.person, files, note=body.note, at=request.auth.at)))


@router.post("/tariff/publication", summary="Publish the draft edition")
def publish(request: CalledRequest) -> HttpResponse:
    """Publish what another person prepared; refused while a rule is broken."""
    return json_response(msgspec.to_builtins(actions.publish(request.auth.person, at=request.auth.at)))


def _told(view: actions.DraftView | None) -> dict[str, object]:
    if view is None:
        return {"draft": None}
    return {
        "draft": msgspec.to_builtins(view.edition),
        "tables": {name: msgspec.to_builtins(each) for name, each in view.counts.items()},
        "changed": {line: [msgspec.to_builtins(each) for each in changes] for line, changes in view.difference.changed.items()},
        "added": list(view.difference.added),
        "removed": list(view.difference.removed),
        "findings": [pipeline.told(finding) for finding in view.findings],
    }
