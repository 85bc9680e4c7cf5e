"""What happened: the event of an act in capacity building, as the journal keeps it."""

from customhouse.kernel import Event


class DevelopmentRecorded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Something was done to a dossier (a diagnostic, a project, a pledge, a mission, a certificate), by whom, and why."""

    dossier: str
    kind: str
    act: str
    actor: str
    state: str = ""
    reason: str = ""
