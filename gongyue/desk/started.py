"""What was declared of a purchase when it was started outside any programme, by the names people know."""

from __future__ import annotations

from gongyue.kernel.findings import language
from gongyue.kernel.models import Purchase
from gongyue.policy import Regime
from gongyue.programmes.classes import service_classes

from .words import named


def declared(purchase: Purchase, regime: Regime) -> list[tuple[str, str]]:
    """(name, value), those without a value left out; nothing of a purchase that a programme lists. Two queries."""
    if not purchase.origin:
        return []
    known = service_classes(regime)
    words = known[purchase.service_class][language()] if purchase.service_class in known else ""
    rows = [
        ("opened_by", str(purchase.opened_by or "")), ("service_class", words),
        ("origin", purchase.get_origin_display()), ("supervisor", str(purchase.supervisor or "")),
        ("exclusion_note", purchase.exclusion_note),
    ]  # fmt: skip
    return [(named(Purchase, field), value) for field, value in rows if value]
