"""Kind: one register: what its entries say, who may read them, and what the public is not told."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from customhouse.research import review
from customhouse.strategy import secretariat
from customhouse_server.register import office, partner, scholarship

Document = msgspec.Struct


def _everything(_: Document) -> bool:
    return True


def _published(paper: Document) -> bool:
    return isinstance(paper, review.Paper) and paper.stage in {review.Stage.ACCEPTED, review.Stage.PUBLISHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A register by its name: its documents, which of them and which of their fields the public reads.

    An internal register is for customs alone; a fixed field is changed by a step and not by hand.
    """

    name: str
    title: str
    about: str
    document: type[Document]
    basis: str
    is_public: Callable[[Document], bool] = _everything
    is_internal: bool = False
    private: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()

    def fields(self, *, of_customs: bool) -> tuple[str, ...]:
        """The fields that a reader sees."""
        return tuple(name for name in self.document.__struct_fields__ if of_customs or name not in self.private)


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="stakeholders",
            title="Stakeholders",
            about="Those who have a stake in customs, and the private sector group.",
            document=partner.Stakeholder,
            basis="plan activities 1.4 and 6.3",
            private=frozenset({"contact", "interest", "influence"}),
        ),
        Kind(
            name="memoranda",
            title="Memoranda of understanding",
            about="What was agreed with partners, until when, and what came of it.",
            document=partner.Memorandum,
            basis="plan activity 6.4",
        ),
        Kind(
            name="events",
            title="Events and meetings",
            about="Who met, what was decided, and what came of it.",
            document=partner.Event,
            basis="plan activities 6.3 and 7.2",
        ),
        Kind(
            name="scan",
            title="Environmental scan",
            about="What moves around customs, and what it means for the plan.",
            document=office.ScanItem,
            basis="strategic plan, paragraph 7",
        ),
        Kind(
            name="budget",
            title="Budget proposal",
            about="What a financial year is to cost, by directorate and source.",
            document=office.YearLine,
            basis="plan activity 6.5",
        ),
        Kind(
            name="budget-decisions",
            title="Decisions on the budget",
            about="What the committee decided; once accepted, the lines of the year stand.",
            document=office.BudgetDecision,
            basis="plan activity 6.5",
        ),
        Kind(
            name="audit-universe",
            title="Audit plan",
            about="What can be audited, the most urgent first: risk times weakness of controls, then the longest unaudited.",
            document=secretariat.AuditArea,
            basis="plan activity 6.5",
            is_internal=True,
        ),
        Kind(
            name="audit-findings",
            title="Audit findings",
            about="What audits found, how management answers, and what is overdue.",
            document=office.Finding,
            basis="plan activity 6.5",
            is_internal=True,
        ),
        Kind(
            name="calls",
            title="Calls for papers",
            about="For what papers are asked, until when, and where they are heard.",
            document=scholarship.Call,
            basis="plan activity 7.2",
        ),
        Kind(
            name="programme",
            title="Programme",
            about="The sessions of conferences on customs research, and the papers heard in each.",
            document=scholarship.Session,
            basis="plan activity 7.2",
        ),
        Kind(
            name="data-sets",
            title="Data sets",
            about="What data research may use, who keeps them, and how they are protected.",
            document=scholarship.DataSet,
            basis="plan activity 7.1",
        ),
        Kind(
            name="papers",
            title="Research papers",
            about="Research on customs from proposal to publication; who wrote a paper is told once it is accepted.",
            document=review.Paper,
            basis="plan activities 7.1 and 7.2",
            is_public=_published,
            fixed=frozenset({"stage"}),
        ),
        Kind(
            name="reviewers",
            title="Reviewers",
            about="Who reviews papers, from where, and whose papers they must not read.",
            document=review.Reviewer,
            basis="plan activity 7.1",
            is_internal=True,
        ),
    )
}
"""The registers, by name."""
