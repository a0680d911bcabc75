"""Large tables of roll calls: what the worker was asked to take over, and how far it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('convening', '0002_what_was_decided_stays'),
        ('files', '0002_links_to_later_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RollCallImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requirement', models.CharField(choices=[('consensus', 'consensus'), ('simple', 'more for than against'), ('two_thirds', 'two thirds of those present and voting'), ('three_quarters', 'three quarters of those present and voting'), ('absolute', 'more than half of the base'), ('unanimous', 'unanimity of those present and voting')], max_length=16, verbose_name='majority needed')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('state', models.CharField(choices=[('asked', 'Waiting'), ('taking', 'Being taken over'), ('taken', 'Taken over'), ('failed', 'Broken off')], default='asked', max_length=10, verbose_name='state')),
                ('rows_total', models.PositiveIntegerField(default=0, verbose_name='lines to take over')),
                ('rows_done', models.PositiveIntegerField(default=0, verbose_name='lines taken over')),
                ('doubts', models.JSONField(default=dict)),
                ('taken', models.JSONField(default=dict)),
                ('reason', models.JSONField(default=dict)),
                ('asked_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('calls', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll_call_imports', to='convening.organ')),
                ('votes', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'taking', 'taken', 'failed'])), name='roll_call_import_state_is_known'), models.CheckConstraint(condition=models.Q(('rows_done__lte', models.F('rows_total'))), name='roll_call_import_takes_no_more_than_there_is'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['asked', 'taking'])), models.Q(('ended_at__isnull', False), ('state__in', ['taken', 'failed'])), _connector='OR'), name='roll_call_import_ends_once')],
            },
        ),
    ]
