"""Evaluation: what somebody who has no part in a project finds of it (phase III, evaluation)."""

import msgspec

from customhouse.development.project.project import Evaluation, Project


class NotIndependentError(Exception):
    """An evaluator belongs to the project."""


def evaluated(project: Project, evaluation: Evaluation) -> Project:
    """The project with what an evaluator found; refuses with `NotIndependentError` its owner and its team."""
    if evaluation.evaluator in (project.owner, *project.team):
        raise NotIndependentError(f"{evaluation.evaluator} belongs to the project: somebody independent of it must evaluate it")
    return msgspec.structs.replace(project, evaluations=(*project.evaluations, evaluation))
