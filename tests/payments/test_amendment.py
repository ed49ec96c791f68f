"""补充协议: what is agreed beside a contract that runs, up to a tenth of it, with its money and its instalments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import Fund, JournalLine, Share
from gongyue.budget.queries import reconcile
from gongyue.contracts.models import Amendment, TopUp
from gongyue.contracts.paper import as_signed, words
from gongyue.contracts.queries import Meter, meter
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post
from gongyue.payments.models import Claim, Payment, UsePlan
from tests.contracts.stages import attempt, rules
from tests.memory import remembered

CHECKED = date(2010, 11, 25)
ON, SIGNED, FILED = date(2011, 3, 1), date(2011, 3, 8), date(2011, 3, 15)
LATER = [
    {"due_on": "2011-05-10", "amount": "780000", "requires": "midterm"},
    {"due_on": "2011-11-30", "amount": "430000", "requires": "yearend"},
]


@remembered
def first_paid(line: Line) -> Line:
    line.pay(line.claim(1, date(2010, 11, 22), CHECKED), date(2010, 11, 30))
    return line


@pytest.fixture
def paid(filed: Line) -> Line:
    """The first of three instalments is paid by both."""
    return first_paid(filed)


def drafted(line: Line, **data: Any) -> Amendment:
    line.act("amendment.draft", None, ON, **{"instalments": LATER} | data)
    return latest(line)


def latest(line: Line) -> Amendment:
    found: Amendment = line.latest(Amendment)
    return found


def signed(line: Line, **data: Any) -> Amendment:
    drafted(line, **data)
    line.act("amendment.approve", latest(line), date(2011, 3, 2))
    top_up(line)
    line.act("amendment.accept", latest(line), date(2011, 3, 3))
    line.act("amendment.sign", latest(line), SIGNED)
    return latest(line)


def top_up(line: Line, on: date = date(2011, 3, 3)) -> None:
    for topup in TopUp.objects.filter(state="arranged").order_by("pk"):
        line.act("topup.commit", topup, on, actor=payer(line, topup.payer_id))


def payer(line: Line, organisation: int) -> Post:
    return next(post for post in line._payers() if post.organisation_id == organisation)


def schedule(line: Line) -> list[tuple[int, date, int, str]]:
    return [(row.number, row.due_on, row.amount_fen, row.requires) for row in line.contract().schedule]


def refused(line: Line, **data: Any) -> dict[str, list[str]]:
    outcome = attempt(line, "amendment.draft", None, ON, **{"instalments": LATER} | data)
    assert (outcome.entry, outcome.findings) == (None, [])
    return {field: [str(error) for error in found] for field, found in outcome.form.errors.items()}


# --- what it changes ----------------------------------------------------------------------------------------------


def test_filed_it_changes_amount_and_instalments_and_keeps_what_was(paid: Line) -> None:
    before = schedule(paid)
    signed(paid)
    assert (paid.contract().amount_fen, schedule(paid)) == (195_000_000, before)
    paid.act("amendment.file", latest(paid), FILED)
    contract, amendment = paid.contract(), latest(paid)
    assert (contract.original_fen, contract.amount_fen, contract.added_fen) == (195_000_000, 199_000_000, 4_000_000)
    assert schedule(paid) == [
        before[0], before[1], (3, date(2011, 11, 30), 43_000_000, "yearend"),
    ]  # fmt: skip
    assert (amendment.serial, amendment.number, amendment.first, amendment.originals) == (1, "YX-2010-01-补1", 2, 4)
    assert (amendment.before["amount_fen"], [row["amount"] for row in amendment.before["instalments"]]) == (
        195_000_000, [78_000_000, 78_000_000, 39_000_000],
    )  # fmt: skip
    text = as_signed(contract)
    assert (text.amount_fen, [row.amount_fen for row in text.instalments]) == (
        195_000_000, [78_000_000, 78_000_000, 39_000_000],
    )  # fmt: skip
    assert words(contract, paid.purchase, paid.regime, FILED)["figures"] == "1,950,000.00"


def test_the_claims_follow_the_contract_as_amended_to_the_fen(paid: Line) -> None:
    signed(paid, added="40000.01", instalments=[
        {"due_on": "2011-05-10", "amount": "780000", "requires": ""},
        {"due_on": "2011-11-30", "amount": "430000.01", "requires": ""},
    ])  # fmt: skip
    paid.act("amendment.file", latest(paid), FILED)
    for number, day in ((2, date(2011, 5, 20)), (3, date(2011, 12, 5))):
        paid.pay(paid.claim(number, day, day), day)
    parts = [
        list(Payment.objects.filter(claim=claim).order_by("pk").values_list("amount_fen", flat=True))
        for claim in Claim.objects.filter(purchase=paid.purchase).order_by("pk")
    ]
    assert parts == [[39_000_000, 39_000_000], [39_000_000, 39_000_000], [21_500_001, 21_500_000]]
    shares = Share.objects.filter(purchase=paid.purchase)
    assert sum(shares.values_list("paid_fen", flat=True)) == 199_000_001
    assert reconcile() == []


def test_it_may_move_the_end_of_the_term_and_what_is_due_from_there(paid: Line) -> None:
    rows = [LATER[0], LATER[1] | {"amount": "390000"}]
    because = {"acknowledge-not-changed-at-will": "新旧承接主体交接期间服务不能中断"}
    data = {"added": "0", "same_subject": "", "services": "", "ends_on": "2011-12-31", "instalments": rows}
    assert rules(attempt(paid, "amendment.draft", None, ON, **data)) == ["not-changed-at-will"]
    signed(paid, **data, **because)
    paid.act("amendment.file", latest(paid), FILED)
    assert (paid.contract().ends_on, paid.contract().amount_fen) == (date(2011, 12, 31), 195_000_000)
    owed = Obligation.objects.filter(purchase=paid.purchase, is_open=True)
    found = owed.filter(subject__in=["assessment#yearend", "yearly#self", "yearly#funds"])
    assert sorted(found.values_list("subject", "due_on")) == [
        ("assessment#yearend", date(2011, 12, 31)), ("yearly#funds", date(2011, 12, 31)),
        ("yearly#self", date(2011, 12, 31)),
    ]  # fmt: skip


def test_the_providers_budget_is_made_anew_for_the_new_amount(paid: Line) -> None:
    paid.act("useplan.submit", None, ON)
    paid.act("useplan.approve", paid.latest(UsePlan), ON)
    signed(paid)
    paid.act("amendment.file", latest(paid), FILED)
    assert Obligation.objects.get(purchase=paid.purchase, rule="budget-anew", is_open=True).action == "useplan.return"
    paid.act("useplan.return", paid.latest(UsePlan), FILED, reason="合同金额已追加，请重报。")
    paid.act("useplan.submit", paid.latest(UsePlan), FILED)
    assert paid.latest(UsePlan).total_fen == 199_000_000


# --- the ten per cent ---------------------------------------------------------------------------------------------


def test_a_tenth_in_all_and_not_a_fen_more(paid: Line) -> None:
    """The annex's two million leave room for fifty thousand; a purchase by reference has no such bound."""
    paid.purchase.__class__.objects.filter(pk=paid.purchase.pk).update(by_reference=True)
    whole = [LATER[0], LATER[1] | {"amount": "585000.01"}]
    over = attempt(paid, "amendment.draft", None, ON, added="195000.01", instalments=whole)
    assert rules(over) == ["additions-within-tenth"]
    assert over.findings[0].cite == "procurement-law#第四十九条"
    assert over.findings[0].figures == {
        "param.contract.additions_most": 1000, "amendment.original_fen": 195_000_000, "amendment.used_fen": 0,
        "award.awarded_on": "2010-10-10", "input.added": 19_500_001,
    }  # fmt: skip
    assert paid.regime.say(over.findings[0], "zh") == (
        "所有补充合同的采购金额合计不得超过原合同采购金额的 10%：原合同 1,950,000.00 元，此前已追加 0.00 元。"
        "请调低追加金额，超出部分须另行采购。"
    )
    signed(paid)
    paid.act("amendment.file", latest(paid), FILED)
    rest = [LATER[0], LATER[1] | {"amount": "585000.01"}]
    again = attempt(paid, "amendment.draft", None, FILED, added="155000.01", instalments=rest)
    assert rules(again) == ["additions-within-tenth"]
    rest = [LATER[0], LATER[1] | {"amount": "585000"}]
    paid.act("amendment.draft", None, FILED, added="155000", instalments=rest)
    assert (latest(paid).serial, latest(paid).number) == (2, "YX-2010-01-补2")
    found = meter(paid.contract(), Amendment.objects.all(), paid.regime, FILED)
    assert found == Meter(195_000_000, 4_000_000, 15_500_000, 1000)
    assert (found.most_fen, found.taken_fen, found.left_fen) == (19_500_000, 19_500_000, 0)


@pytest.mark.clause("GZ-S-A2.0")
def test_the_annex_bounds_what_is_added_too(paid: Line) -> None:
    rows = [LATER[0], LATER[1] | {"amount": "440000.01"}]
    outcome = attempt(paid, "amendment.draft", None, ON, added="50000.01", instalments=rows)
    assert rules(outcome) == ["amendment-within-grant"]


@pytest.mark.parametrize("data", [{"same_subject": ""}, {"other_terms": "改为按月付款"}])
def test_money_is_added_for_the_same_only_and_changes_no_other_term(paid: Line, data: dict[str, Any]) -> None:
    because = {"acknowledge-not-changed-at-will": "承接主体要求"}
    outcome = attempt(paid, "amendment.draft", None, ON, **{"instalments": LATER} | data | because)
    assert "additions-of-the-same" in rules(outcome)


def test_nothing_is_agreed_beside_a_contract_that_is_over(paid: Line) -> None:
    rows = [{"due_on": "2011-11-10", "amount": "1210000", "requires": ""}]
    outcome = attempt(paid, "amendment.draft", None, date(2011, 11, 1), instalments=rows)
    assert rules(outcome) == ["amended-while-running"]


# --- its way ------------------------------------------------------------------------------------------------------


def test_one_at_a_time_and_what_was_claimed_stands(paid: Line) -> None:
    drafted(paid)
    actor = paid.actor("amendment.draft")
    assert Amendment.unborn(paid.dossier(ON), actor) == []
    paid.act("amendment.drop", latest(paid), ON, reason="改为下一年度安排。")
    assert (latest(paid).state, latest(paid).dropped_reason) == ("dropped", "改为下一年度安排。")
    assert [row.serial for row in Amendment.unborn(paid.dossier(ON), actor)] == [2]
    assert paid.contract().amount_fen == 195_000_000


def test_what_was_claimed_meanwhile_is_planned_anew_no_more(paid: Line) -> None:
    free = [LATER[0] | {"requires": ""}, LATER[1]]
    paid.act("amendment.draft", None, ON, instalments=free)
    paid.assess("midterm", date(2011, 5, 2), date(2011, 5, 6))
    paid.act("claim.submit", None, date(2011, 5, 9), seed="2")
    outcome = attempt(paid, "amendment.approve", latest(paid), date(2011, 5, 10))
    assert outcome.form.errors == {"__all__": ["第 2 期已经请款，不能再按这份补充协议重新安排"]}
    paid.act("amendment.return", latest(paid), date(2011, 5, 10), reason="第二期已经请款。")
    again = attempt(paid, "amendment.draft", latest(paid), date(2011, 5, 11), added="x").form
    assert [(row["due_on"], row["amount"]) for row in again.initial["instalments"]] == [
        (date(2011, 11, 30), 39_000_000)
    ]


@pytest.mark.clause("GZ-P-3.3.2c")
def test_signed_and_not_filed_it_holds_the_instalments_it_plans_anew(paid: Line) -> None:
    signed(paid, instalments=[LATER[0] | {"requires": ""}, LATER[1]])
    outcome = attempt(paid, "claim.submit", None, FILED, seed="2")
    assert [rule for rule in rules(outcome) if rule != "assessment-before-instalment"] == ["amendment-filed"]
    paid.act("amendment.file", latest(paid), FILED)
    assert attempt(paid, "claim.submit", None, FILED, seed="2").entry is not None


@pytest.mark.clause("GZ-P-3.3.2b")
def test_who_drafted_does_not_approve_and_who_approved_does_not_sign(paid: Line) -> None:
    row = drafted(paid)
    assert rules(attempt(paid, "amendment.approve", row, ON, actor=paid.actor("amendment.draft"))) == [
        "kernel.incompatible"
    ]
    paid.act("amendment.approve", row, ON)
    paid.act("amendment.accept", latest(paid), ON)
    outcome = attempt(paid, "amendment.sign", latest(paid), ON, actor=paid.actor("amendment.approve"))
    assert rules(outcome) == ["kernel.incompatible"]


def test_each_step_is_owed_by_its_own_office(paid: Line) -> None:
    def owed() -> dict[str, str]:
        rows = Obligation.objects.filter(purchase=paid.purchase, is_open=True, action__startswith="amendment.")
        return {row.action: row.capacity for row in rows}

    row = drafted(paid)
    assert owed() == {"amendment.approve": "district_bureau"}
    paid.act("amendment.return", row, ON, reason="请写明服务量。")
    assert owed() == {"amendment.draft": "purchaser"}
    assert attempt(paid, "amendment.draft", latest(paid), ON, added="x").form.initial["added"] == 4_000_000
    paid.act("amendment.draft", latest(paid), ON, instalments=LATER)
    paid.act("amendment.approve", latest(paid), ON)
    assert owed() == {"amendment.accept": "provider"}
    paid.act("amendment.accept", latest(paid), ON)
    assert owed() == {"amendment.sign": "purchaser"}
    paid.act("amendment.sign", latest(paid), SIGNED)
    assert owed() == {"amendment.file": "city_bureau", "amendment.copy_finance": "purchaser"}
    copied = Obligation.objects.get(purchase=paid.purchase, action="amendment.copy_finance")
    assert copied.due_on == date(2011, 3, 17)
    paid.act("amendment.copy_finance", latest(paid), SIGNED)
    assert rules(attempt(paid, "amendment.copy_finance", latest(paid), SIGNED)) == ["amendment-copied-once"]


# --- its form -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"added": "40000.01"}, {"instalments": ["未请款各期合计比应有的少 0.01 元"]}),
        ({"added": "39999.99"}, {"instalments": ["未请款各期合计比应有的多 0.01 元"]}),
        ({"number": "YX-2010-01"}, {"number": ["本单位已有同一编号的合同或补充协议"]}),
        ({"ends_on": "2011-02-28"}, {"ends_on": ["变更后的资助期止不能早于办理当日"]}),
        ({"instalments": [LATER[0] | {"due_on": "2010-12-01"}, LATER[1]]},
         {"instalments": ["第 2 期的应付日期须晚于上一期"]}),
        ({"added": "0", "services": "", "same_subject": "", "instalments": [LATER[0], LATER[1] | {"amount": "390000"}]},
         {"__all__": ["补充协议没有改变任何内容"]}),
    ],
)  # fmt: skip
def test_the_form_says_what_is_wrong_and_where(paid: Line, data: dict[str, Any], said: dict[str, list[str]]) -> None:
    assert refused(paid, **data) == said


def test_a_new_one_begins_from_the_instalments_that_are_free(paid: Line) -> None:
    form = attempt(paid, "amendment.draft", None, ON, bare=True).form
    assert [(row["due_on"], row["amount"]) for row in form.initial["instalments"]] == [
        (date(2011, 5, 10), 78_000_000), (date(2011, 11, 30), 39_000_000),
    ]  # fmt: skip
    assert (form.initial["number"], form.initial["added"]) == ("YX-2010-01-补1", 0)


# --- its money ----------------------------------------------------------------------------------------------------


@pytest.fixture
def needy(paid: Line) -> Line:
    """A purchase by reference: a hundred thousand more than it has is wanted, and both lines have room."""
    paid.purchase.__class__.objects.filter(pk=paid.purchase.pk).update(by_reference=True)
    drafted(paid, added="150000.01", instalments=[LATER[0], LATER[1] | {"amount": "540000.01"}])
    return paid


def balance(line: Line) -> list[tuple[int, int, int]]:
    """Of each share its amount, and of its line what is committed and what is available."""
    rows = Share.objects.filter(purchase=line.purchase).select_related("fund").order_by("pk")
    return [(row.amount_fen, row.fund.committed_fen, row.fund.available_fen) for row in rows if row.fund]


@pytest.mark.clause("GZ-P-4.3")
def test_what_is_added_is_committed_by_each_payer_before_it_is_signed(needy: Line) -> None:
    before = balance(needy)
    needy.act("amendment.approve", latest(needy), ON)
    topups = list(TopUp.objects.order_by("pk"))
    assert [(row.payer.division.level, row.amount_fen) for row in topups] == [
        (row.share.payer.division.level, fen) for row, fen in zip(topups, (5_000_001, 5_000_000), strict=True)
    ]
    owed = Obligation.objects.filter(action="topup.commit", is_open=True).order_by("pk")
    assert [(row.subject, row.organisation_id) for row in owed] == [(row.key, row.payer_id) for row in topups]
    stranger = payer(needy, topups[1].payer_id)
    assert rules(attempt(needy, "topup.commit", topups[0], ON, actor=stranger)) == ["kernel.owner"]
    needy.act("amendment.accept", latest(needy), ON)
    short = attempt(needy, "amendment.sign", latest(needy), SIGNED)
    assert rules(short) == ["amendment-funds-committed"]
    assert short.findings[0].figures == {
        "amendment.amended_fen": 210_000_001, "amendment.committed_fen": 200_000_000,
    }  # fmt: skip
    top_up(needy)
    assert balance(needy) == [
        (amount + fen, committed + fen, free - fen)
        for (amount, committed, free), fen in zip(before, (5_000_001, 5_000_000), strict=True)
    ]
    needy.act("amendment.sign", latest(needy), SIGNED)
    needy.act("amendment.file", latest(needy), FILED)
    assert needy.contract().amount_fen == 210_000_001
    assert reconcile() == []


def test_a_line_without_the_money_adds_nothing(needy: Line) -> None:
    needy.act("amendment.approve", latest(needy), ON)
    topup = TopUp.objects.order_by("pk")[0]
    Fund.objects.filter(pk=topup.share.fund_id).update(amount_fen=100_000_001, committed_fen=100_000_000)
    outcome = attempt(needy, "topup.commit", topup, ON, actor=payer(needy, topup.payer_id))
    assert "fund-sufficient" in rules(outcome)


@pytest.mark.parametrize("way", ["return", "drop"])
def test_what_was_committed_for_it_alone_is_free_again(needy: Line, way: str) -> None:
    before = balance(needy)
    needy.act("amendment.approve", latest(needy), ON)
    first = TopUp.objects.order_by("pk")[0]
    needy.act("topup.commit", first, ON, actor=payer(needy, first.payer_id))
    needy.act(f"amendment.{way}", latest(needy), ON, reason="不再需要。")
    assert balance(needy) == before
    assert sorted(TopUp.objects.values_list("state", flat=True)) == ["lapsed", "lapsed"]
    assert not Obligation.objects.filter(action="topup.commit", is_open=True).exists()
    moved = JournalLine.objects.filter(entry__subject=first.key).order_by("pk").values_list("account", "amount_fen")
    assert list(moved) == [
        ("available", -5_000_001), ("committed", 5_000_001), ("available", 5_000_001), ("committed", -5_000_001),
    ]  # fmt: skip
    assert reconcile() == []
