"""What the forms of this room have in common: the contract's term and the legal day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract
from gongyue.delivery.models import TeamMember
from gongyue.delivery.models.service import contract_in_force
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation, Purchase, Role
from gongyue.needs.models import ServiceNeed

ITEM = 80  # characters that a record keeps of what it was for
EARLY = _("不能早于合同资助期的首日（%(day)s）")
LATE = _("不能晚于合同资助期的末日（%(day)s）")
FUTURE = _("日期不能晚于办理当日")
OFFICES = frozenset({
    Organisation.Kind.STREET_OFFICE, Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE,
    Organisation.Kind.LEGAL, Organisation.Kind.DEPARTMENT,
})  # fmt: skip


class ServiceForm(ActionForm):
    """Forms about what is done under a contract."""

    @property
    def purchase(self) -> Purchase:
        purchase = self.subject.parent_purchase if self.subject is not None else None
        assert purchase is not None
        return purchase

    @property
    def today(self) -> date:
        assert self.dossier is not None
        return self.dossier.today

    @property
    def contract(self) -> Contract | None:
        return contract_in_force(self.dossier) if self.dossier else None

    def within_term(self, name: str) -> None:
        """The day lies in the contract's term and has come."""
        day, contract = self.cleaned_data.get(name), self.contract
        if day is None or contract is None or contract.starts_on is None or contract.ends_on is None:
            return
        if day < contract.starts_on:
            self.refuse(name, EARLY, day=contract.starts_on.isoformat())
        elif day > contract.ends_on:
            self.refuse(name, LATE, day=contract.ends_on.isoformat())
        self.not_future(name)

    def not_future(self, name: str) -> None:
        day = self.cleaned_data.get(name)
        if day is not None and day > self.today:
            self.refuse(name, FUTURE)

    def refuse(self, name: str, message: Any, **params: Any) -> None:
        self.add_error(name, forms.ValidationError(message, code="refused", params=params))

    def taken(self, model: Any, code: str, message: Any) -> None:
        """A code stands for one thing within the purchase."""
        if code and model.objects.filter(purchase=self.purchase, code=code).exclude(pk=self.subject.pk).exists():  # type: ignore[union-attr]
            self.refuse("code", message)


def items(purchase: Purchase) -> list[str]:
    """The services the purchase's needs assessment measured: what records and plans are counted by. Where none was made
    (a regime without one), what its contracts are about. One query, or two."""
    rows = ServiceNeed.objects.filter(assessment__purchase=purchase).order_by("pk")
    if found := list(dict.fromkeys(rows.values_list("service", flat=True))):
        return found
    about = Contract.objects.filter(purchase=purchase).exclude(subject_matter="").order_by("pk")
    return list(dict.fromkeys(one[:ITEM].strip() for one in about.values_list("subject_matter", flat=True)))


def serving(purchase: Purchase) -> QuerySet[TeamMember]:
    """The team as it stands, by code."""
    return TeamMember.objects.filter(purchase=purchase).exclude(state=TeamMember.State.REPLACED).order_by("code")


def everybody(purchase: Purchase) -> QuerySet[TeamMember]:
    """Those who serve first, then those who left: what they did may still have to be recorded."""
    return TeamMember.objects.filter(purchase=purchase).order_by("until", "code")


def offices(purchase: Purchase) -> QuerySet[Organisation]:
    """The offices that stand in the purchase, and the departments of the same city."""
    standing = Role.objects.filter(purchase=purchase, organisation__organisation_kind__in=OFFICES)
    city = purchase.division.path.split("/")[0]
    departments = Organisation.objects.filter(
        organisation_kind=Organisation.Kind.DEPARTMENT, division__path__startswith=f"{city}/"
    )
    keys = standing.values("organisation")
    both = Organisation.objects.filter(pk__in=keys) | Organisation.objects.filter(pk__in=departments.values("pk"))
    return both.select_related("division").order_by("organisation_kind", "name", "pk")
