"""Permission: an act that is refused to whom its certificate has lapsed or was never given, in a sentence that says what to do."""

from collections.abc import Iterable
from datetime import date

from customhouse.development.people.certificate import Certificate, Held, Holding, held
from customhouse.development.people.competence import Competence, PeopleFramework, PermissionRule


class NotCertifiedError(Exception):
    """The act is for those who hold a certificate in force; `rule` and `held` say which, and how the person stands."""

    def __init__(self, rule: PermissionRule, standing: Held, competence: Competence) -> None:
        """Refuse with a sentence that says what to do."""
        super().__init__(_sentence(rule, standing, competence.title["en"]))
        self.rule = rule
        self.held = standing
        self.competence = competence


def require_certified(framework: PeopleFramework, certificates: Iterable[Certificate], *, act: str, on: date) -> None:
    """Refuse with `NotCertifiedError` an act that a rule in force gates, unless its certificate is held at the level on the day."""
    mine = tuple(certificates)
    for rule in framework.permissions:
        competence = framework.competence(rule.competence)
        if rule.act != act or not rule.is_in_force or on < rule.since or competence is None:
            continue
        standing = held(competence, mine, on=on)
        if standing.holding is not Holding.IN_FORCE or standing.level is None or standing.level.rank < rule.level.rank:
            raise NotCertifiedError(rule, standing, competence)


def _sentence(rule: PermissionRule, standing: Held, title: str) -> str:
    how = {
        Holding.LAPSED: f"your certificate lapsed on {standing.until}",
        Holding.NONE: "you have no certificate for it",
        Holding.IN_FORCE: f"your certificate is of the level {standing.level}",
    }[standing.holding]
    what_to_do = "ask a supervisor to assess you, or see My development for the course"
    return f"{rule.act} takes a certificate in force for {title} at the level {rule.level}, and {how}: {what_to_do}"
