"""Registering organisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import territorial
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Obligation, Organisation, Post, Purchase, Role, Subject
from gongyue.parties.facts import OrganisationGate
from gongyue.parties.forms import RegisterForm
from gongyue.policy import Regime


@action(
    "organisation.register", Organisation, reaches=Organisation.State.REGISTERED, label=_("登记机构"),
    form=RegisterForm, facts=OrganisationGate,
)  # fmt: skip
def register(
    organisation: Organisation, *, at: datetime, actor: Post, dossier: Dossier, name: str, organisation_kind: str,
    registration: str, division: Division, credit_code: str, credit_code_override: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """Enter an organisation. It stands at once in the purchases already open in its place."""
    organisation.name, organisation.organisation_kind = name, organisation_kind
    organisation.registration, organisation.division = registration, division
    organisation.credit_code, organisation.credit_code_override = credit_code or None, credit_code_override
    organisation.save()
    join(organisation, dossier.regime, at.astimezone(LOCAL).date())
    return None


def join(organisation: Organisation, regime: Regime, since: date) -> None:
    """Territorial capacities are written when a purchase opens; who is registered later gets them now, with the
    obligations that had no owner."""
    capacities = sorted(
        c for c in territorial(organisation, organisation.division, regime) if not regime.capacities[c].by
    )
    if not capacities:
        return
    purchases = Purchase.objects.filter(
        regime=regime.code, state=Purchase.State.OPEN, division__path__startswith=organisation.division.path
    )
    Role.objects.bulk_create(
        Role(purchase_id=pk, organisation=organisation, capacity=capacity, since=since)
        for pk in purchases.values_list("pk", flat=True)
        for capacity in capacities
    )
    Obligation.objects.filter(
        purchase__in=purchases, organisation=None, capacity__in=capacities, is_open=True
    ).update(organisation=organisation)  # fmt: skip
