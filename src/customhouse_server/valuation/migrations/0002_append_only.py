from django.db import migrations

FORWARD = """
CREATE TRIGGER valuation_doubtstep_append_only BEFORE UPDATE OR DELETE ON valuation_doubtstep
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER valuation_doubtstep_append_only ON valuation_doubtstep;"


class Migration(migrations.Migration):
    dependencies = [("valuation", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
