"""Shanghai as the report of 2012 found it: what it rests on, who does what, what it leaves open."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.oversight.models.alert import levels
from gongyue.policy import Regime, run_pack_tests
from gongyue.tendering.methods import admitted
from gongyue.tendering.timetable import Setting

from .conftest import OWN

CODE = "cn-sh"
YEAR = date(2012, 3, 1)
OWN_DOCUMENTS = (
    "pd-opinion-2007", "mh-notice-2010", "sh-opinion-2011", "sh-budget-2012", "sh-catalogue-2013", "ja-fund-measures",
)  # fmt: skip


@pytest.fixture(scope="session")
def shanghai() -> Regime:
    return Regime.load([OWN], CODE, vocabulary())


@pytest.mark.clause(
    "SH-1.2a", "SH-1.2b", "SH-1.3", "SH-2.0", "SH-2.2a", "SH-2.2b", "SH-2.2e", "SH-2.2f", "SH-2.3a", "SH-2.3b",
    "SH-2.3c", "SH-2.5a", "SH-2.5d", "SH-2.5e",
)  # fmt: skip
def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN], CODE, vocabulary()) == []


def test_the_report_is_no_norm_and_says_so(shanghai: Regime) -> None:
    report = shanghai.instruments["sh-report-2012"]
    assert (report.effective, report.expires) == (date(2012, 1, 1), None)
    assert report.assumed is not None
    assert "本身不是规范" in report.note["zh"]  # type: ignore[index]


def test_what_the_report_names_is_listed_and_refuses_nothing(shanghai: Regime) -> None:
    named = ("sh-opinion-2011", "sh-budget-2012", "sh-catalogue-2013", "ja-fund-measures")
    assert [shanghai.instruments[name].loaded for name in named] == [False] * 4
    assert {rule.cite.partition("#")[0] for rule in shanghai.all_rules()} & set(named) == set()


@pytest.mark.clause("SH-2.4a")
def test_jingan_buys_in_four_fields(shanghai: Regime) -> None:
    assert [entry["name"]["zh"] for entry in shanghai.catalogue.values()] == [
        "公共管理领域", "社区服务领域", "社会事务领域", "按政府转移职能要求购买的其他事项",
    ]  # fmt: skip


@pytest.mark.clause("SH-2.1a", "SH-2.1b")
def test_the_committee_decides_civil_affairs_qualifies_finance_pays(shanghai: Regime) -> None:
    wanted = {
        "item.approve": ("committee", "city_budget"), "item.return": ("committee", "city_budget"),
        "share.commit": ("finance",), "bid.disqualify": ("purchaser",),
        "bid.qualify": ("purchaser",), "tender.appoint": ("purchaser",), "method.approve": ("city_finance",),
    }  # fmt: skip
    whos = {name: shanghai.who(name) for name in wanted}
    assert {name: who and who.capacities for name, who in whos.items()} == wanted
    names = {name: shanghai.capacities[name].name["zh"] for name in ("committee", "purchaser")}
    assert names == {"committee": "评审委员会牵头单位（社会建设办公室）", "purchaser": "购买部门（民政局）"}
    owed = {duty.id: (duty.after, duty.do, duty.who) for duty in shanghai.all_obligations()}
    assert owed["commit-share"] == (("item.approve",), "share.commit", ("finance",))


@pytest.mark.clause("SH-2.2a", "SH-2.2b")
def test_entrustment_and_venture_are_exceptions_the_law_does_not_list(shanghai: Regime) -> None:
    found = {one.way.value: one.exception for one in admitted(shanghai, YEAR)}
    assert found == {
        "open": False, "invited": False, "negotiation": False, "single_source": False, "entrustment": True,
        "venture": True,
    }  # fmt: skip


@pytest.mark.clause("SH-2.2e")
def test_what_is_not_said_of_small_amounts_is_named(shanghai: Regime) -> None:
    slot = next(slot for slot in shanghai.slots if slot.id == "ja-below-ten")
    assert slot.clauses == ("SH-2.2e",)
    overlap = next(rule for rule in shanghai.all_rules() if rule.id == "jingan-open")
    assert overlap.reading is not None
    assert "正好50万元的按公开招标" in overlap.reading["zh"]


def test_finance_neither_opens_nor_scores(shanghai: Regime) -> None:
    whose = {name: who.capacities for name in vocabulary().actions if (who := shanghai.who(name))}
    money = {"finance", "city_finance", "city_budget"}
    assert {name for name, capacities in whose.items() if money & set(capacities)} == {
        "purchase.recuse", "fund.open", "share.commit", "method.approve", "method.return", "payment.pay",
        "payment.bounce", "recommendation.answer", "departmentbudget.record", "departmentbudget.adjust",
        "catalogue.draft", "catalogue.publish", "item.approve", "item.return", "alert.raise", "alert.lift",
        "alertmeasure.answer", "feedback.answer", "feedback.forget", "post.mail",
    }  # fmt: skip


@pytest.mark.clause("SH-1.1")
def test_the_documents_are_counted_and_those_named_are_listed(shanghai: Regime) -> None:
    count = shanghai.parameter("sh.documents", YEAR)
    assert (count and count.value, count and count.cite) == (17, "sh-report-2012#制度设计")
    listed = [name for name in OWN_DOCUMENTS if not shanghai.instruments[name].loaded]
    assert listed == list(OWN_DOCUMENTS)
    slot = next(slot for slot in shanghai.slots if slot.id == "sh-other-documents")
    assert slot.clauses == ("SH-1.1",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("jingan.projects_2012", 179, marks=pytest.mark.clause("SH-2.2d")),
        pytest.param("jingan.project_money_2012", 4500_0000_00, marks=pytest.mark.clause("SH-2.2d")),
        pytest.param("minhang.budget_2012", 2_3000_0000_00, marks=pytest.mark.clause("SH-2.3b")),
        pytest.param("politics_law.budget_year", 6700_0000_00, marks=pytest.mark.clause("SH-2.3b")),
        pytest.param("tangqiao.budget_2011", 1200_0000_00, marks=pytest.mark.clause("SH-2.3b")),
        ("jingan.special_fund_year", 1500_0000_00),
        ("lottery.money_2012", 1_0000_0000_00),
    ],
)
def test_what_the_report_tells_in_figures(shanghai: Regime, name: str, value: int) -> None:
    told = shanghai.parameter(name, YEAR)
    assert told is not None
    assert (told.value, told.cite.partition("#")[0]) == (value, "sh-report-2012")


def test_an_open_tender_is_announced_before_bids_are_opened(shanghai: Regime) -> None:
    order = shanghai.order("tender", "open", YEAR)
    assert order is not None
    assert order.milestones == ("drafted", "announced", "opened", "scored", "awarded")
    assert order.cite == "sh-report-2012#具体运作二"


def test_audit_looks_at_the_project_and_the_named_unit_supervises(shanghai: Regime) -> None:
    wanted = {
        "purchase.start": ("purchaser",),
        "supervision.record": ("purchaser", "supervisor", "audit", "congress", "consultative"),
        "recommendation.make": ("audit",), "acceptance.record": ("purchaser",), "payment.pay": ("finance",),
    }  # fmt: skip
    whos = {name: shanghai.who(name) for name in wanted}
    assert {name: who and who.capacities for name, who in whos.items()} == wanted


@pytest.mark.parametrize(
    ("method", "start", "opened", "cite"),
    [
        ("", date(2018, 3, 1), date(2018, 3, 21), "procurement-law#第三十五条"),
        ("invited", date(2018, 3, 1), date(2018, 3, 21), "procurement-law#第三十五条"),
        ("negotiation", date(2018, 3, 1), date(2018, 3, 6), "order-74#第二十九条"),  # Thursday; three working days
        ("consultation", date(2018, 3, 1), date(2018, 3, 11), "caiku-214-2014#第十条"),
        ("consultation", date(2014, 3, 3), date(2014, 3, 3), None),  # the measures came on the last day of that year
        ("single_source", date(2018, 3, 1), date(2018, 3, 1), None),
    ],
)
def test_how_soon_each_method_may_open_what_was_handed_in(
    shanghai: Regime, method: str, start: date, opened: date, cite: str | None
) -> None:
    setting = Setting.afresh(shanghai, method)
    assert setting is not None
    step = next(step for step in setting.table(start).steps if step.milestone == "opened")
    assert (step.on, [wait.cite for wait in step.waits]) == (opened, [cite] if cite else [])


def test_a_report_that_cannot_be_written_yet_sets_no_last_day(shanghai: Regime) -> None:
    """Five working days from the report to the award: before there is a tender to report of, nothing is too late."""
    setting = Setting.afresh(shanghai, "invited")
    assert setting is not None
    assert [one.rule.id for one in setting.ceilings(date(2018, 3, 1)) if one.to == setting.last] == []


@pytest.mark.clause("SH-2.5e")
def test_four_levels_are_numbered_and_what_they_stand_for_is_named_as_missing(shanghai: Regime) -> None:
    assert [(one.name["en"], one.route) for one in levels(shanghai)] == [
        (name, ("supervisor", "purchaser", "finance", "committee", "audit"))
        for name in ("Level one", "Level two", "Level three", "Level four")
    ]
    slots = {slot.id: slot.clauses for slot in shanghai.slots if slot.pack == CODE}
    assert slots["sh-alerts"] == ("SH-2.5e",)
    assert slots["sh-terms"] == ("SH-2.5a", "SH-2.5c", "SH-2.5d")
    assert slots["sh-lottery"] == ("SH-2.3c",)


@pytest.mark.clause("SH-2.5c")
def test_what_the_public_is_told_and_who_answers_it(shanghai: Regime) -> None:
    own = [entry for entry in shanghai.body["disclosures"] if entry["cite"].startswith("sh-report-2012")]
    told = {name for entry in own for name in entry["on"]}
    assert told == {
        "tender.publish", "clarification.give", "tender.award", "tender.give_up", "contract.sign",
        "projectfacts.publish", "feedback.answer", "moneynotice.publish",
    }  # fmt: skip
    whos = {name: shanghai.who(f"feedback.{name}") for name in ("submit", "accept", "answer")}
    assert {name: who and who.capacities for name, who in whos.items()} == {
        "submit": ("public",), "accept": ("purchaser",), "answer": ("purchaser", "finance"),
    }  # fmt: skip


def test_what_the_order_on_tenders_waits_for_somebody_may_do(shanghai: Regime) -> None:
    """A tie settled and a report signed: an award that waits for what nobody may do would never come."""
    for name in ("tender.draw", "evalreport.draft", "signature.give", "evalreport.sign"):
        assert shanghai.who(name) is not None, name
