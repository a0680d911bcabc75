from django.db import migrations

from karvan.stages.blueprints import triggers


def forwards(apps, schema_editor):
    triggers.install(schema_editor.connection, (triggers.TABLE,))


def backwards(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("blueprints", "0002_links_to_later_tables")]
    operations = [migrations.RunPython(forwards, backwards)]
