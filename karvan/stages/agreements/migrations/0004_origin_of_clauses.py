"""Promises that come from a clause say so."""

from django.db import migrations


def say_origin(apps, schema_editor):
    commitments = apps.get_model("agreements", "Commitment").objects
    commitments.filter(obligation__isnull=False).update(origin="agreement")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_annexes_renewal_origin")]

    operations = [migrations.RunPython(say_origin, migrations.RunPython.noop, elidable=True)]
