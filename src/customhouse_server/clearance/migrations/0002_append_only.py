from django.db import migrations

FORWARD = """
CREATE TRIGGER clearance_act_append_only BEFORE UPDATE OR DELETE ON clearance_act
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER clearance_act_append_only ON clearance_act;"


class Migration(migrations.Migration):
    dependencies = [("clearance", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
