import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("tendering", "0001_initial"),
        ("tendering", "0002_enquiries"),
        ("tendering", "0003_packages"),
        ("tendering", "0004_standard"),
        ("tendering", "0005_rating"),
        ("tendering", "0006_frozen_profile_and_false_statements"),
        ("tendering", "0007_evaluation"),
        ("tendering", "0008_fixed_price"),
        ("tendering", "0009_told_by_its_bid"),
        ("tendering", "0010_committee"),
        ("tendering", "0011_methods"),
        ("tendering", "0012_changes"),
        ("tendering", "0013_disputes"),
        ("tendering", "0014_report"),
        ("tendering", "0015_terms"),
        ("tendering", "0016_sheet_organiser"),
        ("tendering", "0017_sealed_bids"),
        ("tendering", "0018_halted"),
        ("tendering", "0019_consortium"),
        ("tendering", "0020_talks"),
        ("tendering", "0021_commission"),
        ("tendering", "0022_several_winners"),
        ("tendering", "0023_agency"),
        ("tendering", "0024_contents_and_rewriting"),
        ("tendering", "0025_termination"),
    ]

    initial = True

    dependencies = [
        ("kernel", "1001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("price_fen", models.BigIntegerField(null=True, verbose_name="报价")),
                ("plan", models.TextField(blank=True, verbose_name="实施方案")),
                ("fund_rules", models.TextField(blank=True, verbose_name="资金使用细则")),
                ("profile", models.TextField(blank=True, verbose_name="机构情况")),
                ("unread", models.BooleanField(default=False)),
                ("snapshot", models.JSONField(default=dict, verbose_name="机构档案快照")),
                ("truthful", models.BooleanField(default=False, verbose_name="承诺材料真实")),
                ("submitted_at", models.DateTimeField(verbose_name="投标时间")),
                ("liability", models.BooleanField(null=True, verbose_name="独立承担法律责任")),
                ("accounting", models.BooleanField(null=True, verbose_name="财务制度健全")),
                ("ability", models.BooleanField(null=True, verbose_name="专业能力相应")),
                ("reputation", models.BooleanField(null=True, verbose_name="社会信誉良好")),
                ("checks", models.JSONField(default=list, verbose_name="资质评价表")),
                ("evidence", models.TextField(blank=True, verbose_name="审查依据")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="审查时间")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unconfirmed", "不确认修正后的报价"),
                            ("price", "报价明显偏低，不能证明合理"),
                            ("written_together", "视为串通：投标文件由同一单位或者个人编制"),
                            ("handled_together", "视为串通：委托同一单位或者个人办理投标事宜"),
                            ("same_person", "视为串通：项目管理成员或者联系人员为同一人"),
                            ("alike", "视为串通：投标文件异常一致或者报价呈规律性差异"),
                            ("mixed", "视为串通：投标文件相互混装"),
                            ("same_account", "视为串通：投标保证金从同一单位或者个人的账户转出"),
                            ("above_ceiling", "报价超过招标文件规定的最高限价"),
                            ("unopened", "密封的投标文件未能开启"),
                        ],
                        max_length=20,
                        verbose_name="投标无效的情形",
                    ),
                ),
                ("ground_others", models.CharField(blank=True, max_length=300, verbose_name="涉及的其他投标人")),
                ("ground_reason", models.TextField(blank=True, verbose_name="认定的事实和理由")),
                ("dissent", models.TextField(blank=True, verbose_name="不同意见")),
                ("invalid_at", models.DateTimeField(null=True, verbose_name="认定无效的时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bids",
                        to="kernel.organisation",
                        verbose_name="投标人",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.post",
                        verbose_name="审查人",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "link",
                    models.CharField(
                        choices=[
                            ("documents", "采购文件"),
                            ("opening", "采购过程：开标"),
                            ("review", "采购过程：资格审查"),
                            ("evaluation", "采购过程：评标"),
                            ("result", "中标结果"),
                        ],
                        max_length=12,
                        verbose_name="质疑的环节",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="供应商地址和邮编")),
                ("matters", models.TextField(verbose_name="质疑事项")),
                ("request", models.TextField(blank=True, verbose_name="与质疑事项相关的请求")),
                ("grounds", models.TextField(blank=True, verbose_name="事实依据")),
                ("basis", models.TextField(blank=True, verbose_name="法律依据")),
                ("knew_on", models.DateField(null=True, verbose_name="知道或者应知权益受损之日")),
                ("posted_on", models.DateField(null=True, verbose_name="交邮日期")),
                ("starts_on", models.DateField(null=True, verbose_name="质疑期起算之日")),
                ("lodged_at", models.DateTimeField(null=True, verbose_name="收到质疑函的时间")),
                ("may_affect", models.BooleanField(null=True, verbose_name="是否可能影响中标结果")),
                ("effect_reason", models.TextField(blank=True, verbose_name="判断的理由")),
                ("halted", models.BooleanField(null=True, verbose_name="已通知中止履行合同")),
                (
                    "returned_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("late", "超过法定质疑期"),
                            ("not_entitled", "提出人没有参加所质疑的采购活动，也没有获取所质疑的采购文件"),
                            ("repeated", "采购文件要求一次性提出，同一环节已经提出过"),
                        ],
                        max_length=14,
                        verbose_name="退回的原因",
                    ),
                ),
                ("return_reason", models.TextField(blank=True, verbose_name="退回的理由")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unfounded", "质疑不成立"),
                            ("harmless", "质疑成立，未对结果构成影响"),
                            ("upheld", "质疑成立，影响或者可能影响结果"),
                        ],
                        max_length=10,
                        verbose_name="质疑答复结论",
                    ),
                ),
                (
                    "then",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("go_on", "继续开展采购活动"),
                            ("correct", "澄清或者修改采购文件后继续开展"),
                            ("restart", "修改采购文件后重新开展采购活动"),
                            ("next", "从合格的候选人中另行确定中标供应商"),
                            ("anew", "重新开展采购活动"),
                        ],
                        max_length=10,
                        verbose_name="处理",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="答复内容")),
                ("answer_facts", models.TextField(blank=True, verbose_name="答复的事实依据")),
                ("answer_basis", models.TextField(blank=True, verbose_name="答复的法律依据")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("reported_on", models.DateField(null=True, verbose_name="向财政部门报告结果改变的日期")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="供应商",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="答复单位",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("parts", models.JSONField(default=list, verbose_name="更正的部分")),
                ("text", models.TextField(verbose_name="更正内容")),
                ("affects", models.BooleanField(default=False, verbose_name="可能影响投标文件编制")),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("due_before", models.DateTimeField(verbose_name="原投标截止时间")),
                ("due_after", models.DateTimeField(verbose_name="现投标截止时间")),
                ("published_at", models.DateTimeField(verbose_name="发布时间")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("variant", models.CharField(blank=True, max_length=8)),
                ("history", models.TextField(blank=True, verbose_name="质疑和质疑答复情况")),
                ("matters", models.TextField(verbose_name="投诉事项")),
                ("beyond", models.TextField(blank=True, verbose_name="基于质疑答复内容提出的事项")),
                ("request", models.TextField(blank=True, verbose_name="投诉请求")),
                ("grounds", models.TextField(blank=True, verbose_name="事实依据")),
                ("basis", models.TextField(blank=True, verbose_name="法律依据")),
                ("posted_on", models.DateField(null=True, verbose_name="交邮日期")),
                ("filed_at", models.DateTimeField(null=True, verbose_name="收到投诉的时间")),
                ("accepted_on", models.DateField(null=True, verbose_name="受理审查日期")),
                ("waiting_for", models.TextField(blank=True, verbose_name="正在等待")),
                (
                    "refused_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unchallenged", "提起投诉前没有依法质疑"),
                            ("contents", "投诉书内容不符合规定，未按期补正或者补正后仍不符合"),
                            ("late", "不在投诉有效期限内"),
                            ("decided", "同一投诉事项已经财政部门处理"),
                        ],
                        max_length=14,
                        verbose_name="不予受理的原因",
                    ),
                ),
                ("refusal_reason", models.TextField(blank=True, verbose_name="不予受理或者移送的理由")),
                ("told_on", models.DateField(null=True, verbose_name="书面告知日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dismissed", "驳回投诉"),
                            ("harmless", "投诉成立，不影响采购结果"),
                            ("upheld", "投诉成立，影响或者可能影响采购结果"),
                        ],
                        max_length=10,
                        verbose_name="投诉处理结果",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inadmissible", "受理后发现不符合法定受理条件"),
                            ("baseless", "缺乏事实依据，投诉事项不成立"),
                            ("false", "捏造事实或者提供虚假材料"),
                            ("unlawful", "以非法手段取得证明材料"),
                        ],
                        max_length=12,
                        verbose_name="驳回的情形",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "未确定中标供应商"),
                            ("awarded", "已确定中标供应商，尚未签订合同"),
                            ("signed", "合同已经签订，尚未履行"),
                            ("performed", "合同已经履行"),
                        ],
                        max_length=10,
                        verbose_name="作出决定时所处阶段",
                    ),
                ),
                (
                    "then",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("go_on", "继续开展采购活动"),
                            ("anew", "责令重新开展采购活动"),
                            ("void_next", "认定中标结果无效，另行确定中标供应商"),
                            ("void_anew", "认定中标结果无效，责令重新开展采购活动"),
                            ("contract_next", "撤销合同，另行确定中标供应商"),
                            ("contract_anew", "撤销合同，责令重新开展采购活动"),
                            ("damages", "造成损失的，由责任人承担赔偿责任"),
                            ("failure_void", "认定废标行为无效"),
                        ],
                        max_length=14,
                        verbose_name="处理决定",
                    ),
                ),
                ("findings", models.TextField(blank=True, verbose_name="查明的事实和依据")),
                ("decision_basis", models.TextField(blank=True, verbose_name="处理决定的法律依据")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="投诉处理决定书文号")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="作出处理决定的时间")),
                ("public_text", models.TextField(blank=True, verbose_name="公告文本")),
                ("referral", models.TextField(blank=True, verbose_name="移送不良行为记录处理的情况")),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tendering.challenge",
                        verbose_name="质疑",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="供应商",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="答复单位",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ComplaintReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("text", models.TextField(blank=True, verbose_name="说明")),
                ("given_at", models.DateTimeField(null=True, verbose_name="说明时间")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.complaint"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Consortium",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("agreement", models.TextField(verbose_name="联合协议")),
                ("formed_at", models.DateTimeField(verbose_name="成立时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.organisation"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("marks", models.JSONField(default=list, verbose_name="低于哪些标准")),
                ("reason", models.TextField(verbose_name="要求说明的理由")),
                ("asked_at", models.DateTimeField(null=True, verbose_name="要求说明的时间")),
                ("due_at", models.DateTimeField(null=True, verbose_name="说明截止时间")),
                ("text", models.TextField(blank=True, verbose_name="投标人的说明")),
                ("given_at", models.DateTimeField(null=True, verbose_name="说明时间")),
                ("finding", models.TextField(blank=True, verbose_name="认定意见")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tendering.bid",
                        verbose_name="投标",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FalseStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("profile", "机构档案和机构情况"),
                            ("plan", "实施方案"),
                            ("fund_rules", "资金使用细则"),
                            ("other", "其他材料"),
                        ],
                        max_length=12,
                        verbose_name="所在材料",
                    ),
                ),
                ("what", models.TextField(verbose_name="不实之处")),
                ("evidence", models.TextField(verbose_name="依据")),
                ("recorded_on", models.DateField(null=True, verbose_name="记录日期")),
                ("told", models.TextField(blank=True, verbose_name="告知情况")),
                ("finding", models.TextField(blank=True, verbose_name="认定意见")),
                ("decided_on", models.DateField(null=True, verbose_name="认定日期")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tendering.bid",
                        verbose_name="投标",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FalseReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("text", models.TextField(blank=True, verbose_name="说明")),
                ("given_on", models.DateField(null=True, verbose_name="说明日期")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reply", to="tendering.falsestatement"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("turn", models.PositiveSmallIntegerField(default=0)),
                ("medium", models.CharField(max_length=120, verbose_name="招标公告刊登的媒体")),
                ("situation", models.TextField(verbose_name="评标情况及说明")),
                ("other", models.TextField(blank=True, verbose_name="其他需要说明的情况")),
                ("agent", models.CharField(blank=True, max_length=120, verbose_name="采购代理机构")),
                ("contents", models.JSONField(default=list)),
                ("refusals", models.TextField(blank=True, verbose_name="拒绝签字又不说明理由的情况")),
                ("drafted_at", models.DateTimeField(null=True, verbose_name="编写时间")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="定稿时间")),
                ("received_on", models.DateField(null=True, verbose_name="采购人收到日期")),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SealedUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32, unique=True)),
                ("receipt", models.TextField(blank=True)),
                ("wraps", models.JSONField(default=dict)),
                ("snapshot", models.CharField(blank=True, max_length=64)),
                ("begun_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.post"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealedBid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("identity", models.CharField(blank=True, max_length=80)),
                ("faults", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField(null=True, verbose_name="解密时间")),
                (
                    "opened_how",
                    models.CharField(
                        blank=True,
                        choices=[("keys", "开标钥匙"), ("copy", "投标人自存副本")],
                        max_length=4,
                        verbose_name="解密方式",
                    ),
                ),
                ("left_reason", models.TextField(blank=True, verbose_name="未能开启的原因")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="投标人确认时间")),
                ("doubt", models.TextField(blank=True, verbose_name="投标人的疑义")),
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sealed", to="tendering.bid"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.post"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accepted",
                        to="tendering.sealedupload",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "opened"), _negated=True),
                            models.Q(("opened_at__isnull", False), models.Q(("opened_how", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="opened_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "unopened"), _negated=True),
                            models.Q(("left_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="unopened_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "organised",
                    models.CharField(
                        choices=[("direct", "政府部门直接组织"), ("third", "委托第三方组织")],
                        max_length=10,
                        verbose_name="组织方式",
                    ),
                ),
                ("third_party", models.CharField(blank=True, max_length=120, verbose_name="受委托的第三方组织")),
                ("members", models.JSONField(default=list, verbose_name="专家组成员")),
                ("standard", models.TextField(verbose_name="服务质量标准")),
                ("written_on", models.DateField(verbose_name="制定日期")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("organisation", models.CharField(max_length=120, verbose_name="所在单位")),
                ("speciality", models.CharField(max_length=120, verbose_name="专业领域")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="tendering.standardgroup"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("what", models.TextField(verbose_name="需要补正的事项")),
                ("until", models.DateField(verbose_name="补正期限")),
                ("text", models.TextField(blank=True, verbose_name="补正内容")),
                ("given_at", models.DateTimeField(null=True, verbose_name="补正时间")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.complaint"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("held_on", models.DateField(null=True, verbose_name="日期")),
                ("content", models.TextField(verbose_name="谈判（磋商）情况")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="tendering.bid",
                        verbose_name="供应商",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("bid", "number"), name="one_talk_a_round")],
            },
        ),
        migrations.CreateModel(
            name="Tender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "公开招标"),
                            ("invited", "邀请招标"),
                            ("negotiation", "竞争性谈判"),
                            ("consultation", "竞争性磋商"),
                            ("single_source", "单一来源"),
                            ("voucher", "凭单制（框架协议）"),
                            ("entrustment", "定向委托"),
                            ("venture", "公益创投"),
                        ],
                        max_length=20,
                        verbose_name="采购方式",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="招标项目名称")),
                ("ceiling_fen", models.BigIntegerField(verbose_name="最高限价")),
                ("requirement", models.TextField(verbose_name="服务需求")),
                ("quality_standard", models.TextField(verbose_name="服务质量标准")),
                ("application_form", models.TextField(blank=True, verbose_name="项目申请书格式")),
                ("background", models.TextField(blank=True, verbose_name="项目背景")),
                ("resources", models.TextField(blank=True, verbose_name="资源配置")),
                ("renewal_announced", models.BooleanField(default=False, verbose_name="文件载明可续签")),
                ("factors", models.JSONField(default=list, verbose_name="评审因素")),
                ("fixed_price", models.BooleanField(default=False, verbose_name="采用固定价格")),
                (
                    "review_method",
                    models.CharField(
                        choices=[("comprehensive", "综合评分法"), ("lowest", "最低评标价法")],
                        default="comprehensive",
                        max_length=15,
                        verbose_name="评审方法",
                    ),
                ),
                ("conditions", models.JSONField(default=list, verbose_name="资格条件")),
                ("musts", models.JSONField(default=list, verbose_name="实质性要求")),
                ("contents", models.JSONField(default=list, verbose_name="文件的其他内容")),
                ("contract_draft", models.TextField(blank=True, verbose_name="合同草案")),
                ("changeable", models.TextField(blank=True, verbose_name="可能变动的内容")),
                (
                    "joint",
                    models.CharField(
                        choices=[("silent", "未载明"), ("accepted", "接受联合体投标"), ("refused", "不接受联合体投标")],
                        default="silent",
                        max_length=10,
                        verbose_name="联合体投标",
                    ),
                ),
                ("floor_fen", models.BigIntegerField(null=True, verbose_name="最低限价")),
                ("low_marks", models.JSONField(default=dict, verbose_name="异常低价审查标准")),
                ("drafted_at", models.DateTimeField(null=True)),
                ("briefing_on", models.DateField(null=True, verbose_name="信息沟通会日期")),
                ("briefing_venue", models.CharField(blank=True, max_length=120, verbose_name="沟通会地点")),
                ("briefing_minutes", models.TextField(blank=True, verbose_name="沟通会纪要")),
                ("announced_at", models.DateTimeField(null=True, verbose_name="发标时间")),
                ("bids_due_at", models.DateTimeField(null=True, verbose_name="投标截止时间")),
                ("opening_place", models.CharField(blank=True, max_length=120, verbose_name="开标地点")),
                ("lock", models.TextField(blank=True)),
                ("own_copy", models.BooleanField(default=False, verbose_name="文件载明可用自存副本")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="开标时间")),
                ("scored_at", models.DateTimeField(null=True, verbose_name="评标时间")),
                ("tied", models.BooleanField(default=False, verbose_name="首位并列")),
                (
                    "tie_settled",
                    models.CharField(
                        blank=True,
                        choices=[("documents", "按招标文件规定的方式"), ("lot", "随机抽取")],
                        max_length=10,
                        verbose_name="并列定序的方式",
                    ),
                ),
                ("tie_basis", models.TextField(blank=True, verbose_name="并列定序的依据和经过")),
                ("awarded_at", models.DateTimeField(null=True, verbose_name="定标时间")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="终止时间")),
                (
                    "challenge_contact",
                    models.TextField(blank=True, verbose_name="接收质疑函的方式、联系部门、电话和地址"),
                ),
                ("challenge_once", models.BooleanField(default=False, verbose_name="同一环节的质疑须一次性提出")),
                ("relief_channel", models.TextField(blank=True, verbose_name="权益受到损害的救济渠道")),
                ("relief_body", models.CharField(blank=True, max_length=120, verbose_name="受理供应商诉求的责任机构")),
                ("offers_due_at", models.DateTimeField(null=True, verbose_name="最后报价截止时间")),
                (
                    "group_representatives",
                    models.PositiveSmallIntegerField(default=0, verbose_name="小组中采购人代表人数"),
                ),
                ("invited", models.JSONField(default=list)),
                ("record", models.TextField(blank=True, verbose_name="协商情况记录")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "winner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tendering.bid",
                        verbose_name="中标",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("opened_at", None)), fields=["bids_due_at"], name="tender_open_calls"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "failed"), _negated=True),
                        fields=("purchase",),
                        name="one_living_tender",
                    ),
                    models.CheckConstraint(condition=models.Q(("ceiling_fen__gt", 0)), name="tender_ceiling_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "awarded"), _negated=True),
                            models.Q(("awarded_at__isnull", False), ("winner__isnull", False)),
                            _connector="OR",
                        ),
                        name="tender_awarded_to_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("confidential", models.BooleanField(default=False, verbose_name="承诺保密")),
                ("discipline", models.BooleanField(default=False, verbose_name="已知悉评标纪律")),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "没有下列任何一种关系"),
                            ("labour", "前三年内与其中一家存在劳动关系"),
                            ("board", "前三年内担任其中一家的董事、监事"),
                            ("control", "前三年内是其中一家的控股股东或者实际控制人"),
                            (
                                "family",
                                "与其中一家的法定代表人或者负责人有夫妻、直系血亲、三代以内旁系血亲或者近姻亲关系",
                            ),
                            ("other", "有其他可能影响公平、公正的关系"),
                        ],
                        max_length=20,
                        verbose_name="与投标人的关系",
                    ),
                ),
                ("at", models.DateTimeField(null=True, verbose_name="签到时间")),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.post"),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sign_ins", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tender", "post"), name="signed_in_once")],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "stand",
                    models.CharField(
                        blank=True,
                        choices=[("agree", "同意评标报告"), ("dissent", "有不同意见")],
                        max_length=10,
                        verbose_name="意见",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="不同意见及理由")),
                ("at", models.DateTimeField(null=True, verbose_name="签署时间")),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.post"),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="tendering.report"
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("report", "post"), name="signed_once")],
            },
        ),
        migrations.AddField(
            model_name="sealedupload",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to="tendering.tender"
            ),
        ),
        migrations.CreateModel(
            name="ScoreSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("scores", models.JSONField(default=dict, verbose_name="评分")),
                ("independent", models.BooleanField(default=False, verbose_name="声明与投标人无利害关系")),
                ("submitted_at", models.DateTimeField()),
                ("recalled_for", models.TextField(blank=True)),
                ("earlier", models.JSONField(default=list)),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="kernel.post"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "void"), _negated=True),
                        fields=("tender", "post"),
                        name="one_sheet_per_expert",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
            ),
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("total", "分值汇总计算错误"),
                            ("range", "分项评分超出评分标准范围"),
                            ("objective", "评标委员会成员对客观评审因素评分不一致"),
                            ("extreme", "经评标委员会认定评分畸高、畸低"),
                        ],
                        max_length=20,
                        verbose_name="复核的情形",
                    ),
                ),
                ("found", models.TextField(verbose_name="发现的问题")),
                ("signed_before", models.BooleanField(default=False, verbose_name="评标报告签署以后")),
                ("before", models.JSONField(default=list)),
                ("after", models.JSONField(default=list)),
                ("changed", models.BooleanField(null=True, verbose_name="是否改变评标结果")),
                ("ordered_at", models.DateTimeField(null=True, verbose_name="复核时间")),
                ("concluded_at", models.DateTimeField(null=True, verbose_name="复核完成时间")),
                ("reported_on", models.DateField(null=True, verbose_name="报告日期")),
                ("report_number", models.CharField(blank=True, max_length=60, verbose_name="报告文号")),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ranking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numerator", models.CharField(max_length=40)),
                ("denominator", models.CharField(max_length=40)),
                ("rank", models.PositiveSmallIntegerField(verbose_name="名次")),
                ("fallen_at", models.DateTimeField(null=True, verbose_name="中标结果被取消的时间")),
                ("chosen", models.BooleanField(default=False, verbose_name="入选")),
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ranking", to="tendering.bid"
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rankings", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "bid_id"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("text", models.TextField(verbose_name="询问内容")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                ("answer", models.TextField(blank=True, verbose_name="答复内容")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="供应商",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="答复单位",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PanelSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("expert", "评审专家"),
                            ("representative", "采购人代表"),
                            ("member", "按类别确定的成员"),
                        ],
                        default="expert",
                        max_length=20,
                        verbose_name="身份",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("hand", "直接确定"),
                            ("official", "专家库抽取"),
                            ("own", "系统随机抽取"),
                            ("selected", "经同意自行选定"),
                            ("groups", "按类别确定"),
                        ],
                        default="hand",
                        max_length=20,
                        verbose_name="产生方式",
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=40, verbose_name="类别")),
                ("leads", models.BooleanField(default=False, verbose_name="评标组长")),
                ("seated_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="kernel.post"
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tender", "post"), name="one_seat_per_expert")],
            },
        ),
        migrations.CreateModel(
            name="PanelFee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("amount_fen", models.BigIntegerField(verbose_name="劳务报酬")),
                ("travel_fen", models.BigIntegerField(default=0, verbose_name="异地评审差旅费")),
                ("paid_on", models.DateField(null=True, verbose_name="支付日期")),
                ("voucher", models.CharField(blank=True, max_length=60, verbose_name="支付凭证号")),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.post"),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "post"), name="fee_paid_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_fen__gt", 0), ("travel_fen__gte", 0)), name="fee_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("taken_at", models.DateTimeField(verbose_name="领取时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.organisation"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tender", "organisation"), name="taken_once")],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("begun_at", models.DateTimeField(verbose_name="开标时间")),
                ("read_at", models.DateTimeField(null=True, verbose_name="唱标时间")),
                ("record", models.JSONField(default=list)),
                ("notes", models.TextField(blank=True, verbose_name="唱标情况")),
                ("handled", models.TextField(blank=True, verbose_name="疑义的处理")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opening", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeyHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("capacity", models.CharField(max_length=40)),
                ("recipient", models.CharField(max_length=80, verbose_name="公钥")),
                ("taken_at", models.DateTimeField(verbose_name="登记时间")),
                ("lost_at", models.DateTimeField(null=True, verbose_name="报失时间")),
                ("lost_reason", models.TextField(blank=True, verbose_name="报失原因")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="保管单位",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.post",
                        verbose_name="保管人",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keyholders", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "held")),
                        fields=("tender", "organisation"),
                        name="one_key_per_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "held")),
                        fields=("tender", "capacity"),
                        name="one_key_per_capacity",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "held")),
                        fields=("tender", "recipient"),
                        name="one_key_per_recipient",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("question", models.TextField(verbose_name="询问内容")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.organisation"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsortiumMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("work", models.TextField(verbose_name="承担的工作和义务")),
                ("share_bp", models.PositiveIntegerField(verbose_name="工作份额")),
                ("work_class", models.CharField(blank=True, max_length=60, verbose_name="同类工作的类别")),
                ("grade", models.PositiveSmallIntegerField(null=True, verbose_name="资质等级")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "consortium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="tendering.consortium"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.organisation"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("consortium", "organisation"), name="member_once")],
            },
        ),
        migrations.AddField(
            model_name="consortium",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
            ),
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("size", models.PositiveSmallIntegerField(default=0, verbose_name="成员人数")),
                ("experts", models.PositiveSmallIntegerField(default=0, verbose_name="其中评审专家人数")),
                (
                    "larger",
                    models.CharField(
                        blank=True,
                        choices=[("complex", "技术复杂"), ("impact", "社会影响较大")],
                        max_length=20,
                        verbose_name="须增加人数的情形",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "从政府采购评审专家库随机抽取"),
                            ("own", "由本系统随机抽取（限政府采购以外的项目）"),
                            ("selected", "经主管预算单位同意自行选定"),
                            ("groups", "按规定的类别确定成员"),
                        ],
                        max_length=20,
                        verbose_name="专家产生方式",
                    ),
                ),
                ("basis", models.TextField(blank=True, verbose_name="自行选定的理由和同意文件")),
                ("formed_at", models.DateTimeField(null=True)),
                ("record_number", models.CharField(blank=True, max_length=80, verbose_name="抽取记录编号")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="抽取时间")),
                ("reserves", models.JSONField(default=list)),
                ("seed_sha256", models.CharField(blank=True, max_length=64, verbose_name="种子的SHA-256")),
                ("seed_value", models.CharField(blank=True, max_length=64)),
                ("pool", models.JSONField(default=list)),
                ("pool_sha256", models.CharField(blank=True, max_length=64, verbose_name="专家名单的SHA-256")),
                ("witness", models.CharField(blank=True, max_length=40)),
                ("drawn", models.JSONField(default=list)),
                ("opened_seed", models.CharField(blank=True, max_length=64, verbose_name="公开的种子")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lacking", "成员缺席、回避或者健康等原因，无法及时补足"),
                            ("composition", "评标委员会组成不符合规定"),
                            ("conduct", "成员有禁止行为，评审意见无效"),
                            ("meddled", "独立评标受到非法干预"),
                            ("unlawful", "评审专家有条例第七十五条规定的违法行为"),
                        ],
                        max_length=20,
                        verbose_name="解散的情形",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="committees", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "dissolved"), _negated=True),
                        fields=("tender",),
                        name="one_living_committee",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clarification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("question", models.TextField(blank=True, verbose_name="问")),
                ("answer", models.TextField(blank=True, verbose_name="答")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "enquiry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clarification",
                        to="tendering.enquiry",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clarifications",
                        to="tendering.tender",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChangeReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("confirmed_at", models.DateTimeField(verbose_name="确认时间")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="tendering.change",
                        verbose_name="更正公告",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.organisation"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("change", "organisation"), name="change_noted_once")],
            },
        ),
        migrations.AddField(
            model_name="change",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="tendering.tender"
            ),
        ),
        migrations.AddField(
            model_name="challenge",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
            ),
        ),
        migrations.AddField(
            model_name="bid",
            name="tender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="bids", to="tendering.tender"
            ),
        ),
        migrations.CreateModel(
            name="AwardNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.CharField(max_length=60, verbose_name="通知书编号")),
                ("sent_on", models.DateField(null=True, verbose_name="发出日期")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "winner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="中标人",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("tender", "winner"), name="award_noticed_once")],
            },
        ),
        migrations.CreateModel(
            name="Termination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("collected", models.BooleanField(default=False, verbose_name="已收取文件费用或者投标保证金")),
                ("cause", models.TextField(verbose_name="采购任务取消的原因")),
                ("medium", models.CharField(blank=True, max_length=120, verbose_name="原公告发布媒体")),
                ("text", models.TextField(blank=True, verbose_name="终止公告内容")),
                ("announced_at", models.DateTimeField(null=True, verbose_name="公告时间")),
                ("situation", models.TextField(blank=True, verbose_name="项目实施情况")),
                ("report_number", models.CharField(blank=True, max_length=60, verbose_name="报告文号")),
                ("reported_on", models.DateField(null=True, verbose_name="报告日期")),
                ("repaid", models.JSONField(default=list)),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="termination", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("design", "为本项目提供整体设计、规范编制"),
                            ("manage", "为本项目提供项目管理"),
                            ("monitor", "为本项目提供监理、检测或者监管"),
                            ("evaluate", "受托评估本项目"),
                            ("organise", "受托组织本项目的采购"),
                            ("founder", "由采购单位举办或者主管"),
                            ("control", "与另一单位负责人为同一人，或者存在直接控股、管理关系"),
                        ],
                        max_length=10,
                        verbose_name="关系",
                    ),
                ),
                ("basis", models.TextField(verbose_name="依据")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="另一单位",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Variation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.TextField(verbose_name="变动内容")),
                ("told_at", models.DateTimeField(null=True, verbose_name="通知时间")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="variations", to="tendering.tender"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("reason", models.TextField(blank=True, verbose_name="撤回的理由")),
                ("applied_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.complaint"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.CharField(max_length=60, verbose_name="协议编号")),
                ("powers", models.JSONField(default=list, verbose_name="委托的权限")),
                ("scope", models.TextField(verbose_name="代理采购的范围")),
                ("begins_on", models.DateField(null=True, verbose_name="委托起始日")),
                ("ends_on", models.DateField(null=True, verbose_name="委托截止日")),
                (
                    "fee_payer",
                    models.CharField(
                        choices=[("purchaser", "采购人支付"), ("winner", "中标、成交供应商支付"), ("none", "不收费")],
                        max_length=10,
                        verbose_name="代理费用由谁支付",
                    ),
                ),
                ("fee_terms", models.TextField(blank=True, verbose_name="代理费用的收取标准和方式")),
                ("proposed_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="接受时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("reason", models.TextField(blank=True, verbose_name="不接受或者结束的理由")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="代理机构",
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="采购人",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "agreed"])),
                        fields=("purchase",),
                        name="one_living_agency",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BidPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="tendering.bid"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("bid", "part"), name="bid_paper_once")],
            },
        ),
        migrations.CreateModel(
            name="Commission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "task",
                    models.CharField(
                        choices=[("tender", "组织招投标"), ("evaluation", "监管评估")],
                        max_length=12,
                        verbose_name="委托事项",
                    ),
                ),
                ("body", models.CharField(max_length=120, verbose_name="受托机构")),
                ("number", models.CharField(max_length=60, verbose_name="协议编号")),
                ("signed_on", models.DateField(null=True, verbose_name="签订日期")),
                ("scope", models.TextField(verbose_name="委托的范围")),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.organisation"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("purchase", "number"), name="commission_agreement_of_its_own")
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("before_fen", models.BigIntegerField(verbose_name="修正前报价")),
                ("after_fen", models.BigIntegerField(verbose_name="修正后报价")),
                ("steps", models.JSONField(default=list, verbose_name="所用的修正规则")),
                ("reason", models.TextField(verbose_name="修正说明")),
                ("asked_on", models.DateField(null=True, verbose_name="要求确认日期")),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tendering.bid",
                        verbose_name="投标",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("after_fen__gt", 0)), name="corrected_price_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="FinalOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("price_fen", models.BigIntegerField(verbose_name="最后报价")),
                ("terms", models.TextField(blank=True, verbose_name="随报价承诺的内容")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="提交时间")),
                (
                    "bid",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="finaloffer",
                        to="tendering.bid",
                        verbose_name="供应商",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("price_fen__gt", 0)), name="final_offer_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="Method",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("open", "公开招标"),
                            ("invited", "邀请招标"),
                            ("negotiation", "竞争性谈判"),
                            ("consultation", "竞争性磋商"),
                            ("single_source", "单一来源"),
                            ("voucher", "凭单制（框架协议）"),
                            ("entrustment", "定向委托"),
                            ("venture", "公益创投"),
                        ],
                        max_length=20,
                        verbose_name="采购方式",
                    ),
                ),
                ("course", models.CharField(blank=True, editable=False, max_length=12)),
                ("ground", models.CharField(blank=True, max_length=30)),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("category", models.CharField(max_length=80, verbose_name="品目或者类别")),
                ("year", models.PositiveSmallIntegerField(verbose_name="预算年度")),
                ("year_fen", models.BigIntegerField(verbose_name="本年度预算")),
                ("listed", models.BooleanField(default=False, verbose_name="列入集中采购目录")),
                ("limit_fen", models.BigIntegerField(null=True, verbose_name="采购限额标准")),
                ("open_limit_fen", models.BigIntegerField(null=True, verbose_name="公开招标数额标准")),
                ("limit_source", models.CharField(blank=True, max_length=120, verbose_name="数额标准的文号")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("procurement", "属于政府采购"),
                            ("outside", "不属于政府采购"),
                            ("unknown", "限额标准未知，无法判断"),
                        ],
                        max_length=12,
                        verbose_name="是否属于政府采购",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        choices=[
                            ("above", "达到公开招标数额标准"),
                            ("below", "未达到公开招标数额标准"),
                            ("unknown", "数额标准未知，无法判断"),
                        ],
                        max_length=8,
                        verbose_name="与公开招标数额标准相比",
                    ),
                ),
                ("others_fen", models.BigIntegerField(default=0, verbose_name="同年同类其他非公开招标的采购合计")),
                ("adjusted", models.BooleanField(default=False, verbose_name="属预算调整")),
                ("exception", models.BooleanField(default=False, verbose_name="作为例外标记")),
                ("consent", models.CharField(blank=True, max_length=120, verbose_name="主管预算单位同意的文号")),
                ("chosen_at", models.DateTimeField(null=True, verbose_name="拟定时间")),
                ("published_on", models.DateField(null=True, verbose_name="公示开始日期")),
                ("public_until", models.DateField(null=True, verbose_name="公示截止日期")),
                ("media", models.CharField(blank=True, max_length=200, verbose_name="公示媒体")),
                ("opinions", models.JSONField(default=list, verbose_name="专业人员论证意见")),
                ("objections", models.JSONField(default=list, verbose_name="公示期间的异议")),
                ("approval_number", models.CharField(blank=True, max_length=60, verbose_name="批准文号")),
                ("approved_on", models.DateField(null=True, verbose_name="批准日期")),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
                (
                    "purchaser",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="采购人",
                    ),
                ),
                (
                    "supplier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organisation",
                        verbose_name="拟定的承接单位",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["purchaser", "year"], name="method_of_the_year")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("year_fen__gt", 0)), name="method_amount_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="", editable=False, max_length=20, verbose_name="状态")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("reason", models.TextField(verbose_name="暂停的理由")),
                ("starts_on", models.DateField(verbose_name="暂停起")),
                ("ends_on", models.DateField(verbose_name="暂停止")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="通知文号")),
                ("lifted_on", models.DateField(null=True, verbose_name="恢复日期")),
                ("lift_reason", models.TextField(blank=True, verbose_name="恢复的理由")),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.complaint"
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.purchase",
                        verbose_name="采购",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="pause_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="签到时间")),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="present", to="tendering.opening"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.organisation"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.post"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("opening", "organisation"), name="present_once")],
            },
        ),
        migrations.CreateModel(
            name="Layer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wrap", models.CharField(max_length=200)),
                ("taken", models.PositiveSmallIntegerField()),
                ("inner", models.TextField(blank=True)),
                ("failed", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tendering.keyholder"
                    ),
                ),
                (
                    "sealed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="layers", to="tendering.sealedbid"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sealed", "wrap", "taken"), name="layer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failed", True), ("inner", "")),
                            models.Q(("failed", False), models.Q(("inner", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="layer_off_or_failed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("part", "密文"), ("copy", "自存副本")], max_length=4)),
                ("name", models.CharField(max_length=40)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("whole", models.BooleanField(default=False)),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="tendering.sealedupload"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("upload", "kind", "name"), name="sealed_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("received__lte", models.F("size"))), name="sealed_file_no_more"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="consortium",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "formed")), fields=("tender", "organisation"), name="one_living_consortium"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(fields=("challenge",), name="one_complaint_a_challenge"),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("tender", "organisation"),
                name="one_live_bid",
            ),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.CheckConstraint(condition=models.Q(("price_fen__gt", 0)), name="bid_price_positive"),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("fund_rules", ""), ("plan", ""), ("price_fen", None), ("profile", ""), ("unread", True)),
                    models.Q(("price_fen__isnull", False), ("unread", False)),
                    _connector="OR",
                ),
                name="bid_unread_or_readable",
            ),
        ),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unread", False),
                    models.Q(("state__in", ["qualified", "disqualified", "invalid"]), _negated=True),
                    _connector="OR",
                ),
                name="bid_reviewed_once_read",
            ),
        ),
    ]
