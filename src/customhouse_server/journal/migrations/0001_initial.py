import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Reader",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("transaction", models.BigIntegerField(default=0)),
                ("event_id", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "transaction",
                    models.BigIntegerField(db_default=django.db.models.expressions.RawSQL("pg_current_xact_id()::text::bigint", ())),
                ),
                ("declaration_id", models.UUIDField(null=True)),
                ("kind", models.CharField(max_length=64)),
                ("occurred_at", models.DateTimeField()),
                ("actor", models.CharField(max_length=150)),
                ("document", models.JSONField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["transaction", "id"], name="event_reading_order"),
                    models.Index(fields=["declaration_id", "id"], name="event_of_declaration"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "transaction",
                    models.BigIntegerField(db_default=django.db.models.expressions.RawSQL("pg_current_xact_id()::text::bigint", ())),
                ),
                ("declaration_id", models.UUIDField()),
                ("declarant_id", models.CharField(max_length=35)),
                ("kind", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("document", models.JSONField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["declarant_id", "transaction", "id"], name="notice_reading_order"),
                    models.Index(fields=["declaration_id", "id"], name="notice_of_declaration"),
                ],
            },
        ),
    ]
