import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("declaration_id", models.UUIDField(primary_key=True, serialize=False)),
                ("claimed_at", models.DateTimeField()),
                ("officer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("declaration_id", models.UUIDField()),
                ("kind", models.CharField(max_length=32)),
                ("actor", models.CharField(max_length=150)),
                ("written_at", models.DateTimeField()),
                ("document", models.JSONField()),
            ],
            options={
                "indexes": [models.Index(fields=["declaration_id", "written_at"], name="paper_of_declaration")],
            },
        ),
    ]
