from django.db import migrations

from karvan.stages.blueprints.document.core_parts import core_parts


def forwards(apps, schema_editor):
    """Versions published before there were core parts get theirs, as publishing writes them now.

    Which parts these are is a pure function of the document, so it is not written down twice.
    Safe to run again: a version that has its parts is left alone.
    """
    Blueprint = apps.get_model("blueprints", "Blueprint")
    CorePart = apps.get_model("blueprints", "CorePart")
    without = Blueprint.objects.filter(state="published", core_parts__isnull=True)
    for blueprint in without.only("pk", "data").iterator(chunk_size=20):
        CorePart.objects.bulk_create(
            CorePart(blueprint=blueprint, path=one.path, is_open=one.is_open)
            for one in core_parts(blueprint.data)
        )


class Migration(migrations.Migration):
    dependencies = [("blueprints", "0005_what_is_published_stays")]
    # Undone, the table goes with migration 0004; published rows are not deleted one by one.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True)]
