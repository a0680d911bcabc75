from django.db import migrations

from karvan.stages.editions import triggers


def forwards(apps, schema_editor):
    triggers.install(schema_editor.connection)


def backwards(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("editions", "0003_offers_budgets_plans_translations_invitations"),
        ("blueprints", "0006_core_parts_of_earlier_versions"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
