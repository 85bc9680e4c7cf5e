"""Aloud: a walk in sentences, as an officer reads it to a trader or to a court."""

from collections.abc import Iterator

from customhouse.tariff.interpretation.step import Candidate, Step
from customhouse.tariff.interpretation.walk import Walk, walked


def read_aloud(walk: Walk) -> tuple[str, ...]:
    """The walk from the goods to the code, a sentence or two a rule."""
    so_far = Walk(goods=walk.goods, edition=walk.edition)
    told = [f"The goods: {walk.goods}. The nomenclature: {walk.edition}."]
    for step in walk.steps:
        so_far = walked(so_far, step)
        told.append(_sentence(step, so_far))
    told.append(f"The goods are classified in {walk.decided_code}." if walk.decided_code else "The classification is not finished.")
    return tuple(told)


def _sentence(step: Step, after: Walk) -> str:
    head = f"Rule {step.rule}. {step.question} {_stopped(step.answer)}"
    if not step.applies:
        return f"{head} The rule plays no part."
    return " ".join([head, *_parts(step), f"Left in view: {', '.join(after.kept) or 'nothing'}."])


def _parts(step: Step) -> Iterator[str]:
    if step.candidates:
        yield f"Into view: {_listed(step.candidates)}."
    if step.rejected:
        yield f"Left out: {_listed(step.rejected)}."
    texts = [f"{each.reference} ({each.kind.value.replace('_', ' ')})" for each in step.texts]
    yield f"Relied on: {'; '.join(texts)}."
    if step.precedents:
        yield f"Precedents: {', '.join(step.precedents)}."


def _listed(candidates: tuple[Candidate, ...]) -> str:
    return "; ".join(f"{each.code}, because {each.reason.rstrip('.')}" for each in candidates)


def _stopped(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."
