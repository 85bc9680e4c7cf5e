"""Tariff sets as files and a register in rows."""

import datetime as dt

from django.db import connection
from django.db.models import Q

from customhouse.tariff import edition
from customhouse_server.tariff.models import TariffEdition, TariffFile

_REGISTER = "editions"
_COLUMNS = ("prepared_by", "prepared_at", "published_by", "published_at", "source", "sha256", "note")
_LOCK = 8_317_001  # names the tariff among the advisory locks


def lock() -> None:
    """Hold the tariff against another preparation or publication until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def standing_set() -> edition.TariffSet | None:
    """The set with all its editions; none before the first was prepared here."""
    files = {each.name: each.content.splitlines(keepends=True) for each in TariffFile.objects.all()}
    return edition.read_set(files) if files else None


def files_of(names: tuple[str, ...]) -> dict[str, str]:
    """The content of some files, empty where there is none."""
    found = dict(TariffFile.objects.filter(name__in=names).values_list("name", "content"))
    return {name: found.get(name, "") for name in names}


def register() -> tuple[edition.Edition, ...]:
    """The editions, in order."""
    return tuple(_edition(row) for row in TariffEdition.objects.order_by("number"))


def newest_published(*, at: dt.datetime) -> edition.Edition | None:
    """The edition in force at an instant: the last that was published by then, or that came with the country package."""
    row = TariffEdition.objects.filter(Q(published_at__lte=at) | Q(prepared_at=None)).order_by("-number").first()
    return _edition(row) if row else None


def save(after: edition.TariffSet) -> None:
    """Write a set over the one that stands."""
    for name, content in after.texts().items():
        TariffFile.objects.update_or_create(name=name, defaults={"content": content})
    TariffEdition.objects.filter(number__gt=after.newest).delete()
    for each in after.editions:
        TariffEdition.objects.update_or_create(number=each.number, defaults={name: getattr(each, name) for name in _COLUMNS})


def _edition(row: TariffEdition) -> edition.Edition:
    return edition.Edition(number=row.number, **{name: getattr(row, name) for name in _COLUMNS})
