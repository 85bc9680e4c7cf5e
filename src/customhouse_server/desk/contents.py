"""Contents: every page that one can begin at, by what it is for, and for whom; the masthead shows the few that a role uses daily."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customhouse_server.accounts.role import CUSTOMS, TRADE, Role

_HEADS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_EVERYBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its name in the addresses, its title, the roles that it is for (none: everybody), and those that have it in the masthead."""

    name: str
    title: object
    roles: frozenset[Role] = _EVERYBODY
    daily: frozenset[Role | None] = frozenset()

    @property
    def address(self) -> str:
        """Where the page is."""
        return reverse(self.name)

    def is_for(self, role: Role | None) -> bool:
        """Whether somebody of that role, or nobody in particular, can begin here."""
        return not self.roles or role in self.roles


GROUPS: tuple[tuple[object, tuple[Entry, ...]], ...] = (
    (
        _("Clear goods"),
        (
            Entry("declaration:list", _("Declarations"), TRADE, frozenset(TRADE)),
            Entry("clearance:worklist", _("Work list"), CUSTOMS, frozenset(CUSTOMS)),
        ),
    ),
    (
        _("Know the law"),
        (
            Entry("tariff:browse", _("Tariff"), daily=frozenset({None, *Role})),
            Entry("tariff:calculator", _("Calculator"), daily=frozenset({None, *TRADE})),
            Entry("origin:calculator", _("Origin"), daily=frozenset({None})),
            Entry("quota:list", _("Tariff quotas")),
            Entry("portal:index", _("Rules and questions"), daily=frozenset({None})),
            Entry("service:standing", _("Does the site work?")),
            Entry("enquiry:ask", _("Ask customs")),
            Entry("enquiry:answers", _("Answers of customs")),
            Entry("enquiry:worklist", _("Questions"), CUSTOMS),
            Entry("consultation:calendar", _("Consultations")),
            Entry("ruling:register", _("Rulings"), daily=frozenset({None, *TRADE, *CUSTOMS})),
            Entry("ruling:list", _("Applications for rulings"), TRADE | CUSTOMS),
        ),
    ),
    (
        _("Measure"),
        (
            Entry("performance:dashboard", _("Performance"), daily=frozenset({None, *CUSTOMS, Role.ADMINISTRATOR})),
            Entry("performance:studies", _("Time release studies"), CUSTOMS | _HEADS),
            Entry("strategy:list", _("Plans"), daily=frozenset({None, Role.ADMINISTRATOR})),
            Entry("strategy:bodies", _("Bodies and regions"), frozenset(Role)),
            Entry("study:forecast", _("Revenue to expect"), _HEADS),
            Entry("study:mirror", _("A partner's trade beside ours"), _HEADS),
            Entry("study:releases", _("Released data")),
            Entry("tracker:overview", _("Commitments"), CUSTOMS | _HEADS),
        ),
    ),
    (
        _("Build capacity"),
        (
            Entry("development:me", _("My development"), CUSTOMS, frozenset(CUSTOMS)),
            Entry("development:home", _("Capacity building"), _HEADS),
            Entry("development:calendar", _("Donors' calendar"), _HEADS),
            Entry("register:index", _("Registers"), daily=frozenset({Role.ADMINISTRATOR})),
            Entry("register:due", _("What is due in the registers"), CUSTOMS | _HEADS),
            Entry("register:my_papers", _("My papers and reviews"), frozenset(Role)),
        ),
    ),
    (
        _("Act with integrity"),
        (
            Entry("integrity:home", _("Review leads"), CUSTOMS),
            Entry("integrity:mine", _("My interests and gifts"), CUSTOMS),
            Entry("integrity:members", _("Integrity office"), frozenset({Role.ADMINISTRATOR})),
            Entry("perception:results", _("Perception of integrity")),
            Entry("mailbox:start", _("Report wrongdoing without a name")),
        ),
    ),
    (
        _("Make the law"),
        (
            Entry("tariff:editions", _("Editions of the tariff"), _HEADS, frozenset({Role.ADMINISTRATOR})),
            Entry("research:simulations", _("Reforms"), _HEADS, frozenset({Role.ADMINISTRATOR})),
        ),
    ),
)


def contents(request: HttpRequest) -> dict[str, object]:
    """What the masthead and the page of contents show to whoever asks; given to every template."""
    role = Role(request.user.role) if request.user.is_authenticated else None
    open_to = [(title, tuple(entry for entry in entries if entry.is_for(role))) for title, entries in GROUPS]
    daily = [entry for __, entries in open_to for entry in entries if role in entry.daily]
    return {"contents": [(title, entries) for title, entries in open_to if entries], "daily": daily}
