"""Enquiry: a question to customs and its answer, as events; who asked stays with the question (TFA 1.3)."""

from datetime import date

from customhouse.kernel import Event


class QuestionAsked(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody asked customs a question; who it was stays with the question."""

    reference: str
    topic: str
    due_on: date | None = None


class QuestionRouted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A question was given to another office."""

    reference: str
    office: str


class QuestionAnswered(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A question was answered."""

    reference: str
    in_time: bool | None = None


class AnswerPublished(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An answer was published."""

    reference: str
