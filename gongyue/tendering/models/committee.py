"""评标委员会: how it is made up, how its experts were drawn, who signed in and declared what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.tendering.methods import TALKED

from .panel import PanelSeat
from .tender import Tender

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVALUATED = frozenset({Tender.State.OPENED, Tender.State.NEGOTIATED, Tender.State.QUOTED})


class Evaluating(PurchaseSubject):
    """On the part 评审 of a purchase's page."""

    section = "evaluation"
    staged = False

    class Meta:
        abstract = True


GROUP: Mapping[str, StrOrPromise] = {  # of talks: there is no tender to evaluate
    "": _("谈判（磋商）小组"), "committee.form": _("定谈判（磋商）小组组建方案"), "committee.lead": _("登记小组组长"),
    "committee.replace": _("更换小组成员"), "committee.dissolve": _("解散谈判（磋商）小组"),
}  # fmt: skip


class Committee(Evaluating):
    """评标委员会 of one tender. An own draw fixes pool and seed by their digests before it, and opens both afterwards:
    `pool` and `drawn` hold keys that name nobody. The names are secret until the award, the seed until it is opened."""

    kind = "committee"
    called = _("评标委员会")
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender", "organiser")

    class State(models.TextChoices):
        FORMED = "formed", _("已定组建方案")
        SEATED = "seated", _("已组成")
        DISSOLVED = "dissolved", _("已解散")

    class Way(models.TextChoices):
        OFFICIAL = "official", _("从政府采购评审专家库随机抽取")
        OWN = "own", _("由本系统随机抽取（限政府采购以外的项目）")
        SELECTED = "selected", _("经主管预算单位同意自行选定")
        GROUPS = "groups", _("按规定的类别确定成员")

    class Larger(models.TextChoices):
        COMPLEX = "complex", _("技术复杂")
        IMPACT = "impact", _("社会影响较大")

    class Ground(models.TextChoices):
        LACKING = "lacking", _("成员缺席、回避或者健康等原因，无法及时补足")
        COMPOSITION = "composition", _("评标委员会组成不符合规定")
        CONDUCT = "conduct", _("成员有禁止行为，评审意见无效")
        MEDDLED = "meddled", _("独立评标受到非法干预")
        UNLAWFUL = "unlawful", _("评审专家有条例第七十五条规定的违法行为")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="committees")
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    size = models.PositiveSmallIntegerField(_("成员人数"), default=0)
    experts = models.PositiveSmallIntegerField(_("其中评审专家人数"), default=0)
    larger = models.CharField(_("须增加人数的情形"), max_length=20, choices=Larger, blank=True)
    way = models.CharField(_("专家产生方式"), max_length=20, choices=Way, blank=True)
    basis = models.TextField(_("自行选定的理由和同意文件"), blank=True)
    formed_at = models.DateTimeField(null=True)
    record_number = models.CharField(_("抽取记录编号"), max_length=80, blank=True)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True)
    reserves = models.JSONField(default=list)  # posts, in the order in which they step in
    seed_sha256 = models.CharField(_("种子的SHA-256"), max_length=64, blank=True)
    seed_value = models.CharField(max_length=64, blank=True)
    pool = models.JSONField(default=list)
    pool_sha256 = models.CharField(_("专家名单的SHA-256"), max_length=64, blank=True)
    beacon = models.CharField(_("公开数字的名称"), max_length=120, blank=True)  # named with the seed, not known by then
    beacon_on = models.DateField(_("公开数字的公布日期"), null=True)
    witness = models.CharField(max_length=40, blank=True)  # that number, once it was made public
    drawn = models.JSONField(default=list)  # keys in the order drawn, those in reserve last
    opened_seed = models.CharField(_("公开的种子"), max_length=64, blank=True)
    ground = models.CharField(_("解散的情形"), max_length=20, choices=Ground, blank=True)
    report_number = models.CharField(_("报告文号"), max_length=60, blank=True)  # to finance, of its end
    reported_on = models.DateField(_("报告日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tender"], condition=~models.Q(state="dissolved"), name="one_living_committee"
            )
        ]

    def __str__(self) -> str:
        words = _("%(title)s的谈判（磋商）小组") if self.tender.way in TALKED else _("%(title)s的评标委员会")
        return str(words % {"title": self.tender.title})

    def visible_to(self, actor: Post) -> bool:
        """To whoever organises the evaluation; to others once the tender is awarded."""
        return actor.organisation_id == self.organiser_id or self.tender.awarded_at is not None

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        """Once the scores are totalled its work is done; after the award a draw of this system is opened. One that was
        dissolved as the law has it may have to be reported still."""
        tender = dossier.latest(Tender)
        if tender is None or tender.state not in {Tender.State.SCORED, Tender.State.AWARDED}:
            return False
        if any(one.unreported for one in dossier.all(cls) if one.tender_id == tender.pk):
            return False
        sealed = any(one.draw_sealed for one in dossier.all(cls) if one.tender_id == tender.pk)
        return tender.state == Tender.State.SCORED or not sealed

    @property
    def draw_sealed(self) -> bool:
        """Drawn by this system, with a seed that nobody was shown yet."""
        return self.way == self.Way.OWN and bool(self.drawn) and not self.opened_seed

    @property
    def unreported(self) -> bool:
        """Dissolved since what it found is void, which finance was not told yet."""
        return self.state == self.State.DISSOLVED and self.ground != self.Ground.LACKING and self.reported_on is None

    @property
    def says(self) -> Mapping[str, StrOrPromise]:
        return GROUP if self.tender.way in TALKED else {}

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One for a living tender that is not scored yet."""
        tender = dossier.latest(Tender) if dossier else None
        closed = {Tender.State.SCORED, Tender.State.AWARDED, Tender.State.FAILED}
        if dossier is None or tender is None or tender.state in closed or committee_of(dossier, tender) is not None:
            return []
        return [cls(purchase=dossier.purchase, tender=tender, organiser=actor.organisation)]


def committee_of(dossier: Dossier, tender: Tender | None) -> Committee | None:
    """The living one of a tender."""
    rows = [one for one in dossier.all(Committee) if tender is not None and one.tender_id == tender.pk]
    return next((one for one in rows if one.state != Committee.State.DISSOLVED), None)


def pool_key(post: int) -> str:
    """What a post is called in the list that is drawn from: a number, and no name."""
    return f"expert-{post}"


class SignIn(Evaluating):
    """签到与声明 of one member: there, bound to keep what it learns, and without the relations for which it would have
    to step aside; or stepping aside."""

    kind = "signin"
    called = _("评标签到")
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender", "post", "post__organisation", "post__person", "organiser")

    class State(models.TextChoices):
        SIGNED = "signed", _("已签到")
        RECUSED = "recused", _("申请回避")

    class Relation(models.TextChoices):
        NONE = "none", _("没有下列任何一种关系")
        LABOUR = "labour", _("前三年内与其中一家存在劳动关系")
        BOARD = "board", _("前三年内担任其中一家的董事、监事")
        CONTROL = "control", _("前三年内是其中一家的控股股东或者实际控制人")
        FAMILY = "family", _("与其中一家的法定代表人或者负责人有夫妻、直系血亲、三代以内旁系血亲或者近姻亲关系")
        OTHER = "other", _("有其他可能影响公平、公正的关系")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="sign_ins")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    confidential = models.BooleanField(_("承诺保密"), default=False)
    discipline = models.BooleanField(_("已知悉评标纪律"), default=False)
    relation = models.CharField(_("与投标人的关系"), max_length=20, choices=Relation, blank=True)
    at = models.DateTimeField(_("签到时间"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "post"], name="signed_in_once")]

    def __str__(self) -> str:
        return str(self.post)

    @property
    def doer(self) -> Post:
        return self.post

    def visible_to(self, actor: Post) -> bool:
        """To the member and to whoever organises the evaluation; to others after the award."""
        mine = actor.pk == self.post_id or actor.organisation_id == self.organiser_id
        return mine or self.tender.awarded_at is not None

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        tender = dossier.latest(Tender)
        return tender is None or tender.state != Tender.State.OPENED

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """For each seated member, once the bids are opened: only then is it known who bids. After talks too, until they
        score."""
        tender = dossier.latest(Tender) if dossier else None
        if dossier is None or tender is None or tender.state not in EVALUATED:
            return []
        if any(one.tender_id == tender.pk and one.post_id == actor.pk for one in dossier.all(cls)):
            return []
        if not PanelSeat.objects.filter(tender=tender, post=actor, left_at=None).exists():
            return []
        found = committee_of(dossier, tender)
        return [cls(purchase=dossier.purchase, tender=tender, post=actor, organiser=found.organiser if found else None)]
