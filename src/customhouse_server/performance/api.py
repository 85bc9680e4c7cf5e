"""Performance over the interface: figures, what is stated of them, the events behind them, self-assessments and stamps."""

from collections.abc import Callable

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from customhouse.performance import indicator
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest, body_of
from customhouse_server.gateway.problem import json_response
from customhouse_server.performance import actions, reported, review, stated
from customhouse_server.performance.actions import Reading
from customhouse_server.performance.current import event_store
from customhouse_server.performance.kept import Baseline, Statement
from customhouse_server.performance.period import Period, read_period
from customhouse_server.performance.review import Line
from customhouse_server.tariff.day import Day

router = Router(tags=["performance"])
_MOST = 500
CSV_BODY = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


class Asked(Schema):
    """A month as 2026-03 or a year as 2026; without it the last whole month with figures."""

    period: str = ""


class Stretch(Asked):
    """A stretch of the events behind the figure of a period."""

    limit: int = Field(50, ge=1, le=_MOST)
    offset: int = Field(0, ge=0)


class Stated(Schema):
    """What is said of an indicator: a value or why there is none, its words, circumstances and evidence (a link), and for whom it is."""

    value: float | None = None
    not_measurable: str = ""
    narrative: str = ""
    context: str = ""
    evidence: str = ""
    disclosure: indicator.Disclosure = indicator.Disclosure.RESTRICTED


class BaselineGiven(Schema):
    """From where an indicator begins: a value of a day, and where it comes from."""

    value: float
    on: Day
    source: str


class Narrated(Asked):
    """What the figure of a period means; an empty text takes back what was said."""

    text: str


class Reviewed(Schema):
    """Whether a reviewer agrees; who does not says why."""

    is_agreed: bool
    said: str = ""


@router.get("/performance/indicators", summary="Figures of a period")
def indicators(request: CalledRequest, query: Query[Asked]) -> HttpResponse:
    """Answer with the definition of every indicator that is for the caller's eyes, and its figure in the period."""
    period = _period(request, query)
    found = [_reading(each) for each in actions.dashboard(request.auth.person, period)]
    return json_response({"period": period.name, "is_made_up": event_store().is_made_up, "indicators": found})


@router.get("/performance/indicators/{code}", summary="Figures of an indicator")
def figures(request: CalledRequest, code: str, query: Query[Asked]) -> HttpResponse:
    """Answer with one indicator, its figure in the period and in the twelve months up to there, and what its owner says of it."""
    period = _period(request, query)
    found = actions.reading(request.auth.person, code, period)
    told = {"months": [each for _, each in found.months if each], "narrative": stated.narrative(code, period)}
    return json_response({**_reading(found), "is_made_up": event_store().is_made_up, **told})


@router.post("/performance/indicators/{code}/baseline", openapi_extra=ONCE, summary="State the baseline of an indicator")
def state_baseline(request: CalledRequest, code: str, body: BaselineGiven) -> HttpResponse:
    """State from where an indicator begins, as a supervisor or administrator; the last one counts, and those before stay."""
    baseline = Baseline(**body.model_dump())

    def act() -> object:
        stated.state_baseline(request.auth.person, code, baseline, at=request.auth.at)
        return {"code": code, "baseline": baseline}

    return done(request, act, status=201)


@router.post("/performance/indicators/{code}/narrative", openapi_extra=ONCE, summary="Say what a figure means")
def narrate(request: CalledRequest, code: str, body: Narrated) -> HttpResponse:
    """Say what the figure of a period means, as a supervisor or administrator."""
    period = _period(request, body)

    def act() -> object:
        stated.narrate(request.auth.person, code, period, text=body.text.strip(), at=request.auth.at)
        return {"code": code, "period": period.name, "narrative": stated.narrative(code, period)}

    return done(request, act, status=201)


@router.get("/performance/indicators/{code}/events", summary="Events behind a figure")
def traces(request: CalledRequest, code: str, query: Query[Stretch]) -> HttpResponse:
    """Answer with the events that make a figure: single ones to the administration, sums by day to everybody else."""
    period = _period(request, query)
    found = actions.tracing(request.auth.person, code, period, limit=query.limit, offset=query.offset)
    events = [
        {
            "position": f"{each.happening.transaction}-{each.happening.id}",
            "kind": each.happening.kind,
            "occurred_at": each.happening.occurred_at,
            "office": each.happening.office,
            "declaration_id": each.happening.declaration_id if each.is_open else None,
            "counts": each.counts,
        }
        for each in found.events
    ]
    days = [{"day": each.day, "n": each.n, "counts": each.counts} for each in found.days]
    return json_response({"period": period.name, "total": found.total, "events": events, "days": days})


@router.get("/performance/assessments", summary="Self-assessments of a year")
def assessments(request: CalledRequest, year: int) -> HttpResponse:
    """Answer with what the administration says of itself, as far as it is for the caller's eyes."""
    found = [_assessed(each) for each in review.lines(request.auth.person, year) if each.assessment]
    return json_response({"year": year, "assessments": found})


@router.get("/performance/assessments/{int:year}/{code}", summary="A self-assessment")
def assessment(request: CalledRequest, year: int, code: str) -> HttpResponse:
    """Answer with what is said of one indicator in one year, if anything yet, and the figure that the events give."""
    return json_response(_assessed(review.line(request.auth.person, year, code)))


@router.put("/performance/assessments/{int:year}/{code}", openapi_extra=ONCE, summary="Write a self-assessment")
def write_assessment(request: CalledRequest, year: int, code: str, body: Stated) -> HttpResponse:
    """Write the draft of a statement, which may be written again until it is submitted."""
    statement = Statement(**body.model_dump())
    return _reviewed(request, (year, code), lambda: review.say(request.auth.person, year, code, statement=statement, at=request.auth.at))


@router.post("/performance/assessments/{int:year}/{code}/submission", openapi_extra=ONCE, summary="Submit a self-assessment")
def submit_assessment(request: CalledRequest, year: int, code: str) -> HttpResponse:
    """Hand the draft over for review."""
    return _reviewed(request, (year, code), lambda: review.submit(request.auth.person, year, code, at=request.auth.at))


@router.post("/performance/assessments/{int:year}/{code}/review", openapi_extra=ONCE, summary="Review a self-assessment")
def review_assessment(request: CalledRequest, year: int, code: str, body: Reviewed) -> HttpResponse:
    """Agree, or send it back with the reasons, as another person than its author."""
    person, said = request.auth.person, body.model_dump()
    return _reviewed(request, (year, code), lambda: review.review(person, year, code, at=request.auth.at, **said))


@router.post("/performance/assessments/{int:year}/{code}/publication", openapi_extra=ONCE, summary="Publish a self-assessment")
def publish_assessment(request: CalledRequest, year: int, code: str) -> HttpResponse:
    """Publish what was reviewed, to those for whom it is."""
    return _reviewed(request, (year, code), lambda: review.publish(request.auth.person, year, code, at=request.auth.at))


@router.post("/performance/stamps", openapi_extra=CSV_BODY, summary="Bring in stamps from outside")
def stamps(request: CalledRequest) -> HttpResponse:
    """Bring a table (CSV) of stages reached into the journal, whole or not at all; the same report is taken once."""
    brought = reported.bring(request.auth.person, body_of(request).decode("utf-8-sig", errors="replace"), at=request.auth.at)
    return json_response({"new": brought.new, "known": brought.known})


def _period(request: CalledRequest, query: Asked) -> Period:
    return read_period(query.period) if query.period else actions.latest_period(on=request.auth.at.date())


def _reading(found: Reading) -> dict[str, object]:
    return {"indicator": found.indicator, "figure": found.figure, "travelled": found.travelled}


def _assessed(found: Line) -> dict[str, object]:
    standing = found.assessment
    said = {name: getattr(standing, name) if standing else None for name in ("status", "author", "reviewer", "statement")}
    return {"code": found.indicator.code, "figure": found.figure} | said


def _reviewed(request: CalledRequest, line: tuple[int, str], doing: Callable[[], None]) -> HttpResponse:
    def act() -> object:
        doing()
        return _assessed(review.line(request.auth.person, *line))

    return done(request, act)
