"""Dialogue: made-up questions to customs and draft rules put to the public, each told to its end in the events that the site writes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from customhouse.pipeline import dialogue
from customhouse.pipeline.simulated.chance import Chance
from customhouse.pipeline.simulated.consignment import World

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_REFERENCE = 8
_MINUTES = 24 * 60
_DAY = timedelta(days=1)
_MOST_LATER = 20
"""Days by which a rule may bind later than the law asks."""

Said = (
    dialogue.QuestionAsked
    | dialogue.QuestionRouted
    | dialogue.QuestionAnswered
    | dialogue.AnswerPublished
    | dialogue.DraftOpened
    | dialogue.CommentMade
    | dialogue.CommentDisposed
    | dialogue.DraftDecided
)


def question(world: World, number: int, *, day: date, seed: str) -> Iterator[Said]:
    """A question asked on that day, and what becomes of it."""
    assert world.scenario.dialogue, "there is a dialogue"
    habit = world.scenario.dialogue.enquiries
    chance = Chance.of(seed, "question", day.year, number)
    reference, now = f"Q{_drawn(chance)}", _midnight(world, day) + timedelta(minutes=chance.number(0, _MINUTES - 1))
    clock = world.country.transparency.answer_clock(on=world.country.legal_day(at=now))
    due_on = clock.due_on if clock else None
    yield dialogue.QuestionAsked(occurred_at=now, reference=reference, topic=chance.weighted(habit.topics), due_on=due_on)
    hours = world.hours[habit.office]
    if chance.happens(habit.routed):
        now = hours.after(now, chance.delay(habit.answer // 4))
        others = [each.code for each in world.scenario.offices if each.code != habit.office]
        yield dialogue.QuestionRouted(occurred_at=now, reference=reference, office=chance.one_of(others))
    if chance.happens(habit.unanswered):
        return
    now = hours.after(now, chance.delay(habit.answer))
    in_time = world.country.legal_day(at=now) <= due_on if due_on else None
    yield dialogue.QuestionAnswered(occurred_at=now, reference=reference, in_time=in_time)
    if chance.happens(habit.published):
        yield dialogue.AnswerPublished(occurred_at=hours.after(now, chance.delay(habit.answer)), reference=reference)


def draft(world: World, number: int, *, day: date, seed: str) -> Iterator[Said]:
    """A draft rule opened on that day or the next on which the office is open, the comments on it, and its decision."""
    assert world.scenario.dialogue, "there is a dialogue"
    habit, law = world.scenario.dialogue.consultations, world.country.transparency
    chance, hours = Chance.of(seed, "draft", day.year, number), world.hours[habit.office]
    opened = hours.after(_midnight(world, day), chance.delay(habit.disposal))
    on = world.country.legal_day(at=opened)
    closes_on = law.comments_until(on=on) or on
    yield dialogue.DraftOpened(occurred_at=opened, number=number + 1, closes_on=closes_on)
    closed = _midnight(world, closes_on + _DAY)
    seconds = int((closed - opened).total_seconds()) - 1
    made = sorted(opened + timedelta(seconds=chance.number(1, seconds)) for _ in range(chance.number(0, habit.most_comments)))
    comments = [number * habit.most_comments + place for place in range(1, len(made) + 1)]
    for comment, at in zip(comments, made, strict=True):
        yield dialogue.CommentMade(occurred_at=at, number=number + 1, comment=comment)
    now = closed
    for comment in comments:
        now = hours.after(now, chance.delay(habit.disposal))
        disposition = chance.one_of(dialogue.DISPOSITIONS)
        yield dialogue.CommentDisposed(occurred_at=now, number=number + 1, comment=comment, disposition=disposition)
    yield _decided(world, number + 1, chance, at=hours.after(now, chance.delay(habit.decision)))


def _decided(world: World, number: int, chance: Chance, *, at: datetime) -> Said:
    assert world.scenario.dialogue, "there is a dialogue"
    habit, on = world.scenario.dialogue.consultations, world.country.legal_day(at=at)
    if chance.happens(habit.withdrawn):
        return dialogue.DraftDecided(occurred_at=at, number=number, decision="withdrawn", reason="The comments showed a simpler way.")
    if chance.happens(habit.urgent):
        reason = "Diseased animals were found at the border."
        return dialogue.DraftDecided(occurred_at=at, number=number, decision="adopted", effective_on=on + _DAY, reason=reason)
    least = world.country.transparency.binding_from(on=on) or on
    effective_on = least + timedelta(days=chance.number(0, _MOST_LATER))
    return dialogue.DraftDecided(occurred_at=at, number=number, decision="adopted", effective_on=effective_on)


def _midnight(world: World, day: date) -> datetime:
    return datetime.combine(day, time(), world.country.time_zone).astimezone(UTC)


def _drawn(chance: Chance) -> str:
    return "".join(chance.one_of(_SIGNS) for _ in range(_REFERENCE))
