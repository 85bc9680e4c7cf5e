import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_every_change_of_the_tables_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_the_database_is_a_postgresql_that_commits_durably() -> None:
    with connection.cursor() as cursor:
        shown = {}
        for name in ("synchronous_commit", "fsync", "full_page_writes", "data_checksums"):
            cursor.execute(f"SHOW {name}")
            shown[name] = cursor.fetchone()[0]
    assert set(shown.values()) == {"on"}
