"""What recording the authority of a purchase takes."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, DocumentField, OrganisationField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation, PurchaseSubject
from gongyue.programmes.models import Authority

GOVERNMENT = ("civil_affairs", "street_office", "department", "finance")


class AuthorityForm(ActionForm):
    """authority.record. The government's name follows from its level and the purchase's place."""

    level = forms.ChoiceField(label=_("实施主体"), choices=Authority.Level.choices, initial=Authority.Level.DISTRICT)
    representative = OrganisationField(
        label=_("代表政府实施购买的机构"), queryset=Organisation.objects.none(), help_text=_("一般是购买方自己")
    )
    body = forms.ChoiceField(label=_("代表机构性质"), choices=Authority.Body.choices)
    document_number = forms.CharField(label=_("授权文件文号"), max_length=60)
    issued_on = DayField(label=_("授权文件日期"))
    paper = DocumentField(label=_("授权文件"), required=False)

    def prepare(self) -> None:
        """Government bodies of the street, of its district and of its city; the actor's own stands first."""
        subject = self.subject
        if not isinstance(subject, PurchaseSubject):
            return
        places = subject.purchase.division.path.strip("/").split("/")
        field: forms.ModelChoiceField[Organisation] = self.fields["representative"]  # type: ignore[assignment]
        field.queryset = (
            Organisation.objects.filter(division__in=places, organisation_kind__in=GOVERNMENT)
            .select_related("division")
            .order_by("-division__level", "name")
        )
        if self.actor is not None:
            self.initial["representative"] = self.actor.organisation_id

    def clean_issued_on(self) -> date:
        issued: date = self.cleaned_data["issued_on"]
        if self.dossier and issued > self.dossier.at.astimezone(LOCAL).date():
            raise ValidationError(_("授权文件的日期晚于今天"), code="future")
        return issued
