"""Guangdong in 2012: a major item is studied case by case, and what was reviewed is published in four contents."""

from __future__ import annotations

import pytest

from gongyue.budget.models import ItemNotice, PlanItem, Share, SpecialDecision
from gongyue.demonstration.cast import Refused
from tests.outside import City, Outside, fund

from .test_guangdong import Futian, day, futian, line

__all__ = ["City", "Outside", "futian", "line"]
pytestmark = pytest.mark.django_db
DECISION = {
    "body": "福田区人民政府", "number": "福府会纪〔2012〕8号", "decided_on": "2012-06-06", "amount": "500000",
    "source": "区福利彩票公益金", "summary": "同意。",
}  # fmt: skip
NOTICE = {
    "standard": "持证社工服务", "budget": "500000", "evaluation": "综合评分", "requirements": "每周上门一次",
    "address": "区政府网站",
}  # fmt: skip


@pytest.fixture
def proposed(line: Futian) -> Futian:
    line.start(day(6, 4), service_class="social")
    line.act("item.propose", None, day(6, 5), year="2012", amount="500000", source="general")
    return line


@pytest.mark.clause("GD-8.0b", "GD-8.3")
def test_a_major_item_waits_for_its_decision(proposed: Futian) -> None:
    item = proposed.latest(PlanItem)
    proposed.act("item.mark", item, day(6, 6), major="project", reason="重大民生")
    assert proposed.latest(PlanItem).major == "project"
    with pytest.raises(Refused, match="major-studied"):
        proposed.act("item.approve", item, day(6, 6))
    proposed.act("decision.record", None, day(6, 6), **DECISION)
    decision: SpecialDecision = proposed.latest(SpecialDecision)
    assert (decision.number, decision.body, str(decision.decided_on), decision.amount_fen, decision.source) == (
        "福府会纪〔2012〕8号", "福田区人民政府", "2012-06-06", 50_000_000, "区福利彩票公益金",
    )  # fmt: skip
    proposed.act("item.approve", item, day(6, 7))
    fund(proposed.money, 2012, "500000", day(6, 8))
    proposed.commit(day(6, 8))
    assert Share.objects.get(purchase=proposed.purchase).state == "committed"


@pytest.mark.clause("GD-8.0b")
def test_an_item_stays_within_what_was_decided(proposed: Futian) -> None:
    proposed.act("item.mark", proposed.latest(PlanItem), day(6, 6), major="urgent", reason="临时任务")
    proposed.act("decision.record", None, day(6, 6), **DECISION | {"amount": "499999.99"})
    with pytest.raises(Refused, match="major-studied"):
        proposed.act("item.approve", proposed.latest(PlanItem), day(6, 7))


@pytest.mark.clause("GD-7.1b", "GD-2.2b")
def test_four_contents_are_published_once_the_item_is_reviewed(proposed: Futian) -> None:
    with pytest.raises(Refused, match="notice-after-review"):
        proposed.act("itemnotice.publish", None, day(6, 6), **NOTICE)
    proposed.act("item.approve", proposed.latest(PlanItem), day(6, 7))
    for name in ("standard", "budget", "evaluation", "requirements"):
        with pytest.raises(Refused, match="notice-of-four-contents"):
            proposed.act("itemnotice.publish", None, day(6, 8), **NOTICE | {name: ""})
    proposed.act("itemnotice.publish", None, day(6, 8), **NOTICE)
    notice: ItemNotice = proposed.latest(ItemNotice)
    assert (notice.standard, notice.budget_fen, notice.evaluation, notice.requirements, str(notice.published_on)) == (
        "持证社工服务", 50_000_000, "综合评分", "每周上门一次", "2012-06-08",
    )  # fmt: skip
