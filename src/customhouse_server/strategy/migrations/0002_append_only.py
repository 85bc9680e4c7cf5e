from django.db import migrations

FORWARD = """
CREATE TRIGGER strategy_planversion_append_only BEFORE UPDATE OR DELETE ON strategy_planversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER strategy_planreport_append_only BEFORE UPDATE OR DELETE ON strategy_planreport
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = """
DROP TRIGGER strategy_planreport_append_only ON strategy_planreport;
DROP TRIGGER strategy_planversion_append_only ON strategy_planversion;
"""


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
