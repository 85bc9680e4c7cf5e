from django.db import migrations

FORWARD = """
CREATE TRIGGER ruling_rulingversion_append_only BEFORE UPDATE OR DELETE ON ruling_rulingversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER ruling_rulingversion_append_only ON ruling_rulingversion;"


class Migration(migrations.Migration):
    dependencies = [("ruling", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
