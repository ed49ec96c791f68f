import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('parties', '0001_organisation_import'), ('parties', '0002_provider_profile'), ('parties', '0003_post_import'), ('parties', '0004_past_results')]

    initial = True

    dependencies = [
        ('kernel', '1001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('rows', models.PositiveIntegerField(verbose_name='行数')),
                ('imported_on', models.DateField(verbose_name='导入日期')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.batch')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.division')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PostImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('rows', models.PositiveIntegerField(verbose_name='行数')),
                ('imported_on', models.DateField(verbose_name='导入日期')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.batch')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.division')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProviderProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('established_on', models.DateField(verbose_name='成立日期')),
                ('registration_number', models.CharField(max_length=60, verbose_name='登记证号')),
                ('registration_authority', models.CharField(max_length=120, verbose_name='登记机关')),
                ('registration_until', models.DateField(null=True, verbose_name='登记证有效期至')),
                ('representative', models.CharField(max_length=60, verbose_name='法定代表人')),
                ('introduction', models.TextField(verbose_name='机构简介')),
                ('accounts', models.TextField(verbose_name='财务会计制度')),
                ('kept_on', models.DateField(verbose_name='最近更新日期')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='profile', to='kernel.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PastResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40)),
                ('side', models.CharField(choices=[('money', '财政资金使用绩效'), ('service', '服务绩效')], max_length=8, verbose_name='评价方面')),
                ('mark_bp', models.PositiveIntegerField(verbose_name='得分')),
                ('advice', models.TextField(verbose_name='对以后的意见')),
                ('concluded_on', models.DateField(verbose_name='评价结论日期')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='past_results', to='kernel.organisation')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'side'], name='past_result_of_whom')],
                'constraints': [models.UniqueConstraint(fields=('subject', 'side'), name='past_result_once')],
            },
        ),
        migrations.CreateModel(
            name='ProfileItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('category', models.CharField(choices=[('qualification', '资质'), ('staff', '人员及证书'), ('project', '以往项目'), ('penalty', '处罚与信用记录')], max_length=20, verbose_name='类别')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('person', models.CharField(blank=True, max_length=60, verbose_name='姓名')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='证号或文号')),
                ('issuer', models.CharField(blank=True, max_length=120, verbose_name='颁发、委托或处罚单位')),
                ('begins_on', models.DateField(null=True, verbose_name='开始日期')),
                ('ends_on', models.DateField(null=True, verbose_name='有效期至')),
                ('amount_fen', models.BigIntegerField(null=True, verbose_name='金额')),
                ('text', models.TextField(blank=True, verbose_name='说明')),
                ('recorded_on', models.DateField(verbose_name='登记日期')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='profile_items', to='kernel.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'category'], name='parties_pro_organis_28b244_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('begins_on', None), ('ends_on', None), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='profile_dates_in_order')],
            },
        ),
    ]
