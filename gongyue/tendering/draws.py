"""The draw of a committee's experts as everybody may know it, once its seed is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongyue.kernel.drawing import digest, draw, list_digest, number
from gongyue.kernel.models import Purchase
from gongyue.ledger.models import Entry

from . import recorded
from .models import Committee, PanelSeat, pool_key
from .recorded import Act

FIXED = "committee.form"  # the act whose entry holds the digests
DRAWN = "committee.seat"  # the act whose entry holds the number that was told once they were fixed


@dataclass(frozen=True)
class OpenDraw:
    """`rows`: every key with the number it was drawn by, in the order drawn, and who sat for it by name. `fixed`:
    the entry that held the digests before anything was drawn. `acts`: that and the draw, as the ledger holds them."""

    committee: Committee
    rows: list[tuple[str, str, str]]
    fixed: Entry | None
    acts: list[Act]

    @property
    def key(self) -> str:
        """What the draw was made with."""
        return f"{self.committee.opened_seed}:{self.committee.witness}"

    @property
    def intact(self) -> bool:
        """Whether list and seed are those fixed in the ledger, and with the number told there give what was drawn."""
        held, (formed, seated) = self.committee, (recorded.latest(self.acts, name) for name in (FIXED, DRAWN))
        if formed is None or seated is None:
            return False
        fixed = (formed.told("seed_sha256"), formed.told("pool_sha256"), formed.told("experts"), seated.told("witness"))
        if fixed != (digest(held.opened_seed), list_digest(held.pool), held.experts, held.witness):
            return False
        drawn: list[str] = held.drawn
        return draw(self.key, held.pool, len(held.pool)) == drawn

    def plain(self) -> dict[str, Any]:
        """For programs: everything that drawing again takes, and what came of it."""
        held = self.committee
        return {
            "seed": held.opened_seed, "seed_sha256": held.seed_sha256, "witness": held.witness, "pool": held.pool,
            "beacon": held.beacon, "beacon_on": held.beacon_on and held.beacon_on.isoformat(),
            "pool_sha256": held.pool_sha256, "experts": held.experts, "drawn": held.drawn,
            "algorithm": "sort the pool by HMAC-SHA256(key = seed:witness, message = entry), hex, ascending; "
            "the first ones are the experts, the others the reserve; pool_sha256 is of its lines joined by LF",
        }  # fmt: skip


def open_draw(purchase: Purchase) -> OpenDraw | None:
    """The latest draw of a purchase whose seed is open; None where there is none. Five queries."""
    rows = Committee.objects.filter(purchase=purchase).exclude(opened_seed="").select_related("tender")
    found = rows.order_by("pk").last()
    if found is None:
        return None
    seats = PanelSeat.objects.filter(tender=found.tender, part=PanelSeat.Part.EXPERT).select_related("post__person")
    names = {pool_key(seat.post_id): seat.post.person.name for seat in seats}
    key = f"{found.opened_seed}:{found.witness}"
    fixed = Entry.objects.filter(subject=found.key, action=FIXED).select_related("leaf").order_by("version").first()
    acts = recorded.acts(purchase.pk, {FIXED, DRAWN}, subject=found.key)
    return OpenDraw(found, [(one, number(key, one), names.get(one, "")) for one in found.drawn], fixed, acts)
