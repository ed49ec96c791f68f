"""提前开启: who asks for the wraps of a sealed call before its deadline is refused by its article, and that is kept."""

from __future__ import annotations

from django.db.models import Q

from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.kernel.perform import ask, keep_refusal
from gongyue.policy import Finding

from .facts import OpeningGate
from .models import Opening, Tender

UNLOCK = "opening.unlock"
KNOCKS = frozenset({UNLOCK, "sealedbid.open", "sealedbid.fault"})  # what the hall's script sends


def betraying() -> Q:
    """Refusals that tell which suppliers take part: those of suppliers who tried the hall. For `exclude`."""
    return Q(action__in=KNOCKS, post__organisation__organisation_kind=Organisation.Kind.SOCIAL_ORGANISATION)


def knock(name: str, tender: Tender, dossier: Dossier, actor: Post) -> list[Finding]:
    """What stands in the way of using keys on a call that has no opening yet, recorded as an attempt at `name`. Nothing
    where the call is not sealed, does not stand, or only waits to be opened."""
    if not tender.sealed or not tender.calling:
        return []
    act, at = ACTIONS[UNLOCK], dossier.at
    opening = Opening(purchase=tender.purchase, tender=tender)
    values = act.values(OpeningGate.of(opening, dossier), {}, at)
    findings = [one for one in ask(act, opening, dossier.regime, values, at) if one.blocks]
    if findings:
        keep_refusal(name, tender, actor=actor, at=at, findings=findings)
    return findings
