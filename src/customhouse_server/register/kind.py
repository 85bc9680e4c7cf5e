"""Kind: one register: what its entries say, who may read them, what the public is not told, and what refuses an entry.

A register without a rule of its own is a row of this table; what has rules (the budget, audits, papers) keeps them in a module beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from customhouse.research import review
from customhouse.strategy import secretariat
from customhouse_server.desk.form import Form
from customhouse_server.register import audit, budget, office, outcome, paper, partner, scholarship


def _nothing(_: msgspec.Struct | None, __: msgspec.Struct | None) -> None:
    """Refuse nothing."""


def _everything(_: msgspec.Struct) -> bool:
    return True


def _hide_nothing(_: str) -> Callable[[msgspec.Struct], frozenset[str]]:
    return lambda _: frozenset()


def _published(found: msgspec.Struct) -> bool:
    return isinstance(found, review.Paper) and found.stage in {review.Stage.ACCEPTED, review.Stage.PUBLISHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A register by its name: its documents, which of them and which of their fields the public reads.

    An internal register is for customs alone; a fixed field is changed by a step and not by hand. `hidden_from` says of an account which
    fields of an entry are not for it, whatever its role. `refuse` is asked with the entry before and after a change, of which one may be
    missing; `decode` reads what older versions said in another way.
    """

    name: str
    title: str
    about: str
    document: type[msgspec.Struct]
    basis: str
    is_public: Callable[[msgspec.Struct], bool] = _everything
    is_internal: bool = False
    private: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    hidden_from: Callable[[str], Callable[[msgspec.Struct], frozenset[str]]] = _hide_nothing
    refuse: Callable[[msgspec.Struct | None, msgspec.Struct | None], None] = _nothing
    decode: Callable[[str], msgspec.Struct] | None = None

    @property
    def form(self) -> Form[msgspec.Struct]:
        """The form of an entry."""
        return Form(document=self.document, fixed=self.fixed)

    def read(self, text: str) -> msgspec.Struct:
        """A document as it is kept."""
        return self.decode(text) if self.decode else msgspec.json.decode(text, type=self.document)

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
            refuse=outcome.refuse_unknown_indicators,
        ),
        Kind(
            name="scan",
            title="Environmental scan",
            about="What moves around customs, and what it means for the plan.",
            document=office.ScanItem,
            basis="strategic plan, paragraph 7",
            decode=office.ScanItem.decoded,
        ),
        Kind(
            name="budget",
            title="Budget proposal",
            about="What a financial year is to cost, by directorate and source.",
            document=office.YearLine,
            basis="plan activity 6.5",
            refuse=budget.refuse_decided,
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
            title="Audit universe",
            about="What can be audited, the most urgent first: risk times weakness of controls, then the longest unaudited.",
            document=secretariat.AuditArea,
            basis="plan activity 6.5",
            is_internal=True,
        ),
        Kind(
            name="audit-years",
            title="Days for audits",
            about="How many days the auditors have in each calendar year, and who settled that.",
            document=secretariat.AuditYear,
            basis="plan activity 6.5",
            is_internal=True,
            refuse=audit.refuse_year,
        ),
        Kind(
            name="audits",
            title="Audits",
            about="What is audited in which year, by whom, and what each audit concludes.",
            document=secretariat.Audit,
            basis="plan activity 6.5",
            is_internal=True,
            refuse=audit.refuse_audit,
        ),
        Kind(
            name="audit-findings",
            title="Audit findings",
            about="What audits found, how management answers, and what is overdue.",
            document=office.Finding,
            basis="plan activity 6.5",
            is_internal=True,
            refuse=audit.refuse_finding,
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
            refuse=paper.refuse_session,
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
            private=frozenset({"call", "account", "manuscript", "round", "reviewers", "reason"}),
            fixed=frozenset({"stage", "call", "account", "round", "reason"}),
            hidden_from=paper.hidden_from,
            refuse=paper.refuse_paper,
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
