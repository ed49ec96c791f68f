"""Guangdong's measures of 2012: when they hold, who has which part, what may be bought, what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Regime, run_pack_tests
from gongyue.programmes.classes import excluded_matters, service_classes
from gongyue.tendering import qualification
from gongyue.tendering.methods import admitted

from .conftest import OWN

CODE = "cn-gd"
FIRST = date(2012, 5, 24)
Owed = tuple[tuple[str, ...], str, tuple[str, ...]]  # after which acts, what, by whom


@pytest.fixture(scope="session")
def guangdong() -> Regime:
    return Regime.load([OWN], CODE, vocabulary())


@pytest.mark.clause(
    "GD-2.2a", "GD-2.3", "GD-3", "GD-4.0", "GD-6.1", "GD-6.3", "GD-6.4", "GD-6.6", "GD-7.1a", "GD-7.1b", "GD-7.2.1",
    "GD-7.2.2b", "GD-7.3a", "GD-8.0", "GD-8.0b", "GD-8.1", "GD-8.2", "GD-8.3", "GD-9.1.3", "GD-9.1.4", "GD-9.1.5",
    "GD-9.1.6", "GD-9.3a", "GD-9.3b", "GD-9.4", "GD-10.1",
)  # fmt: skip
def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN], CODE, vocabulary()) == []


@pytest.mark.clause("GD-0", "GD-10.2")
def test_the_measures_hold_from_the_day_of_issue() -> None:
    guangdong = Regime.load([OWN], CODE, vocabulary())
    measures = guangdong.instruments["gd-purchase-2012"]
    assert (measures.number, measures.issued, measures.effective, measures.expires) == (
        "粤府办〔2012〕48号", FIRST, FIRST, None,
    )  # fmt: skip
    assert "由省财政厅解释（十（二））；执行中的问题向省财政厅反映。" in measures.note["zh"]
    body = {"purchaser.body": "class_two", "input.excluded": []}
    found = [[f.rule for f in guangdong.ask("purchase.start", body, on)] for on in (date(2012, 5, 23), FIRST)]
    assert found == [[], ["purchaser-admitted"]]


def test_what_they_rest_on_is_listed_and_refuses_nothing(guangdong: Regime) -> None:
    basis = ("gd-society-2011", "gd-organisations-2008", "gd-society-papers-2011")
    assert [guangdong.instruments[name].loaded for name in basis] == [False] * 3
    assert {rule.cite.partition("#")[0] for rule in guangdong.all_rules()} & set(basis) == set()


@pytest.mark.clause("GD-4.1.1", "GD-4.1.2", "GD-4.1.3", "GD-4.1.4", "GD-4.1.5", "GD-4.2")
def test_what_may_be_bought_by_its_classes(guangdong: Regime) -> None:
    assert [words["zh"].partition(" ")[0] for words in service_classes(guangdong).values()] == [
        "1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2",
    ]  # fmt: skip
    assert list(service_classes(guangdong)) == [
        "basic", "social", "trade", "technical", "transferred", "auxiliary", "auxiliary_transferred",
    ]  # fmt: skip
    assert "社工服务" in service_classes(guangdong)["social"]["zh"]


@pytest.mark.clause("GD-4.0")
def test_eight_matters_are_kept_out(guangdong: Regime) -> None:
    assert list(excluded_matters(guangdong)) == [
        "security", "secrets", "trial", "decision", "licence", "approval", "enforcement", "compulsion",
    ]  # fmt: skip


@pytest.mark.clause("GD-6.1", "GD-6.2", "GD-6.3", "GD-6.4", "GD-6.5", "GD-6.7")
def test_seven_conditions_are_asked_of_every_bidder(guangdong: Regime) -> None:
    assert [(item.id, item.zh.partition("，")[0]) for item in qualification.items(guangdong)] == [
        ("liability", "依法设立"), ("governance", "治理结构健全"),
        ("accounting", "具有独立的财务管理、财务核算和资产管理制度"), ("ability", "具备必需的设备和专业技术能力"),
        ("taxes", "依法缴纳税收和社会保障资金的记录良好"), ("reputation", "参加竞争前三年内无重大违法违纪"),
        ("other", "法律、法规规定的其他条件"),
    ]  # fmt: skip


@pytest.mark.clause("GD-6.6")
def test_three_years_are_looked_back_on(guangdong: Regime) -> None:
    years = guangdong.parameter("supplier.look_back", FIRST)
    assert years is not None and (years.value, years.unit) == (36, "month")


@pytest.mark.clause("GD-7.2.2a")
def test_the_four_methods_and_whatever_the_law_adds_later(guangdong: Regime) -> None:
    """The list is open: consultation came with the ministry's measures of 2014, frameworks with its order of 2022."""
    ways = {on: [one.way.value for one in admitted(guangdong, on)] for on in (FIRST, date(2022, 3, 1))}
    assert ways[FIRST] == ["open", "invited", "negotiation", "single_source"]
    assert ways[date(2022, 3, 1)] == ["open", "invited", "negotiation", "consultation", "single_source", "voucher"]
    duty = next(rule for rule in guangdong.all_obligations() if rule.id == "choose-method")
    assert (duty.after, duty.do, duty.who) == (("item.approve",), "method.choose", ("purchaser",))


@pytest.mark.clause("GD-7.2.1")
def test_finance_entrusts_nobody_though_the_measures_say_so(guangdong: Regime) -> None:
    """Articles 19 and 60 of the law: its purchaser alone chooses an agent, and its supervisor keeps out."""
    named, chosen = guangdong.overruled("agency.propose", FIRST), guangdong.who("agency.propose", FIRST)
    assert named is not None and chosen is not None
    assert (named[0].capacities, chosen.capacities) == (("finance",), ("purchaser",))
    who, found = guangdong.who("commission.tender", FIRST), guangdong.overruled("commission.tender", FIRST)
    assert found is not None and who is not None
    own, over = found
    assert (own.capacities, own.cite) == (("finance",), "gd-purchase-2012#七(二)1")
    assert (who.capacities, who.cite, over.cite) == (
        ("purchaser",),
        "procurement-law#第十九条",
        "procurement-law#第六十条",
    )
    assert guangdong.order("commission") is not None
    keys = guangdong.rules("keyholder.take", FIRST)
    assert [rule.id for rule in keys] == ["finance-holds-no-key"]


@pytest.mark.parametrize(
    ("action", "capacity"),
    [
        pytest.param("purchase.start", "purchaser", marks=pytest.mark.clause("GD-3")),
        pytest.param("catalogue.publish", "finance", marks=pytest.mark.clause("GD-5c")),
        pytest.param("item.approve", "finance", marks=pytest.mark.clause("GD-7.1a", "GD-9.1.1")),
        pytest.param("share.commit", "finance", marks=pytest.mark.clause("GD-2.1")),
        pytest.param("payment.pay", "finance", marks=pytest.mark.clause("GD-8.1", "GD-8.2")),
        pytest.param("bid.qualify", "registration_authority", marks=pytest.mark.clause("GD-9.1.4")),
        pytest.param("bid.disqualify", "registration_authority", marks=pytest.mark.clause("GD-9.1.4")),
        pytest.param("recommendation.make", "audit", marks=pytest.mark.clause("GD-9.1.6")),
        pytest.param("examination.record", "finance", marks=pytest.mark.clause("GD-8.2")),
        pytest.param("investment.draft", "development", marks=pytest.mark.clause("GD-9.1.3")),
        pytest.param("investment.issue", "development", marks=pytest.mark.clause("GD-9.1.3")),
        pytest.param("investment.follow", "development", marks=pytest.mark.clause("GD-9.1.3")),
        pytest.param("performance.open", "finance", marks=pytest.mark.clause("GD-9.3a", "GD-9.1.1")),
        pytest.param("performance.conclude", "finance", marks=pytest.mark.clause("GD-9.3b")),
        pytest.param("acceptance.record", "purchaser", marks=pytest.mark.clause("GD-9.1.7")),
    ],
)
def test_whose_part_it_is(guangdong: Regime, action: str, capacity: str) -> None:
    who = guangdong.who(action, FIRST)
    assert who is not None and who.capacities == (capacity,)
    held = guangdong.capacities[capacity]
    assert held.by == ("opening" if capacity == "purchaser" else "same_level")


@pytest.mark.clause("GD-9.1.7")
def test_the_purchaser_supervises_beside_the_departments_that_do(guangdong: Regime) -> None:
    who = guangdong.who("supervision.record", FIRST)
    assert who is not None and who.capacities == ("purchaser", "finance", "inspection", "audit")


@pytest.mark.clause("GD-7.3b")
def test_the_contract_is_filed_with_finance_of_the_same_level(guangdong: Regime) -> None:
    who, order = guangdong.who("contract.file", FIRST), guangdong.order("contract")
    assert who is not None and (who.capacities, who.cite) == (("finance",), "gd-purchase-2012#七(三)")
    assert order is not None and order.milestones == ("drafted", "accepted", "signed", "filed")
    duty = next(rule for rule in guangdong.all_obligations() if rule.id == "file-contract")
    assert (duty.after, duty.do, duty.who) == (("contract.sign",), "contract.file", ("finance",))


@pytest.mark.clause("GD-2.2b", "GD-9.2")
def test_what_is_published_of_a_purchase(guangdong: Regime) -> None:
    acts = ("tender.publish", "clarification.give", "tender.award", "contract.sign")
    found = {act: [one.id for one in guangdong.disclosures_of(act, FIRST)] for act in acts}
    assert found == {
        "tender.publish": ["tender-notice"], "clarification.give": ["clarification-notice"],
        "tender.award": ["award-notice"], "contract.sign": ["contract-notice"],
    }  # fmt: skip
    notice = guangdong.disclosures_of("tender.publish", FIRST)[0]
    assert notice.fields[:3] == ("purchase.scope", "tender.ceiling_fen", "input.bids_due_at")
    log = guangdong.who("publication.log", FIRST)
    assert log is not None and log.capacities == ("purchaser",)


def test_what_no_source_gives_is_named(guangdong: Regime) -> None:
    assert [slot.id for slot in guangdong.slots if slot.pack == CODE] == [
        "gd-small-amount", "gd-limits", "gd-catalogue", "gd-payment-procedure",
        "gd-performance-indicators", "gd-sanctions",
    ]  # fmt: skip


@pytest.mark.clause("GD-9.1.4", "GD-9.1.5", "GD-9.1.6", "GD-9.3a")
def test_finance_evaluates_or_has_a_third_party_do_it_and_three_departments_take_part(guangdong: Regime) -> None:
    names = ("performance.report", "performanceview.give", "supervision.record")
    who = {name: guangdong.who(name, FIRST) for name in names}
    assert {name: one.capacities for name, one in who.items() if one} == {
        "performance.report": ("finance", "evaluator"),
        "performanceview.give": ("registration_authority", "inspection", "audit"),
        "supervision.record": ("purchaser", "finance", "inspection", "audit"),
    }  # fmt: skip
    assert guangdong.capacities["inspection"].by == "same_level"


@pytest.mark.clause("GD-9.4")
def test_the_purchaser_supervises_itself_and_three_bodies_open_and_end_cases(guangdong: Regime) -> None:
    who = {name: guangdong.who(name, FIRST) for name in ("control.record", "violation.open", "violation.decide")}
    bodies = ("finance", "inspection", "audit")
    assert {name: one.capacities for name, one in who.items() if one} == {
        "control.record": ("purchaser",), "violation.open": bodies, "violation.decide": bodies,
    }  # fmt: skip


@pytest.mark.clause("GD-9.3a")
def test_an_evaluation_is_opened_reported_and_concluded(guangdong: Regime) -> None:
    order = guangdong.order("performance")
    assert order is not None and order.milestones == ("opened", "reported", "concluded")


@pytest.mark.clause("GD-2.2b", "GD-7.1b")
def test_an_item_is_published_by_its_purchaser_and_everybody_reads_it(guangdong: Regime) -> None:
    duty = next(rule for rule in guangdong.all_obligations() if rule.id == "publish-item")
    assert (duty.after, duty.do, duty.who) == (("item.approve",), "itemnotice.publish", ("purchaser",))
    assert [(one.id, one.fields) for one in guangdong.disclosures_of("itemnotice.publish", FIRST)] == [
        ("item-notice", ("item.amount_fen", "input.standard", "input.evaluation", "input.requirements")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "found"),
    [
        pytest.param(
            "propose-item", (("purchase.start",), "item.propose", ("purchaser",)),
            marks=pytest.mark.clause("GD-7.1a"),
        ),
        pytest.param(
            "approve-item", (("item.propose",), "item.approve", ("finance",)), marks=pytest.mark.clause("GD-7.1a")
        ),
        pytest.param(
            "publish-catalogue", (("catalogue.approve",), "catalogue.publish", ("finance",)),
            marks=pytest.mark.clause("GD-5c"),
        ),
        pytest.param(
            "publish-tender", (("tender.draft",), "tender.publish", ("purchaser",)),
            marks=pytest.mark.clause("GD-7.1b"),
        ),
        pytest.param(
            "draft-contract", (("tender.award",), "contract.draft", ("purchaser",)),
            marks=pytest.mark.clause("GD-7.3a"),
        ),
        pytest.param("pay", (("claim.check",), "payment.pay", ("finance",)), marks=pytest.mark.clause("GD-8.1")),
        pytest.param(
            "accept-service", (("contract.sign",), "acceptance.record", ("purchaser",)),
            marks=pytest.mark.clause("GD-9.1.7"),
        ),
        pytest.param(
            "report-performance", (("performance.open",), "performance.report", ("finance",)),
            marks=pytest.mark.clause("GD-9.3a"),
        ),
        pytest.param(
            "conclude-performance", (("performance.report",), "performance.conclude", ("finance",)),
            marks=pytest.mark.clause("GD-9.3b"),
        ),
        pytest.param(
            "decide-violation", (("violation.open",), "violation.decide", ("finance", "inspection", "audit")),
            marks=pytest.mark.clause("GD-9.4"),
        ),
    ],
)  # fmt: skip
def test_what_is_owed_next_and_the_measures_give_no_days(guangdong: Regime, duty: str, found: Owed) -> None:
    own = [rule for rule in guangdong.all_obligations() if rule.id == duty]
    assert [(rule.after, rule.do, rule.who) for rule in own] == [found]
    assert [rule.within for rule in own] == [None]


@pytest.mark.clause("GD-7.2.1", "GD-8.2", "GD-9.1.3", "GD-9.1.5", "GD-9.3a", "GD-9.3b", "GD-9.4")
def test_what_has_to_be_done_next_and_by_whom(guangdong: Regime) -> None:
    joining = ("registration_authority", "inspection", "audit")
    wanted = {
        "entrust-tender": ("item.approve", "commission.tender", ("purchaser",)),
        "examine-contract": ("contract.file", "examination.record", ("finance",)),
        "issue-investment": ("investment.draft", "investment.issue", ("development",)),
        "follow-investment": ("investment.issue", "investment.follow", ("development",)),
        "open-performance": ("acceptance.record", "performance.open", ("finance",)),
        "report-performance": ("performance.open", "performance.report", ("finance",)),
        "join-performance": ("performance.open", "performanceview.give", joining),
        "conclude-performance": ("performance.report", "performance.conclude", ("finance",)),
        "record-control": ("purchase.start", "control.record", ("purchaser",)),
        "decide-violation": ("violation.open", "violation.decide", ("finance", "inspection", "audit")),
    }  # fmt: skip
    found = {rule.id: (rule.after[0], rule.do, rule.who) for rule in guangdong.all_obligations() if rule.id in wanted}
    assert found == wanted
    orders = [guangdong.order(kind) for kind in ("commission", "examination", "investment", "performance")]
    assert [order.milestones if order else () for order in orders] == [
        ("signed",), ("recorded",), ("drafted", "issued", "followed"), ("opened", "reported", "concluded"),
    ]  # fmt: skip
