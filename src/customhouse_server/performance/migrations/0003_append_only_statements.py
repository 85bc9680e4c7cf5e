from django.db import migrations

FORWARD = """
CREATE TRIGGER performance_statedbaseline_append_only BEFORE UPDATE OR DELETE ON performance_statedbaseline
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER performance_figurenarrative_append_only BEFORE UPDATE OR DELETE ON performance_figurenarrative
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = """
DROP TRIGGER performance_figurenarrative_append_only ON performance_figurenarrative;
DROP TRIGGER performance_statedbaseline_append_only ON performance_statedbaseline;
"""


class Migration(migrations.Migration):
    dependencies = [("performance", "0002_baselines_and_narratives"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
