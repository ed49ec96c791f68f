"""The needs assessment of a purchase, what residents answered, the services it found wanting, and questionnaires."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Batch, Post, Purchase, PurchaseSubject


class NeedsAssessment(PurchaseSubject):
    """需求评估: who asked how many residents, by what method, and what they need; one a purchase."""

    kind = "needs"
    called = _("需求评估")
    related: ClassVar[tuple[str, ...]] = ()

    class State(models.TextChoices):
        STARTED = "started", _("评估中")
        CONCLUDED = "concluded", _("已完成评估")

    class Method(models.TextChoices):
        SURVEY = "survey", _("问卷调查")
        INTERVIEW = "interview", _("访谈调研")
        COMMISSIONED = "commissioned", _("委托专业机构评估")

    assessor = models.CharField(_("评估承担单位"), max_length=120)
    method = models.CharField(_("评估方法"), max_length=20, choices=Method)
    commission = models.CharField(_("委托文件"), max_length=200, blank=True)  # its number or title
    started_on = models.DateField(_("启动日期"), null=True)
    concluded_on = models.DateField(_("完成日期"), null=True)  # the report's own date
    sample = models.PositiveIntegerField(_("样本量"), null=True)  # residents asked
    answers = models.PositiveIntegerField(_("问卷答卷数"), default=0)  # accepted, over all batches
    summary = models.TextField(_("评估结论"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_needs_assessment_per_purchase")]

    def __str__(self) -> str:
        return f"{self.purchase} 需求评估"


class SurveyAnswer(models.Model):
    """问卷答卷: what one resident answered; nobody is named. `number` is its row in the batch it came with."""

    class AgeBand(models.TextChoices):
        UNDER_18 = "under_18", _("18岁以下")
        FROM_18 = "18_35", _("18至35岁")
        FROM_36 = "36_59", _("36至59岁")
        FROM_60 = "60_over", _("60岁及以上")

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="survey")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    community = models.CharField(_("社区"), max_length=60)
    age_band = models.CharField(_("年龄段"), max_length=10, choices=AgeBand)
    service = models.CharField(_("最需要的服务"), max_length=80)
    urgency = models.PositiveSmallIntegerField(_("紧迫程度"))  # 1 can wait … 5 at once

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="survey_answer_once"),
            models.CheckConstraint(condition=models.Q(urgency__range=(1, 5)), name="survey_answer_urgency"),
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.service}"


class ServiceNeed(models.Model):
    """One service that is needed: for whom, how much of it a year, at what measured cost each (fen)."""

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="services")
    service = models.CharField(_("服务项目"), max_length=80)
    target = models.CharField(_("服务对象"), max_length=80)
    volume = models.PositiveIntegerField(_("服务量"))
    unit_cost_fen = models.BigIntegerField(_("单位成本"))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(volume__gt=0), name="service_need_has_volume"),
            models.CheckConstraint(condition=models.Q(unit_cost_fen__gte=0), name="service_need_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.service}（{self.target}）"

    @property
    def cost_fen(self) -> int:
        """What the whole volume costs, in fen."""
        return self.volume * self.unit_cost_fen


class Questionnaire(PurchaseSubject):
    """问卷: questions that anybody may answer at a public address, without an account and without a name.

    Two kinds of subject share it, because different people open them: `NeedsSurvey` and `SatisfactionSurvey`. Answers
    stand beside it (`Answer`); closing puts their number and their RFC 9162 root into the ledger.
    """

    kind = "questionnaire"
    called = _("问卷")
    staged = False
    purpose_of_kind: ClassVar[str] = ""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("编制中")
        OPENED = "opened", _("正在填答")
        CLOSED = "closed", _("已截止")

    class Purpose(models.TextChoices):
        NEEDS = "needs", _("需求调查")
        SATISFACTION = "satisfaction", _("满意度调查")

    class Kind(models.TextChoices):
        """How a question is answered."""

        SINGLE = "single", _("单选")
        MULTIPLE = "multiple", _("多选")
        SCALE = "scale", _("1至5分")
        NUMBER = "number", _("数字")
        TEXT = "text", _("简短文字")

    purpose = models.CharField(_("用途"), max_length=12, choices=Purpose)
    title = models.CharField(_("问卷标题"), max_length=80)
    introduction = models.TextField(_("卷首语"), blank=True)
    questions = models.JSONField(_("问题"), default=list)  # rows of the form, in order
    token = models.CharField(max_length=20, unique=True, null=True)  # its public address; none before it is opened
    opened_on = models.DateField(_("发布日期"), null=True)
    closes_on = models.DateField(_("填答截止日"), null=True)  # the last day, included; None: until somebody closes it
    closed_on = models.DateField(_("截止日期"), null=True)
    answers = models.PositiveIntegerField(_("答卷数"), null=True)  # once closed
    root = models.CharField(_("答卷根值"), max_length=64, blank=True)  # in hex, once closed
    marks = models.PositiveIntegerField(null=True)  # given on all its scales, and their sum; once closed
    marks_sum = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more at any time, as long as none is still being written."""
        if dossier is None or any(row.state == cls.State.DRAFTED for row in dossier.all(cls)):
            return []
        return [cls(purchase=dossier.purchase, purpose=cls.purpose_of_kind)]

    def takes_answers(self, on: date) -> bool:
        return self.state == self.State.OPENED and (self.closes_on is None or on <= self.closes_on)


class _Of(models.Manager["Questionnaire"]):
    """The questionnaires of one purpose."""

    def get_queryset(self) -> models.QuerySet[Questionnaire]:
        return super().get_queryset().filter(purpose=self.model.purpose_of_kind)


class NeedsSurvey(Questionnaire):
    """需求问卷: what residents need; feeds the needs assessment."""

    kind = "needs_survey"
    called = _("需求问卷")
    section = "founding"
    purpose_of_kind: ClassVar[str] = Questionnaire.Purpose.NEEDS

    objects = _Of()  # type: ignore[assignment,misc]  # of the same table, narrowed to its purpose

    class Meta:
        proxy = True


class SatisfactionSurvey(Questionnaire):
    """满意度问卷: what those served think of it."""

    kind = "satisfaction_survey"
    called = _("满意度问卷")
    section = "supervision"
    purpose_of_kind: ClassVar[str] = Questionnaire.Purpose.SATISFACTION

    objects = _Of()  # type: ignore[assignment,misc]  # of the same table, narrowed to its purpose

    class Meta:
        proxy = True


class Answer(models.Model):
    """答卷: what one person answered, by the question's number; written once. `key` comes with the page it was filled
    in on, so that one sent twice counts once, and salts the digest."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    data = models.JSONField()
    at = models.DateTimeField()  # legal time
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.questionnaire_id}:{self.pk}"


class TurnedAway(models.Model):
    """How many answers to a questionnaire were not taken, because one browser or one network had sent enough."""

    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.PROTECT, related_name="turned_away")
    times = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.questionnaire_id}: {self.times}"


class ResourceInventory(PurchaseSubject):
    """资源清单: what a centre's neighbourhood has, whose it is, and how it is to join the centre; one a purchase."""

    kind = "inventory"
    called = _("资源清单")
    section = "founding"
    staged = False

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Resource(models.TextChoices):
        VENUE = "venue", _("场地设施")
        STAFF = "staff", _("人员队伍")
        ORGANISATION = "organisation", _("机构组织")
        SERVICE = "service", _("现有服务")
        VOLUNTEER = "volunteer", _("志愿者")
        FUND = "fund", _("资金物资")

    class Joining(models.TextChoices):
        """并入、联动、转介: the three ways the scheme names."""

        MERGE = "merge", _("并入中心")
        CONNECT = "connect", _("与中心联动")
        REFER = "refer", _("相互转介")
        NONE = "none", _("不纳入")

    surveyed_on = models.DateField(_("摸查日期"), null=True)
    resources = models.JSONField(_("资源"), default=list)  # rows of the form

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_inventory_per_purchase")]

    def __str__(self) -> str:
        return f"{self.purchase} 资源清单"


class ServiceProposal(PurchaseSubject):
    """服务内容与目标建议: which services, in which order, at what measured cost; argued before anything is drafted."""

    kind = "service_proposal"
    called = _("服务内容与目标建议")
    section = "founding"
    staged = False
    follows = NeedsAssessment

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提出")
        ARGUED = "argued", _("已论证")
        RETURNED = "returned", _("须修改")

    class Phase(models.TextChoices):
        FIRST = "first", _("先行开展")
        LATER = "later", _("逐步增加")

    class Category(models.TextChoices):
        """Kinds of service; which of them come first is the catalogue's to say."""

        FAMILY = "family", _("家庭服务")
        INDIVIDUAL = "individual", _("个人服务")
        COMMUNITY = "community", _("整合归并的社区服务")

    class Result(models.TextChoices):
        ADOPTED = "adopted", _("同意")
        AMENDED = "amended", _("按意见修改后同意")

    content = models.TextField(_("服务内容"), blank=True)
    goals = models.TextField(_("服务目标"), blank=True)
    basis = models.TextField(_("调研与资源情况"), blank=True)
    services = models.JSONField(_("服务项目与次序"), default=list)  # rows of the form, most needed first
    costs = models.JSONField(_("服务量与单位成本测算"), default=list)  # rows of the form, amounts in fen
    argued_on = models.DateField(_("论证日期"), null=True)
    participants = models.JSONField(_("论证人员和意见"), default=list)  # rows of the form
    result = models.CharField(_("论证结果"), max_length=10, choices=Result, blank=True)
    conclusion = models.TextField(_("论证结论"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_service_proposal_per_purchase")]

    def __str__(self) -> str:
        return f"{self.purchase} 服务建议"
