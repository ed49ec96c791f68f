"""What drafting, announcing and publishing a call takes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import PlanItem
from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, MomentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.needs.models import BuyingPlan, Requirement
from gongyue.tendering import qualification, recorded
from gongyue.tendering.contents import listed_by
from gongyue.tendering.models import Factor, StandardGroup, Tender

from .common import text
from .contents import ContentsField, every_item
from .factors import FactorRow, checked
from .terms import TermsForm

FORMER = (
    "title", "requirement", "quality_standard", "application_form", "background", "resources", "renewal_announced",
    "factors", "fixed_price", "review_method", "conditions", "musts", "contract_draft", "changeable", "joint",
)  # fmt: skip


class DraftTenderForm(TermsForm):
    """tender.draft. After a failed call it starts from that call's documents."""

    field_order = (
        "title", "ceiling", "requirement", "quality_standard", "application_form", "background", "resources",
        "conditions", "musts", "review_method", "factors", "conditions_reason", "fixed_price", "contract_draft",
        "contents", "changeable", "renewal_announced", "joint",
    )  # fmt: skip

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
        least=0,
        most=30,
        help_text=_(
            "采用最低评标价法的不填；标准要点照抄服务质量标准中的原文，价格因素不填；按区间给分的写明各区间，例如“10以上得5分；5以上不足10得3分；不足5得0分”，以上、以下、以内含本数，不足、超过不含"
        ),
    )
    fixed_price = forms.BooleanField(label=_("采用固定价格或者执行国家统一定价"), required=False)
    conditions_reason = forms.CharField(
        label=_("评审因素与资格条件同名仍保留的理由"), max_length=500, required=False,
        help_text=_("资格条件只审查合格与否，一般不计分；没有同名因素的不填"),
    )  # fmt: skip

    contents: RowsField | None = ContentsField()

    def prepare(self) -> None:
        self.initial["contents"] = every_item()
        if self.dossier is None:
            return
        if "contents" in self.fields and not listed_by(self.dossier.regime, self.dossier.today):
            del self.fields["contents"]
        item, former = self.dossier.latest(PlanItem), self.dossier.latest(Tender)
        self.initial["title"] = self.dossier.purchase.title
        if item is not None:
            self.initial.update(ceiling=item.amount_fen, requirement=item.requirements)
        self.initial["quality_standard"] = self._expert_standard  # asked for when it is drawn
        if former is not None:
            self.initial.update({name: getattr(former, name) for name in FORMER}, ceiling=former.ceiling_fen)
            self.initial["contents"] = every_item(former.contents)
        self._reviewed()

    def _reviewed(self) -> None:
        """Documents follow the requirement and the buying plan that were passed."""
        assert self.dossier is not None
        requirement, plan = self.dossier.latest(Requirement), self.dossier.latest(BuyingPlan)
        if requirement is None or requirement.state != Requirement.State.REVIEWED:
            return
        self.initial["requirement"] = requirement.wording
        if plan is not None and plan.ceiling_fen:
            self.initial["ceiling"] = plan.ceiling_fen

    def _expert_standard(self) -> str:
        group = self.dossier.latest(StandardGroup) if self.dossier is not None else None
        return group.standard if group is not None else _norms(self)

    def clean_factors(self) -> list[Factor]:
        """None where the lowest price wins."""
        rows = self.cleaned_data["factors"]
        if not rows and self.cleaned_data.get("review_method") == Tender.Review.LOWEST:
            return []
        if not rows:
            raise ValidationError(_("至少填写 %(n)s 行"), code="few", params={"n": 1})
        return checked(rows)

    def clean(self) -> dict[str, Any]:
        """A factor named after an item of the rating form needs a reason; where there is none, no reason is kept.

        It is a hint, not a rule: what the law of the day says of it is asked by its own rule, within its dates.
        """
        data = super().clean() or self.cleaned_data
        if isinstance(self.subject, Tender):
            self.subject.requirement = data.get("requirement") or ""  # so that facts can tell what it follows
        if "contents" in self.base_fields:
            data.setdefault("contents", [])
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


def _norms(form: ActionForm) -> str:
    """What a place has its documents refer to."""
    regime = form.dossier.regime if form.dossier is not None else None
    entry = regime.frameworks.get("norm-references") if regime is not None else None
    if regime is None or entry is None:
        return ""
    titles = "".join(f"《{regime.instruments[name].title['zh']}》" for name in entry["norms"])
    return f"服务质量执行{titles}。"


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

    def clean(self) -> dict[str, Any]:
        """No bid is sealed for a lock that the ledger does not hold, or that is not of the keys it holds."""
        data = super().clean() or self.cleaned_data
        tender = self.subject
        if isinstance(tender, Tender) and self.dossier is not None and not recorded.holds_lock(tender):
            words = _("密封锁与台账所记不符，不能据以发标。请立即核对，必要时重新设定密封锁")
            self.add_error(None, ValidationError(words, code="lock"))
        return data
