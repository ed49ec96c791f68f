"""What an agreement with an agent takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, JudgementField, OrganisationField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation
from gongyue.tendering.models import Agency
from gongyue.tendering.models.agency import entrustable

from .common import text

AGENTS = (Organisation.Kind.AGENT, Organisation.Kind.CENTRAL_AGENCY)


class ProposeAgencyForm(ActionForm):
    """agency.propose. The law of the day says what of it may not be left out."""

    organisation = OrganisationField(
        label=_("代理机构"), queryset=Organisation.objects.none(),
        help_text=_("由采购人自行选择，任何单位和个人不得指定"),
    )  # fmt: skip
    agreement_number = forms.CharField(label=_("协议编号"), max_length=60)
    powers = forms.MultipleChoiceField(
        label=_("委托的权限"), choices=Agency.Power.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("代理机构只能办理协议列明的事项；确定中标人、签订合同仍由采购人办理"),
    )  # fmt: skip
    entrusted_with = text(_("代理采购的范围"), rows=3)
    begins_on = DayField(label=_("委托起始日"), required=False)
    ends_on = DayField(label=_("委托截止日"), required=False)
    fee_payer = JudgementField(label=_("代理费用由谁支付"), choices=Agency.FeePayer.choices)
    fee_terms = text(_("代理费用的收取标准和方式"), rows=2, required=False, help_text=_("不收费的不填"))
    paper = DocumentField(label=_("委托代理协议"), required=False)

    def prepare(self) -> None:
        rows = Organisation.objects.filter(organisation_kind__in=AGENTS).order_by("name")
        self.fields["organisation"].queryset = rows.select_related("division")  # type: ignore[attr-defined]
        if self.dossier is not None:
            offered = entrustable(self.dossier.regime)
            self.fields["powers"].choices = [(str(one), one.label) for one in offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The agreement not yet born takes its agent, so that facts can tell what binds it."""
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("begins_on"), data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", ValidationError(_("截止日早于起始日"), code="order"))
        if data.get("fee_payer") not in (None, "", Agency.FeePayer.NONE) and not data.get("fee_terms"):
            self.add_error("fee_terms", ValidationError(_("请写明代理费用的收取标准和方式"), code="required"))
        if isinstance(self.subject, Agency) and data.get("organisation") is not None:
            self.subject.organisation = data["organisation"]
        return data


class AcceptAgencyForm(ActionForm):
    """agency.accept"""

    apart = forms.BooleanField(
        label=_("本机构及其分支机构不在本项目中投标或者代理投标，不为本项目的投标人提供投标咨询"), required=False
    )
