"""凭单: who is eligible, how many were issued and redeemed, and whom the clients chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from gongyue.delivery.models import Redemption, Voucher, VoucherScheme

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile

LISTS = (Voucher, Redemption)


def _context(case: CaseFile) -> Mapping[str, Any]:
    """Counts for everybody; of single vouchers each its own, by the registers. Five queries."""
    scheme = case.dossier.latest(VoucherScheme)
    if scheme is None:
        return {"scheme": None}
    issued = Voucher.objects.filter(purchase=case.purchase, state=Voucher.State.ISSUED)
    paid = Redemption.objects.filter(purchase=case.purchase)
    chosen = paid.values("provider__name").annotate(times=Count("pk"), fen=Sum("amount_fen")).order_by("-times")
    redeemed = issued.filter(redemption__isnull=False).count()
    count = issued.count()
    return {
        "scheme": scheme, "issued": count, "redeemed": redeemed, "chosen": list(chosen),
        "expired": count - redeemed if scheme.expires_on < case.today else 0,
        "lists": [(kind.kind, kind.called) for kind in LISTS],
    }  # fmt: skip


TAB = Tab("vouchers", _("凭单"), "receipt", "desk/tabs/vouchers.html", _context)
