from django.db import migrations

FORWARD = """
CREATE TRIGGER availability_update_append_only BEFORE UPDATE OR DELETE ON availability_update
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER availability_update_append_only ON availability_update;"


class Migration(migrations.Migration):
    dependencies = [("availability", "0001_interruptions"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
