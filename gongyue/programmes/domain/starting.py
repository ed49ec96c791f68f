"""Starting a purchase outside any programme: whoever the regime admits buys for its own place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, Subject
from gongyue.programmes.facts import StartGate
from gongyue.programmes.forms import StartForm

from .opening import begin

SUPERVISOR = "supervisor"  # the capacity of the unit that supervises, where the regime has one


@action(
    "purchase.start", Purchase, reaches=Purchase.State.OPEN, label=_("立项（不属试点）"), form=StartForm,
    facts=StartGate,
)  # fmt: skip
def start(
    purchase: Purchase, *, at: datetime, actor: Post, dossier: Dossier, title: str, place: Division, scope: str,
    service_class: str, project_origin: str, supervisor: Organisation, excluded: list[str], exclusion_note: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """Open it in the name of one's own office, which stands in it as whatever the regime gives by opening."""
    purchase.division, purchase.programme, purchase.mode, purchase.bought = place, "", "", True
    purchase.service_class, purchase.origin, purchase.supervisor = service_class, project_origin, supervisor
    purchase.excluded, purchase.exclusion_note = excluded, exclusion_note
    begin(purchase, actor.organisation, dossier.regime, title=title, scope=scope, at=at)
    if SUPERVISOR in dossier.regime.capacities:
        appoint(purchase, SUPERVISOR, supervisor, since=dossier.today)
    return None
