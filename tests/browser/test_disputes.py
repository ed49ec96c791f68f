"""A contested award in a browser: challenged, answered, complained about, decided; and the result falls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Purchase
from gongyue.tendering.models import Challenge, Complaint, Pause, Tender
from tests.contracts import stages
from tests.tendering.disputing import ANSWER, COMPLAINT, DECISION, LETTER, contested, finance, loser

from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YES = dict.fromkeys(("challenged", "contents", "in_time", "untreated", "competent"), True)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def walker(page: Page, line: Line, live_server, settings) -> Iterator[Walker]:  # type: ignore[no-untyped-def]
    settings.GONGYUE_DEMONSTRATION = True
    yield Walker(page, live_server.url, line)


@pytest.mark.clause("CD-39a")
def test_an_award_that_falls(walker: Walker, complaints: list[str]) -> None:
    """The second of the ranking challenges: signing is refused under article 54 until the answer, and under article 57
    while finance has paused the purchase; what finance decides makes the second win, and everybody reads it."""
    line, bureau, second = walker.line, walker.line.cast.bureaus[walker.line.district][0], loser(walker.line)
    contested(line)
    line.act("contract.draft", None, day("2018-09-18"), **stages.TERMS | {
        "starts_on": "2018-12-01", "ends_on": "2019-11-30",
    })  # fmt: skip
    line.act("contract.approve", line.contract(), day("2018-09-19"), approval_number="1号")
    line.act("contract.accept", line.contract(), day("2018-09-19"))
    purchase = line.purchase

    clock.advance(day("2018-09-20"))
    walker.comes_in(second)
    _shows(walker, purchase, "disputes", "2018年9月28日")  # the last day of challenging the result
    walker.does("challenge.lodge", second, purchase=purchase, seed="result", **LETTER)
    walker.comes_in(bureau)
    _shows(walker, purchase, "", "国务院令第658号 第五十四条")
    walker.on(day("2018-09-21"))
    walker.does(
        "challenge.accept",
        bureau,
        purchase=purchase,
        subject=line.latest(Challenge),
        effect="may",
        effect_reason="得分",
    )
    walker.on(day("2018-09-29"))
    walker.does("challenge.answer", bureau, purchase=purchase, subject=line.latest(Challenge), **ANSWER)

    walker.on(day("2018-10-08"))
    seed = str(line.latest(Challenge).pk)
    walker.does("complaint.file", second, purchase=purchase, seed=seed, **COMPLAINT)
    complaint, office = line.latest(Complaint), finance(line)
    walker.does("complaint.accept", office, purchase=purchase, subject=complaint, **YES)
    walker.does("pause.order", office, purchase=purchase, seed=str(complaint.pk), ends_on="2018-11-07", reason="在查")
    walker.comes_in(bureau)
    _shows(walker, purchase, "", "《中华人民共和国政府采购法》 第五十七条")
    walker.does("complaint.notify", office, purchase=purchase, subject=complaint, number="1号")
    walker.on(day("2018-10-25"))
    walker.does("complaint.decide", office, purchase=purchase, subject=complaint, **DECISION)
    walker.does("pause.lift", office, purchase=purchase, subject=line.latest(Pause))

    walker.does("tender.next", bureau, purchase=purchase, subject=line.latest(Tender), reason="按处理决定")
    walker.does("tender.award", bureau, purchase=purchase, subject=line.latest(Tender))
    assert line.latest(Tender).winner.organisation == second.organisation
    assert not Obligation.objects.filter(purchase=purchase, rule="choose-next-as-decided", is_open=True).exists()
    walker.comes_in(bureau)  # the contract that was ready is with somebody who has not won
    _shows(walker, purchase, "", "《中华人民共和国政府采购法》 第四十六条")
    walker.page.context.clear_cookies()
    walker.page.goto(f"{walker.address}/projects/{purchase.pk}/")
    expect(walker.page.locator("main")).to_contain_text("投诉处理结果公告")
    assert [text for text in complaints if "422" not in text] == []


def _shows(walker: Walker, purchase: Purchase, section: str, article: str) -> None:
    """Among what this part of the purchase's page says is this."""
    walker.page.goto(f"{walker.address}/purchases/{purchase.pk}/{section and section + '/'}")
    expect(walker.page.locator("main")).to_contain_text(article)
