"""What customs and the public say to each other outside of any declaration: questions, and drafts with their comments (TFA 1.3 and 2)."""

from customhouse.pipeline.dialogue.consultation import DISPOSITIONS, CommentDisposed, CommentMade, DraftDecided, DraftOpened
from customhouse.pipeline.dialogue.enquiry import AnswerPublished, QuestionAnswered, QuestionAsked, QuestionRouted

__all__ = [
    "DISPOSITIONS",
    "AnswerPublished",
    "CommentDisposed",
    "CommentMade",
    "DraftDecided",
    "DraftOpened",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionRouted",
]
