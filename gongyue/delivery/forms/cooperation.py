"""Referral partners, referrals, coordination requests, contacts."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.delivery.models import Client, Contact, Partner, Referral
from gongyue.delivery.models.cooperation import departments, partners_of
from gongyue.kernel.fields import DayField, DocumentField, JudgementField, OrganisationField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation
from gongyue.parties.forms import PersonalField, RowField

from .service import ServiceForm, offices


class PartnerForm(ServiceForm):
    department = forms.ChoiceField(label=_("部门"))
    organisation = OrganisationField(label=_("单位"), queryset=Organisation.objects.none())
    service = forms.CharField(label=_("可转介的服务"), max_length=200)
    contact = PersonalField(label=_("联系人与电话"), max_length=120)

    def prepare(self) -> None:
        if self.dossier is not None:
            cast(forms.ChoiceField, self.fields["department"]).choices = departments(self.dossier.regime)
        rows = offices(self.purchase).filter(organisation_kind=Organisation.Kind.DEPARTMENT)
        cast(OrganisationField, self.fields["organisation"]).queryset = rows


class ReferralForm(ServiceForm):
    """Out of the centre to a partner; sent by a department, into the centre. Nobody is referred without consent."""

    partner = RowField(label=_("转介给"), queryset=Partner.objects.none(), required=False)
    client_code = forms.CharField(label=_("服务对象编号"), max_length=20, required=False)
    person = PersonalField(
        label=_("姓名与联系方式"), max_length=120, required=False, help_text=_("供接收单位联系本人；不进入公开台账")
    )
    need = PersonalField(label=_("需要的服务"), max_length=200, help_text=_("不写姓名、证件号"))
    consented = forms.BooleanField(label=_("本人已同意转介"))
    consent_on = DayField(label=_("本人同意日期"))
    consent_paper = DocumentField(label=_("同意书照片"), required=False, restricted=True)

    @property
    def outward(self) -> bool:
        """Whether the provider sends it."""
        contract = self.contract
        return contract is not None and self.actor is not None and contract.provider_id == self.actor.organisation_id

    def prepare(self) -> None:
        self.initial["consent_on"] = self.today
        field = cast(RowField, self.fields["partner"])
        if self.outward and self.dossier is not None:
            field.queryset = Partner.objects.filter(
                pk__in=[partner.pk for partner in partners_of(self.dossier)]
            ).select_related("organisation", "organisation__division")
            field.required = self.fields["client_code"].required = True
        else:
            field.widget = forms.HiddenInput()
            self.fields["client_code"].widget = forms.HiddenInput()
            self.fields["person"].required = True

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_future("consent_on")
        code = self.cleaned_data.get("client_code")
        if self.outward and code:
            known = Client.objects.filter(purchase=self.purchase, code=code, state=Client.State.REGISTERED)
            if not known.exists():
                self.refuse("client_code", _("服务对象登记中没有这一编号"))
        return self.cleaned_data


class ReceiveForm(ActionForm):
    """An office confirms that it has it in hand."""

    handler = PersonalField(label=_("经办人与电话"), max_length=120, required=False)


class AnswerForm(ActionForm):
    outcome = JudgementField(label=_("结果"), choices=Referral.Outcome.choices)
    answer = forms.CharField(
        label=_("反馈说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("不写姓名、证件号")
    )


class CoordinationForm(ServiceForm):
    matter = forms.CharField(label=_("事项"), max_length=120)
    detail = forms.CharField(label=_("情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    asked = OrganisationField(label=_("主办单位"), queryset=Organisation.objects.none())
    paper = DocumentField(label=_("附件"), required=False)

    def prepare(self) -> None:
        cast(OrganisationField, self.fields["asked"]).queryset = offices(self.purchase)


class SolutionForm(ActionForm):
    answer = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    paper = DocumentField(label=_("附件"), required=False)


class ContactForm(ServiceForm):
    held_on = DayField(label=_("日期"))
    way = forms.ChoiceField(label=_("方式"), choices=Contact.Way.choices)
    counterpart = OrganisationField(label=_("部门"), queryset=Organisation.objects.none())
    about = forms.CharField(label=_("事由"), max_length=200)
    agreed = forms.CharField(
        label=_("商定事项"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self) -> None:
        self.initial["held_on"] = self.today
        cast(OrganisationField, self.fields["counterpart"]).queryset = offices(self.purchase)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_future("held_on")
        return self.cleaned_data
