"""抽取可复核: the page on which anybody draws again holds list, seed and number to the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.drawing import digest, draw, list_digest
from gongyue.tendering.draws import OpenDraw, open_draw
from gongyue.tendering.models import Bid, Committee, Tender

from .conftest import attempt
from .evaluating import THEN, committee, done
from .test_committee import NEXT, own_draw

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SEED = "ab" * 32


@pytest.fixture
def drawn(ready: Line) -> Line:
    """Two experts drawn outside procurement, the seed opened after the award."""
    done(attempt(ready, "committee.seat", own_draw(ready), NEXT, witness="7391", attendance="监督人郑某"))
    won = Bid.objects.filter(purchase=ready.purchase).first()
    Tender.objects.filter(purchase=ready.purchase).update(awarded_at=THEN, state="awarded", winner=won)
    done(attempt(ready, "committee.open", committee(ready), NEXT))
    return ready


def shown(line: Line) -> OpenDraw:
    found = open_draw(line.purchase)
    assert found is not None
    return found


def seeded(held: Committee) -> dict[str, Any]:
    key = f"{SEED}:{held.witness}"
    return {"opened_seed": SEED, "seed_sha256": digest(SEED), "drawn": draw(key, held.pool, len(held.pool))}


def listed(held: Committee) -> dict[str, Any]:
    pool = held.pool[::-1][:3]
    key = f"{held.opened_seed}:{held.witness}"
    return {"pool": pool, "pool_sha256": list_digest(pool), "drawn": draw(key, pool, len(pool))}


def witnessed(held: Committee) -> dict[str, Any]:
    return {"witness": "3", "drawn": draw(f"{held.opened_seed}:3", held.pool, len(held.pool))}


def test_what_was_drawn_is_shown_as_fixed(drawn: Line) -> None:
    assert shown(drawn).intact is True


@pytest.mark.parametrize(
    "change",
    [seeded, listed, witnessed, lambda _held: {"experts": 1}, lambda held: {"drawn": held.drawn[::-1]}],
    ids=["seed", "list", "number", "how many", "result"],
)
def test_what_is_put_in_place_of_the_draw_is_not(drawn: Line, change: Any) -> None:
    """Even where seed, list and result are exchanged together, so that the row agrees with itself."""
    held = committee(drawn)
    Committee.objects.filter(pk=held.pk).update(**change(held))
    assert shown(drawn).intact is False
