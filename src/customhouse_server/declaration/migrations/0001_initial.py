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
            name="DeclarationRecord",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("declarant_id", models.CharField(max_length=35)),
                ("lrn", models.CharField(max_length=70)),
                ("mrn", models.CharField(max_length=70, null=True)),
                ("office", models.CharField(max_length=17)),
                ("type_code", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=32)),
                ("lane", models.CharField(max_length=8)),
                ("version", models.IntegerField()),
                ("item_count", models.IntegerField()),
                ("payable", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("case", models.JSONField()),
                ("lodged_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("cleared_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField()),
                ("submitter", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="DeclarationVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                ("content", models.JSONField()),
                ("message", models.BinaryField()),
                ("country", models.CharField(max_length=64)),
                ("seed", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=150)),
                ("reason", models.TextField()),
                (
                    "declaration",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="declaration.declarationrecord"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("fields", models.JSONField()),
                ("version", models.IntegerField()),
                ("saved_at", models.DateTimeField()),
                ("owner", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name="declarationrecord",
            index=models.Index(fields=["declarant_id", "-updated_at"], name="declaration_of_declarant"),
        ),
        migrations.AddIndex(
            model_name="declarationrecord",
            index=models.Index(fields=["office", "state", "lane", "lodged_at"], name="declaration_work"),
        ),
        migrations.AddConstraint(
            model_name="declarationrecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "rejected"), _negated=True), fields=("declarant_id", "lrn"), name="declaration_lrn_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="declarationrecord",
            constraint=models.UniqueConstraint(fields=("mrn",), name="declaration_mrn_once"),
        ),
        migrations.AddConstraint(
            model_name="declarationversion",
            constraint=models.UniqueConstraint(fields=("declaration", "number"), name="declaration_version_once"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["owner", "-saved_at"], name="draft_of_owner"),
        ),
    ]
