import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('circulation', '0001_initial')]

    initial = True

    dependencies = [
        ('kernel', '1001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('text', models.TextField(verbose_name='正文')),
                ('series', models.CharField(max_length=20, verbose_name='发文代字')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='年份')),
                ('serial', models.PositiveIntegerField(null=True, verbose_name='序号')),
                ('drafted_on', models.DateField(null=True, verbose_name='拟稿日期')),
                ('checked_on', models.DateField(null=True, verbose_name='核稿日期')),
                ('issued_on', models.DateField(null=True, verbose_name='签发日期')),
                ('signers', models.JSONField(default=list)),
                ('main', models.JSONField(default=list)),
                ('copied', models.JSONField(default=list)),
                ('drafter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='拟稿单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('drafter', 'series', 'year', 'serial'), name='document_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('turn', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='轮次')),
                ('stance', models.CharField(blank=True, choices=[('agreed', '同意'), ('changes', '修改后同意'), ('opposed', '不同意')], max_length=10, verbose_name='意见')),
                ('text', models.TextField(blank=True, verbose_name='具体意见')),
                ('given_on', models.DateField(null=True, verbose_name='会签日期')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.post')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='会签单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('signoff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='circulation.signoff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('signoff', 'round', 'turn'), name='cosignature_once_per_place')],
            },
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('is_main', models.BooleanField(default=False, verbose_name='主送')),
                ('sent_on', models.DateField(verbose_name='送出日期')),
                ('read_on', models.DateField(null=True, verbose_name='签收日期')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='收文单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.post')),
                ('signoff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='circulation.signoff')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('signoff', 'organisation'), name='copy_once_per_office')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'series', 'year'), name='number_series_once')],
            },
        ),
    ]
