"""What makes one centre ready: its sites and their money, its siting, the staff it takes over, who runs it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.programmes.streets import modes_of

from .implementation import ImplementationPlan


class Founding(PurchaseSubject):
    """A kind on the 筹建 part of a purchase's page."""

    section = "founding"
    staged = False

    class Meta:
        abstract = True


class Further(Founding):
    """A kind of which one more is always possible."""

    class Meta:
        abstract = True

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(purchase=dossier.purchase)] if dossier is not None else []


class Site(Further):
    """场地: one address of a centre. Where there are several, exactly one is the head office. Area in square metres."""

    kind = "site"
    called = _("场地")

    class State(models.TextChoices):
        REGISTERED = "registered", _("待就绪")
        READY = "ready", _("已就绪")
        CLOSED = "closed", _("已停用")

    name = models.CharField(_("场地名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=200)
    site_kind = models.CharField(_("场地来源"), max_length=20, choices=ImplementationPlan.SiteKind)
    area = models.PositiveIntegerField(_("面积（平方米）"))
    is_head = models.BooleanField(_("总部"), default=False)
    planned_on = models.DateField(_("计划就绪日期"), null=True)
    ready_on = models.DateField(_("就绪日期"), null=True)
    access = models.TextField(_("公共交通与无障碍"), blank=True)
    closed_reason = models.TextField(_("停用理由"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purchase"], condition=Q(is_head=True) & ~Q(state="closed"), name="one_head_office"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SiteCost(Further):
    """场地建设经费: one line of a payer's departmental budget, in fen; no part of the grant and of no fund of it."""

    kind = "sitecost"
    called = _("场地建设经费")
    related: ClassVar[tuple[str, ...]] = ("payer",)

    class State(models.TextChoices):
        BUDGETED = "budgeted", _("已列预算")

    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("出资方"))
    year = models.PositiveSmallIntegerField(_("预算年度"))
    purpose = models.CharField(_("用途"), max_length=200)
    budget_number = models.CharField(_("部门预算文号"), max_length=60)
    amount_fen = models.BigIntegerField(_("预算金额"))
    spent_fen = models.BigIntegerField(_("已支出"), default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0) & Q(spent_fen__gte=0) & Q(spent_fen__lte=F("amount_fen")),
                name="site_money_within_budget",
            )
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.year} {self.purpose}" if self.pk else ""

    @property
    def owner(self) -> Organisation:
        """A payer answers for its own line only."""
        return self.payer

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(purchase=dossier.purchase, payer=actor.organisation)] if dossier is not None else []


class SiteProblem(Further):
    """场地问题: raised below, put to a planning or land body by the city, answered there."""

    kind = "siteproblem"
    called = _("场地问题")
    related: ClassVar[tuple[str, ...]] = ("organisation",)

    class State(models.TextChoices):
        RAISED = "raised", _("待提请")
        ESCALATED = "escalated", _("已提请")
        ANSWERED = "answered", _("已答复")

    what = models.TextField(_("问题"))
    raised_on = models.DateField(_("提出日期"), null=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("协调单位")
    )
    request = models.TextField(_("提请事项"), blank=True)
    escalated_on = models.DateField(_("提请日期"), null=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)

    def __str__(self) -> str:
        return self.what[:30]

    @property
    def owner(self) -> Organisation | None:
        return self.organisation


class Cooperation(Further):
    """协作任务: a department is brought into a purchase with something to do, and says what it did."""

    kind = "cooperation"
    called = _("协作任务")
    related: ClassVar[tuple[str, ...]] = ("organisation",)

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        ANSWERED = "answered", _("已答复")

    what = models.TextField(_("任务"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("协作部门")
    )
    asked_on = models.DateField(_("交办日期"), null=True)
    due_on = models.DateField(_("办理期限"), null=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)

    def __str__(self) -> str:
        return self.what[:30]

    @property
    def owner(self) -> Organisation | None:
        return self.organisation


class Siting(Founding):
    """选址与布局: where the centre stands in the plans. Radius in metres, population in residents."""

    kind = "siting"
    called = _("选址与布局")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Stage(models.TextChoices):
        PLANNED = "planned", _("规划中")
        BUILDING = "building", _("建设中")
        BUILT = "built", _("已建成")

    radius = models.PositiveIntegerField(_("服务半径（米）"))
    population = models.PositiveIntegerField(_("常住人口（人）"))
    conditions = models.TextField(_("人文条件"), blank=True)
    build_stage = models.CharField(_("建设阶段"), max_length=10, choices=Stage)
    economic_plan = models.CharField(_("国民经济和社会发展规划"), max_length=120, blank=True)
    layout_plan = models.CharField(_("布局专项规划"), max_length=120, blank=True)
    control_plan = models.CharField(_("控制性详细规划"), max_length=120, blank=True)
    recorded_on = models.DateField(_("登记日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="siting_once")]

    def __str__(self) -> str:
        return str(_("选址与布局"))


class StaffTransfer(Founding):
    """原中心编制和人员安置: posts and people of the old service centre, and where they went."""

    kind = "transfer"
    called = _("原中心编制人员安置")

    class State(models.TextChoices):
        RECORDED = "recorded", _("安置中")
        SETTLED = "settled", _("安置完毕")

    posts = models.PositiveSmallIntegerField(_("原有事业编制（个）"))
    staff = models.PositiveSmallIntegerField(_("原有在编人员（人）"))
    placements = models.JSONField(_("转入单位"), default=list, blank=True)
    recorded_on = models.DateField(_("登记日期"), null=True)
    settled_on = models.DateField(_("安置完毕日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="transfer_once")]

    def __str__(self) -> str:
        return str(_("原中心编制人员安置"))

    @property
    def posts_left(self) -> int:
        """Establishment posts that still stand in the centre."""
        return int(self.posts) - sum(int(row["posts"]) for row in self.placements)

    @property
    def staff_placed(self) -> int:
        return sum(int(row["staff"]) for row in self.placements)


class Secondment(Further):
    """派驻人员: of the old centre, seconded to the new one and still under public-institution rules. Personal."""

    kind = "secondment"
    called = _("派驻人员")

    class State(models.TextChoices):
        SECONDED = "seconded", _("派驻中")
        ENDED = "ended", _("已结束派驻")

    name = models.CharField(max_length=60)  # shown to those who keep the register only
    duty = models.CharField(_("在中心的岗位"), max_length=60)
    origin = models.CharField(_("编制所在单位"), max_length=120)
    since = models.DateField(_("派驻日期"))
    until = models.DateField(_("结束日期"), null=True)

    def __str__(self) -> str:
        return self.duty


class OperatorEntity(Founding):
    """承办实体: the private non-enterprise body that a mode-two street sets up to run its centre."""

    kind = "entity"
    called = _("承办实体")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Supervisor(models.TextChoices):
        STREET = "street", _("本街道办事处")
        OTHER = "other", _("其他单位")

    name = models.CharField(_("单位名称"), max_length=120)
    registration_number = models.CharField(_("登记证号"), max_length=60)
    registered_on = models.DateField(_("准予登记日期"))
    registration_authority = models.CharField(_("登记管理机关"), max_length=120)
    founder = models.CharField(_("举办者"), max_length=120)
    founded_by_street = models.BooleanField(_("街道办事处是举办者"), default=False)
    state_assets = models.BooleanField(_("以国有资产举办"), default=False)
    supervisor = models.CharField(_("业务主管单位"), max_length=10, choices=Supervisor)
    supervisor_name = models.CharField(_("业务主管单位名称"), max_length=120)
    authorisation = models.CharField(_("授权文件"), max_length=120, blank=True)
    staff_total = models.PositiveSmallIntegerField(_("在中心工作的人数（含派驻）"))
    recorded_on = models.DateField(_("登记日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="entity_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def conflict(self) -> bool:
        """Whoever supervises it founded it."""
        return self.founded_by_street and self.supervisor == self.Supervisor.STREET

    def own_staff(self, seconded: int) -> int:
        """Who works there without those seconded to it: they count for no provider."""
        return max(0, self.staff_total - seconded)


class PlanChange(Founding):
    """实施方案调整: what supervision found, and the plan's text from then on; the old one is kept beside it."""

    kind = "planchange"
    called = _("实施方案调整")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已批准")
        RETURNED = "returned", _("已退回")

    class Found(models.TextChoices):
        SUPERVISION = "supervision", _("日常监督")
        EVALUATION = "evaluation", _("评估")
        PROVIDER = "provider", _("承接主体反映")
        RESIDENTS = "residents", _("居民反映")

    number = models.PositiveSmallIntegerField(_("调整序号"))
    found_by = models.CharField(_("问题来源"), max_length=20, choices=Found)
    reason = models.TextField(_("发现的问题与调整理由"))
    goals = models.TextField(_("调整后的服务目标"))
    content = models.TextField(_("调整后的服务内容"))
    goals_before = models.TextField(_("调整前的服务目标"), blank=True)
    content_before = models.TextField(_("调整前的服务内容"), blank=True)
    mode = models.CharField(
        _("调整后的运作模式"), max_length=20, blank=True
    )  # an id of a programme's modes; "": as it is
    mode_before = models.CharField(_("调整前的运作模式"), max_length=20, blank=True)
    proposed_on = models.DateField(_("提出日期"), null=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    opinion = models.TextField(_("批准意见"), blank=True)
    returned_on = models.DateField(_("退回日期"), null=True)
    return_reason = models.TextField(_("退回理由"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "number"], name="plan_change_once")]

    def __str__(self) -> str:
        return str(_("第 %(n)s 次调整") % {"n": self.number}) if self.number else ""

    def get_mode_display(self) -> str:
        return modes_of(regimes.current(self.purchase.regime)).get(self.mode, self.mode)

    def get_mode_before_display(self) -> str:
        return modes_of(regimes.current(self.purchase.regime)).get(self.mode_before, self.mode_before)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The next one, once the last is decided and the plan is approved at all."""
        if dossier is None:
            return []
        plan, changes = dossier.latest(ImplementationPlan), dossier.all(cls)
        if plan is None or any(change.state == cls.State.PROPOSED for change in changes):
            return []
        return [cls(purchase=dossier.purchase, number=len(changes) + 1)]
