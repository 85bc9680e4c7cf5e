"""Submissions in rows."""

import datetime as dt

from django.db import connection

from customhouse_server.gateway.submission import Answer, KeyReusedError, Submission
from customhouse_server.journal.statement import Clause

KEY_CONSTRAINT = "submission_once"


def submission_clause(submission: Submission, answer: Answer, *, at: dt.datetime) -> Clause:
    """The insert of a submission with its answer, to be joined to the statement that does the act."""
    return Clause(
        "INSERT INTO gateway_submission (submitter_id, key, body_hash, status, answer, answered_at) VALUES (%s, %s, %s, %s, %s, %s)",
        (submission.submitter_id, submission.key, submission.body_hash, answer.status, answer.body, at),
    )


def kept_answer(submission: Submission) -> Answer | None:
    """The answer already given under this key; refuses with `KeyReusedError` where the body was another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body_hash, status, answer FROM gateway_submission WHERE submitter_id = %s AND key = %s",
            (submission.submitter_id, submission.key),
        )
        row = cursor.fetchone()
    if row is None:
        return None
    if bytes(row[0]) != submission.body_hash:
        raise KeyReusedError("the key {key!r} was used for another body: send this one under a new key", key=submission.key)
    return Answer(row[1], bytes(row[2]))


def reserve(submission: Submission, *, at: dt.datetime) -> bool:
    """Take the key in the caller's transaction, waiting for whoever holds it; false if it was used before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO gateway_submission (submitter_id, key, body_hash, status, answer, answered_at) "
            "VALUES (%s, %s, %s, 0, '', %s) ON CONFLICT DO NOTHING",
            (submission.submitter_id, submission.key, submission.body_hash, at),
        )
        return cursor.rowcount == 1


def keep_answer(submission: Submission, answer: Answer) -> None:
    """Keep the answer under a key that was reserved."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE gateway_submission SET status = %s, answer = %s WHERE submitter_id = %s AND key = %s",
            (answer.status, answer.body, submission.submitter_id, submission.key),
        )
