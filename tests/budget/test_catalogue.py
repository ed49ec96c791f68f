"""Guangdong's yearly catalogue: drafted by finance, approved by the government of its level, published, then cited."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.budget.forms import CatalogueRow
from gongyue.budget.models import Catalogue, PlanItem, Share
from gongyue.kernel.batches import stage
from gongyue.kernel.models import Obligation, Purchase
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome
from tests.outside import City, city, fund
from tests.parties.acts import attempt, content, done, errors, refusals
from tests.town import at

pytestmark = pytest.mark.django_db
REGISTRAR = ("广东省民政厅", "civil_affairs", "440000", "")
OFFICES = [
    ("佛山市财政局", "finance", "440600", ""), ("佛山市人民政府", "government", "440600", ""),
    ("佛山市民政局", "civil_affairs", "440600", ""),
]  # fmt: skip
FIRST = {
    "code": "1.2.05", "service_class": "1.2", "name": "社区社会工作服务", "sort": "common", "department": "",
    "transfer": "", "central": "", "note": "",
}  # fmt: skip


@pytest.fixture
def foshan() -> City:
    return city("cn-gd", REGISTRAR, OFFICES, date(2012, 5, 25))


def draft(
    town: City, on: str = "2012-06-01", *rows: dict[str, str], office: str = "佛山市财政局", **data: Any
) -> Outcome:
    post = town.seats[office][0]
    subject = find("catalogue.draft", actor=post, at=at(on)) or Catalogue(finance=post.organisation, edition=9)
    given = {
        "year": "2012", "title": "佛山市购买服务目录", "drafted_with": "市民政局、市编办", "transfer_list": "",
        "entries": list(rows or (FIRST,)),
    }  # fmt: skip
    return attempt("catalogue.draft", subject, post, on, **(given | data))


def approve(town: City, catalogue: Catalogue, on: str = "2012-06-11", office: str = "佛山市人民政府") -> Outcome:
    given = {"number": "佛府复〔2012〕9号", "approved_on": "2012-06-08"}
    return attempt("catalogue.approve", catalogue, town.seats[office][0], on, **given)


def publish(town: City, catalogue: Catalogue, on: str = "2012-06-12") -> Outcome:
    given = {"address": "https://example.cn/catalogue"}
    return attempt("catalogue.publish", catalogue, town.seats["佛山市财政局"][0], on, **given)


def published(
    town: City, *rows: dict[str, str], on: str = "2012-06-01", later: str = "2012-06-12", **data: Any
) -> Catalogue:
    found: Catalogue = done(draft(town, on, *rows, **data))
    done(approve(town, found, later))
    return Catalogue.objects.get(pk=done(publish(town, found, later)).pk)


def started(town: City) -> Purchase:
    post = town.seats["佛山市民政局"][0]
    given = {
        "title": "社区社会工作服务", "place": "440600", "scope": "project", "project_origin": "demand",
        "service_class": "social", "supervisor": str(post.organisation_id), "exclusion_note": "属社会事务服务",
    }  # fmt: skip
    purchase: Purchase = done(attempt("purchase.start", Purchase.unborn(None, post)[0], post, "2012-06-18", **given))
    return purchase


def propose(town: City, purchase: Purchase, entry: int | str, on: str = "2012-06-19", **data: Any) -> Outcome:
    post = town.seats["佛山市民政局"][0]
    item = PlanItem.objects.filter(purchase=purchase).first() or PlanItem(purchase=purchase)
    given = {"year": "2012", "amount": "300000", "content": "社工服务", "goals": "每年服务 2500 人次"}
    given |= {"entry": entry, "source": "general"}
    return attempt("item.propose", item, post, on, **(given | data))


@pytest.mark.clause("GD-5a")
def test_finance_drafts_it_with_others_and_tells_common_from_special_needs(foshan: City) -> None:
    assert refusals(draft(foshan, office="佛山市民政局")) == ["kernel.capacity"]
    assert list(errors(draft(foshan, drafted_with=""))) == ["drafted_with"]
    special = FIRST | {"code": "2.1.01", "service_class": "2.1", "sort": "special", "name": "课题研究"}
    assert errors(draft(foshan, "2012-06-01", special)) == {"entries": ["2.1.01 是部门特有需求，须填写部门"]}
    found = done(draft(foshan, "2012-06-01", FIRST, special | {"department": "市民政局"}))
    kept = found.entries.values_list("code", "service_class", "sort", "department")
    assert list(kept) == [("1.2.05", "social", "common", ""), ("2.1.01", "auxiliary", "special", "市民政局")]


@pytest.mark.clause("GD-4.1.1", "GD-4.1.2", "GD-4.1.3", "GD-4.1.4", "GD-4.1.5", "GD-4.2")
def test_entries_stand_under_the_seven_classes(foshan: City) -> None:
    other = draft(foshan, "2012-06-01", FIRST | {"service_class": "3.1"})
    assert errors(other) == {"entries": ["1.2.05 的类别不在规定的类别之中"]}
    numbers = ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2")
    rows = [FIRST | {"code": f"{n}.01", "service_class": n, "transfer": "年检"} for n in numbers]
    found = done(draft(foshan, "2012-06-01", *rows, transfer_list="佛编〔2012〕3号"))
    assert list(found.entries.order_by("code").values_list("service_class", flat=True)) == [
        "basic", "social", "trade", "technical", "transferred", "auxiliary", "auxiliary_transferred",
    ]  # fmt: skip


@pytest.mark.clause("GD-4.1.5", "GD-4.2", "GD-9.1.2")
def test_what_is_bought_for_a_transfer_names_the_function_and_the_list(foshan: City) -> None:
    for number in ("1.5", "2.2"):
        row = FIRST | {"service_class": number, "transfer": "社会组织年检"}
        fault = ["1.2.05 因职能转移而购买，须填写职能转移事项和职能转移目录的文号"]
        assert errors(draft(foshan, "2012-06-01", row)) == {"entries": fault}
        assert errors(draft(foshan, "2012-06-01", row | {"transfer": ""}, transfer_list="x")) == {"entries": fault}
    found = done(draft(foshan, "2012-06-01", row, transfer_list="佛编〔2012〕3号"))
    assert (found.transfer_list, found.entries.get().transfer) == ("佛编〔2012〕3号", "社会组织年检")


@pytest.mark.clause("GD-5b")
def test_it_takes_effect_only_once_its_government_has_approved_it(foshan: City) -> None:
    found = done(draft(foshan))
    owed = Obligation.objects.get(subject=found.key, action="catalogue.approve")
    assert owed.is_open
    assert refusals(publish(foshan, found, "2012-06-05")) == ["kernel.state"]
    assert refusals(approve(foshan, found, office="佛山市财政局")) == ["kernel.capacity"]
    purchase = started(foshan)
    assert list(errors(propose(foshan, purchase, found.entries.get().pk))) == ["entry"]
    outcome = approve(foshan, found, "2012-06-20")
    kept = done(outcome)
    assert (kept.approval_number, kept.approved_on) == ("佛府复〔2012〕9号", date(2012, 6, 8))
    assert content(outcome.entry)["facts"]["catalogue.entries"] == 1
    done(publish(foshan, kept, "2012-06-21"))
    assert done(propose(foshan, purchase, found.entries.get().pk, "2012-06-22")).entry == found.entries.get()


@pytest.mark.clause("GD-5c")
def test_an_adjustment_is_the_next_edition_and_projects_keep_what_they_cited(foshan: City) -> None:
    first = published(foshan)
    assert (first.edition, first.published_on, first.published_at) == (
        1, date(2012, 6, 12), "https://example.cn/catalogue",
    )  # fmt: skip
    purchase = started(foshan)
    entry = first.entries.get()
    item = done(propose(foshan, purchase, entry.pk))
    second = published(foshan, FIRST | {"name": "社区社工服务（调整）"}, on="2012-07-02", later="2012-07-09")
    assert second.edition == 2
    item.refresh_from_db()
    assert (item.entry, item.entry.catalogue.edition, item.entry.name) == (entry, 1, "社区社会工作服务")
    other = started(foshan)
    assert list(errors(propose(foshan, other, entry.pk, "2012-07-10"))) == ["entry"]
    assert done(propose(foshan, other, second.entries.get().pk, "2012-07-10")).entry.catalogue == second


@pytest.mark.clause("GD-7.1a")
def test_a_plan_cites_the_catalogue_and_finance_of_its_level_reviews_it(foshan: City) -> None:
    first, purchase = published(foshan), started(foshan)
    assert refusals(propose(foshan, purchase, "")) == ["cites-the-catalogue"]
    item = done(propose(foshan, purchase, first.entries.get().pk))
    finance, bureau = (foshan.seats[name][0] for name in ("佛山市财政局", "佛山市民政局"))
    assert refusals(attempt("item.approve", item, bureau, "2012-06-20")) == ["kernel.capacity"]
    approved = attempt("item.approve", item, finance, "2012-06-20", opinion="列入计划")
    assert content(approved.entry)["facts"]["cited.code"] == "1.2.05"


@pytest.mark.clause("GD-7.1a")
def test_an_item_cites_the_catalogue_of_its_own_year(foshan: City) -> None:
    """One sent back keeps the entry it cited, but not into another year."""
    first, purchase = published(foshan), started(foshan)
    entry = first.entries.get().pk
    assert refusals(propose(foshan, purchase, entry, year="2050")) == ["cites-the-years-catalogue"]
    item = done(propose(foshan, purchase, entry))
    done(attempt("item.return", item, foshan.seats["佛山市财政局"][0], "2012-06-20", reason="改列下一年度"))
    assert done(propose(foshan, purchase, "", "2012-12-03", year="2013")).entry is None
    item = PlanItem.objects.get(purchase=purchase)
    done(attempt("item.return", item, foshan.seats["佛山市财政局"][0], "2012-12-04", reason="补引目录"))
    second = published(foshan, FIRST | {"name": "社工服务"}, on="2013-01-04", later="2013-01-14", year="2013")
    assert refusals(propose(foshan, purchase, "", "2013-02-01", year="2013")) == ["cites-the-catalogue"]
    PlanItem.objects.filter(pk=item.pk).update(entry=entry)
    assert refusals(propose(foshan, purchase, entry, "2013-02-01", year="2013")) == ["cites-the-years-catalogue"]
    kept = done(propose(foshan, purchase, second.entries.get().pk, "2013-02-01", year="2013"))
    assert kept.entry.catalogue == second


def test_the_level_that_purchases_pays(foshan: City) -> None:
    first, purchase = published(foshan), started(foshan)
    item = done(propose(foshan, purchase, first.entries.get().pk))
    finance = foshan.seats["佛山市财政局"][0]
    done(attempt("item.approve", item, finance, "2012-06-20", opinion="列入计划"))
    assert fund(finance, 2012, "500000", date(2012, 6, 21), nature="general").nature == "general"
    share = Share.objects.get(purchase=purchase)
    assert done(attempt("share.commit", share, finance, "2012-06-22")).state == "committed"
    assert (share.payer, share.amount_fen) == (finance.organisation, 30_000_000)


def test_a_file_of_entries_may_stand_in_for_typing(foshan: City) -> None:
    post = foshan.seats["佛山市财政局"][0]
    written = {"sort": "共性", "central": "是", "service_class": "技术服务", "code": "1.4.01", "name": "绩效评价"}
    rows = [FIRST | written | {"service_class": "1.4"}, FIRST]
    batch = stage(
        kind="catalogue.draft", row_form=CatalogueRow, rows=rows, post=post, purchase=None, source="目录.xlsx"
    )
    found = done(draft(foshan, "2012-06-01", entries=[], batch=str(batch.pk)))
    kept = found.entries.order_by("code").values_list("code", "service_class", "sort", "central")
    assert list(kept) == [("1.2.05", "social", "common", False), ("1.4.01", "technical", "common", True)]


def test_a_returned_draft_is_written_anew(foshan: City) -> None:
    found = done(draft(foshan))
    government, finance = foshan.seats["佛山市人民政府"][0], foshan.seats["佛山市财政局"][0]
    done(attempt("catalogue.return", found, government, "2012-06-05", reason="缺少养老服务"))
    again = {"year": "2012", "title": "佛山市购买服务目录", "drafted_with": "市民政局", "transfer_list": ""}
    rows = [FIRST, FIRST | {"code": "1.2.06", "name": "养老服务"}]
    kept = done(attempt("catalogue.draft", found, finance, "2012-06-06", entries=rows, **again))
    assert (kept.pk, kept.state, kept.entries.count()) == (found.pk, "drafted", 2)


METHOD = {
    "ground": "", "reason": "按附件说明", "category": "社会工作", "listed": "", "limit_fen": "9000000",
    "open_limit_fen": "9000000", "limit_source": "粤财采购〔2011〕16号",
}  # fmt: skip


def choose(town: City, purchase: Purchase, **data: Any) -> Outcome:
    """The item is approved the day after it was proposed, and a method chosen on the next."""
    item, buyer = PlanItem.objects.get(purchase=purchase), town.seats["佛山市民政局"][0]
    if item.state == "proposed":
        done(attempt("item.approve", item, town.seats["佛山市财政局"][0], "2012-06-20", results_weighed="x"))
    purchase.refresh_from_db()
    method = find("method.choose", actor=buyer, at=at("2012-06-21"), purchase=purchase)
    assert method is not None
    return attempt("method.choose", method, buyer, "2012-06-21", **METHOD | data)


@pytest.mark.clause("GD-7.2.2b")
def test_what_the_central_catalogue_lists_is_procurement_whatever_the_box_says(foshan: City) -> None:
    found = published(foshan, FIRST | {"central": "yes"})
    purchase = started(foshan)
    done(propose(foshan, purchase, found.entries.get().pk))
    assert refusals(choose(foshan, purchase, way="negotiation")) == ["negotiation-ground"]
    assert done(choose(foshan, purchase, way="open")).listed is True


def test_purchases_that_cite_one_entry_are_of_one_class(foshan: City) -> None:
    found = published(foshan)
    for class_, others in (("社会工作", 0), ("社区服务", 30_000_000)):
        purchase = started(foshan)
        done(propose(foshan, purchase, found.entries.get().pk))
        assert done(choose(foshan, purchase, way="negotiation", category=class_)).others_fen == others
