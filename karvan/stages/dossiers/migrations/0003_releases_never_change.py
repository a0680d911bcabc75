"""The database refuses to change a release or a step of a dossier's way."""

from django.db import migrations

from karvan.stages.dossiers import triggers


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_device_types")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: triggers.install(editor.connection),
            lambda apps, editor: triggers.remove(editor.connection),
        )
    ]
