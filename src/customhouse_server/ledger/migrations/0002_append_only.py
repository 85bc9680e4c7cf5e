from django.db import migrations

FORWARD = """
CREATE TRIGGER ledger_movement_append_only BEFORE UPDATE OR DELETE ON ledger_ledgermovement
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER ledger_movement_append_only ON ledger_ledgermovement;"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
