import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('payments', '0001_initial'), ('payments', '0002_money'), ('payments', '0003_under_contracts'), ('payments', '0004_money_notice')]

    initial = True

    dependencies = [
        ('budget', '1001_tables'),
        ('contracts', '1001_tables'),
        ('kernel', '1001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('failure', models.TextField(blank=True, verbose_name='未按约定完成的服务')),
                ('severity', models.CharField(blank=True, choices=[('ordinary', '未造成严重影响'), ('serious', '造成严重影响')], max_length=10, verbose_name='影响程度')),
                ('effect', models.TextField(blank=True, verbose_name='造成的影响')),
                ('opened_on', models.DateField(null=True, verbose_name='提出日期')),
                ('statement', models.TextField(blank=True, verbose_name='承接主体的陈述')),
                ('heard_on', models.DateField(null=True, verbose_name='陈述日期')),
                ('served_on', models.DateField(null=True, verbose_name='告知书送达日期')),
                ('paid_fen', models.BigIntegerField(null=True, verbose_name='已拨付')),
                ('accepted_fen', models.BigIntegerField(null=True, verbose_name='验收认可金额')),
                ('accepted_record', models.CharField(blank=True, max_length=200, verbose_name='验收记录')),
                ('recovery_fen', models.BigIntegerField(null=True, verbose_name='应追回')),
                ('reason', models.TextField(blank=True, verbose_name='决定理由')),
                ('decided_on', models.DateField(null=True, verbose_name='决定日期')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='合同')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('recovery_fen', None), ('recovery_fen', django.db.models.expressions.CombinedExpression(models.F('paid_fen'), '-', models.F('accepted_fen'))), _connector='OR'), name='breach_recovers_what_was_not_accepted')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('invoice_number', models.CharField(max_length=40, verbose_name='发票号码')),
                ('invoice_on', models.DateField(verbose_name='开票日期')),
                ('invoice_fen', models.BigIntegerField(null=True, verbose_name='发票金额')),
                ('buyer_name', models.CharField(blank=True, max_length=120, verbose_name='发票购买方')),
                ('buyer_tax_number', models.CharField(blank=True, max_length=20, verbose_name='购买方纳税人识别号')),
                ('progress', models.TextField(verbose_name='服务进展')),
                ('submitted_on', models.DateField(null=True, verbose_name='请款日期')),
                ('checked_on', models.DateField(null=True, verbose_name='核对日期')),
                ('instalment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='contracts.instalment', verbose_name='分期款')),
                ('provider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purchase', 'invoice_number'), name='invoice_once'), models.UniqueConstraint(fields=('provider', 'invoice_number'), name='invoice_once_of_a_provider'), models.CheckConstraint(condition=models.Q(('invoice_fen__gt', 0)), name='invoice_amount_positive')],
            },
        ),
        migrations.CreateModel(
            name='MoneyNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('paid_fen', models.BigIntegerField(verbose_name='累计已拨付')),
                ('use', models.TextField(verbose_name='资金用途')),
                ('effect', models.TextField(verbose_name='实施情况和效果')),
                ('published_on', models.DateField(null=True, verbose_name='公告日期')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='合同')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contract', 'paid_fen'), name='money_notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('amount_fen', models.BigIntegerField(verbose_name='金额')),
                ('due_on', models.DateField(verbose_name='应付日期')),
                ('voucher_number', models.CharField(blank=True, max_length=60, verbose_name='拨款凭证号')),
                ('channel', models.CharField(blank=True, choices=[('direct', '直接支付'), ('authorised', '授权支付')], max_length=10, verbose_name='支付方式')),
                ('payee_name', models.CharField(blank=True, max_length=120, verbose_name='收款单位')),
                ('payee_bank', models.CharField(blank=True, max_length=120, verbose_name='开户银行')),
                ('paid_on', models.DateField(null=True, verbose_name='拨付日期')),
                ('bounced_on', models.DateField(null=True, verbose_name='退票日期')),
                ('bounce_reason', models.CharField(blank=True, max_length=500, verbose_name='退票原因')),
                ('account', models.CharField(blank=True, max_length=4, verbose_name='收款账号后四位')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='payments.claim')),
                ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='付款单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='budget.share')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('claim', 'share'), name='payment_once'), models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payment_amount_positive')],
            },
        ),
        migrations.CreateModel(
            name='Liability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('days_late', models.PositiveIntegerField(default=0, verbose_name='逾期天数')),
                ('harm', models.TextField(blank=True, verbose_name='对服务质量的损害')),
                ('opened_on', models.DateField(null=True, verbose_name='提出日期')),
                ('answer', models.TextField(blank=True, verbose_name='付款方答复')),
                ('answered_on', models.DateField(null=True, verbose_name='答复日期')),
                ('result', models.CharField(blank=True, choices=[('liable', '付款方承担责任'), ('excused', '不追究责任')], max_length=10, verbose_name='处理结果')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('concluded_on', models.DateField(null=True, verbose_name='结论日期')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='liability', to='payments.payment')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('cause', models.CharField(choices=[('breach', '违约追回'), ('saving', '结余退回')], max_length=10, verbose_name='事由')),
                ('amount_fen', models.BigIntegerField(verbose_name='金额')),
                ('voucher_number', models.CharField(blank=True, max_length=60, verbose_name='缴款凭证号')),
                ('received_on', models.DateField(null=True, verbose_name='收回日期')),
                ('breach', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.breach')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='合同')),
                ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='收回单位')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='budget.share')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='refund_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'received'), _negated=True), ('received_on__isnull', False), _connector='OR'), name='refund_has_its_day')],
            },
        ),
        migrations.CreateModel(
            name='SpendingReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('starts_on', models.DateField(verbose_name='期间起')),
                ('ends_on', models.DateField(verbose_name='期间止')),
                ('entries', models.JSONField(default=list, verbose_name='支出明细')),
                ('spent_fen', models.BigIntegerField(default=0, verbose_name='本期支出')),
                ('over_fen', models.BigIntegerField(default=0, verbose_name='超出预算')),
                ('efficiency', models.TextField(verbose_name='资金使用效益')),
                ('variance', models.TextField(blank=True, verbose_name='超支说明')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='合同')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='spending_period_in_order'), models.CheckConstraint(condition=models.Q(('over_fen', 0), models.Q(('variance', ''), _negated=True), _connector='OR'), name='spending_explains_what_is_over')],
            },
        ),
        migrations.CreateModel(
            name='UsePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('headings', models.JSONField(default=list, verbose_name='预算科目')),
                ('submitted_on', models.DateField(null=True, verbose_name='报送日期')),
                ('approved_on', models.DateField(null=True, verbose_name='核准日期')),
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='合同')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='YearlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('topic', models.CharField(choices=[('self', '年度服务自我评估'), ('funds', '年度资金使用报告')], max_length=10, verbose_name='报告')),
                ('summary', models.TextField(blank=True, verbose_name='报告摘要')),
                ('submitted_on', models.DateField(null=True, verbose_name='提交日期')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='合同')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contract', 'topic'), name='yearly_once')],
            },
        ),
        migrations.CreateModel(
            name='YearlyReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='', editable=False, max_length=20, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('copy', models.BooleanField(default=False, verbose_name='抄送')),
                ('signed_on', models.DateField(null=True, verbose_name='签收日期')),
                ('purchase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.purchase', verbose_name='采购')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.organisation', verbose_name='收文单位')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='payments.yearlyreport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'recipient'), name='receipt_once')],
            },
        ),
    ]
