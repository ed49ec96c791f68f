"""What opening a purchase and handling its implementation plan take."""

from __future__ import annotations

import re
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, JudgementField, RowsField
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.kernel.models import Division, Purchase
from gongyue.programmes.models import ImplementationPlan
from gongyue.programmes.streets import listing, modes_of

STREET_NAME_MOST = 50  # with its district's code it is the division's key


class OpenForm(ActionForm):
    """A pilot street's purchase; the street and its mode come from the list, not from whoever opens it."""

    title = forms.CharField(label=_("项目名称"), max_length=120)
    scope = forms.ChoiceField(label=_("购买范围"), choices=Purchase.Scope.choices)
    bought = forms.BooleanField(
        label=_("属购买服务项目"), required=False, initial=True, help_text=_("由社会组织承接、政府付费")
    )

    def prepare(self) -> None:
        """Where the street's mode is to purchase, there is nothing to choose."""
        if self.dossier is None or self.subject is None:
            return
        found = listing(cast(Purchase, self.subject).division, self.dossier.regime)
        if found and found[0].modes[found[1].mode].purchased:
            self.fields["bought"].disabled = True


class OpenByReferenceForm(ActionForm):
    """A district's own pilot street, which follows the norm by reference."""

    street = forms.CharField(label=_("街道"), max_length=STREET_NAME_MOST)
    title = forms.CharField(label=_("项目名称"), max_length=120)
    mode = forms.ChoiceField(label=_("运作模式"), required=False)
    scope = forms.ChoiceField(label=_("购买范围"), choices=Purchase.Scope.choices)

    def prepare(self) -> None:
        """The modes are those the regime's programmes know."""
        if self.dossier is None:
            return
        known = modes_of(self.dossier.regime)
        mode = cast(forms.ChoiceField, self.fields["mode"])
        mode.choices, mode.required = list(known.items()), bool(known)

    def clean_street(self) -> str:
        """A name only, and not one of the streets that the pilot lists: those are opened by their own office."""
        name: str = self.cleaned_data["street"]
        if not re.fullmatch(r"[\w·（）()-]+", name):
            raise ValidationError(_("请填写街道名称，不含空格和标点"), code="name")
        if self.dossier is not None and self.subject is not None:
            district = cast(Purchase, self.subject).division
            street = Division(name=name, parent=district)
            if listing(street, self.dossier.regime):
                raise ValidationError(_("该街道已列入试点名单，由街道办事处立项"), code="listed")
        return name


class SubmitForm(ActionForm):
    """The plan's text. A returned one is sent again from what it said."""

    former_name = forms.CharField(
        label=_("前身（原社区服务中心）"), max_length=120, required=False,
        help_text=_("原社区服务中心更名为社区综合服务中心，填写更名前的名称"),
    )  # fmt: skip
    goals = forms.CharField(
        label=_("服务目标"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    content = forms.CharField(label=_("服务内容"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))
    site_kind = forms.ChoiceField(label=_("场地来源"), choices=ImplementationPlan.SiteKind.choices)
    site_address = forms.CharField(label=_("场地地址"), max_length=200)
    site_ready_on = DayField(label=_("场地就绪日期"), required=False, help_text=_("尚未就绪的填计划日期"))
    paper = DocumentField(label=_("方案文本"), required=False)

    def prepare(self) -> None:
        if self.subject is not None and self.subject.pk:
            for name in ("former_name", "goals", "content", "site_kind", "site_address", "site_ready_on"):
                self.initial[name] = getattr(self.subject, name)


class PanelRow(forms.Form):
    """A member of the panel."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    organisation = forms.CharField(label=_("所在单位"), max_length=120)


class PanelField(RowsField):
    """Who sat on the panel: about people, so the ledger keeps a commitment to it only."""

    personal = True


class ApproveForm(NoteForm):
    """The city's approval, on the judgement of a panel."""

    field_order = ("panel", "result", "opinion")

    panel = PanelField(PanelRow, most=50, label=_("评审组成员"))
    result = JudgementField(label=_("评审结果"), choices=ImplementationPlan.Result.choices)
