from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("performance", "0003_append_only_statements"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("events", models.JSONField()),
                ("computed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("end", "start"), name="period_once")],
            },
        ),
        migrations.CreateModel(
            name="KeptMonth",
            fields=[
                ("first_day", models.DateField(primary_key=True, serialize=False)),
                ("value", models.DecimalField(decimal_places=6, max_digits=38)),
                ("revenue", models.DecimalField(decimal_places=6, max_digits=38)),
                ("computed_at", models.DateTimeField()),
            ],
        ),
    ]
