import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('assessment', '0001_initial'), ('assessment', '0002_evaluations'), ('assessment', '0003_framework_scope'), ('assessment', '0004_performance'), ('assessment', '0005_performance_saving')]

    initial = True

    dependencies = [
        ('budget', '1001_tables'),
        ('contracts', '1001_tables'),
        ('kernel', '1001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('regime', models.CharField(max_length=40, verbose_name='适用规则')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('scope', models.CharField(blank=True, choices=[('centre', '服务中心整体营办'), ('project', '单项服务')], max_length=10, verbose_name='适用的购买范围')),
                ('standard', models.CharField(max_length=200, verbose_name='所依据的服务质量参照标准及版本')),
                ('indicators', models.JSONField(default=list, verbose_name='指标')),
                ('authors', models.JSONField(default=list, verbose_name='专家组成员')),
                ('adopted_on', models.DateField(null=True, verbose_name='采用日期')),
                ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='主管部门')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.division', verbose_name='区划')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('regime', 'number'), name='framework_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('series', models.CharField(choices=[('plan', '方案制定评估'), ('midpilot', '试点中期评估'), ('endpilot', '试点末期评估'), ('comprehensive', '一年期满综合评估')], max_length=14, verbose_name='评估类别')),
                ('fee_fen', models.BigIntegerField(null=True, verbose_name='评估费用')),
                ('fee_paid_on', models.DateField(null=True, verbose_name='评估费支付日期')),
                ('commissioned_on', models.DateField(null=True, verbose_name='委托日期')),
                ('reported_on', models.DateField(null=True, verbose_name='报告日期')),
                ('scores', models.JSONField(default=list, verbose_name='指标得分')),
                ('quality_bp', models.PositiveIntegerField(null=True, verbose_name='质量得分')),
                ('quantity_bp', models.PositiveIntegerField(null=True, verbose_name='数量完成')),
                ('findings', models.TextField(blank=True, verbose_name='评估意见')),
                ('result', models.CharField(blank=True, choices=[('continue', '延续'), ('improve', '改进'), ('exit', '退出')], max_length=10, verbose_name='评估结论')),
                ('reasons', models.TextField(blank=True, verbose_name='结论理由')),
                ('concluded_on', models.DateField(null=True, verbose_name='签署日期')),
                ('concluded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.post', verbose_name='签署人')),
                ('evaluator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='评估机构')),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budget.fund', verbose_name='资金指标')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('framework', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.framework', verbose_name='评估体系')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'series'), name='evaluation_once'), models.CheckConstraint(condition=models.Q(('quality_bp__lte', 10000)), name='evaluation_within_whole')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('moment', models.CharField(choices=[('midterm', '中期评估'), ('yearend', '年终评估')], max_length=10, verbose_name='评估时点')),
                ('opened_on', models.DateField(null=True, verbose_name='启动日期')),
                ('concluded_on', models.DateField(null=True, verbose_name='结论日期')),
                ('quality_bp', models.PositiveIntegerField(null=True, verbose_name='质量得分')),
                ('quantity_bp', models.PositiveIntegerField(null=True, verbose_name='数量完成')),
                ('scores', models.JSONField(default=list, verbose_name='指标得分')),
                ('conclusion', models.TextField(blank=True, verbose_name='评估结论')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='contracts.contract')),
                ('evaluator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='评估机构')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('framework', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.framework', verbose_name='评估体系')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contract', 'moment'), name='assessment_once'), models.CheckConstraint(condition=models.Q(('quality_bp__lte', 10000)), name='assessment_quality_within_whole')],
            },
        ),
        migrations.CreateModel(
            name='Improvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('plan', models.TextField(verbose_name='改进方案')),
                ('submitted_on', models.DateField(null=True, verbose_name='提交日期')),
                ('accepted_on', models.DateField(null=True, verbose_name='验收日期')),
                ('opinion', models.TextField(blank=True, verbose_name='验收意见')),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='improvement', to='assessment.evaluation', verbose_name='评估')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Performance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('by', models.CharField(choices=[('finance', '财政部门实施'), ('third_party', '引入第三方实施')], max_length=12, verbose_name='实施方式')),
                ('opened_on', models.DateField(null=True, verbose_name='启动日期')),
                ('money', models.JSONField(default=list, verbose_name='财政资金使用绩效')),
                ('service', models.JSONField(default=list, verbose_name='服务绩效')),
                ('money_bp', models.PositiveIntegerField(null=True, verbose_name='财政资金使用绩效得分')),
                ('service_bp', models.PositiveIntegerField(null=True, verbose_name='服务绩效得分')),
                ('effect', models.TextField(blank=True, verbose_name='实际效果')),
                ('benefit', models.TextField(blank=True, verbose_name='社会效益')),
                ('cost_fen', models.BigIntegerField(null=True, verbose_name='购买服务的全部成本')),
                ('own_cost_fen', models.BigIntegerField(null=True, verbose_name='自行承办的行政成本（测算）')),
                ('saving_fen', models.BigIntegerField(null=True, verbose_name='比自行承办节省（负数为多支出）')),
                ('cost_basis', models.TextField(blank=True, verbose_name='成本的口径和依据')),
                ('reported_on', models.DateField(null=True, verbose_name='报告日期')),
                ('budget_advice', models.TextField(blank=True, verbose_name='对以后预算安排的意见')),
                ('award_advice', models.TextField(blank=True, verbose_name='对以后承接政府购买服务的意见')),
                ('concluded_on', models.DateField(null=True, verbose_name='结论日期')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='performances', to='contracts.contract', verbose_name='合同')),
                ('evaluator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='评价机构')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contract',), name='performance_once'), models.CheckConstraint(condition=models.Q(('money_bp__lte', 10000), ('service_bp__lte', 10000)), name='performance_within_whole')],
            },
        ),
        migrations.CreateModel(
            name='PerformanceView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('opinion', models.TextField(blank=True, verbose_name='意见')),
                ('given_on', models.DateField(null=True, verbose_name='提出日期')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='参与部门')),
                ('performance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='views', to='assessment.performance', verbose_name='绩效评价')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('performance', 'office'), name='performance_view_once')],
            },
        ),
        migrations.CreateModel(
            name='SelfCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='次数')),
                ('cycle_months', models.PositiveSmallIntegerField(null=True, verbose_name='周期（月）')),
                ('due_on', models.DateField(null=True, verbose_name='应提交日期')),
                ('submitted_on', models.DateField(null=True, verbose_name='提交日期')),
                ('progress', models.TextField(blank=True, verbose_name='项目进展')),
                ('effect', models.TextField(blank=True, verbose_name='服务成效')),
                ('satisfaction', models.TextField(blank=True, verbose_name='服务对象满意度')),
                ('needs', models.TextField(blank=True, verbose_name='需求变化')),
                ('spending', models.TextField(blank=True, verbose_name='资金使用')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'number'), name='selfcheck_once')],
            },
        ),
    ]
