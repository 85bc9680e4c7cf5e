"""Evaluation: what somebody who has no part in a project finds of it (phase III, evaluation)."""

import msgspec

from customhouse.development.project.project import Evaluation, Project
from customhouse.saying import Refusal


class NotIndependentError(Refusal):
    """An evaluator belongs to the project."""


def evaluated(project: Project, evaluation: Evaluation) -> Project:
    """The project with what an evaluator found; refuses with `NotIndependentError` its owner and its team."""
    if evaluation.evaluator in (project.owner, *project.team):
        raise NotIndependentError(
            "{evaluator} belongs to the project: somebody independent of it must evaluate it", evaluator=evaluation.evaluator
        )
    return msgspec.structs.replace(project, evaluations=(*project.evaluations, evaluation))
