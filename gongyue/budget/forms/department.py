"""What recording a department's budget takes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.fields import MoneyField, OrganisationField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Division, Organisation
from gongyue.parties.forms import ORGANS

from ..models import DepartmentBudget
from .items import year_field


class DepartmentBudgetForm(ActionForm):
    """departmentbudget.record and departmentbudget.adjust"""

    department = OrganisationField(label=_("预算部门"), queryset=Organisation.objects.none())
    year = year_field()
    total = MoneyField(label=_("部门预算总额（元）"))
    purchase = MoneyField(label=_("其中购买服务资金（元）"), zero=True)
    number = forms.CharField(label=_("预算批复文号"), max_length=60)

    def prepare(self) -> None:
        budget = cast(DepartmentBudget, self.subject)
        here = budget.finance.division
        streets = Q(division__level=Division.Level.STREET, division__path__startswith=here.path)
        offices = Organisation.objects.filter(Q(division=here) | streets, organisation_kind__in=ORGANS)
        cast(OrganisationField, self.fields["department"]).queryset = offices.order_by("name", "pk")
        if budget.pk:
            self.fields["department"].disabled = self.fields["year"].disabled = True
            self.initial.update(
                department=budget.department_id, year=budget.year, total=budget.total_fen,
                purchase=budget.purchase_fen, number=budget.number,
            )  # fmt: skip
        elif self.dossier is not None:
            self.initial.setdefault("year", self.dossier.at.astimezone(LOCAL).year)

    def clean(self) -> dict[str, Any]:
        """The subject takes the figures, so that facts can compare them with the year before."""
        data, budget = self.cleaned_data, cast(DepartmentBudget, self.subject)
        if self.errors:
            return data
        if data["purchase"] > data["total"]:
            self.add_error("purchase", forms.ValidationError(_("不能超过部门预算总额"), code="sum"))
            return data
        same = DepartmentBudget.objects.filter(department=data["department"], year=data["year"]).exclude(pk=budget.pk)
        if same.exists():
            self.add_error(
                "year", forms.ValidationError(_("这个部门的这一年度已经登记，请在原记录上调整"), code="twice")
            )
            return data
        budget.department, budget.year = data["department"], data["year"]
        budget.total_fen, budget.purchase_fen = data["total"], data["purchase"]
        return data
