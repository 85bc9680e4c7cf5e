"""What people can do: competences and levels, job profiles, gaps, learning paths, certificates that lapse and gate an act, workforce."""

from customhouse.development.people.certificate import Certificate, held
from customhouse.development.people.competence import Level, PeopleFramework, read_people
from customhouse.development.people.gap import Gap, gaps, learning_path
from customhouse.development.people.permission import NotCertifiedError, require_certified
from customhouse.development.people.workforce import Post, workforce

__all__ = [
    "Certificate",
    "Gap",
    "Level",
    "NotCertifiedError",
    "PeopleFramework",
    "Post",
    "gaps",
    "held",
    "learning_path",
    "read_people",
    "require_certified",
    "workforce",
]
