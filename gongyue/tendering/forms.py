"""What the actions of a tender take."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import PlanItem
from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, DocumentField, MomentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.kernel.models import Organisation, Post
from gongyue.parties.profile import ProviderProfile
from gongyue.parties.snapshot import snapshot

from . import bands, qualification
from .fields import ScoresField
from .models import Bid, Factor, PanelSeat, ScoreSheet, StandardGroup, Tender, live

POINTS_IN_ALL = 100
PASSED, FAILED = "合格", "不合格"
LONG = 20_000
KEY_LENGTH = 18  # digits of a key that still fits 64 bits
FORMER = (
    "title", "requirement", "quality_standard", "application_form", "background", "resources", "renewal_announced",
    "factors", "fixed_price",
)  # fmt: skip
F = TypeVar("F", bound=forms.Field)


def sealed(field: F) -> F:
    """Its value is only committed to in the ledger's leaf, and no rule sees it."""
    field.sealed = True  # type: ignore[attr-defined]
    return field


def personal(field: F) -> F:
    """As `sealed`, because it names people."""
    field.personal = True  # type: ignore[attr-defined]
    return field


def text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **options)


class FactorRow(forms.Form):
    """One factor of the evaluation."""

    name = forms.CharField(label=_("评审因素"), max_length=60)
    points = forms.IntegerField(label=_("分值"), min_value=1, max_value=POINTS_IN_ALL)
    is_price = forms.BooleanField(label=_("价格因素"), required=False)
    measures = forms.CharField(label=_("衡量的标准要点"), max_length=120, required=False)
    bands = forms.CharField(label=_("各区间得分"), max_length=300, required=False)


class DraftTenderForm(ActionForm):
    """tender.draft. After a failed call it starts from that call's documents."""

    title = forms.CharField(label=_("招标项目名称"), max_length=120)
    ceiling = MoneyField(label=_("最高限价"))
    requirement = text(_("服务需求"))
    quality_standard = text(_("服务质量标准"))
    application_form = text(_("项目申请书格式"), required=False)
    background = text(_("项目背景"), required=False)
    resources = text(_("资源配置"), required=False)
    renewal_announced = forms.BooleanField(label=_("文件载明履约考核合格可续签"), required=False)
    factors = RowsField(
        FactorRow,
        label=_("评审因素"),
        most=30,
        help_text=_(
            "标准要点照抄服务质量标准中的原文，价格因素不填；按区间给分的写明各区间，例如“10以上得5分；5以上不足10得3分；不足5得0分”，以上、以下、以内含本数，不足、超过不含"
        ),
    )
    fixed_price = forms.BooleanField(label=_("采用固定价格或者执行国家统一定价"), required=False)
    conditions_reason = forms.CharField(
        label=_("评审因素与资格条件同名仍保留的理由"), max_length=500, required=False,
        help_text=_("资格条件只审查合格与否，一般不计分；没有同名因素的不填"),
    )  # fmt: skip

    def prepare(self) -> None:
        if self.dossier is None:
            return
        item, former = self.dossier.latest(PlanItem), self.dossier.latest(Tender)
        self.initial["title"] = self.dossier.purchase.title
        if item is not None:
            self.initial.update(ceiling=item.amount_fen, requirement=item.requirements)
        self.initial["quality_standard"] = self._expert_standard  # asked for when it is drawn
        if former is not None:
            self.initial.update({name: getattr(former, name) for name in FORMER}, ceiling=former.ceiling_fen)

    def _expert_standard(self) -> str:
        group = self.dossier.latest(StandardGroup) if self.dossier is not None else None
        return group.standard if group is not None else ""

    def clean_factors(self) -> list[Factor]:
        factors: list[Factor] = [
            {
                "name": row["name"],
                "points": row["points"],
                "is_price": row["is_price"],
                "measures": "" if row["is_price"] else row["measures"],
            }  # fmt: skip
            for row in self.cleaned_data["factors"]
        ]
        for row, factor in zip(self.cleaned_data["factors"], factors, strict=True):
            if row.get("bands"):
                factor["bands"] = _banded(factor, row["bands"])
        total = sum(factor["points"] for factor in factors)
        if total != POINTS_IN_ALL:
            params = {"all": POINTS_IN_ALL, "total": total}
            raise ValidationError(_("分值合计须为 %(all)s，现为 %(total)s"), code="sum", params=params)
        if sum(factor["is_price"] for factor in factors) > 1:
            raise ValidationError(_("价格因素只能有一项"), code="price")
        if twice := [name for name, times in Counter(factor["name"] for factor in factors).items() if times > 1]:
            raise ValidationError(_("评审因素“%(name)s”重复"), code="twice", params={"name": twice[0]})
        return factors

    def clean(self) -> dict[str, Any]:
        """A factor named after an item of the rating form needs a reason; where there is none, no reason is kept.

        It is a hint, not a rule: what the law of the day says of it is asked by its own rule, within its dates.
        """
        data = super().clean() or self.cleaned_data
        regime = self.dossier.regime if self.dossier is not None else None
        names = [factor["name"] for factor in data.get("factors", ())]
        found = [(name, item) for name in names if (item := qualification.named_after(name, regime))]
        if not found:
            data["conditions_reason"] = ""
        elif not data.get("conditions_reason"):
            words = _(
                "评审因素“%(factor)s”与资格条件“%(item)s”同名：资格只审查合格与否。请改用别的因素，或在这里写明保留的理由"
            )
            params = {"factor": found[0][0], "item": found[0][1].name}
            self.add_error("conditions_reason", ValidationError(words, code="condition", params=params))
        return data


def _banded(factor: Factor, words: str) -> str:
    """The intervals of a factor, once they say of every number what it earns. Raises ValidationError."""
    params: dict[str, Any] = {"name": factor["name"]}
    if factor["is_price"]:
        raise ValidationError(_("“%(name)s”是价格因素，按公式计算，不分区间"), code="band_price", params=params)
    try:
        found = bands.read(words)
    except ValueError as part:
        params["part"] = str(part)
        raise ValidationError(_("“%(name)s”的区间读不懂：%(part)s"), code="band", params=params) from None
    if edges := bands.overlaps(found):
        params["edge"] = bands.plain(edges[0])
        raise ValidationError(_("“%(name)s”的区间在 %(edge)s 处重叠"), code="band_overlap", params=params)
    if edges := bands.holes(found):
        params["edge"] = bands.plain(edges[0])
        raise ValidationError(_("“%(name)s”的区间在 %(edge)s 处有空档"), code="band_hole", params=params)
    if max(band.points for band in found) != factor["points"]:
        raise ValidationError(_("“%(name)s”各区间的最高分须等于它的分值"), code="band_most", params=params)
    return words


class ExpertRow(forms.Form):
    """One expert of the group that writes the standard."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    organisation = forms.CharField(label=_("所在单位"), max_length=120)
    speciality = forms.CharField(label=_("专业领域"), max_length=120)


class StandardForm(ActionForm):
    """standardgroup.record. The members' names are kept apart from what pages and rules read."""

    organised = forms.ChoiceField(label=_("组织方式"), choices=StandardGroup.Organised.choices)
    third_party = forms.CharField(label=_("受委托的第三方组织"), max_length=120, required=False)
    members = personal(RowsField(ExpertRow, label=_("专家组成员"), most=50))
    standard = text(_("服务质量标准"), rows=8, help_text=_("尚未发标的招标文件将以此为准"))
    written_on = DayField(label=_("制定日期"))
    paper = DocumentField(label=_("标准文本"), required=False)

    def clean_written_on(self) -> date:
        written: date = self.cleaned_data["written_on"]
        if self.dossier and written > self.dossier.at.astimezone(LOCAL).date():
            raise ValidationError(_("制定日期晚于今天"), code="future")
        return written

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("organised") == StandardGroup.Organised.THIRD and not data.get("third_party"):
            self.add_error("third_party", ValidationError(_("请填写受委托的第三方组织"), code="required"))
        return data


class BriefForm(ActionForm):
    """tender.brief"""

    held_on = DayField(label=_("召开日期"))
    venue = forms.CharField(label=_("地点"), max_length=120)
    minutes = text(_("会议纪要"))

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        if self.dossier and held_on > self.dossier.at.astimezone(LOCAL).date():
            raise ValidationError(_("会议尚未召开"), code="future")
        return held_on


class PublishForm(ActionForm):
    """tender.publish"""

    bids_due_at = MomentField(label=_("投标截止时间"))
    opening_place = forms.CharField(label=_("开标地点"), max_length=120)

    def clean_bids_due_at(self) -> datetime:
        due: datetime = self.cleaned_data["bids_due_at"]
        if self.dossier and due <= self.dossier.at:
            raise ValidationError(_("投标截止时间须晚于发标时间"), code="past")
        return due


class PostsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several posts; a number that no table could hold names none of them."""

    def clean(self, value: Any) -> QuerySet[Post]:
        beyond = [pk for pk in value if len(str(pk)) > KEY_LENGTH] if isinstance(value, list | tuple) else []
        if beyond:
            params = {"pk": beyond[0]}
            raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params=params)
        posts: QuerySet[Post] = super().clean(value)
        return posts


class AppointForm(ActionForm):
    """tender.appoint: the whole panel, each time; an expert left out gives up the seat."""

    experts = sealed(PostsField(label=_("评审专家"), queryset=Post.objects.none(), widget=forms.CheckboxSelectMultiple))

    def prepare(self) -> None:
        tender = self.subject
        assert isinstance(tender, Tender)
        experts: forms.ModelMultipleChoiceField[Post] = self.fields["experts"]  # type: ignore[assignment]
        experts.queryset = self._held()
        seats = PanelSeat.objects.filter(tender=tender.pk, left_at=None)
        self.initial["experts"] = lambda: list(seats.values_list("post", flat=True))  # asked for when it is drawn

    def _held(self) -> QuerySet[Post]:
        posts = Post.objects.filter(
            organisation__organisation_kind=Organisation.Kind.EXPERT_BODY, state=Post.State.HELD
        ).select_related("organisation", "person")
        if self.dossier is not None:
            on = self.dossier.at.astimezone(LOCAL).date()
            posts = posts.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
        return posts.order_by("organisation__name", "person__name", "pk")

    def clean_experts(self) -> QuerySet[Post]:
        experts: QuerySet[Post] = self.cleaned_data["experts"]
        assert isinstance(self.subject, Tender)
        scored = ScoreSheet.objects.filter(tender=self.subject).exclude(post__in=experts)
        if sheet := scored.select_related("post__person").first():
            name = sheet.post.person.name
            raise ValidationError(_("%(name)s 已提交评分，不能更换"), code="scored", params={"name": name})
        return experts


class OpenForm(ActionForm):
    """tender.open"""

    attendance = personal(text(_("到场人员")))


class DrawForm(ActionForm):
    """tender.draw: who comes first of those that share the first place."""

    settled = forms.ChoiceField(
        label=_("定序方式"), choices=Tender.TieSettled.choices,
        help_text=_("招标文件写明方式的按其方式；没有写明的，随机抽取"),
    )  # fmt: skip
    first = forms.TypedChoiceField(label=_("定为第一名的投标"), choices=[], coerce=int)
    first.opaque = True  # type: ignore[attr-defined]
    basis = text(_("依据和经过"), help_text=_("写明招标文件的规定，或者抽取的时间、地点、方法和结果"))
    attendance = personal(text(_("在场人员")))

    def prepare(self) -> None:
        tender = self.subject
        first: forms.TypedChoiceField = self.fields["first"]  # type: ignore[assignment]
        first.choices = lambda: _tied(tender) if isinstance(tender, Tender) else []  # asked for when it is drawn


def _tied(tender: Tender) -> list[tuple[int, str]]:
    """The bids that share the first place."""
    rows = tender.rankings.filter(rank=1).select_related("bid__organisation")
    return [(row.bid_id, str(row.bid)) for row in rows]


class FrozenField(forms.Field):
    """Not asked: what was typed is ignored, the form itself puts in what stands on record."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[str, Any]:
        return {}


class SubmitBidForm(ActionForm):
    """bid.submit"""

    price = sealed(MoneyField(label=_("报价")))
    plan = sealed(text(_("实施方案"), rows=8))
    fund_rules = sealed(text(_("资金使用细则"), rows=6))
    profile = text(
        _("机构情况"),
        help_text=_("机构简介，以往承接的项目及成效；机构档案按递交时的内容一并固定，以后修改不影响本次投标"),
    )
    snapshot = sealed(FrozenField(label=_("机构档案快照"), required=False))
    truthful = forms.BooleanField(label=_("本机构承诺所提供的材料真实，接受招标方审查"))

    def prepare(self) -> None:
        self.initial["profile"] = self._introduction  # asked for when it is drawn

    def _introduction(self) -> str:
        bid = self.subject
        kept = ProviderProfile.objects.filter(organisation=bid.organisation_id) if isinstance(bid, Bid) else None
        return (kept.values_list("introduction", flat=True).first() or "") if kept is not None else ""

    def clean_snapshot(self) -> dict[str, Any]:
        """Taken in the very transaction of the act."""
        bid = self.subject
        if self.dossier is None or not isinstance(bid, Bid):
            return {}
        return snapshot(bid.organisation, self.dossier.today)

    def clean_price(self) -> int:
        """What rules cannot see is checked here: the ceiling is part of the documents."""
        price: int = self.cleaned_data["price"]
        bid = self.subject
        if isinstance(bid, Bid) and price > bid.tender.ceiling_fen:
            raise ValidationError(_("报价高于招标文件的最高限价"), code="ceiling")
        return price

    def clean(self) -> dict[str, Any]:
        """A call that has failed since the page was opened takes no more bids."""
        data = super().clean() or self.cleaned_data
        bid = self.subject
        if self.dossier is not None and isinstance(bid, Bid):
            tender = self.dossier.latest(Tender)
            if tender is None or tender.pk != bid.tender_id or not tender.calling:
                self.add_error("price", ValidationError(_("本次招标已不接受投标"), code="closed"))
        return data


class WithdrawForm(ReasonForm):
    """bid.withdraw"""

    def clean_reason(self) -> str:
        """Once opened a bid has no owner in the kernel's sense; it stays its organisation's to withdraw."""
        bid, actor = self.subject, self.actor
        if isinstance(bid, Bid) and actor is not None and bid.organisation_id != actor.organisation_id:
            raise ValidationError(_("只有投标人可以撤回投标"), code="owner")
        return str(self.cleaned_data["reason"])


class CheckRow(forms.Form):
    """One item of the rating form: it is passed or not, no points are given."""

    item = forms.CharField(label=_("评价项目"), max_length=120)
    result = forms.ChoiceField(label=_("结果"), choices=[("", "—"), (PASSED, _("合格")), (FAILED, _("不合格"))])
    evidence = forms.CharField(label=_("依据的材料"), max_length=300)


def computed(label: Any) -> forms.BooleanField:
    """Not asked: it follows from the rows."""
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)


class FailedCheckRow(CheckRow):
    """The same for a bidder that fails: each item not passed says why."""

    reason = forms.CharField(label=_("不合格的理由"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("result") == FAILED and not data.get("reason"):
            self.add_error("reason", ValidationError(_("请写明这一项为什么不合格"), code="required"))
        elif data.get("result") == PASSED:
            data["reason"] = ""
        return data


class RatingForm(ActionForm):
    """Every item of the regime's rating form, passed or not, with its evidence; nothing is scored."""

    checks = RowsField(CheckRow, label=_("资质评价表"), fixed=True)
    liability, accounting = computed(_("能独立承担法律责任")), computed(_("财务会计制度健全"))
    ability, reputation = computed(_("具备相应的专业能力")), computed(_("社会信誉良好"))

    def prepare(self) -> None:
        regime = self.dossier.regime if self.dossier is not None else None
        self.items = qualification.items(regime)
        self.initial["checks"] = [{"item": item.name, "result": "", "evidence": ""} for item in self.items]
        if slot := qualification.missing(regime):
            self.fields["checks"].help_text = _("尚缺：%(slot)s") % {"slot": slot}

    def clean_checks(self) -> list[dict[str, Any]]:
        """Every item once and no other; kept under its Chinese name."""
        known = {name: item for item in self.items for name in (item.id, item.zh, item.en)}
        rows: list[dict[str, Any]] = self.cleaned_data["checks"]
        named = [known[row["item"]].zh if row["item"] in known else row["item"] for row in rows]
        asked = [item.zh for item in self.items]
        for zh in asked:
            if zh not in named:
                raise ValidationError(_("资质评价表缺少“%(item)s”"), code="missing", params={"item": zh})
        if odd := next((n for n in named if n not in asked or named.count(n) > 1), None):
            raise ValidationError(_("“%(item)s”不在资质评价表中，或者重复"), code="odd", params={"item": odd})
        return [row | {"item": zh} for row, zh in zip(rows, named, strict=True)]

    def clean(self) -> dict[str, Any]:
        """The four conditions follow from their rows."""
        data = super().clean() or self.cleaned_data
        for item in self.items:
            if item.id in qualification.CONDITIONS:
                data[item.id] = self.passed.get(item.zh, False)
        return data

    @property
    def passed(self) -> dict[str, bool]:
        """Which items were passed, by their Chinese names."""
        return {row["item"]: row["result"] == PASSED for row in self.cleaned_data.get("checks", ())}


class QualifyForm(RatingForm):
    """bid.qualify"""

    evidence = text(_("审查意见"), help_text=_("资质只作合格与否的审查，不计分"))

    def clean(self) -> dict[str, Any]:
        """The four conditions are for the regime's rule; whatever else the form asks must be passed as well."""
        data = super().clean()
        for item in self.items:
            if item.id not in qualification.CONDITIONS and not self.passed.get(item.zh, True):
                words = _("“%(item)s”不合格，请办理“资格审查不合格”")
                self.add_error("checks", ValidationError(words, code="failed", params={"item": item.zh}))
        return data


class DisqualifyForm(RatingForm):
    """bid.disqualify: which items were not passed and why, and the review as a whole."""

    checks = RowsField(FailedCheckRow, label=_("资质评价表"), fixed=True)
    reason = text(_("审查意见"), help_text=_("写明判为不合格的理由，将告知投标人"))
    field_order = ("checks", "reason")

    def clean_checks(self) -> list[dict[str, Any]]:
        rows = super().clean_checks()
        if all(row["result"] == PASSED for row in rows):
            raise ValidationError(_("各项都合格，请办理“资格审查合格”"), code="passed")
        return rows


class SheetForm(ActionForm):
    """sheet.submit"""

    scores = ScoresField(label=_("评分"))
    independent = forms.BooleanField(label=_("本人与各投标人没有利害关系"), required=False)

    def prepare(self) -> None:
        sheet = self.subject
        assert isinstance(sheet, ScoreSheet)
        scores = self.fields["scores"]
        assert isinstance(scores, ScoresField)
        if self.dossier is not None:
            out = {Bid.State.DISQUALIFIED, Bid.State.WITHDRAWN, Bid.State.INVALID}
            bids = [bid for bid in live(self.dossier.all(Bid), sheet.tender) if bid.state not in out]
            scores.grid(bids=bids, factors=sheet.tender.factors)

    def clean(self) -> dict[str, Any]:
        """Somebody who is not, or no longer, on the panel does not score."""
        data = super().clean() or self.cleaned_data
        sheet = self.subject
        if isinstance(sheet, ScoreSheet) and self.dossier is not None:
            tender = self.dossier.latest(Tender)
            seated = PanelSeat.objects.filter(tender=sheet.tender, post=sheet.post, left_at=None).exists()
            if not seated or tender is None or tender.pk != sheet.tender_id or tender.state != Tender.State.OPENED:
                self.add_error("scores", ValidationError(_("您现在没有待评的招标"), code="panel"))
        return data
