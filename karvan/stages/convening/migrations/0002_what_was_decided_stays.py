"""The database refuses to change what was issued, voted, adopted and printed."""

from django.db import migrations

from karvan.stages.convening import papers_triggers, proceedings_triggers, triggers

ALL = (triggers, papers_triggers, proceedings_triggers)


def install(apps, editor):
    for one in ALL:
        one.install(editor.connection)


def remove(apps, editor):
    for one in ALL:
        one.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("convening", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
