import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('disclosure', '0001_what_is_published'), ('disclosure', '0002_publications_of_evaluations')]

    initial = True

    dependencies = [
        ('kernel', '1001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProjectFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('content', models.TextField(blank=True, verbose_name='服务内容')),
                ('method', models.TextField(blank=True, verbose_name='服务方式')),
                ('expected', models.TextField(blank=True, verbose_name='预期效果')),
                ('other', models.TextField(blank=True, verbose_name='其他足以判断能力的情况')),
                ('published_on', models.DateField(null=True, verbose_name='公开日期')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProviderFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('item', models.CharField(choices=[('basic', '机构基本资料'), ('projects', '以往项目报告'), ('finance', '年度财务报告')], max_length=10, verbose_name='材料')),
                ('text', models.TextField(verbose_name='内容')),
                ('submitted_on', models.DateField(null=True, verbose_name='公开日期')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'year', 'item'), name='provider_file_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('about', models.CharField(blank=True, choices=[('', '公告'), ('evaluation', '评估结果')], max_length=12)),
                ('notice', models.BigIntegerField()),
                ('notice_title', models.CharField(max_length=120, verbose_name='公告')),
                ('channel', models.CharField(choices=[('designated', '指定的采购信息媒体'), ('site', '部门网站'), ('press', '报刊'), ('board', '公告栏'), ('other', '其他渠道')], max_length=12, verbose_name='渠道')),
                ('channel_name', models.CharField(max_length=80, verbose_name='渠道名称')),
                ('address', models.CharField(max_length=300, verbose_name='网址或地点')),
                ('published_on', models.DateField(verbose_name='发布日期')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notice', 'channel', 'channel_name'), name='published_once_per_channel')],
            },
        ),
    ]
