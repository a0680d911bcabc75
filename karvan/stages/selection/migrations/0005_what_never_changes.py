from django.db import migrations, models

from karvan.stages.selection import triggers


def forwards(apps, schema_editor):
    triggers.remove(schema_editor.connection)  # an older database has those of its own time
    triggers.install(schema_editor.connection)


def backwards(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("selection", "0004_signed_runs_are_sealed")]
    operations = [
        migrations.AddConstraint(
            model_name="selectionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "signed"), _negated=True)
                | models.Q(("seal", ""), _negated=True),
                name="signed_run_is_sealed",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
