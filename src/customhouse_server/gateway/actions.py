"""Doing an act once: the same key and body get the kept answer, and nothing happens again.

once(submission, act, at=) -> Answer
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from customhouse_server.gateway import store
from customhouse_server.gateway.submission import Answer, Submission


def once(submission: Submission | None, act: Callable[[], Answer], *, at: dt.datetime) -> Answer:
    """Do the act and keep its answer in one transaction; without a key the act is simply done."""
    with transaction.atomic():
        if submission is None:
            return act()
        if not store.reserve(submission, at=at):
            kept = store.kept_answer(submission)
            if kept is None:
                raise RuntimeError("a submission that bars a second one has an answer")
            return kept
        answer = act()
        store.keep_answer(submission, answer)
    return answer
