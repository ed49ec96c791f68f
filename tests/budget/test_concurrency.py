"""Two hundred offices reach for one line at once: it is never overspent, and nobody is turned away for nothing."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import connections

from gongyue.budget.models import Fund, JournalEntry, PlanItem, Share
from gongyue.budget.queries import reconcile
from gongyue.demonstration.cast import Cast, must
from gongyue.kernel.models import Division, Post, Purchase, Role
from gongyue.kernel.perform import perform

from .conftest import moment

OFFICES = 200
EACH = 1_000_000  # fen
ENOUGH_FOR = 120
AT = moment("2010-10-12")


def commit(share: Share, actor: Post) -> str:
    """What came of it: "done", or the rule that stood in the way."""
    try:
        outcome = perform("share.commit", share, actor=actor, at=AT, data={}, seen=0, request_id=uuid4())
        return "done" if outcome.entry is not None else ",".join(finding.rule for finding in outcome.findings)
    finally:
        connections.close_all()


def arranged(cast: Cast, actor: Post) -> list[Share]:
    """So many purchases, each with one share of this payer; as many rows as a real year has."""
    division = Division.objects.get(pk=next(iter(cast.streets)))
    purchases = Purchase.objects.bulk_create(
        Purchase(regime=cast.regime, title=f"项目{number}", division=division, state="open", version=1)
        for number in range(OFFICES)
    )
    Role.objects.bulk_create(
        Role(purchase=purchase, organisation=actor.organisation, capacity="city_finance", since=date(2010, 8, 1))
        for purchase in purchases
    )
    items = PlanItem.objects.bulk_create(
        PlanItem(purchase=purchase, year=2010, amount_fen=EACH, content="—", goals="—", state="approved", version=2)
        for purchase in purchases
    )
    return Share.objects.bulk_create(
        Share(purchase=item.purchase, item=item, payer=actor.organisation, amount_fen=EACH, state="arranged")
        for item in items
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("GZ-P-4.3")
def test_a_line_is_never_overspent(cast: Cast) -> None:
    actor = cast.city_finance
    assert actor is not None
    data = {
        "name": "专项", "year": "2010", "purpose": "programme", "programme": "",
        "indicator_number": "穗财社〔2010〕9 号", "amount": str((ENOUGH_FOR * EACH + EACH // 2) // 100),
    }  # fmt: skip
    fund = must("fund.open", Fund(payer=actor.organisation), actor, date(2010, 9, 1), data).subject
    shares = arranged(cast, actor)
    written = JournalEntry.objects.count()
    with ThreadPoolExecutor(max_workers=20) as pool:
        came = Counter(pool.map(lambda share: commit(share, actor), shares))
    assert came == {"done": ENOUGH_FOR, "fund-sufficient": OFFICES - ENOUGH_FOR}
    line = Fund.objects.get(pk=fund.pk)
    assert (line.committed_fen, line.available_fen) == (ENOUGH_FOR * EACH, EACH // 2)
    assert Share.objects.filter(state="committed", fund=line).count() == ENOUGH_FOR
    assert JournalEntry.objects.count() - written == ENOUGH_FOR
    assert reconcile() == []
