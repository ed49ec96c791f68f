import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('ledger', '0001_initial'), ('ledger', '0002_an_entry_names_its_actor')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purchase', models.BigIntegerField(null=True)),
                ('subject', models.CharField(max_length=80)),
                ('version', models.PositiveIntegerField()),
                ('action', models.CharField(max_length=60)),
                ('post_id', models.BigIntegerField(null=True)),
                ('person_id', models.BigIntegerField(null=True)),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('request_id', models.UUIDField(unique=True)),
                ('regime', models.CharField(blank=True, max_length=64)),
                ('prev', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('body', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['purchase', 'id'], name='entry_of_purchase'), models.Index(fields=['person_id', 'purchase'], name='entry_of_person'), models.Index(fields=['person_id', 'id'], name='entry_done_by'), models.Index(fields=['action', 'id'], name='entry_of_action')],
                'constraints': [models.UniqueConstraint(fields=('subject', 'version'), name='entry_once_per_version'), models.CheckConstraint(condition=models.Q(models.Q(('organisation_id__isnull', False), ('person_id__isnull', False), ('post_id__isnull', False)), models.Q(('organisation_id__isnull', True), ('person_id__isnull', True), ('post_id__isnull', True), ('version', 1)), _connector='OR'), name='entry_names_its_actor')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveBigIntegerField(unique=True)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=120)),
                ('salt', models.CharField(max_length=64)),
                ('value', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='TreeHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(unique=True)),
                ('root', models.CharField(max_length=64)),
                ('peaks', models.JSONField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='pending', serialize=False, to='ledger.entry')),
            ],
        ),
        migrations.AddField(
            model_name='leaf',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='ledger.entry'),
        ),
        migrations.AddField(
            model_name='opening',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='ledger.entry'),
        ),
        migrations.AddConstraint(
            model_name='opening',
            constraint=models.UniqueConstraint(fields=('entry', 'path'), name='opening_once'),
        ),
    ]
