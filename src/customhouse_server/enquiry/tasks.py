"""Jobs of the enquiry point: an answer sent to where its asker wants it, again and again while the mail server does not take it."""

from contextlib import closing

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from customhouse_server.enquiry import actions


@app.task(name="enquiry.send", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def send(reference: str) -> None:
    """Send the answer to a question; the connection goes back at the end, since the worker may do the next job in another thread."""
    with closing(connection):
        actions.send(reference)
