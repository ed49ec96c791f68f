"""What was signed, as the ledger has it: contracts lie above this room."""

from __future__ import annotations

from datetime import datetime

from gongyue.kernel.dossier import Dossier
from gongyue.ledger.models import Entry


def binding(dossier: Dossier, since: datetime | None = None) -> set[str]:
    """The keys of the contracts that were signed (`since` a moment) and not revoked. One query, none where there was
    never a contract."""
    if not dossier.purchase.may_have("contract"):
        return set()
    acts = Entry.objects.filter(purchase=dossier.purchase.pk, action__in=("contract.sign", "contract.revoke"))
    rows = list(acts.values_list("subject", "action", "at"))
    revoked = {subject for subject, action, _at in rows if action == "contract.revoke"}
    signed = {subject for subject, action, at in rows if action == "contract.sign" and (since is None or at >= since)}
    return signed - revoked
