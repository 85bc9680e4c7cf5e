from django.db import migrations

FORWARD = """
CREATE TRIGGER clearance_paper_append_only BEFORE UPDATE OR DELETE ON clearance_paper
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER clearance_paper_append_only ON clearance_paper;"


class Migration(migrations.Migration):
    dependencies = [("clearance", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
