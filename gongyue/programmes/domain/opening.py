"""Opening a purchase: one pilot street, one project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint_at_opening
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, Subject
from gongyue.policy import Regime
from gongyue.programmes.facts import PurchaseGate
from gongyue.programmes.forms import OpenByReferenceForm, OpenForm
from gongyue.programmes.streets import programme_for, unit_in


@action(
    "purchase.open", Purchase, reaches=Purchase.State.OPEN, label=_("立项"), form=OpenForm, facts=PurchaseGate,
)  # fmt: skip
def open_purchase(
    purchase: Purchase, *, at: datetime, actor: Post, dossier: Dossier, title: str, scope: str, bought: bool
) -> Iterable[Subject] | None:
    """The street office opens its street's project in the programme; the list says in which mode."""
    street = actor.organisation.division
    programme = programme_for(street, dossier.regime)
    unit = unit_in(programme, street) if programme else None
    purchase.division, purchase.bought = street, bought
    purchase.programme, purchase.mode = programme.id if programme else "", unit.mode if unit else ""
    begin(purchase, actor.organisation, dossier.regime, title=title, scope=scope, at=at)
    return None


@action(
    "purchase.open_by_reference", Purchase, reaches=Purchase.State.OPEN, label=_("参照执行立项"),
    form=OpenByReferenceForm, facts=PurchaseGate,
)  # fmt: skip
def open_by_reference(
    purchase: Purchase, *, at: datetime, actor: Post, dossier: Dossier, street: str, title: str, mode: str, scope: str
) -> Iterable[Subject] | None:
    """A district opens a project of its own pilot street, outside the programme: the norm's gates warn."""
    purchase.division = _street(actor.organisation.division, street)
    purchase.programme, purchase.mode, purchase.by_reference, purchase.bought = "", mode, True, True
    begin(purchase, actor.organisation, dossier.regime, title=title, scope=scope, at=at)
    return None


def begin(
    purchase: Purchase, opener: Organisation, regime: Regime, *, title: str, scope: str, at: datetime
) -> None:  # fmt: skip
    """The purchase is there, and everybody who stands in it from the first day."""
    purchase.regime, purchase.title, purchase.scope, purchase.opened_at = regime.code, title, scope, at
    purchase.opened_by = opener
    purchase.save()
    appoint_at_opening(purchase, opener, regime, since=at.astimezone(LOCAL).date())


def _street(district: Division, name: str) -> Division:
    """The street's row; a regime lists only the streets of its own programmes."""
    code = Division.street_code(district.pk, name)
    row, _created = Division.objects.get_or_create(
        code=code,
        defaults={
            "name": name, "level": Division.Level.STREET, "parent": district, "path": f"{district.path}{code}/"
        },
    )  # fmt: skip
    return row
