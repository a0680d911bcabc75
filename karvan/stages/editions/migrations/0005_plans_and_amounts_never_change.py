from django.db import migrations

from karvan.stages.editions import plan_triggers


def forwards(apps, schema_editor):
    plan_triggers.install(schema_editor.connection)


def backwards(apps, schema_editor):
    plan_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("editions", "0004_core_parts_are_guarded")]
    operations = [migrations.RunPython(forwards, backwards)]
