from django.db import migrations

FORWARD = """
CREATE TRIGGER declaration_declarationversion_append_only BEFORE UPDATE OR DELETE ON declaration_declarationversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = "DROP TRIGGER declaration_declarationversion_append_only ON declaration_declarationversion;"


class Migration(migrations.Migration):
    dependencies = [("declaration", "0001_initial"), ("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
