"""The kinds of device that come with the package."""

from django.db import migrations

from karvan.stages.dossiers.device_types import seeds


def add_kinds(apps, schema_editor):
    kinds = apps.get_model("dossiers", "DeviceType")
    for one in seeds():
        kinds.objects.get_or_create(code=one["code"], defaults=one)


def leave_kinds(apps, schema_editor):
    """They may be in use; going back takes nothing away."""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunPython(add_kinds, leave_kinds)]
