from django.db import migrations

from karvan.stages.blueprints import triggers


def forwards(apps, schema_editor):
    # Installed anew: SQLite makes a table again to add a column, and its triggers go with it.
    triggers.install(schema_editor.connection)


def backwards(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("blueprints", "0004_revisions_notes_and_core_parts")]
    operations = [migrations.RunPython(forwards, backwards)]
