"""招标: one call for bids, and the factors it is scored by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NotRequired, Self, TypedDict

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject
from gongyue.tendering.methods import ONE, SEVERAL, TALKED, TENDERED, Way

from .method import settled

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from .bid import Bid
    from .panel import Ranking


class Factor(TypedDict):
    """评审因素: its name, the points it can give, and whether it is the price (then it is scored by formula)."""

    name: str
    points: int
    is_price: bool
    group: NotRequired[str]  # what it is about, one of `Tender.Group`
    measures: NotRequired[str]  # the point of the quality standard that it measures
    bands: NotRequired[str]  # its points by interval, as `bands.read` takes them


UNTENDERED: Mapping[str, StrOrPromise] = {  # what is no tender has other words
    "tender.award": _("确定成交供应商"), "tender.fail": _("终止采购"), "state:drafted": _("采购文件已编制"),
    "state:announced": _("采购文件已发出"), "state:opened": _("响应文件已开启"), "state:scored": _("候选人已推荐"),
    "state:awarded": _("成交供应商已确定"), "state:failed": _("采购已终止"),
    "field:title": _("采购项目名称"), "field:announced_at": _("采购文件发出时间"),
    "field:bids_due_at": _("提交响应文件截止时间"), "field:opening_place": _("提交地点"),
    "field:opened_at": _("响应文件开启时间"), "field:scored_at": _("推荐候选人时间"),
    "field:awarded_at": _("确定成交供应商时间"), "field:winner": _("成交供应商"), "field:failed_at": _("采购终止时间"),
    **dict.fromkeys(("field:review_method", "field:own_copy", "field:tied"), ""),  # of tenders only
}  # fmt: skip
OWN_WORDS: Mapping[str, Mapping[str, StrOrPromise]] = {  # where several may win, of that too
    Way.VENTURE: {
        "tender.prepare": _("编制征集文件"), "tender.call": _("公布资助目录、征集项目"),
        "tender.receive": _("开启项目申请"), "tender.recommend": _("汇总专家评审"), "tender.award": _("评审立项"),
        "tender.fail": _("终止征集"), "state:drafted": _("征集文件已编制"), "state:announced": _("正在征集项目"),
        "state:opened": _("项目申请已开启"), "state:scored": _("专家已评审"), "state:awarded": _("已评审立项"),
        "state:failed": _("征集已终止"),
    },
    Way.VOUCHER: {"tender.award": _("确定入围供应商"), "state:awarded": _("入围供应商已确定")},
}  # fmt: skip
UNCOMPARED = dict.fromkeys(("field:fixed_price", "field:group_representatives", "field:joint"), "")


class Tender(PurchaseSubject):
    """招标: one call for bids. A failed one stays on record and another may be drafted. Amounts in fen."""

    kind = "tender"
    called = _("招标")
    variants: ClassVar = dict(Way.choices)

    class State(models.TextChoices):
        DRAFTED = "drafted", _("招标文件已拟")
        BRIEFED = "briefed", _("已开信息沟通会")
        ANNOUNCED = "announced", _("已发标")
        OPENED = "opened", _("已开标")
        INVITED = "invited", _("已抽取邀请对象")
        NEGOTIATED = "negotiated", _("谈判（磋商）已结束")
        QUOTED = "quoted", _("最后报价已开启")
        SETTLED = "settled", _("协商已达成")
        SCORED = "scored", _("已评标")
        AWARDED = "awarded", _("已定标")
        FAILED = "failed", _("招标终止")

    class TieSettled(models.TextChoices):
        DOCUMENTS = "documents", _("按采购文件规定的方式")
        LOT = "lot", _("随机抽取")
        GROUP = "group", _("小组说明理由")  # after talks, of which Order 87 does not speak

    way = models.CharField(_("采购方式"), max_length=20, choices=Way, blank=True)  # "" where none had to be chosen

    class Review(models.TextChoices):
        COMPREHENSIVE = "comprehensive", _("综合评分法")
        LOWEST = "lowest", _("最低评标价法")

    class Joint(models.TextChoices):
        SILENT = "silent", _("未载明")
        ACCEPTED = "accepted", _("接受联合体投标")
        REFUSED = "refused", _("不接受联合体投标")

    class Group(models.TextChoices):
        SERVICE = "service", _("服务水平")
        QUALITY = "capacity_quality", _("履约能力：质量控制")
        SCHEDULE = "capacity_schedule", _("履约能力：进度控制")
        EMERGENCY = "capacity_emergency", _("履约能力：应急措施")
        CAPACITY = "capacity_other", _("履约能力：其他")

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
    review_method = models.CharField(_("评审方法"), max_length=15, choices=Review, default=Review.COMPREHENSIVE)
    conditions = models.JSONField(_("资格条件"), default=list)  # name and proof, in the order of the documents
    musts = models.JSONField(_("实质性要求"), default=list)  # name and least standard
    contents = models.JSONField(_("文件的其他内容"), default=list)  # item (of `contents.WRITTEN`) and text
    contract_draft = models.TextField(_("合同草案"), blank=True)
    changeable = models.TextField(_("可能变动的内容"), blank=True)
    joint = models.CharField(_("联合体投标"), max_length=10, choices=Joint, default=Joint.SILENT)
    floor_fen = models.BigIntegerField(_("最低限价"), null=True)
    low_marks = models.JSONField(_("异常低价审查标准"), default=dict)  # those that the documents raise, in basis points
    drafted_at = models.DateTimeField(null=True)
    briefing_on = models.DateField(_("信息沟通会日期"), null=True)
    briefing_venue = models.CharField(_("沟通会地点"), max_length=120, blank=True)
    briefing_minutes = models.TextField(_("沟通会纪要"), blank=True)
    announced_at = models.DateTimeField(_("发标时间"), null=True)
    bids_due_at = models.DateTimeField(_("投标截止时间"), null=True)
    opening_place = models.CharField(_("开标地点"), max_length=120, blank=True)
    lock = models.TextField(blank=True)  # whose keys open the bids, as docs/sealed-bids.md has it; "": on paper
    own_copy = models.BooleanField(_("文件载明可用自存副本"), default=False)
    opened_at = models.DateTimeField(_("开标时间"), null=True)
    scored_at = models.DateTimeField(_("评标时间"), null=True)
    tied = models.BooleanField(_("首位并列"), default=False)
    tie_settled = models.CharField(_("并列定序的方式"), max_length=10, choices=TieSettled, blank=True)
    tie_basis = models.TextField(_("并列定序的依据和经过"), blank=True)
    awarded_at = models.DateTimeField(_("定标时间"), null=True)
    winner = models.ForeignKey("Bid", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("中标"))
    failed_at = models.DateTimeField(_("终止时间"), null=True)
    challenge_contact = models.TextField(_("接收质疑函的方式、联系部门、电话和地址"), blank=True)
    challenge_once = models.BooleanField(_("同一环节的质疑须一次性提出"), default=False)
    relief_channel = models.TextField(_("权益受到损害的救济渠道"), blank=True)
    relief_body = models.CharField(_("受理供应商诉求的责任机构"), max_length=120, blank=True)
    offers_due_at = models.DateTimeField(_("最后报价截止时间"), null=True)
    group_representatives = models.PositiveSmallIntegerField(_("小组中采购人代表人数"), default=0)
    invited = models.JSONField(default=list)  # keys of the organisations that alone may answer; []: anybody
    record = models.TextField(_("协商情况记录"), blank=True)

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
        """When none lives: every earlier one has failed. It follows the method that was settled."""
        if dossier is None or any(tender.state != cls.State.FAILED for tender in dossier.all(cls)):
            return []
        chosen = settled(dossier)
        return [cls(purchase=dossier.purchase, way=chosen.way if chosen else "")]

    @property
    def method(self) -> str:
        return str(self.way)

    @property
    def says(self) -> Mapping[str, StrOrPromise]:
        own = OWN_WORDS.get(self.way, {})
        if self.way in TENDERED:
            return {**own, **({"": Way.INVITED.label} if self.way == Way.INVITED else {})}
        return {**UNTENDERED, **(UNCOMPARED if self.way in ONE else {}), "": Way(self.way).label, **own}

    @property
    def tendered(self) -> bool:
        """Whether it is a tender in the law's sense: with bids, an opening in public, a committee."""
        return self.way in TENDERED

    @property
    def has_package(self) -> bool:
        """Whether what is handed to willing organisations is all there."""
        parts = (self.requirement, self.quality_standard, self.application_form, self.background, self.resources)
        return all(part.strip() for part in parts)

    @property
    def total_points(self) -> int:
        return sum(factor["points"] for factor in self.factors) if self.pointed else 0

    @property
    def pointed(self) -> bool:
        """Whether bids earn points: not by the lowest evaluated price, nor where the documents have no factor."""
        return bool(self.factors) and self.review_method != self.Review.LOWEST

    @property
    def price_points(self) -> int:
        return sum(factor["points"] for factor in self.factors if factor["is_price"]) if self.pointed else 0

    @property
    def judged(self) -> list[tuple[int, Factor]]:
        """The factors that experts score, each with its number in the documents (from 1)."""
        numbered = enumerate(self.factors if self.pointed else [], 1)
        return [(number, factor) for number, factor in numbered if not factor["is_price"]]

    @property
    def loose(self) -> list[Factor]:
        """Judged factors that measure no point found in the text of the quality standard."""
        points = [(factor, factor.get("measures", "").strip()) for _number, factor in self.judged]
        return [factor for factor, point in points if not point or point not in self.quality_standard]

    def admits(self, organisation: int) -> bool:
        """Whether this organisation may answer: any may, unless some were invited."""
        return not self.invited or organisation in self.invited

    @property
    def sealed(self) -> bool:
        """Whether its bids are sealed in the bidder's browser, for the keys that its lock names."""
        return bool(self.lock)

    @property
    def pressing(self) -> frozenset[str]:
        """Of those who share the first place none is chosen before they are told apart."""
        return frozenset({"tender.draw"}) if self.tied else frozenset()

    @property
    def discreet(self) -> bool:
        """Whether those that take part must not learn of each other now: in talks, until the result."""
        return self.way in TALKED and self.awarded_at is None

    @property
    def alone(self) -> bool:
        """Whether it is agreed with one provider that was named beforehand."""
        return self.way in ONE

    @property
    def talking(self) -> bool:
        """Whether suppliers are negotiated or consulted with now, up to their final offers."""
        return self.way in TALKED and self.state in (self.State.OPENED, self.State.NEGOTIATED)

    @property
    def calling(self) -> bool:
        """Whether it takes bids, as far as its milestones say: announced, neither opened nor failed."""
        return self.announced_at is not None and self.opened_at is None and self.state != self.State.FAILED

    @property
    def scoring(self) -> bool:
        """Whether experts hand in their points now: on the bids opened, after talks once prices are final."""
        return self.state == (self.State.QUOTED if self.way in TALKED else self.State.OPENED)

    @cached_property
    def first(self) -> Bid | None:
        """The winner; between scoring and award the bid placed first (one query)."""
        if self.winner is not None or self.state not in (self.State.SCORED, self.State.SETTLED):
            return self.winner
        best = self.rankings.filter(fallen_at=None).select_related("bid__organisation").first()
        return best.bid if best else None

    @property
    def leading(self) -> list[Ranking]:
        """Who stands in the best place that has not fallen; more than one where they are equal. One query."""
        rows = list(self.rankings.filter(fallen_at=None).select_related("bid__organisation"))
        return [row for row in rows if row.rank == rows[0].rank]

    @property
    def several(self) -> bool:
        """Whether more than one may win, each with a contract of its own."""
        return self.way in SEVERAL

    @cached_property
    def winners(self) -> list[Bid]:
        """Whoever won, best first; nobody before the award. One query where several may."""
        if self.winner is None:
            return []
        chosen = self.rankings.filter(chosen=True, fallen_at=None) if self.several else None
        return [self.winner] if chosen is None else [row.bid for row in chosen.select_related("bid__organisation")]

    @property
    def newcomer(self) -> Bid | None:
        """Whoever last took a place that fell free after the award. One query."""
        rows = self.rankings.filter(chosen=True, fallen_at=None).exclude(chosen_at=None)
        last = rows.select_related("bid__organisation").order_by("chosen_at", "rank").last()
        return last.bid if last is not None else None

    @property
    def placed(self) -> bool:
        """Whether more than one was ever chosen, so that each is known by its organisation. One query at most."""
        return self.several and (len(self.winners) > 1 or self.rankings.filter(chosen=True).count() > 1)

    @cached_property
    def panel_size(self) -> int:
        """Experts seated now. One query."""
        return self.seats.filter(left_at=None).count()

    def deadline_passed(self, at: datetime) -> bool:
        """Whether the deadline for bids has come."""
        return self.bids_due_at is not None and at >= self.bids_due_at
