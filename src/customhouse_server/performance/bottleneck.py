"""Bottleneck: from a finding of a study to an action under the measure of the WTO Trade Facilitation Agreement that answers it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from customhouse_server.performance.kept import KeptStudy, PlannedAction
from customhouse_server.performance.naming import named

_MEASURES = {
    "available to lodged": "7.1",
    "unloaded to available": "8",
    "documents_requested to documents_received": "10.1",
    "examination_ordered to examined": "7.4",
    "assessed to settled": "7.2",
    "agency_asked to agency_decided": "8",
}
"""Segments with a measure of their own: before arrival, agencies together, formalities, risk management, electronic payment."""
_RELEASE_TIMES = "7.6"


def measure_of(action: PlannedAction) -> str:
    """The number of the measure that a bottleneck calls for; that on release times where no other is nearer."""
    return _MEASURES.get(action.segment, _RELEASE_TIMES)


def stated_under(study: KeptStudy, action: PlannedAction) -> str:
    """The address of the tracker's form in which an action of a study is stated under its measure, with all that the study knows of it."""
    subject = f"tfa/{measure_of(action)}"
    told = {"finding": action.finding, "segment": named(action.segment), "study": study.design.title}
    words = _("%(finding)s: %(segment)s (time release study “%(study)s”)")
    if not action.segment:
        words = _("%(finding)s (time release study “%(study)s”)")
    known = {
        "subject": subject,
        "back": reverse("tracker:provision", args=subject.split("/")),
        "title": action.action,
        "owner": action.owner,
        "agency": "customs",
        "due_on": action.due.isoformat(),
        "finding": words % told,
    }
    return f"{reverse('tracker:state', args=['action'])}?{urlencode(known)}"
