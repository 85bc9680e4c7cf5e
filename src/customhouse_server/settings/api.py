"""The interface for programs: one description (OpenAPI) of all areas, one way of refusing, nothing open to the unknown."""

from collections.abc import Callable, Sequence

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page
from ninja.errors import AuthenticationError, HttpError, ValidationError

from customhouse import pipeline, research, strategy
from customhouse.clearance import RefusedError
from customhouse.development import integrity, monitoring, project
from customhouse.development import people as competence
from customhouse.ledger import RefusedMovementError
from customhouse.messages import UnreadableMessageError
from customhouse.performance import release_time
from customhouse.pipeline import publication as rules
from customhouse.tariff import interpretation, publication, ruling
from customhouse_server.accounts.person import NotPermittedError
from customhouse_server.availability import actions as availability
from customhouse_server.availability.api import router as availability_router
from customhouse_server.clearance import actions as clearance
from customhouse_server.clearance.api import router as clearance_router
from customhouse_server.consultation import actions as consultation
from customhouse_server.consultation.api import router as consultation_router
from customhouse_server.declaration import lodging, record
from customhouse_server.declaration.api import router as declaration_router
from customhouse_server.desk.words import retold
from customhouse_server.development.actions import EndedProjectError, OpenFindingsError, UnsuitableExpertError
from customhouse_server.development.api import router as development_router
from customhouse_server.development.dossier import NotOwnerError, StaleDossierError, UnknownDossierError
from customhouse_server.development.funding import EmptyPledgeError
from customhouse_server.development.tranche import NotPayableError, UnfittingPledgeError
from customhouse_server.development.writing import NotByHandError
from customhouse_server.enquiry import actions as enquiry
from customhouse_server.enquiry.api import router as enquiry_router
from customhouse_server.gateway.call import BodyTooLargeError, PlainTextParser, caller
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.gateway.problem import problem
from customhouse_server.gateway.submission import KeyReusedError, MalformedKeyError
from customhouse_server.integrity import register as integrity_registers
from customhouse_server.integrity.actions import UnknownLeadError
from customhouse_server.integrity.api import router as integrity_router
from customhouse_server.integrity.register_api import router as integrity_register_router
from customhouse_server.journal.store import MalformedPositionError
from customhouse_server.people import actions as people
from customhouse_server.perception.actions import UnknownWaveError
from customhouse_server.perception.api import router as perception_router
from customhouse_server.performance import kept as performance
from customhouse_server.performance import review as assessments
from customhouse_server.performance.api import router as performance_router
from customhouse_server.performance.period import UnknownPeriodError
from customhouse_server.performance.release_study import NotDoneYetError
from customhouse_server.performance.reported import FaultyStampsError
from customhouse_server.performance.study_api import router as study_router
from customhouse_server.portal.actions import UnworthyNoticeError
from customhouse_server.portal.api import router as portal_router
from customhouse_server.quota.actions import UnknownQuotaError
from customhouse_server.quota.api import router as quota_router
from customhouse_server.register.api import router as register_router
from customhouse_server.register.author import ClosedCallError
from customhouse_server.register.budget import DecidedError
from customhouse_server.register.paper_api import router as paper_router
from customhouse_server.register.store import StaleEntryError, UnknownEntryError
from customhouse_server.research.actions import UnknownSimulationError
from customhouse_server.research.api import router as research_router
from customhouse_server.research.releasing import UnknownReleaseError
from customhouse_server.ruling import record as ruling_record
from customhouse_server.ruling.api import router as ruling_router
from customhouse_server.settings.description import Interface
from customhouse_server.strategy import seating
from customhouse_server.strategy.actions import StalePlanError
from customhouse_server.strategy.annex import UnknownListError
from customhouse_server.strategy.api import router as strategy_router
from customhouse_server.strategy.seating_api import router as seating_router
from customhouse_server.strategy.store import UnknownPlanError, UnknownSeatError
from customhouse_server.tariff.actions import MalformedTariffError
from customhouse_server.tariff.api import router as tariff_router
from customhouse_server.tracker import actions as trackers
from customhouse_server.tracker import store as registers
from customhouse_server.tracker.api import router as tracker_router
from customhouse_server.valuation import actions as valuation
from customhouse_server.valuation.api import router as valuation_router

Page = Callable[[HttpRequest], HttpResponse]


def _written_once(page: Page) -> Page:
    """The description, written out once in each process, since nothing in it changes; not sent again to whoever has it (ETag)."""
    kept: list[bytes] = []

    @conditional_page
    def described(request: HttpRequest) -> HttpResponse:
        if not kept:
            kept.append(page(request).content)
        return HttpResponse(kept[0], content_type="application/json")

    return described


api = Interface(
    title="Customhouse",
    version="1",
    description="Lodge declarations, follow them to release, apply for rulings, and do the work of an office.",
    auth=caller,
    docs_url=None,
    docs_decorator=_written_once,
    parser=PlainTextParser(),
    urls_namespace="api",
)
api.add_router("", declaration_router)
api.add_router("", clearance_router)
api.add_router("", quota_router)
api.add_router("", valuation_router)
api.add_router("", ruling_router)
api.add_router("", tariff_router)
api.add_router("", performance_router)
api.add_router("", study_router)
api.add_router("", tracker_router)
api.add_router("", development_router)
api.add_router("", integrity_router)
api.add_router("", integrity_register_router)
api.add_router("", perception_router)
api.add_router("", portal_router)
api.add_router("", availability_router)
api.add_router("", enquiry_router)
api.add_router("", register_router)
api.add_router("", paper_router)
api.add_router("", research_router)
api.add_router("", seating_router)
api.add_router("", strategy_router)
api.add_router("", consultation_router)

_REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NotPermittedError: (403, "Not for your role"),
    lodging.ForeignPartyError: (403, "Not for this party"),
    record.UnknownDeclarationError: (404, "Not found"),
    UnknownQuotaError: (404, "Not found"),
    performance.UnknownIndicatorError: (404, "Not found"),
    performance.UnknownStudyError: (404, "Not found"),
    UnknownLeadError: (404, "Not found"),
    integrity.review.ReviewRefusedError: (409, "Not possible now"),
    integrity_registers.UnknownContractError: (404, "Not found"),
    integrity_registers.UnknownRecordError: (404, "Not found"),
    MalformedPositionError: (400, "Not a position"),
    performance.UnknownAssessmentError: (404, "Not found"),
    release_time.UnknownStratumError: (404, "Not found"),
    NotDoneYetError: (409, "Not possible now"),
    assessments.OutOfTurnError: (409, "Not possible now"),
    assessments.SameReviewerError: (403, "Another person must do this"),
    assessments.UnfitStatementError: (422, "Not a statement"),
    UnknownWaveError: (404, "Not found"),
    UnknownPeriodError: (400, "Not a period"),
    UnreadableMessageError: (400, "The message cannot be read"),
    MalformedKeyError: (400, "The key has no valid form"),
    BodyTooLargeError: (413, "The body is too large"),
    lodging.WrongDocumentError: (422, "Not the document for this act"),
    clearance.WrongActError: (422, "Not an act to ask for"),
    KeyReusedError: (409, "The key was used for something else"),
    record.LrnTakenError: (409, "The reference was used before"),
    RefusedError: (409, "Not possible now"),
    valuation.UnknownDoubtError: (404, "Not found"),
    valuation.DoubtRefusedError: (409, "Not possible now"),
    valuation.OpenValuationError: (422, "The value is undetermined"),
    valuation.UnreadableCaseError: (422, "The case cannot be read"),
    rules.UnknownPublicationError: (404, "Not found"),
    UnknownEntryError: (404, "Not found"),
    StaleEntryError: (409, "Changed by somebody else"),
    DecidedError: (409, "Not possible now"),
    ClosedCallError: (409, "Not possible now"),
    research.review.RefusedStepError: (409, "Not possible now"),
    UnknownReleaseError: (404, "Not found"),
    UnknownSimulationError: (404, "Not found"),
    UnknownPlanError: (404, "Not found"),
    UnknownListError: (404, "Not found"),
    StalePlanError: (409, "Saved elsewhere meanwhile"),
    UnknownSeatError: (404, "Not found"),
    seating.UnknownPersonError: (404, "Not found"),
    strategy.review.standing.RefusedError: (409, "Not possible now"),
    consultation.UnknownConsultationError: (404, "Not found"),
    consultation.ClosedError: (409, "Not possible now"),
    consultation.UnansweredCommentError: (409, "Not possible now"),
    consultation.TimetableError: (422, "Too soon for the public"),
    consultation.UnreadableDraftError: (422, "Without words"),
    availability.UnknownInterruptionError: (404, "Not found"),
    availability.OverError: (409, "Not possible now"),
    UnworthyNoticeError: (422, "Not a notice"),
    enquiry.UnknownEnquiryError: (404, "Not found"),
    enquiry.LostPassphraseError: (409, "Not possible now"),
    enquiry.AnsweredError: (409, "Not possible now"),
    enquiry.UnansweredError: (409, "Not possible now"),
    clearance.AlreadyClaimedError: (409, "Taken on by somebody else"),
    clearance.NotClaimedError: (409, "Not taken on by you"),
    competence.NotCertifiedError: (403, "Not certified for this act"),
    NotOwnerError: (403, "Not yours to change"),
    monitoring.NotIndependentError: (403, "Another person must do this"),
    NotByHandError: (409, "Not possible now"),
    StaleDossierError: (409, "Saved elsewhere meanwhile"),
    EndedProjectError: (409, "Not possible now"),
    OpenFindingsError: (409, "Not possible now"),
    UnsuitableExpertError: (409, "Not possible now"),
    EmptyPledgeError: (422, "Not a pledge"),
    UnfittingPledgeError: (409, "Not possible now"),
    NotPayableError: (409, "Not possible now"),
    RefusedMovementError: (409, "Not possible now"),
    UnknownDossierError: (404, "Not found"),
    people.UnknownPersonError: (404, "Not found"),
    people.UnknownCompetenceError: (422, "Not a certificate to give"),
    people.OwnAssessmentError: (403, "Another person must do this"),
    project.MoveRefusedError: (409, "Not possible now"),
    clearance.FourEyesError: (403, "Another person must do this"),
    ruling_record.UnknownRulingError: (404, "Not found"),
    ruling_record.IncompleteError: (422, "Something is missing"),
    ruling_record.StaleFormError: (409, "Saved elsewhere meanwhile"),
    ruling_record.UnweighedConflictError: (409, "A conflict is not weighed"),
    ruling_record.WrongActError: (422, "Not an act to ask for"),
    ruling_record.ForeignApplicantError: (403, "Not for this party"),
    ruling.RefusedError: (409, "Not possible now"),
    interpretation.WrongStepError: (422, "Not the next step"),
    publication.FourEyesError: (403, "Another person must do this"),
    publication.BrokenRulesError: (409, "Rules are broken"),
    publication.NoDraftError: (409, "There is no draft"),
    MalformedTariffError: (422, "Not a tariff file"),
    trackers.FourEyesError: (403, "Another person must do this"),
    trackers.NotYoursError: (403, "Not yours to change"),
    trackers.UnreadableEntryError: (422, "Not an entry of this kind"),
    registers.UnknownEntryError: (404, "Not found"),
    registers.StaleEntryError: (409, "Changed by somebody else"),
}


def _told(status: int, title: str, why: Exception | str, *, findings: Sequence[object] = ()) -> HttpResponse:
    """A problem in the language that the caller asks for."""
    return problem(status, gettext(title), retold(why), findings=findings)


def _refusal(status: int, title: str) -> Callable[[HttpRequest, Exception], HttpResponse]:
    return lambda _, error: _told(status, title, error)


for kind, (status, title) in _REFUSALS.items():
    api.add_exception_handler(kind, _refusal(status, title))


@api.exception_handler(lodging.AmendmentRejectedError)
def _amendment_rejected(_: HttpRequest, error: lodging.AmendmentRejectedError) -> HttpResponse:
    return _told(422, "The amendment was rejected", error, findings=[pipeline.told(finding) for finding in error.findings])


@api.exception_handler(FaultyError)
def _faulty(_: HttpRequest, error: FaultyError) -> HttpResponse:
    findings = [{"pointer": field, "message": retold(fault)} for field, fault in error.faults.items()]
    return _told(422, "Not as it must be", error, findings=findings)


@api.exception_handler(strategy.UnreadablePlanError)
def _unreadable_plan(_: HttpRequest, error: strategy.UnreadablePlanError) -> HttpResponse:
    return _told(422, "Not a plan", error, findings=[{"pointer": "text", "message": retold(fault)} for fault in error.faults])


@api.exception_handler(FaultyStampsError)
def _faulty_stamps(_: HttpRequest, error: FaultyStampsError) -> HttpResponse:
    findings = [{"pointer": f"line {fault.line}", "message": retold(fault.wrong).format(**fault.told)} for fault in error.faults]
    return _told(422, "Nothing was brought in", error, findings=findings)


@api.exception_handler(AuthenticationError)
def _unknown_caller(_: HttpRequest, __: AuthenticationError) -> HttpResponse:
    answer = _told(401, "Who are you?", "sign in, or give a valid key as `Authorization: Bearer <key>`")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _without_database(_: HttpRequest, error: Exception) -> HttpResponse:
    structlog.get_logger().error("the database does not answer", error=str(error))
    answer = _told(503, "Not now", "the database does not answer; send the same call with the same Idempotency-Key again")
    answer["Retry-After"] = "1"
    return answer


@api.exception_handler(ValidationError)
def _malformed(_: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [{"pointer": "/".join(str(step) for step in each["loc"]), "message": each["msg"]} for each in error.errors]
    return _told(422, "The request has no valid form", "see the findings", findings=found)


@api.exception_handler(HttpError)
def _http_error(_: HttpRequest, error: HttpError) -> HttpResponse:
    return _told(error.status_code, "Refused", error)
