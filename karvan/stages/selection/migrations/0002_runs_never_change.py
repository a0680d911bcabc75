from django.db import migrations


class Migration(migrations.Migration):
    """Its triggers are made by the fourth, once every table that they guard is there."""

    dependencies = [("selection", "0001_initial")]
    operations: list = []
