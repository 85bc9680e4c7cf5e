from django.db import migrations

FORWARD = """
CREATE TRIGGER service_update_append_only BEFORE UPDATE OR DELETE ON service_update
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER service_update_append_only ON service_update;"


class Migration(migrations.Migration):
    dependencies = [("service", "0001_interruptions"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
