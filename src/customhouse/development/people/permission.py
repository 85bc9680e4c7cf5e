"""Permission: an act that is refused to whom its certificate has lapsed or was never given, in a sentence that says what to do."""

from collections.abc import Iterable
from datetime import date

from customhouse.development.people.certificate import Certificate, Held, Holding, held
from customhouse.development.people.competence import Competence, PeopleFramework, PermissionRule
from customhouse.saying import Refusal, Saying, saying


class NotCertifiedError(Refusal):
    """The act is for those who hold a certificate in force; `rule` and `held` say which, and how the person stands."""

    def __init__(self, rule: PermissionRule, standing: Held, competence: Competence) -> None:
        """Refuse with a sentence that says what to do."""
        super().__init__(
            "{act} takes a certificate in force for {competence} at the level {level}, and {how}: "
            "ask a supervisor to assess you, or see My development for the course",
            act=rule.act,
            competence=competence.title["en"],
            level=rule.level,
            how=_how(standing),
        )
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


def _how(standing: Held) -> Saying:
    if standing.holding is Holding.LAPSED:
        return saying("your certificate lapsed on {day}", day=standing.until)
    if standing.holding is Holding.REVOKED:
        return saying("your certificate was revoked on {day}", day=standing.until)
    if standing.holding is Holding.NONE:
        return saying("you have no certificate for it")
    return saying("your certificate is of the level {level}", level=standing.level)
