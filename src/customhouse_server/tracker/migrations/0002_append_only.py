from django.db import migrations

FORWARD = """
CREATE TRIGGER tracker_entry_append_only BEFORE UPDATE OR DELETE ON tracker_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER tracker_entry_append_only ON tracker_entry;"


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
