"""Calendar file: days on which something is due, as every calendar program reads them (RFC 5545)."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse

_LONGEST = 75
"""Octets in a line, its end not counted (RFC 5545, 3.1)."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class DueDay:
    """What is due on a day, from its beginning to its end; `uid` stays the same when the day or the words change."""

    uid: str
    on: dt.date
    summary: str
    description: str = ""
    address: str = ""


def ics_response(name: str, title: str, days: Iterable[DueDay], *, at: dt.datetime) -> HttpResponse:
    """The days as a file under that name, written at an instant."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(icalendar(title, days, at=at), content_type="text/calendar; charset=utf-8", headers=headers)


def icalendar(title: str, days: Iterable[DueDay], *, at: dt.datetime) -> str:
    """The days as text: lines of at most 75 octets that end in CR LF, texts escaped, days as dates, the instant in UTC."""
    stamp = at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Customhouse//Due days//EN", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(title)}"]
    for each in days:
        lines += _event(each, stamp)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(due: DueDay, stamp: str) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{_text(due.uid)}", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{due.on:%Y%m%d}", "TRANSP:TRANSPARENT"]
    lines.append(f"SUMMARY:{_text(due.summary)}")
    if due.description:
        lines.append(f"DESCRIPTION:{_text(due.description)}")
    if due.address:
        lines.append(f"URL:{_CONTROL.sub('', due.address)}")
    return [*lines, "END:VEVENT"]


def _text(text: str) -> str:
    """A text as a value: what separates values is escaped, and no control character is left in it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n")).translate(_ESCAPED)


def _folded(line: str) -> str:
    """A long line broken into several, never within a character; each but the first begins with a space."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LONGEST:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n".join(parts)
