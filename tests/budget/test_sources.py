"""Where the money of an item comes from in Shanghai: a special fund of several, a department's budget, the lottery."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongyue.budget import departments
from gongyue.budget.models import Catalogue, DepartmentBudget, Fund, PlanItem, Share
from gongyue.kernel.models import Role
from gongyue.kernel.perform import Outcome
from tests.parties.acts import errors
from tests.tendering.shanghai import CITY, Town, rules, settle

pytestmark = pytest.mark.django_db
DAY = date(2012, 3, 5)
GIVERS = [
    {"giver": "静安区财政局", "sort": "government", "amount": "6000000"},
    {"giver": "静安企业（测试）", "sort": "enterprise", "amount": "5000000"},
    {"giver": "静安基金会（测试）", "sort": "foundation", "amount": "4000000"},
]  # fmt: skip


@pytest.fixture
def town() -> Town:
    return settle()


def opening(town: Town, nature: str, amount: str = "15000000", **data: Any) -> Outcome:
    given = {
        "name": "社会组织发展专项资金", "year": 2012, "indicator_number": "静财〔2012〕5号", "amount": amount,
        "purpose": "programme", "programme": "", "nature": nature,
    }  # fmt: skip
    return town.attempt("fund.open", None, DAY, town.finance, **(given | data))


@pytest.mark.clause("SH-2.3a")
def test_a_special_fund_says_who_put_in_how_much(town: Town) -> None:
    assert rules(opening(town, "special")) == ["special-fund-contributors"]
    wrong = opening(town, "special", contributors=[*GIVERS[:2]])
    assert errors(wrong) == {"contributors": ["出资构成的合计与指标金额不等"]}
    fund = opening(town, "special", contributors=GIVERS).subject
    assert isinstance(fund, Fund)
    assert [(row["sort"], row["amount"]) for row in fund.contributors] == [
        ("government", 6_000_000_00), ("enterprise", 5_000_000_00), ("foundation", 4_000_000_00),
    ]  # fmt: skip
    assert sum(row["amount"] for row in fund.contributors) == fund.amount_fen == 15_000_000_00


@pytest.mark.clause("SH-2.3a", "SH-2.3c")
def test_each_kind_of_money_has_a_line_of_its_own(town: Town) -> None:
    assert rules(opening(town, "")) == ["line-of-a-kind"]
    for nature in ("general", "lottery"):
        assert opening(town, nature).entry is not None
    assert opening(town, "special", contributors=GIVERS).entry is not None
    assert rules(opening(town, "lottery")) == ["one-line-of-a-kind"]
    twice = Fund(payer=town.finance.organisation, year=2012, nature="lottery", name="重复", indicator_number="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()


@pytest.mark.clause("SH-2.3a", "SH-2.3c")
def test_an_item_is_paid_from_the_kind_of_money_it_names(town: Town) -> None:
    kinds = ("lottery", "special", "general")
    for nature in kinds:
        town.fund(DAY, nature=nature)
    town.open(DAY)
    words = {"content": "独居老人探访", "goals": "服务两百名老人", "requirements": "每月探访两次", "amount": "300000"}
    unsaid = town.attempt("item.propose", None, DAY, town.purchaser, year=2012, source="", **words)
    assert rules(unsaid) == ["source-of-the-item"]
    for number, source in enumerate(kinds, 1):
        town.open(DAY, title=f"独居老人关怀{number}")
        town.budget(DAY, f"{number}00000", source=source)
        share = Share.objects.select_related("fund").get(purchase=town.purchase)
        assert share.fund is not None
        assert (share.fund.nature, share.fund.committed_fen) == (source, number * 100_000_00)


@pytest.mark.clause("SH-2.3c")
def test_lottery_money_buys_community_service_only(town: Town) -> None:
    town.open(DAY, service_class="public-management")
    words = {"content": "市容", "goals": "整洁", "amount": "300000", "year": 2012, "source": "lottery"}
    refused = town.attempt("item.propose", None, DAY, town.purchaser, **words)
    assert rules(refused) == ["lottery-for-community-service"]


@pytest.mark.clause("SH-1.2b")
def test_an_item_stands_in_the_budget_of_its_department(town: Town) -> None:
    town.open(DAY)
    words = {"content": "独居老人探访", "goals": "服务两百名老人", "year": 2012, "source": "general"}
    item = town.act("item.propose", None, DAY, town.purchaser, amount="300000", **words)
    assert rules(town.attempt("item.approve", item, DAY, town.committee)) == ["in-the-departments-budget"]
    town.department(DAY, "500000")
    town.act("item.approve", item, DAY, town.committee)
    town.open(DAY, title="社区矫正服务")
    second = town.act("item.propose", None, DAY, town.purchaser, amount="200001", **words)
    assert departments.left_fen(second, town.purchaser.organisation) == 200_000_00
    assert rules(town.attempt("item.approve", second, DAY, town.committee)) == ["in-the-departments-budget"]


def recording(town: Town, year: int, total: str, purchase: str, **data: Any) -> Outcome:
    given = {"department": str(town.purchaser.organisation_id), "year": year, "number": f"静财预〔{year}〕8号"}
    return town.attempt(
        "departmentbudget.record", None, DAY, town.finance, total=total, purchase=purchase, **(given | data)
    )  # fmt: skip


@pytest.mark.clause("SH-1.2b")
def test_the_share_of_purchases_is_to_grow_year_on_year(town: Town, client: Client) -> None:
    assert errors(recording(town, 2011, "100", "101")) == {"purchase": ["不能超过部门预算总额"]}
    assert recording(town, 2011, "10000000", "300000").entry is not None
    assert errors(recording(town, 2011, "1", "1")) == {"year": ["这个部门的这一年度已经登记，请在原记录上调整"]}
    assert rules(recording(town, 2012, "20000000", "600000")) == ["share-grows"]
    assert recording(town, 2012, "20000000", "700000").entry is not None
    rows = departments.departments(town.finance.organisation.division)
    assert [(one.year, one.share_bp, one.change_bp, one.grew) for one in departments.together(rows)] == [
        (2012, 350, 50, True), (2011, 300, None, False),
    ]  # fmt: skip
    budget = DepartmentBudget.objects.get(year=2012)
    given = {"total": "20000000", "purchase": "500000", "number": "静财预〔2012〕20号"}
    assert rules(town.attempt("departmentbudget.adjust", budget, DAY, town.finance, **given)) == ["share-grows"]
    client.force_login(town.finance.person)
    page = client.get(reverse("desk:departments")).content.decode()
    assert [word in page for word in ("静安区民政局", "3.5%", "扩大", "调整")] == [True] * 4
    client.force_login(town.city_finance.person)
    page = client.get(reverse("desk:departments")).content.decode()
    assert ("静安区民政局" in page, f"/do/departmentbudget.adjust/{budget.pk}/" in page) == (True, False)
    client.force_login(town.social[0].person)
    assert client.get(reverse("desk:departments")).status_code == 404


SERVICE = {
    "code": "A01", "service_class": "community-service", "name": "独居老人关怀", "sort": "common", "department": "",
    "transfer": "", "central": "", "note": "",
}  # fmt: skip


@pytest.mark.clause("SH-1.3")
def test_a_project_of_the_city_cites_the_published_catalogue_of_its_year(town: Town) -> None:
    after, bureau = date(2012, 9, 10), town.cast.city[0]
    government = town.cast.post(town.cast.register("上海市人民政府", "government", CITY), "审批岗", "government")
    own = {"place": bureau.organisation.division_id, "supervisor": str(bureau.organisation_id)}
    given = {"title": "全市独居老人关怀", "scope": "project", "service_class": "community-service"}
    town.purchase = None
    purchase = town.act("purchase.start", None, after, bureau, project_origin="demand", **own, **given)
    roles = Role.objects.filter(purchase=purchase, organisation=town.city_finance.organisation)
    assert set(roles.values_list("capacity", flat=True)) == {
        "finance", "city_finance", "city_budget", "procurement_supervisor",
    }  # fmt: skip
    town.purchase = purchase
    words = {"content": "探访", "goals": "两千名老人", "year": 2013, "amount": "2000000", "source": "lottery"}
    propose = ("item.propose", None, after, bureau)
    assert rules(town.attempt(*propose, **words)) == ["city-project-of-the-years-catalogue"]
    entry = published(town, government, 2012)
    assert rules(town.attempt(*propose, entry=entry, **words)) == ["city-project-of-the-years-catalogue"]
    entry = published(town, government, 2013)
    town.purchase = purchase
    item = town.act(*propose, entry=entry, **words)
    town.act("item.approve", item, after, town.city_finance)
    item.refresh_from_db()
    assert (item.state, item.entry.catalogue.year) == (PlanItem.State.APPROVED, 2013)


def published(town: Town, government: Any, year: int) -> int:
    """The city's catalogue of a year, drafted, approved and published; its one entry."""
    day, finance = date(2012, 9, 10), town.city_finance
    text = {"year": year, "title": f"上海市市级政府购买公共服务项目目录（{year}）", "drafted_with": "市民政局"}
    catalogue = town.act("catalogue.draft", None, day, finance, transfer_list="", entries=[SERVICE], **text)
    town.act("catalogue.approve", catalogue, day, government, number="沪府〔2012〕60号", approved_on="2012-08-25")
    town.act("catalogue.publish", catalogue, day, finance, address="https://example.cn/catalogue")
    return int(Catalogue.objects.get(pk=catalogue.pk).entries.get().pk)


def test_a_district_decides_on_its_own_by_its_committee(town: Town) -> None:
    """The city's finance bureau has no say in a district's item, and no catalogue is asked for."""
    town.open(date(2012, 9, 10))
    roles = Role.objects.filter(purchase=town.purchase, organisation=town.city_finance.organisation)
    assert set(roles.values_list("capacity", flat=True)) == {"city_finance"}
    town.budget(date(2012, 9, 10), "300000")
    assert town.latest(PlanItem).state == PlanItem.State.APPROVED
