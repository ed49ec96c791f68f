import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('oversight', '0001_initial'), ('oversight', '0002_objections'), ('oversight', '0003_audits_and_alerts'), ('oversight', '0004_violations')]

    initial = True

    dependencies = [
        ('kernel', '1001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('nature', models.CharField(choices=[('complaint', '投诉'), ('suggestion', '意见建议'), ('praise', '表扬'), ('objection', '对招投标结果的异议')], max_length=12, verbose_name='类别')),
                ('notice', models.BigIntegerField(null=True)),
                ('sender', models.CharField(blank=True, choices=[('resident', '居民'), ('supplier', '参加投标的单位'), ('other', '其他单位或个人')], max_length=10, verbose_name='提出人')),
                ('words', models.TextField(blank=True)),
                ('receipt', models.CharField(max_length=24, unique=True)),
                ('received_on', models.DateField(null=True, verbose_name='收到日期')),
                ('accepted_on', models.DateField(null=True, verbose_name='受理日期')),
                ('hotline_number', models.CharField(blank=True, max_length=40, verbose_name='12345工单号')),
                ('transferred_on', models.DateField(null=True, verbose_name='转办日期')),
                ('answered_on', models.DateField(null=True, verbose_name='答复日期')),
                ('public_text', models.TextField(blank=True, verbose_name='公开的办理结果')),
                ('handler', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='办理单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('found_in', models.CharField(max_length=80)),
                ('what', models.TextField(verbose_name='问题')),
                ('due_on', models.DateField(null=True, verbose_name='整改期限')),
                ('answer', models.TextField(blank=True, verbose_name='整改答复')),
                ('answered_on', models.DateField(null=True, verbose_name='答复日期')),
                ('verdict', models.TextField(blank=True, verbose_name='核实意见')),
                ('closed_on', models.DateField(null=True, verbose_name='办结日期')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='监督单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='整改单位')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('field', models.CharField(choices=[('arrangement', '资金安排'), ('management', '资金管理'), ('payment', '资金拨付'), ('use', '资金使用'), ('benefit', '资金效益')], max_length=12, verbose_name='审计事项')),
                ('finding', models.TextField(verbose_name='审计发现')),
                ('advice', models.TextField(verbose_name='建议')),
                ('made_on', models.DateField(verbose_name='提出日期')),
                ('due_on', models.DateField(null=True, verbose_name='请于何日前答复')),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('answered_on', models.DateField(null=True, verbose_name='答复日期')),
                ('verdict', models.TextField(blank=True, verbose_name='跟踪意见')),
                ('closed_on', models.DateField(null=True, verbose_name='办结日期')),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='有关采购')),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='致送单位')),
                ('auditor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='审计机关')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RiskAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(default=1, verbose_name='次序')),
                ('level', models.CharField(max_length=20, verbose_name='预警级别')),
                ('level_name', models.CharField(max_length=40, verbose_name='级别名称')),
                ('risk', models.TextField(verbose_name='风险情况')),
                ('raised_on', models.DateField(null=True, verbose_name='发出日期')),
                ('lift_reason', models.TextField(blank=True, verbose_name='解除理由')),
                ('lifted_on', models.DateField(null=True, verbose_name='解除日期')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='监督单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'number'), name='alert_number_once')],
            },
        ),
        migrations.CreateModel(
            name='AlertMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('measure', models.TextField(blank=True, verbose_name='处置措施')),
                ('answered_on', models.DateField(null=True, verbose_name='处置日期')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='联动部门')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='oversight.riskalert', verbose_name='风险预警')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('alert', 'department'), name='alert_measure_once')],
            },
        ),
        migrations.CreateModel(
            name='SpotCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(default=1, verbose_name='次序')),
                ('occasion', models.CharField(blank=True, choices=[('regular', '定期抽查'), ('irregular', '不定期抽查')], max_length=10, verbose_name='抽查方式')),
                ('cycle', models.CharField(blank=True, max_length=60, verbose_name='定期抽查的周期')),
                ('source', models.CharField(blank=True, max_length=40)),
                ('size', models.PositiveIntegerField(default=0, verbose_name='抽取数')),
                ('seed_sha256', models.CharField(blank=True, max_length=64, verbose_name='种子的SHA-256')),
                ('seed_value', models.CharField(blank=True, max_length=64)),
                ('opened_seed', models.CharField(blank=True, max_length=64, verbose_name='公布的种子')),
                ('population', models.JSONField(default=list)),
                ('population_sha256', models.CharField(blank=True, max_length=64, verbose_name='名单的SHA-256')),
                ('drawn', models.JSONField(default=list)),
                ('findings', models.JSONField(default=list, verbose_name='逐项结果')),
                ('result', models.TextField(blank=True, verbose_name='抽查结论')),
                ('committed_on', models.DateField(null=True, verbose_name='封存日期')),
                ('drawn_on', models.DateField(null=True, verbose_name='抽取日期')),
                ('reported_on', models.DateField(null=True, verbose_name='结果日期')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='监督单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'number'), name='spot_check_number_once')],
            },
        ),
        migrations.CreateModel(
            name='SupervisionLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('observed_on', models.DateField(null=True, verbose_name='监督日期')),
                ('plan_result', models.CharField(blank=True, choices=[('sound', '正常'), ('problem', '有问题')], max_length=10, verbose_name='服务计划')),
                ('plan', models.TextField(blank=True, verbose_name='服务计划的情况')),
                ('effect_result', models.CharField(blank=True, choices=[('sound', '正常'), ('problem', '有问题')], max_length=10, verbose_name='服务成效')),
                ('effect', models.TextField(blank=True, verbose_name='服务成效的情况')),
                ('money_result', models.CharField(blank=True, choices=[('sound', '正常'), ('problem', '有问题')], max_length=10, verbose_name='资金使用')),
                ('money', models.TextField(blank=True, verbose_name='资金使用的情况')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='监督单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Violation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveIntegerField(default=1, verbose_name='次序')),
                ('what', models.TextField(verbose_name='违法违规行为')),
                ('provision', models.TextField(verbose_name='违反的规定')),
                ('opened_on', models.DateField(null=True, verbose_name='立案日期')),
                ('outcomes', models.JSONField(default=list, verbose_name='处理结果')),
                ('reasons', models.TextField(blank=True, verbose_name='处理理由')),
                ('decided_on', models.DateField(null=True, verbose_name='处理日期')),
                ('about', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='当事单位')),
                ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='监督单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'number'), name='violation_number_once')],
            },
        ),
        migrations.CreateModel(
            name='ViolationReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('statement', models.TextField(blank=True, verbose_name='陈述和申辩')),
                ('given_on', models.DateField(null=True, verbose_name='陈述日期')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='当事单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('violation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='oversight.violation', verbose_name='违法违规案件')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('scope', models.CharField(choices=[('project', '项目审计'), ('extended', '延伸审计')], max_length=8, verbose_name='审计类别')),
                ('audited_on', models.DateField(null=True, verbose_name='审计日期')),
                ('result', models.CharField(blank=True, choices=[('sound', '未发现问题'), ('problem', '发现问题')], max_length=8, verbose_name='审计结果')),
                ('findings', models.TextField(blank=True, verbose_name='审计发现')),
                ('audited', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='被审计单位')),
                ('auditor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='审计机关')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'scope'), name='audit_once')],
            },
        ),
        migrations.CreateModel(
            name='InternalControl',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=120, verbose_name='制度名称')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='制度文号')),
                ('issued_on', models.DateField(null=True, verbose_name='印发日期')),
                ('watcher', models.CharField(max_length=120, verbose_name='负责内部监督的机构')),
                ('measures', models.TextField(verbose_name='对本项目的内部监督安排')),
                ('recorded_on', models.DateField(null=True, verbose_name='登记日期')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase',), name='one_internal_control_per_purchase')],
            },
        ),
    ]
