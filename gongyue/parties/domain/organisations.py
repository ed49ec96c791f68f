"""Registering organisations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
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
    registration: str, body: str, division: Division, credit_code: str, credit_code_override: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """Enter an organisation. It stands at once in the purchases already open in its place."""
    organisation.name, organisation.organisation_kind = name, organisation_kind
    organisation.registration, organisation.body, organisation.division = registration, body, division
    organisation.credit_code, organisation.credit_code_override = credit_code or None, credit_code_override
    organisation.save()
    join(organisation, dossier.regime, at.astimezone(LOCAL).date())
    return None


def join(organisation: Organisation, regime: Regime, since: date) -> None:
    """Territorial capacities are written when a purchase opens; who is registered later gets them now, with the
    obligations that had no owner. The same where nobody sat at the level of whoever opened it."""
    capacities = sorted(
        c for c in territorial(organisation, organisation.division, regime) if not regime.capacities[c].by
    )
    still_open = Purchase.objects.filter(regime=regime.code, state=Purchase.State.OPEN)
    if capacities:
        _stand(
            organisation, still_open.filter(division__path__startswith=organisation.division.path), capacities, since
        )
    for capacity in regime.capacities.values():
        if capacity.by == "same_level" and organisation.organisation_kind in capacity.organisations:
            below = still_open.filter(opened_by__division__path__startswith=organisation.division.path)
            held = Role.objects.filter(capacity=capacity.id, until=None)
            _stand(organisation, below.exclude(pk__in=held.values("purchase")), [capacity.id], since)


def _stand(organisation: Organisation, purchases: QuerySet[Purchase], capacities: list[str], since: date) -> None:
    """In these purchases, with the obligations of theirs that had no owner."""
    keys = list(purchases.values_list("pk", flat=True))
    Role.objects.bulk_create(
        Role(purchase_id=pk, organisation=organisation, capacity=capacity, since=since)
        for pk in keys
        for capacity in capacities
    )
    Obligation.objects.filter(purchase__in=keys, organisation=None, capacity__in=capacities, is_open=True).update(
        organisation=organisation
    )
