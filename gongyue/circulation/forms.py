"""What is written on a paper's way."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField, RowsField, RowsWidget
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.kernel.models import Organisation

from . import queries
from .models import Cosignature, SignOff


class OfficeRow(forms.Form):
    """One office; which ones may be chosen is known once the purchase is."""

    organisation = forms.ChoiceField(label=_("单位"), choices=())


class DraftForm(ActionForm):
    title = forms.CharField(label=_("标题"), max_length=120)
    series = forms.CharField(label=_("发文代字"), max_length=20, help_text=_("如“越民”；序号在签发时连续编排"))
    text = forms.CharField(label=_("正文"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    signers = RowsField(OfficeRow, least=0, most=20, label=_("会签单位"), help_text=_("按会签先后排列"))
    main = RowsField(OfficeRow, most=20, label=_("主送"))
    copied = RowsField(OfficeRow, least=0, most=40, label=_("抄送"))
    attachment = DocumentField(label=_("附件"), required=False)

    def prepare(self) -> None:
        """The offices that stand in the purchase, and the departments of the city; a returned paper as it was."""
        signoff = cast(SignOff, self.subject)
        offices = queries.offices(signoff.purchase)
        choices = [("", "—"), *((str(one.pk), one.name) for one in offices)]
        chosen = type("Row", (OfficeRow,), {"organisation": forms.ChoiceField(label=_("单位"), choices=choices)})
        for name in ("signers", "main", "copied"):
            field = cast(RowsField, self.fields[name])
            field.row = cast(RowsWidget, field.widget).row = chosen
            if signoff.pk:
                self.initial[name] = [{"organisation": str(key)} for key in getattr(signoff, name)]
        if signoff.pk:
            self.initial.update({name: getattr(signoff, name) for name in ("title", "series", "text")})

    def clean(self) -> dict[str, Any]:
        super().clean()
        told: set[str] = set()
        for name in ("signers", "main", "copied"):
            keys = [row["organisation"] for row in self.cleaned_data.get(name) or ()]
            twice = {key for key in keys if keys.count(key) > 1}
            if twice or (name == "copied" and told & set(keys)):
                self.add_error(name, forms.ValidationError(_("同一单位只列一次"), code="twice"))
            told |= set(keys) if name == "main" else set()
        if self.actor is not None and str(self.actor.organisation_id) in {
            row["organisation"] for row in self.cleaned_data.get("signers") or ()
        }:
            self.add_error("signers", forms.ValidationError(_("拟稿单位自己不必会签"), code="own"))
        return self.cleaned_data


class CosignForm(ActionForm):
    stance = forms.ChoiceField(label=_("意见"), choices=Cosignature.Stance.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("具体意见"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        objects = self.cleaned_data.get("stance") in {Cosignature.Stance.CHANGES, Cosignature.Stance.OPPOSED}
        if objects and not self.cleaned_data.get("text"):
            self.add_error("text", forms.ValidationError(_("请写明修改意见或不同意的理由"), code="reason"))
        return self.cleaned_data


class ReturnForm(ReasonForm):
    """Not while an office is still writing its opinion."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        signoff = cast(SignOff, self.subject)
        if signoff.pk and self.dossier is not None:
            writing = [o for o in queries.latest_round(signoff, self.dossier) if o.state == Cosignature.State.ASKED]
            if writing and signoff.state == SignOff.State.CHECKED:
                raise forms.ValidationError(
                    _("%(who)s正在会签，待其提出意见后再退回"), code="open",
                    params={"who": writing[0].organisation.name},
                )  # fmt: skip
        return self.cleaned_data


class IssueForm(ActionForm):
    """签发 waits for every opinion; where changes were asked for, the one who issues says what became of them."""

    settled = forms.CharField(
        label=_("对修改意见的处理"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        signoff = cast(SignOff, self.subject)
        if signoff.pk is None or self.dossier is None:
            return self.cleaned_data
        given = [o for o in queries.latest_round(signoff, self.dossier) if o.state == Cosignature.State.GIVEN]
        waiting = len(signoff.signers) - len(given)
        if any(o.stance == Cosignature.Stance.OPPOSED for o in given):
            raise forms.ValidationError(_("有单位不同意：请退回修改后重新会签"), code="opposed")
        if waiting:
            raise forms.ValidationError(_("还有 %(n)s 个单位没有会签，不能签发"), code="open", params={"n": waiting})
        if any(o.stance != Cosignature.Stance.AGREED for o in given) and not self.cleaned_data.get("settled"):
            self.add_error("settled", forms.ValidationError(_("有单位提出修改意见，请写明如何处理"), code="settle"))
        return self.cleaned_data


def named(keys: list[int]) -> list[Organisation]:
    """Organisations in the order of their keys."""
    found = Organisation.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
