from django.db import migrations

from karvan.stages.selection.sealing import seal_of


def forwards(apps, schema_editor):
    """Runs that were signed before there were seals get theirs; nothing else of them changes."""
    run = apps.get_model("selection", "SelectionRun")
    for one in run.objects.filter(state="signed", seal="").defer("document"):
        one.seal = seal_of(one.sha256, one.signoffs.all(), one.dissents.all())
        one.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("selection", "0003_the_fair_room")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True)]
