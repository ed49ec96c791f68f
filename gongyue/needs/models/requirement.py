"""采购需求: what exactly is bought, how it is to be bought, who was asked about it, and who reviewed it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject

from .questionnaire import NeedsSurvey
from .standard import ServiceStandard

WORDING = (
    "goal", "quantity", "term", "clients", "content", "quality", "team", "service_time", "location", "handover",
    "unforeseen", "other",
)  # fmt: skip


class Requirement(PurchaseSubject):
    """采购需求: written by one person, reviewed by another, before a method is chosen; one a purchase, in editions.

    `edition` counts how often it was written; what a review found of one edition goes when the next is written.
    """

    kind = "requirement"
    called = _("采购需求")
    section = "planning"
    related: ClassVar[tuple[str, ...]] = ("standard", "standard__body")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("待审查")
        REVIEWED = "reviewed", _("已审查")
        RETURNED = "returned", _("须修改")

    class Nature(models.TextChoices):
        """Decides by which of the two standards the service is checked."""

        CONTINUING = "continuing", _("延续性、周期性的服务（考核评价）")
        ONE_OFF = "one_off", _("一次性交付的服务（履约验收）")

    class Standard(models.TextChoices):
        NATIONAL = "national", _("国家标准")
        TRADE = "trade", _("行业标准")
        LOCAL = "local", _("地方标准")
        OTHER = "other", _("其他标准、规范")

    class Review(models.TextChoices):
        INTERNAL = "internal", _("内部审核")
        GENERAL = "general", _("一般性审查")
        KEY = "key", _("重点审查")

    class Office(models.TextChoices):
        """内部机构: who sits in the review."""

        PROCUREMENT = "procurement", _("采购")
        FINANCE = "finance", _("财务")
        BUSINESS = "business", _("业务")
        SUPERVISION = "supervision", _("监督")
        OUTSIDE = "outside", _("外部专家或者第三方机构")

    class General(models.TextChoices):
        """What a general review looks at."""

        BUDGET = "budget", _("需求符合预算、资产、财务等管理制度")
        REASONS = "reasons", _("采购方式、评审规则、合同类型、定价方式说明了适用理由")
        APPROVALS = "approvals", _("须报批准、核准的事项作了安排")
        PLAN = "plan", _("采购实施计划完整")

    class Key(models.TextChoices):
        """What a key review looks at beyond that."""

        FAIR = "fair", _("非歧视性")
        OPEN = "open", _("竞争性")
        POLICY = "policy", _("采购政策")
        RISK = "risk", _("履约风险")
        OTHER = "other", _("其他应当审查的内容")

    edition = models.PositiveSmallIntegerField(_("稿次"), default=0)
    central = models.BooleanField(_("列入集中采购目录"), default=False)
    standard = models.ForeignKey(
        ServiceStandard, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("所引需求标准")
    )
    goal = models.TextField(_("功能或者目标"), blank=True)
    policies = models.TextField(_("落实采购政策的要求"), blank=True)
    standards = models.JSONField(_("执行的标准、规范"), default=list)  # rows of the form
    no_standard = models.CharField(_("没有适用标准的说明"), max_length=300, blank=True)
    quantity = models.TextField(_("数量或者范围"), blank=True)
    term = models.CharField(_("服务期限"), max_length=200, blank=True)
    clients = models.TextField(_("服务对象"), blank=True)
    content = models.TextField(_("服务内容"), blank=True)
    quality = models.TextField(_("服务质量要求"), blank=True)
    team = models.TextField(_("团队的专业化要求"), blank=True)
    indicators = models.JSONField(_("核心需求指标"), default=list)  # rows of the form
    nature = models.CharField(_("服务性质"), max_length=12, choices=Nature, blank=True)
    assessment = models.JSONField(_("考核评价标准"), default=list)  # rows of the form
    acceptance = models.JSONField(_("履约验收标准"), default=list)  # rows of the form
    service_time = models.CharField(_("履约时间"), max_length=300, blank=True)
    location = models.CharField(_("履约地点"), max_length=300, blank=True)
    handover = models.TextField(_("服务衔接期安排"), blank=True)
    unforeseen = models.TextField(_("不可预见事项的处理"), blank=True)
    settlement = models.TextField(_("资金结算方式"), blank=True)
    other = models.TextField(_("其他服务要求"), blank=True)
    uncertain = models.JSONField(_("不确定因素"), default=list)  # rows of the form
    payment_link = models.TextField(_("考核或者验收结果与付款的衔接"), blank=True)
    indefinite = models.BooleanField(_("不能事先确定具体要求"), default=False)
    indefinite_reason = models.TextField(_("不能事先确定的理由"), blank=True)
    intricate = models.BooleanField(_("技术复杂、专业性较强"), default=False)
    researched_before = models.CharField(_("前期工作已包含的需求调查"), max_length=300, blank=True)
    urgent_reason = models.CharField(_("不可预见的紧急情况"), max_length=300, blank=True)
    drafted_on = models.DateField(_("编制日期"), null=True)
    review_kind = models.CharField(_("审查方式"), max_length=10, choices=Review, blank=True)
    reviewed_on = models.DateField(_("审查日期"), null=True)
    members = models.JSONField(_("审查成员和意见"), default=list)  # rows of the form
    general = models.JSONField(_("一般性审查"), default=list)  # rows of the form
    key_checks = models.JSONField(_("重点审查"), default=list)  # rows of the form
    opinion = models.TextField(_("审查结论"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_requirement_per_purchase")]

    def __str__(self) -> str:
        return str(_("采购需求（第 %(n)s 稿）") % {"n": self.edition}) if self.edition else str(self.called)

    @property
    def wording(self) -> str:
        """What documents say of the service, part by part, in the words that were reviewed."""
        named = (type(self)._meta.get_field(name) for name in WORDING)
        parts = [(str(field.verbose_name), getattr(self, field.name)) for field in named]  # type: ignore[union-attr]
        return "\n".join(f"{label}：{text}" for label, text in parts if text)


class BuyingPlan(PurchaseSubject):
    """采购实施计划: how the contract is to come about and to be managed; reviewed together with the requirement."""

    kind = "buyingplan"
    called = _("采购实施计划")
    section = "planning"
    staged = False

    class State(models.TextChoices):
        DRAFTED = "drafted", _("已编制")

    class Organisation(models.TextChoices):
        CENTRAL = "central", _("委托集中采购机构")
        AGENT = "agent", _("委托采购代理机构")
        OWN = "own", _("自行采购")

    class Pricing(models.TextChoices):
        TOTAL = "total", _("固定总价")
        UNIT = "unit", _("固定单价")
        COST = "cost", _("成本补偿")
        MERIT = "merit", _("绩效激励")
        MIXED = "mixed", _("组合定价")

    ceiling_fen = models.BigIntegerField(_("最高限价"), null=True)
    schedule = models.TextField(_("采购活动时间安排"), blank=True)
    organised = models.CharField(_("采购组织形式"), max_length=10, choices=Organisation, blank=True)
    lots = models.TextField(_("采购包划分与合同分包"), blank=True)
    qualification = models.TextField(_("供应商资格条件"), blank=True)
    way = models.TextField(_("采购方式、竞争范围及理由"), blank=True)
    rules = models.TextField(_("评审规则及理由"), blank=True)
    contract_kind = models.CharField(_("合同类型及理由"), max_length=300, blank=True)
    pricing = models.CharField(_("定价方式"), max_length=10, choices=Pricing, blank=True)
    pricing_reason = models.CharField(_("定价方式的理由"), max_length=300, blank=True)
    terms = models.TextField(_("合同主要条款"), blank=True)
    check_plan = models.TextField(_("履约验收方案"), blank=True)
    controls = models.TextField(_("风险管控措施"), blank=True)
    risks = models.JSONField(_("风险研判"), default=list)  # rows of the form
    drafted_on = models.DateField(_("编制日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_buying_plan_per_purchase")]

    def __str__(self) -> str:
        return str(self.called)


class MarketResearch(PurchaseSubject):
    """需求调查: whom the purchaser asked before the requirement was settled, and what it learnt of the market."""

    kind = "research"
    called = _("需求调查")
    section = "planning"
    staged = False

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Way(models.TextChoices):
        CONSULT = "consult", _("咨询")
        ARGUE = "argue", _("论证")
        QUESTIONNAIRE = "questionnaire", _("问卷调查")

    class Asked(models.TextChoices):
        SUPPLIER = "supplier", _("供应商")
        EXPERT = "expert", _("专家")
        TRADE_BODY = "trade_body", _("行业组织")
        OTHER = "other", _("其他")

    way = models.CharField(_("调查方式"), max_length=14, choices=Way)
    researched_on = models.DateField(_("调查日期"), null=True)
    asked = models.JSONField(_("征求意见的对象"), default=list)  # rows of the form
    industry = models.TextField(_("产业发展与市场供给"), blank=True)
    prices = models.TextField(_("同类项目历史成交信息"), blank=True)
    follow_up = models.TextField(_("可能涉及的后续采购"), blank=True)
    findings = models.TextField(_("调查结论"), blank=True)

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.researched_on}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more at any time."""
        return [] if dossier is None else [cls(purchase=dossier.purchase)]


class Outreach(PurchaseSubject):
    """向社会征求意见: the requirement put to the public over one channel, what came back and what became of it."""

    kind = "outreach"
    called = _("向社会征求意见")
    section = "planning"
    staged = False
    related: ClassVar[tuple[str, ...]] = ("survey",)

    class State(models.TextChoices):
        OPENED = "opened", _("征求中")
        CLOSED = "closed", _("已截止")

    class Channel(models.TextChoices):
        SITE = "site", _("政府采购网")
        MEDIA = "media", _("主管部门官方媒体")
        QUESTIONNAIRE = "questionnaire", _("调查问卷")

    class Handling(models.TextChoices):
        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        DECLINED = "declined", _("不采纳")

    channel = models.CharField(_("征求意见的渠道"), max_length=14, choices=Channel)
    text = models.TextField(_("公布的需求"))
    edition = models.PositiveSmallIntegerField(_("征求意见的稿次"), null=True)  # None: not kept; 0: none yet
    address = models.CharField(_("公布的地址"), max_length=300, blank=True)
    survey = models.ForeignKey(
        NeedsSurvey, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("需求问卷")
    )
    opened_on = models.DateField(_("公布日期"), null=True)
    closes_on = models.DateField(_("征求意见截止日"), null=True)
    closed_on = models.DateField(_("截止日期"), null=True)
    answers = models.PositiveIntegerField(_("问卷答卷数"), null=True)
    replies = models.JSONField(_("反馈意见及处理"), default=list)  # rows of the form
    summary = models.TextField(_("意见采纳情况"), blank=True)

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.opened_on}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more, as long as none is out."""
        if dossier is None or any(row.state == cls.State.OPENED for row in dossier.all(cls)):
            return []
        return [cls(purchase=dossier.purchase)]
