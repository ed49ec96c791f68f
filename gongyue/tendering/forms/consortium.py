"""What a consortium and a tie are made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField, JudgementField, OrganisationField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation
from gongyue.tendering.models import Consortium, Tie

from .common import sealed, text

WHOLE = 100


class MemberRow(forms.Form):
    """One member, the lead among them."""

    name = forms.CharField(label=_("成员名称"), max_length=120)
    work = forms.CharField(label=_("承担的工作和义务"), max_length=500)
    percent = forms.IntegerField(label=_("工作份额（%）"), min_value=1, max_value=WHOLE)
    work_class = forms.CharField(label=_("同类工作的类别"), max_length=60, required=False)
    grade = forms.IntegerField(label=_("资质等级（1 至 5，5 最高）"), min_value=1, max_value=5, required=False)


class ConsortiumForm(ActionForm):
    """consortium.form"""

    members = sealed(
        RowsField(
            MemberRow, label=_("成员"), least=2, most=10,
            help_text=_("牵头单位也写一行；名称与登记一致。开标以前，只有各成员知道这个联合体"),
        )
    )  # fmt: skip
    agreement = sealed(
        text(_("联合协议"), rows=8, help_text=_("写明牵头单位、各方承担的工作和义务、对采购人承担连带责任"))
    )
    paper = DocumentField(label=_("盖章的联合协议"), required=False, restricted=True)

    def clean_members(self) -> list[dict[str, Any]]:
        """Each a social organisation on record, once; the lead among them; shares that make up the whole."""
        rows: list[dict[str, Any]] = self.cleaned_data["members"]
        known = {one.name: one for one in Organisation.objects.filter(name__in=[row["name"].strip() for row in rows])}
        found = [known.get(row["name"].strip()) for row in rows]
        unknown = [row["name"] for row, one in zip(rows, found, strict=True) if not _social(one)]
        if unknown:
            raise ValidationError(_("没有登记的社会组织：%(name)s"), code="unknown", params={"name": unknown[0]})
        lead = self.subject.organisation_id if isinstance(self.subject, Consortium) else None
        keys = [one.pk for one in found if one is not None]
        if len(set(keys)) < len(keys):
            raise ValidationError(_("同一成员写了两行"), code="twice")
        if lead not in keys:
            raise ValidationError(_("成员里没有牵头单位（本机构）"), code="lead")
        if sum(row["percent"] for row in rows) != WHOLE:
            raise ValidationError(_("工作份额合计须为 100%"), code="sum")
        return [row | {"organisation": key} for row, key in zip(rows, keys, strict=True)]


def _social(organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION


class AgreeForm(ActionForm):
    """consortiummember.confirm"""

    agreed = forms.BooleanField(label=_("本机构同意联合协议，与其他成员对采购人承担连带责任"))


class TieForm(ActionForm):
    """tie.record"""

    organisation = OrganisationField(label=_("单位"), queryset=Organisation.objects.none())
    nature = JudgementField(label=_("关系"), choices=Tie.Nature.choices)
    other = OrganisationField(
        label=_("另一单位"), queryset=Organisation.objects.none(), required=False, help_text=_("控股、管理关系才填")
    )
    basis = text(_("依据"), help_text=_("合同、登记资料等；不写个人信息"))

    def prepare(self) -> None:
        rows = Organisation.objects.exclude(organisation_kind=Organisation.Kind.PUBLIC).order_by("name")
        for name in ("organisation", "other"):
            self.fields[name].queryset = rows.select_related("division")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A tie of control is between two, any other of one."""
        data = super().clean() or self.cleaned_data
        two = data.get("nature") == Tie.Nature.CONTROL
        if "other" in data and two != (data["other"] is not None):
            words = _("请写明另一单位") if two else _("这种关系不写另一单位")
            self.add_error("other", ValidationError(words, code="other"))
        elif data.get("other") is not None and data["other"] == data.get("organisation"):
            self.add_error("other", ValidationError(_("两个单位相同"), code="same"))
        return data
