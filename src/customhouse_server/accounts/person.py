"""Person: who acts, as the rest of the site knows them: a role, and the offices or parties that bound it."""

from dataclasses import dataclass

from customhouse.saying import Refusal, saying
from customhouse_server.accounts.role import CUSTOMS, TRADE, Role


class NotPermittedError(Refusal, PermissionError):
    """The person's role does not allow this act."""


@dataclass(frozen=True, slots=True)
class Person:
    """One signed-in person."""

    id: int
    username: str
    name: str
    role: Role
    offices: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def of_trade(self) -> bool:
        """Whether the person acts for declarants."""
        return self.role in TRADE

    @property
    def of_customs(self) -> bool:
        """Whether the person acts for customs."""
        return self.role in CUSTOMS

    def may_see(self, *, declarant_id: str, office: str) -> bool:
        """Whether a declaration of this declarant at this office concerns the person: trade by party, customs by office, nobody else."""
        return (self.of_trade and declarant_id in self.parties) or (self.of_customs and office in self.offices)

    def require(self, roles: frozenset[Role], act: str) -> None:
        """Refuse with `NotPermittedError` an act that is not for the person's role."""
        if self.role not in roles:
            raise NotPermittedError(
                "{act} is for {roles}; you are signed in as {role}", act=saying(act), roles=sorted(roles), role=self.role
            )
