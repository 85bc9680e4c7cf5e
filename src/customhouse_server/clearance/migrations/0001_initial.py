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
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("declaration_id", models.UUIDField()),
                ("kind", models.CharField(max_length=32)),
                ("role", models.CharField(max_length=16)),
                ("reason", models.TextField()),
                ("occurred_at", models.DateTimeField()),
                ("document", models.JSONField()),
                ("actor", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["declaration_id", "id"], name="act_of_declaration")],
            },
        ),
    ]
