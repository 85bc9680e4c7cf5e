from django.db import migrations

FORGET = """
UPDATE gateway_submission
SET answer = convert_to((convert_from(answer, 'UTF8')::jsonb - 'passphrase')::text, 'UTF8')
WHERE status = 201 AND convert_from(answer, 'UTF8') LIKE '{"reference":"Q%","passphrase":"%'
"""
"""An answer to a question that was asked under a key held the passphrase, of which nothing but a digest is to be kept."""


class Migration(migrations.Migration):
    dependencies = [("gateway", "0001_initial")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
