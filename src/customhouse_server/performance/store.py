"""Performance in rows: figures, months of revenue, self-assessments, studies, action plans and stamps; documents are kept as documents."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F, Q

from customhouse.performance import indicator, release_time
from customhouse.research import forecast
from customhouse_server.performance import models
from customhouse_server.performance.kept import (
    Baseline,
    KeptStudy,
    KeptYear,
    Narrative,
    PlannedAction,
    PlanStatus,
    Progress,
    ReviewStatus,
    SelfAssessment,
    Statement,
    UnknownStudyError,
    Words,
)
from customhouse_server.performance.period import YEAR, Period

_OF_FIGURE = ("code", "version", "start", "end")


def keep_figures(figures: Sequence[indicator.Figure], *, at: dt.datetime) -> int:
    """Keep figures over those of the same indicator, version and period; gives how many are new or other than before."""
    starts = {figure.start for figure in figures}
    rows = models.KeptFigure.objects.filter(start__in=starts).values_list(*_OF_FIGURE, "document")
    before = {(code, version, start, end): document for code, version, start, end, document in rows}
    other = [
        models.KeptFigure(code=each.code, version=each.version, start=each.start, end=each.end, document=document, computed_at=at)
        for each in figures
        if before.get((each.code, each.version, each.start, each.end)) != (document := _document(each))
    ]
    models.KeptFigure.objects.bulk_create(other, update_conflicts=True, unique_fields=_OF_FIGURE, update_fields=("document", "computed_at"))
    return len(other)


def figures_of(
    indicators: Iterable[indicator.Indicator], periods: Sequence[Period]
) -> dict[tuple[str, dt.date, dt.date], indicator.Figure]:
    """The kept figures of these indicators in their present version, by code, start and end."""
    wanted = Q(pk__in=[])
    for each in indicators:
        wanted |= Q(code=each.code, version=each.version)
    starts = [each.start for each in periods]
    rows = models.KeptFigure.objects.filter(wanted, start__in=starts).values_list("document", flat=True)
    found = [msgspec.convert(row, indicator.Figure) for row in rows]
    return {(each.code, each.start, each.end): each for each in found}


def keep_period(period: Period, events: Mapping[str, int], *, at: dt.datetime) -> None:
    """Keep that a period was worked out, and how many events of each kind occurred in it."""
    models.KeptPeriod.objects.update_or_create(start=period.start, end=period.end, defaults={"events": dict(events), "computed_at": at})


def last_year(indicators: Iterable[indicator.Indicator], *, on: dt.date) -> KeptYear | None:
    """The last 365 days that were worked out, of those that ended with a day or before it; nothing where none were."""
    rows = models.KeptPeriod.objects.filter(start=F("end") - YEAR, end__lte=on + dt.timedelta(days=1))
    row = rows.order_by("-end").first()
    if row is None:
        return None
    period = Period(row.start, row.end)
    figures = {code: each for (code, _, end), each in figures_of(indicators, [period]).items() if end == row.end}
    return KeptYear(period, figures, row.events, row.computed_at)


@transaction.atomic
def keep_months(months: Iterable[forecast.Month], *, at: dt.datetime) -> None:
    """Keep what was assessed month by month, in the place of what was kept before."""
    models.KeptMonth.objects.all().delete()
    models.KeptMonth.objects.bulk_create(
        models.KeptMonth(first_day=each.first_day, value=each.value, revenue=each.revenue, computed_at=at) for each in months
    )


def months(*, start: dt.date, end: dt.date) -> tuple[forecast.Month, ...]:
    """What was assessed in each month from a day until before another, as it was worked out last."""
    rows = models.KeptMonth.objects.filter(first_day__gte=start, first_day__lt=end).order_by("first_day")
    return tuple(forecast.Month(row.first_day, row.value, row.revenue) for row in rows)


def months_computed_at() -> dt.datetime | None:
    """When the months were worked out last; nothing where none were."""
    return models.KeptMonth.objects.values_list("computed_at", flat=True).first()


def computed_at(period: Period) -> dt.datetime | None:
    """When the figures of a period were last worked out anew."""
    rows = models.KeptFigure.objects.filter(start=period.start, end=period.end).order_by("-computed_at")
    return rows.values_list("computed_at", flat=True).first()


def periods() -> tuple[Period, ...]:
    """The months and years of which figures with events are kept, latest first."""
    rows = models.KeptFigure.objects.filter(document__n__gt=0).values_list("start", "end").distinct().order_by("-start", "-end")
    return tuple(each for each in (Period(start, end) for start, end in rows) if each.is_month or each.is_year)


def keep_baseline(code: str, baseline: Baseline, *, stated_by_id: int, at: dt.datetime) -> None:
    """Keep a baseline; those stated before stay."""
    models.StatedBaseline.objects.create(
        code=code, value=baseline.value, of_day=baseline.on, source=baseline.source, stated_by_id=stated_by_id, stated_at=at
    )


def baselines() -> dict[str, Baseline]:
    """The last baseline that was stated for each indicator, by its code."""
    rows = models.StatedBaseline.objects.order_by("code", "-id").distinct("code").values_list("code", "value", "of_day", "source")
    return {code: Baseline(value, on, source) for code, value, on, source in rows}


def keep_narrative(code: str, period: Period, text: str, *, stated_by_id: int, at: dt.datetime) -> None:
    """Keep what is said of a figure; what was said before stays."""
    models.FigureNarrative.objects.create(code=code, start=period.start, end=period.end, text=text, stated_by_id=stated_by_id, stated_at=at)


def narrative_of(code: str, period: Period) -> Narrative | None:
    """What was said last of the figure of a period."""
    rows = models.FigureNarrative.objects.filter(code=code, start=period.start, end=period.end).select_related("stated_by")
    row = rows.order_by("-id").first()
    return Narrative(row.text, row.stated_by.get_full_name() or row.stated_by.username, row.stated_at) if row else None


def new_study(study: KeptStudy, *, made_by_id: int) -> None:
    """Keep a study that is to be done."""
    models.KeptStudy.objects.create(
        id=study.id,
        design=_document(study.design),
        words=_document(study.words),
        earlier_id=study.earlier_id,
        status=study.status,
        progress=study.progress,
        failure="",
        is_made_up=study.is_made_up,
        made_by_id=made_by_id,
        made_at=study.made_at,
    )


def advance_study(study_id: UUID, *, status: Progress, progress: int, failure: str = "", result: release_time.Study | None = None) -> None:
    """Say how far the work on a study is, and at its end what came of it."""
    changes: dict[str, object] = {"status": status, "progress": progress, "failure": failure}
    if result is not None:
        changes["result"] = msgspec.to_builtins(result, str_keys=True)
    models.KeptStudy.objects.filter(id=study_id).update(**changes)


def word_study(study_id: UUID, words: Words) -> None:
    """Keep what is said around the figures of a study."""
    models.KeptStudy.objects.filter(id=study_id).update(words=_document(words))


def publish_study(study_id: UUID, *, at: dt.datetime | None) -> None:
    """Make a study public, or take it back."""
    models.KeptStudy.objects.filter(id=study_id).update(published_at=at)


def study_of(study_id: UUID) -> KeptStudy:
    """One study; refuses with `UnknownStudyError`."""
    row = models.KeptStudy.objects.select_related("made_by").filter(id=study_id).first()
    if row is None:
        raise UnknownStudyError("there is no such study")
    return _study(row)


def studies(*, published: bool = False) -> tuple[KeptStudy, ...]:
    """All studies, latest first, or the published ones, last published first."""
    rows = models.KeptStudy.objects.select_related("made_by")
    rows = rows.filter(published_at__isnull=False).order_by("-published_at") if published else rows.order_by("-made_at")
    return tuple(_study(row) for row in rows)


def next_study(study_id: UUID) -> KeptStudy | None:
    """The first finished study that was made to follow this one."""
    rows = models.KeptStudy.objects.select_related("made_by").filter(earlier_id=study_id, status=Progress.DONE)
    row = rows.order_by("made_at").first()
    return _study(row) if row else None


def add_action(study_id: UUID, planned: PlannedAction) -> int:
    """Put an action on the plan of a study; its number."""
    fields = {name: getattr(planned, name) for name in ("finding", "segment", "action", "owner", "due", "status")}
    return int(models.PlannedAction.objects.create(study_id=study_id, **fields).pk)


def move_action(study_id: UUID, action_id: int, *, status: PlanStatus) -> bool:
    """Say how far an action of the plan is; false if the plan has no such action."""
    return bool(models.PlannedAction.objects.filter(study_id=study_id, id=action_id).update(status=status))


def plan_of(study_id: UUID) -> tuple[PlannedAction, ...]:
    """The action plan of a study, first due first."""
    rows = models.PlannedAction.objects.filter(study_id=study_id).order_by("due", "id")
    return tuple(PlannedAction(row.id, row.finding, row.segment, row.action, row.owner, row.due, PlanStatus(row.status)) for row in rows)


def keep_assessment(assessment: SelfAssessment, *, reviewer_id: int | None) -> None:
    """Keep a self-assessment over the one of the same year and indicator."""
    models.SelfAssessment.objects.update_or_create(
        year=assessment.year,
        code=assessment.code,
        defaults={
            "status": assessment.status,
            "document": _document(assessment.statement),
            "author_id": assessment.author_id,
            "reviewer_id": reviewer_id,
            "changed_at": assessment.changed_at,
        },
    )


def publish_assessment(assessment: SelfAssessment, *, at: dt.datetime) -> None:
    """Say that a self-assessment is published; who reviewed it stays."""
    rows = models.SelfAssessment.objects.filter(year=assessment.year, code=assessment.code)
    rows.update(status=ReviewStatus.PUBLISHED, changed_at=at)


def assessments(year: int, *, code: str = "", locked: bool = False) -> tuple[SelfAssessment, ...]:
    """The self-assessments of a year by the codes of their indicators, or the one named; `locked` holds it until the transaction ends."""
    rows = models.SelfAssessment.objects.filter(year=year).order_by("code")
    if code:
        rows = rows.filter(code=code)
    if locked:
        rows = rows.select_for_update(of=("self",))
    return tuple(
        SelfAssessment(
            row.year,
            row.code,
            ReviewStatus(row.status),
            msgspec.convert(row.document, Statement),
            row.author_id,
            row.author.get_full_name() or row.author.username,
            (row.reviewer.get_full_name() or row.reviewer.username) if row.reviewer else "",
            row.changed_at,
        )
        for row in rows.select_related("author", "reviewer")
    )


def keep_stamp(declaration_id: str, *, stage: str, source: str, reached_at: dt.datetime) -> bool:
    """Keep that this was reported; false if it was before."""
    _, is_new = models.Stamp.objects.get_or_create(declaration_id=declaration_id, stage=stage, occurred_at=reached_at, source=source)
    return is_new


def _study(row: models.KeptStudy) -> KeptStudy:
    return KeptStudy(
        id=row.id,
        design=msgspec.convert(row.design, release_time.Design),
        words=msgspec.convert(row.words, Words),
        earlier_id=row.earlier_id,
        status=Progress(row.status),
        progress=row.progress,
        result=msgspec.convert(row.result, release_time.Study, str_keys=True) if row.result else None,
        failure=row.failure,
        is_made_up=row.is_made_up,
        made_by=row.made_by.get_full_name() or row.made_by.username,
        made_at=row.made_at,
        published_at=row.published_at,
    )


def _document(value: object) -> object:
    return msgspec.json.decode(msgspec.json.encode(value))
