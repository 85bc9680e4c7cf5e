from django.db import migrations

FORWARD = """
CREATE TRIGGER portal_notice_append_only BEFORE UPDATE OR DELETE ON portal_notice
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER portal_notice_append_only ON portal_notice;"


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
