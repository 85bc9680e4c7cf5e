from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DoubtStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("doubt_id", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("declaration_id", models.UUIDField()),
                ("item", models.PositiveIntegerField()),
                ("taken_at", models.DateTimeField()),
                ("actor", models.CharField(max_length=150)),
                ("document", models.JSONField()),
            ],
            options={
                "indexes": [models.Index(fields=["declaration_id", "id"], name="doubt_of_declaration")],
                "constraints": [models.UniqueConstraint(fields=("doubt_id", "number"), name="doubt_step_once")],
            },
        ),
    ]
