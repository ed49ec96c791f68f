import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('kernel', '0001_initial'), ('kernel', '0002_batches'), ('kernel', '0003_more_kinds_of_organisation'), ('kernel', '0004_batch_progress'), ('kernel', '0005_fewer_indexes'), ('kernel', '0006_partial_roles'), ('kernel', '0007_reminders'), ('kernel', '0008_personal_rows'), ('kernel', '0009_fewer_constraints'), ('kernel', '0010_purchase_kinds'), ('kernel', '0011_held_clocks'), ('kernel', '0012_starting'), ('kernel', '0013_government'), ('kernel', '0014_offices_beside_government'), ('kernel', '0015_mandates'), ('kernel', '0016_supervision_and_development')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True, verbose_name='用户名')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('is_active', models.BooleanField(default=True)),
                ('language', models.CharField(default='zh-hans', max_length=10)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='提醒邮箱')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RegimeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_index=True, max_length=40)),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('jurisdiction', models.CharField(max_length=12)),
                ('body', models.TextField()),
                ('loaded_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('code', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=80)),
                ('level', models.CharField(choices=[('nation', '国家'), ('province', '省'), ('city', '市'), ('district', '区（县级市）'), ('street', '街道')], max_length=10)),
                ('path', models.CharField(db_index=True, max_length=200)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='kernel.division')),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('organisation_kind', models.CharField(choices=[('street_office', '街道办事处'), ('civil_affairs', '民政部门'), ('finance', '财政部门'), ('audit', '审计部门'), ('legal', '法制部门'), ('inspection', '监察部门'), ('development', '发展改革部门'), ('department', '其他部门'), ('government', '人民政府'), ('social_organisation', '社会组织'), ('expert_body', '专家所在单位'), ('evaluator', '第三方评估机构'), ('residents_committee', '居民委员会'), ('agent', '采购代理机构'), ('public', '社会公众'), ('central_agency', '集中采购机构'), ('congress', '人民代表大会'), ('consultative', '政治协商会议')], max_length=30, verbose_name='类别')),
                ('registration', models.CharField(blank=True, choices=[('', '机关'), ('social_group', '社会团体'), ('private_non_enterprise', '民办非企业单位'), ('foundation', '基金会'), ('company', '企业'), ('institution', '事业单位')], default='', max_length=30, verbose_name='登记类型')),
                ('body', models.CharField(blank=True, choices=[('government', '人民政府'), ('dispatched', '政府派出机关'), ('department', '行政机关'), ('state', '其他国家机关（权力、监察、审判、检察机关等）'), ('party', '党的机关'), ('mass', '纳入行政编制管理且经费由财政负担的群团组织'), ('mass_other', '其他群团组织'), ('administrative', '具有行政管理职能的事业单位（参照公务员法管理）'), ('administrative_other', '具有行政管理职能的事业单位（不参照公务员法管理）'), ('class_one', '公益一类事业单位'), ('class_two', '公益二类事业单位')], default='', max_length=30, verbose_name='主体性质')),
                ('credit_code', models.CharField(max_length=18, null=True, unique=True, verbose_name='统一社会信用代码')),
                ('credit_code_override', models.CharField(blank=True, max_length=200, verbose_name='未通过校验而登记的理由')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='kernel.division')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_kind', 'division'], name='kernel_orga_organis_3ae0c8_idx')],
                'constraints': [models.UniqueConstraint(fields=('division', 'organisation_kind', 'name'), name='organisation_once')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('title', models.CharField(max_length=60, verbose_name='岗位名称')),
                ('since', models.DateField(verbose_name='任职日期')),
                ('until', models.DateField(null=True, verbose_name='离任日期')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='kernel.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='post_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=120)),
                ('data', models.JSONField()),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'action', 'subject'), name='draft_once')],
            },
        ),
        migrations.CreateModel(
            name='Purchase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('regime', models.CharField(max_length=40, verbose_name='适用规则')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('programme', models.CharField(blank=True, max_length=40, verbose_name='试点')),
                ('mode', models.CharField(blank=True, max_length=20, verbose_name='运作模式')),
                ('scope', models.CharField(choices=[('centre', '服务中心整体营办'), ('project', '单项服务')], default='centre', max_length=10, verbose_name='购买范围')),
                ('bought', models.BooleanField(default=True, verbose_name='属购买服务项目')),
                ('by_reference', models.BooleanField(default=False, verbose_name='参照执行')),
                ('service_class', models.CharField(blank=True, max_length=40, verbose_name='服务类别')),
                ('origin', models.CharField(blank=True, choices=[('demand', '部门提出的需求项目'), ('design', '社会组织自行设计的项目')], max_length=10, verbose_name='项目来源')),
                ('excluded', models.JSONField(default=list, editable=False)),
                ('exclusion_note', models.CharField(blank=True, max_length=500, verbose_name='不得购买事项的核对说明')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='立项时间')),
                ('last_at', models.DateTimeField(null=True)),
                ('stage', models.CharField(default='', editable=False, max_length=60)),
                ('kinds', models.JSONField(editable=False, null=True)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.division', verbose_name='区划')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='立项单位')),
                ('supervisor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='监督单位')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('programme', ''), _negated=True), fields=('programme', 'division'), name='one_project_per_street')],
            },
        ),
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('regime', models.CharField(max_length=64)),
                ('rule', models.CharField(max_length=60)),
                ('action', models.CharField(max_length=60)),
                ('capacity', models.CharField(max_length=40)),
                ('personal', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.BigIntegerField()),
                ('counted_from', models.DateField(null=True)),
                ('turn', models.PositiveIntegerField(default=1)),
                ('due_on', models.DateField(null=True, verbose_name='期限')),
                ('due_known', models.BooleanField(default=True)),
                ('queue_on', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('due_on', models.Value(datetime.date(9999, 12, 31))), output_field=models.DateField())),
                ('suspended_on', models.DateField(null=True)),
                ('suspended_days', models.PositiveIntegerField(default=0)),
                ('suspended_by', models.JSONField(default=list)),
                ('met_at', models.DateTimeField(null=True)),
                ('met_by', models.BigIntegerField(null=True)),
                ('late_days', models.PositiveIntegerField(null=True)),
                ('lapsed_at', models.DateTimeField(null=True)),
                ('is_open', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='kernel.organisation')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='kernel.post')),
                ('purchase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='kernel.purchase')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['organisation', 'queue_on', 'id'], name='obligation_inbox'), models.Index(fields=['purchase', 'is_open'], name='kernel_obli_purchas_1e6da2_idx')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80)),
                ('field', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('size', models.PositiveBigIntegerField(verbose_name='大小')),
                ('sha256', models.CharField(max_length=64)),
                ('entry', models.BigIntegerField()),
                ('restricted', models.BooleanField(default=False)),
                ('purchase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='kernel.purchase')),
            ],
            options={
                'indexes': [models.Index(fields=['purchase', 'subject'], name='kernel_docu_purchas_1154df_idx')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=200, verbose_name='文件名')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='行数')),
                ('faults', models.PositiveIntegerField(default=0, verbose_name='有误行数')),
                ('root', models.CharField(default='', max_length=64)),
                ('staged_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('touched_at', models.DateTimeField(auto_now=True)),
                ('expected', models.PositiveIntegerField(null=True)),
                ('failed', models.CharField(blank=True, max_length=300)),
                ('accepted_by', models.BigIntegerField(null=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.post')),
                ('purchase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='kernel.purchase')),
            ],
            options={
                'indexes': [models.Index(fields=['purchase', 'kind'], name='kernel_batc_purchas_610251_idx')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('since', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='kernel.purchase')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'person'), name='recused_once')],
            },
        ),
        migrations.CreateModel(
            name='Refused',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80)),
                ('action', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('findings', models.JSONField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.post')),
                ('purchase', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='kernel.purchase')),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('overdue', models.PositiveIntegerField()),
                ('soon', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'on'), name='reminded_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(max_length=40)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('partial', models.BooleanField(default=False)),
                ('acts', models.JSONField(default=None, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.post')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='kernel.purchase')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'purchase'], name='kernel_role_organis_b1e298_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('post', None)), fields=('purchase', 'organisation', 'capacity'), name='role_once'), models.UniqueConstraint(fields=('purchase', 'post', 'capacity'), name='role_once_per_post')],
            },
        ),
        migrations.CreateModel(
            name='BatchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('data', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('fault', models.TextField(blank=True)),
                ('personal', models.JSONField(null=True)),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='content', to='kernel.batch')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='batch_row_once')],
            },
        ),
    ]
