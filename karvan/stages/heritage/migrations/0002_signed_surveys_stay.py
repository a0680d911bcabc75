"""The database refuses to change a signed survey."""

from django.db import migrations

from karvan.stages.heritage import surveys_triggers as triggers


class Migration(migrations.Migration):
    dependencies = [("heritage", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
        )
    ]
