"""The registers over the interface: read as far as they are for the caller, written by editors; each a thin shell over `actions`."""

from django.http import HttpResponse
from ninja import Router, Schema

from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.portal.actions import made_public
from customhouse_server.register import actions, audit, budget, edition
from customhouse_server.register.kind import KINDS
from customhouse_server.register.store import UnknownEntryError
from customhouse_server.tariff.country import current_country

router = Router(tags=["registers"])


class EntryDocument(Schema):
    """An entry by field, as it is read, without what only a step changes; amounts and days are text."""

    document: dict[str, object]


class EntryVersion(Schema):
    """The version of an entry that was read before."""

    version: int


class EntryChanged(EntryDocument, EntryVersion):
    """An entry whole, as it is to stand, and the version of it that was read before."""


class EditionName(Schema):
    """The name of an edition, which no other has."""

    name: str


@router.get("/registers", summary="The registers")
def registers(request: CalledRequest) -> HttpResponse:
    """Answer with the registers that the caller may look into, and the fields of each."""
    person = request.auth.person
    found = [each for each in KINDS.values() if actions.may_read(each, person)]
    return json_response(
        {"registers": [{"name": each.name, "title": each.title, "fields": actions.fields_for(each, person)} for each in found]}
    )


@router.get("/registers/scan/editions", summary="Frozen editions of the environmental scan")
def scan_editions(request: CalledRequest) -> HttpResponse:
    """Answer with the editions, the executive summary of the scan as it stands, and what changed since the last edition."""
    on = current_country().legal_day(at=request.auth.at)
    told = {"summary": edition.summary(on=on), "changes": edition.changes(on=on)}
    return json_response({"editions": edition.editions()} | {name: [str(each) for each in found] for name, found in told.items()})


@router.post("/registers/scan/editions", openapi_extra=ONCE, summary="Freeze the environmental scan")
def freeze_scan(request: CalledRequest, body: EditionName) -> HttpResponse:
    """Freeze the scan as it stands as an edition, which nobody can change any more."""
    return done(request, lambda: edition.freeze(request.auth.person, body.name, at=request.auth.at), status=201)


@router.get("/registers/budget/totals", summary="Totals of the budget")
def budget_totals(request: CalledRequest) -> HttpResponse:  # noqa: ARG001 - for everybody who may call
    """Answer, by year and currency, with the amounts of the directorates, of the sources, and the whole."""
    return json_response(budget.totals())


@router.post("/registers/audits/years/{int:year}", openapi_extra=ONCE, summary="Enter the planned audits of a year")
def enter_audits(request: CalledRequest, year: int) -> HttpResponse:
    """Enter what is planned for a year as its audits, and answer how many there are; what is entered already stays as it is."""
    return done(request, lambda: {"year": year, "entered": audit.enter(request.auth.person, year, at=request.auth.at)}, status=201)


@router.get("/registers/{name}", summary="Read a register")
def read_register(request: CalledRequest, name: str) -> HttpResponse:
    """Answer with the entries of a register that the caller may see, as they stand today."""
    on, kind = current_country().legal_day(at=request.auth.at), actions.kind_of(name)
    if not actions.may_read(kind, request.auth.person):
        raise UnknownEntryError("there is no register {name}", name=name)
    return json_response(made_public(name, actions.sheet(kind, request.auth.person, on=on), on=on).told())


@router.post("/registers/{name}", openapi_extra=ONCE, summary="Write a new entry")
def write_entry(request: CalledRequest, name: str, body: EntryDocument) -> HttpResponse:
    """Write a new entry under the next number."""

    def act() -> object:
        return _entry(request, name, actions.write(request.auth.person, actions.kind_of(name), None, body.document, at=request.auth.at))

    return done(request, act, status=201)


@router.get("/registers/{name}/{int:number}", summary="Read an entry")
def read_entry(request: CalledRequest, name: str, number: int) -> HttpResponse:
    """Answer with one entry as it stands, as far as it is for the caller."""
    return json_response(_entry(request, name, number))


@router.put("/registers/{name}/{int:number}", openapi_extra=ONCE, summary="Change an entry")
def change_entry(request: CalledRequest, name: str, number: int, body: EntryChanged) -> HttpResponse:
    """Write the next version of an entry, whole, over the one that was read; those before stay."""

    def act() -> object:
        kind = actions.kind_of(name)
        return _entry(request, name, actions.write(request.auth.person, kind, number, body.document, at=request.auth.at, over=body.version))

    return done(request, act)


@router.get("/registers/{name}/{int:number}/versions", summary="Versions of an entry")
def entry_versions(request: CalledRequest, name: str, number: int) -> HttpResponse:
    """Answer with every version of an entry, the last first."""
    return json_response({"versions": actions.history(request.auth.person, actions.kind_of(name), number)})


@router.post("/registers/{name}/{int:number}/withdrawal", openapi_extra=ONCE, summary="Withdraw an entry")
def withdraw_entry(request: CalledRequest, name: str, number: int, body: EntryVersion) -> HttpResponse:
    """Withdraw an entry as it was read; it stays in the history."""

    def act() -> object:
        actions.withdraw(request.auth.person, actions.kind_of(name), number, at=request.auth.at, over=body.version)
        return {"number": number, "withdrawn": True}

    return done(request, act)


def _entry(request: CalledRequest, name: str, number: int) -> dict[str, object]:
    on = current_country().legal_day(at=request.auth.at)
    return actions.entry(actions.kind_of(name), number, request.auth.person, on=on).told()
