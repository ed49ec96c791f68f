"""招标: the call, the bids that answer it, the panel, its score sheets and the ranking that follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar, NotRequired, Self, TypedDict

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.programmes.models.centre import Further


class Factor(TypedDict):
    """评审因素: its name, the points it can give, and whether it is the price (then it is scored by formula)."""

    name: str
    points: int
    is_price: bool
    measures: NotRequired[str]  # the point of the quality standard that it measures
    bands: NotRequired[str]  # its points by interval, as `bands.read` takes them


class StandardGroup(Further):
    """质量标准专家组: who wrote the service-quality standard that guides bidders, and its text. The latest holds."""

    kind = "standardgroup"
    called = _("质量标准专家组")
    related: ClassVar[tuple[str, ...]] = ()

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Organised(models.TextChoices):
        DIRECT = "direct", _("政府部门直接组织")
        THIRD = "third", _("委托第三方组织")

    organised = models.CharField(_("组织方式"), max_length=10, choices=Organised)
    third_party = models.CharField(_("受委托的第三方组织"), max_length=120, blank=True)
    members = models.JSONField(_("专家组成员"), default=list)  # body and speciality; the names stand in GroupMember
    standard = models.TextField(_("服务质量标准"))
    written_on = models.DateField(_("制定日期"))

    def __str__(self) -> str:
        return str(_("%(day)s 制定的服务质量标准") % {"day": self.written_on}) if self.written_on else ""


class GroupMember(models.Model):
    """专家组成员: one expert of the group, by name; shown on no page."""

    group = models.ForeignKey(StandardGroup, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(_("姓名"), max_length=60)
    organisation = models.CharField(_("所在单位"), max_length=120)
    speciality = models.CharField(_("专业领域"), max_length=120)

    def __str__(self) -> str:
        return f"{self.name}（{self.organisation}）"


class Tender(PurchaseSubject):
    """招标: one call for bids. A failed one stays on record and another may be drafted. Amounts in fen."""

    kind = "tender"
    called = _("招标")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("招标文件已拟")
        BRIEFED = "briefed", _("已开信息沟通会")
        ANNOUNCED = "announced", _("已发标")
        OPENED = "opened", _("已开标")
        SCORED = "scored", _("已评标")
        AWARDED = "awarded", _("已定标")
        FAILED = "failed", _("招标终止")

    class TieSettled(models.TextChoices):
        DOCUMENTS = "documents", _("按招标文件规定的方式")
        LOT = "lot", _("随机抽取")

    title = models.CharField(_("招标项目名称"), max_length=120)
    ceiling_fen = models.BigIntegerField(_("最高限价"))
    requirement = models.TextField(_("服务需求"))
    quality_standard = models.TextField(_("服务质量标准"))
    application_form = models.TextField(_("项目申请书格式"), blank=True)
    background = models.TextField(_("项目背景"), blank=True)
    resources = models.TextField(_("资源配置"), blank=True)
    renewal_announced = models.BooleanField(_("文件载明可续签"), default=False)
    factors = models.JSONField(_("评审因素"), default=list)  # list[Factor], in the order of the documents
    fixed_price = models.BooleanField(_("采用固定价格"), default=False)  # or one that the state sets for everybody
    drafted_at = models.DateTimeField(null=True)
    briefing_on = models.DateField(_("信息沟通会日期"), null=True)
    briefing_venue = models.CharField(_("沟通会地点"), max_length=120, blank=True)
    briefing_minutes = models.TextField(_("沟通会纪要"), blank=True)
    announced_at = models.DateTimeField(_("发标时间"), null=True)
    bids_due_at = models.DateTimeField(_("投标截止时间"), null=True)
    opening_place = models.CharField(_("开标地点"), max_length=120, blank=True)
    opened_at = models.DateTimeField(_("开标时间"), null=True)
    scored_at = models.DateTimeField(_("评标时间"), null=True)
    tied = models.BooleanField(_("首位并列"), default=False)
    tie_settled = models.CharField(_("并列定序的方式"), max_length=10, choices=TieSettled, blank=True)
    tie_basis = models.TextField(_("并列定序的依据和经过"), blank=True)
    awarded_at = models.DateTimeField(_("定标时间"), null=True)
    winner = models.ForeignKey("Bid", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("中标"))
    failed_at = models.DateTimeField(_("终止时间"), null=True)

    related: ClassVar[tuple[str, ...]] = ("winner", "winner__organisation")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase"], condition=~Q(state="failed"), name="one_living_tender"),
            models.CheckConstraint(condition=Q(ceiling_fen__gt=0), name="tender_ceiling_positive"),
            models.CheckConstraint(
                condition=~Q(state="awarded") | Q(winner__isnull=False, awarded_at__isnull=False),
                name="tender_awarded_to_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["bids_due_at"], condition=Q(opened_at=None), name="tender_open_calls"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """When none lives: every earlier one has failed."""
        if dossier is None or any(tender.state != cls.State.FAILED for tender in dossier.all(cls)):
            return []
        return [cls(purchase=dossier.purchase)]

    @property
    def has_package(self) -> bool:
        """Whether what is handed to willing organisations is all there."""
        parts = (self.requirement, self.quality_standard, self.application_form, self.background, self.resources)
        return all(part.strip() for part in parts)

    @property
    def total_points(self) -> int:
        return sum(factor["points"] for factor in self.factors)

    @property
    def price_points(self) -> int:
        return sum(factor["points"] for factor in self.factors if factor["is_price"])

    @property
    def judged(self) -> list[tuple[int, Factor]]:
        """The factors that experts score, each with its number in the documents (from 1)."""
        return [(number, factor) for number, factor in enumerate(self.factors, 1) if not factor["is_price"]]

    @property
    def loose(self) -> list[Factor]:
        """Judged factors that measure no point found in the text of the quality standard."""
        points = [(factor, factor.get("measures", "").strip()) for _number, factor in self.judged]
        return [factor for factor, point in points if not point or point not in self.quality_standard]

    @property
    def calling(self) -> bool:
        """Whether it takes bids, as far as its milestones say: announced, neither opened nor failed."""
        return self.announced_at is not None and self.opened_at is None and self.state != self.State.FAILED

    @cached_property
    def first(self) -> Bid | None:
        """The winner; between scoring and award the bid placed first (one query)."""
        if self.winner is not None or self.state != self.State.SCORED:
            return self.winner
        best = self.rankings.filter(rank=1).select_related("bid__organisation").first()
        return best.bid if best else None

    @cached_property
    def panel_size(self) -> int:
        """Experts seated now. One query."""
        return self.seats.filter(left_at=None).count()

    def deadline_passed(self, at: datetime) -> bool:
        """Whether the deadline for bids has come."""
        return self.bids_due_at is not None and at >= self.bids_due_at


class Bid(PurchaseSubject):
    """投标: one organisation's answer to a call. Its price (fen), plan and rules on money stay sealed until opening."""

    kind = "bid"
    called = _("投标")
    follows = Tender
    staged = False

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已投标")
        QUALIFIED = "qualified", _("资格审查合格")
        DISQUALIFIED = "disqualified", _("资格审查不合格")
        WITHDRAWN = "withdrawn", _("已撤回")
        INVALID = "invalid", _("投标无效")

    class Ground(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("不确认修正后的报价")
        PRICE = "price", _("报价明显偏低，不能证明合理")
        WRITTEN = "written_together", _("视为串通：投标文件由同一单位或者个人编制")
        HANDLED = "handled_together", _("视为串通：委托同一单位或者个人办理投标事宜")
        STAFF = "same_person", _("视为串通：项目管理成员或者联系人员为同一人")
        ALIKE = "alike", _("视为串通：投标文件异常一致或者报价呈规律性差异")
        MIXED = "mixed", _("视为串通：投标文件相互混装")
        BOND = "same_account", _("视为串通：投标保证金从同一单位或者个人的账户转出")

    COLLUSION: ClassVar = frozenset(Ground.values) - {Ground.UNCONFIRMED, Ground.PRICE}

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="bids")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bids", verbose_name=_("投标人")
    )
    price_fen = models.BigIntegerField(_("报价"))
    plan = models.TextField(_("实施方案"))
    fund_rules = models.TextField(_("资金使用细则"))
    profile = models.TextField(_("机构情况"))
    snapshot = models.JSONField(
        _("机构档案快照"), default=dict
    )  # as `parties.snapshot` takes it; sealed like the price
    truthful = models.BooleanField(_("承诺材料真实"), default=False)
    submitted_at = models.DateTimeField(_("投标时间"))
    liability = models.BooleanField(_("独立承担法律责任"), null=True)
    accounting = models.BooleanField(_("财务制度健全"), null=True)
    ability = models.BooleanField(_("专业能力相应"), null=True)
    reputation = models.BooleanField(_("社会信誉良好"), null=True)
    checks = models.JSONField(_("资质评价表"), default=list)  # item, result and evidence, in the order of the form
    evidence = models.TextField(_("审查依据"), blank=True)
    reviewer = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审查人"))
    reviewed_at = models.DateTimeField(_("审查时间"), null=True)
    ground = models.CharField(_("投标无效的情形"), max_length=20, choices=Ground, blank=True)
    ground_others = models.CharField(_("涉及的其他投标人"), max_length=300, blank=True)
    ground_reason = models.TextField(_("认定的事实和理由"), blank=True)
    dissent = models.TextField(_("不同意见"), blank=True)
    invalid_at = models.DateTimeField(_("认定无效的时间"), null=True)

    related: ClassVar[tuple[str, ...]] = (
        "tender", "organisation", "ranking", "reviewer", "reviewer__organisation", "reviewer__person",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tender", "organisation"], condition=~Q(state="withdrawn"), name="one_live_bid"
            ),
            models.CheckConstraint(condition=Q(price_fen__gt=0), name="bid_price_positive"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def owner(self) -> Organisation | None:
        """Its organisation's own affair until the bids are opened, the purchaser's review from then on."""
        return self.organisation if self.tender.opened_at is None else None

    @property
    def reviewed(self) -> bool:
        return self.state in {self.State.QUALIFIED, self.State.DISQUALIFIED, self.State.INVALID}

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """For a social organisation without a live bid, while a call stands."""
        tender = dossier.latest(Tender) if dossier else None
        organisation = actor.organisation
        if dossier is None or tender is None or not tender.calling:
            return []
        if organisation.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION:
            return []
        if any(bid.organisation_id == organisation.pk for bid in live(dossier.all(cls), tender)):
            return []
        return [cls(purchase=dossier.purchase, tender=tender, organisation=organisation)]

    def visible_to(self, actor: Post) -> bool:
        """Whether a page may let on that it exists: to its own organisation alone, to others once it was opened."""
        return self.organisation_id == actor.organisation_id or self.opened

    @property
    def opened(self) -> bool:
        """Whether others may read it: what was withdrawn never is."""
        return self.tender.opened_at is not None and self.state != self.State.WITHDRAWN


def live(bids: Iterable[Bid], tender: Tender) -> list[Bid]:
    """The bids of a tender that were not withdrawn."""
    return [bid for bid in bids if bid.tender_id == tender.pk and bid.state != Bid.State.WITHDRAWN]


class PanelSeat(models.Model):
    """评审专家席位: one expert's post on the panel of a tender; secret until the award."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    seated_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "post"], name="one_seat_per_expert")]

    def __str__(self) -> str:
        return str(self.post)


class ScoreSheet(PurchaseSubject):
    """评分表: one expert's points for every bid and factor, in hundredths: `{"<bid>": {"<factor>": 1850}}`."""

    kind = "sheet"
    called = _("评分表")
    follows = Bid
    staged = False

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("评分已提交")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="sheets")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="sheets")
    scores = models.JSONField(_("评分"), default=dict)
    independent = models.BooleanField(_("声明与投标人无利害关系"), default=False)
    submitted_at = models.DateTimeField()

    related: ClassVar[tuple[str, ...]] = ("tender", "post", "post__organisation")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "post"], name="one_sheet_per_expert")]

    def __str__(self) -> str:
        return str(self.post)

    @property
    def owner(self) -> Organisation:
        return self.post.organisation

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        """Sheets are written while the bids are open and not yet scored."""
        tender = dossier.latest(Tender)
        return tender is None or tender.state != Tender.State.OPENED

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """For a seated expert without a sheet, once the bids are opened."""
        tender = dossier.latest(Tender) if dossier else None
        if dossier is None or tender is None or tender.state != Tender.State.OPENED:
            return []
        if any(sheet.tender_id == tender.pk and sheet.post_id == actor.pk for sheet in dossier.all(cls)):
            return []
        if not tender.seats.filter(post=actor, left_at=None).exists():
            return []
        return [cls(purchase=dossier.purchase, tender=tender, post=actor)]

    def visible_to(self, actor: Post) -> bool:
        """Whether a page may let on that it exists: to its expert, to others after the award."""
        return self.post_id == actor.pk or self.tender.awarded_at is not None

    def points(self) -> dict[int, dict[int, int]]:
        """Hundredths by bid and factor."""
        scores: dict[str, dict[str, Any]] = self.scores
        return {int(bid): {int(n): int(p) for n, p in row.items()} for bid, row in scores.items()}


class Ranking(models.Model):
    """评标结果: a bid's total as an exact fraction of points, and its place; equal places are ties."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="rankings")
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="ranking")
    numerator = models.CharField(max_length=40)  # digits: an exact fraction may outgrow 64 bits
    denominator = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField(_("名次"))

    class Meta:
        ordering: ClassVar = ["rank", "bid_id"]

    def __str__(self) -> str:
        return f"{self.rank}"

    @property
    def total(self) -> Fraction:
        return Fraction(int(self.numerator), int(self.denominator))


from . import evaluation, falsehood, supply  # noqa: E402, F401 - more models of this room, which build on those above
