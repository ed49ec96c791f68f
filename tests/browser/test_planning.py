"""Planning in Chengdu at a browser: the year's table, an item in it, the requirement with what is asked about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.budget.models import ItemTable, PlanItem
from gongyue.needs.models import Outreach, Requirement, ServiceProposal
from tests.chengdu import REQUIREMENT, Chengdu, chengdu

from .walker import Officer

__all__ = ["chengdu"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officer(page: Page, chengdu: Chengdu, live_server, settings) -> Iterator[Officer]:  # type: ignore[no-untyped-def]
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2017, 9, 6))
    yield Officer(page, live_server.url, None)  # type: ignore[arg-type]  # no line: it walks by itself


def fits(page: Page) -> bool:
    """Whether nothing stands out sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_from_the_estimate_to_the_reviewed_requirement(
    officer: Officer, chengdu: Chengdu, phone: Page, complaints: list[str]
) -> None:
    purchase = chengdu.open()
    chengdu.research()
    writer, reviewer, finance = chengdu.writer, chengdu.reviewer, chengdu.finance
    page, address = officer.page, officer.address

    officer.does("service_proposal.submit", writer, purchase=purchase, **chengdu.estimate_data())
    proposal = chengdu.latest(ServiceProposal)
    officer.does("service_proposal.argue", writer, purchase=purchase, subject=proposal, **chengdu.argued())
    item = {"year": "2018", "amount": "360000", "content": "居家探访", "goals": "每年 2400 次"}
    officer.does("item.propose", writer, purchase=purchase, **item)

    officer.on(date(2017, 10, 9))
    officer.comes_in(finance)
    page.goto(f"{address}/funds/")
    page.get_by_role("link", name="购买服务项目表").click()
    page.get_by_role("link", name="下达项目表").click()
    officer.fills({"year": "2018", "requirements": "以事定费，费随事转。", "closes_on": "2017-10-31"})
    officer.sends()
    table = ItemTable.objects.get()
    filing = {"table": table.pk, "procurement": "on"}
    budget = {"procurement_budget": chengdu.filing(table)["procurement_budget"]}
    row = chengdu.latest(PlanItem)
    officer.comes_in(writer)
    officer.opens("item.file", purchase, subject=row)
    officer.fills(filing)
    officer.sends()
    assert officer.articles() == ["成财采〔2017〕143号 第七条第二款"]
    officer.does("item.file", writer, purchase=purchase, subject=row, **filing, **budget)
    officer.does("item.review", finance, purchase=purchase, subject=row, opinion="标准合理。")

    page.goto(f"{address}/itemtables/2018/")
    page.get_by_role("link", name="截止填报").click()
    officer.sends()
    officer.on(date(2018, 2, 5))
    page.goto(f"{address}/itemtables/2018/")
    page.get_by_role("link", name="随预算批复下达").click()
    officer.fills({"congress_on": "2018-01-25", "reply_number": "锦财预〔2018〕1号"})
    officer.sends()
    page.goto(f"{address}/itemtables/2018/")
    page.get_by_role("button", name="批复已审核的 1 个项目").click()
    expect(page.locator(".offer .tone-jade")).to_have_text("项目已批复")
    assert chengdu.latest(PlanItem).state == "approved"

    given = {name: value for name, value in REQUIREMENT.items() if name != "indicators"}
    officer.comes_in(writer)
    officer.opens("requirement.draft", purchase)
    assert fits(page)
    officer.fills(given | {"indicators": [{"name": "年探访次数", "number": "2400", "unit": ""}]})
    officer.sends()
    assert officer.articles() == ["成财采〔2017〕143号 第十二条"]
    officer.fills({"indicators": list(REQUIREMENT["indicators"])})
    officer.sends()
    expect(page.locator(".notes .tone-jade")).to_contain_text("已办理")
    asked = [{"name": "社会工作学院", "sort": "expert", "opinion": "需求明确"}]
    officer.does(
        "research.record", writer, purchase=purchase, way="argue", researched_on="2018-02-05", asked=asked,
        findings="需求合理。",
    )  # fmt: skip
    officer.does(
        "outreach.open", writer, purchase=purchase, channel="site", address="https://example.cn/1",
        closes_on="2018-02-12",
    )  # fmt: skip
    officer.on(date(2018, 2, 13))
    reply = {"opinion": "增加夜间探访", "times": "3", "handling": "declined", "reason": "超出预算"}
    officer.does(
        "outreach.close", writer, purchase=purchase, subject=chengdu.latest(Outreach), replies=[reply], summary="见上"
    )
    officer.does(
        "requirement.review", reviewer, purchase=purchase, subject=chengdu.latest(Requirement),
        **chengdu.review_data("2018-02-13"),
    )  # fmt: skip
    assert chengdu.latest(Requirement).state == "reviewed"

    phone.context.add_cookies(page.context.cookies())
    for where in (f"/purchases/{purchase.pk}/planning/", "/itemtables/"):
        phone.goto(f"{address}{where}")
        assert fits(phone), where
    said = [text for text in complaints if "422" not in text]
    assert said == []
