from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_origin_of_clauses")]

    operations = [
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('obligation__isnull', True), ('origin', 'minutes')), models.Q(('item__isnull', True), ('obligation__isnull', False), ('origin', 'agreement')), models.Q(('origin__in', ['decision', 'recommendation']), ('item__isnull', True), ('obligation__isnull', True), models.Q(('origin_address', ''), _negated=True)), _connector='OR'), name='commitment_comes_from_one_source'),
        ),
    ]
