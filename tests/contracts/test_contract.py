from __future__ import annotations

from datetime import date

import pytest

from gongyue.budget.models import Share
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Role
from gongyue.kernel.offers import find
from gongyue.ledger.models import Entry
from gongyue.tendering.models import Tender

from . import stages
from .stages import DRAFTED, SIGNED, TERMS, attempt, rules

State = Contract.State


def test_drafting_writes_the_winner_and_numbers_the_instalments(awarded: Line) -> None:
    contract = stages.drafted(awarded)
    winner = awarded.latest(Tender).winner.organisation
    assert (contract.provider, contract.purchaser) == (winner, awarded.actor("contract.draft").organisation)
    assert (contract.state, contract.version, contract.amount_fen) == (State.DRAFTED, 1, 195_000_000)
    assert [(i.number, i.due_on, i.amount_fen, i.requires) for i in contract.schedule] == [
        (1, date(2010, 12, 1), 78_000_000, ""),
        (2, date(2011, 5, 10), 78_000_000, "midterm"),
        (3, date(2011, 11, 30), 39_000_000, "yearend"),
    ]


def test_a_returned_contract_is_drafted_again_from_what_it_said(awarded: Line) -> None:
    contract = stages.drafted(awarded)
    awarded.act("contract.return", contract, date(2010, 10, 13), reason="请写明支付方式")
    contract = awarded.contract()
    assert contract.state == State.RETURNED
    outcome = attempt(awarded, "contract.draft", contract, date(2010, 10, 14), **TERMS | {"amount": "1"})
    assert outcome.entry is None
    initial = outcome.form.initial
    assert (initial["number"], initial["amount"], initial["starts_on"]) == ("YX-2010-01", 195_000_000, stages.STARTS)
    assert initial["instalments"][1] == {"due_on": date(2011, 5, 10), "amount": 78_000_000, "requires": "midterm"}
    one = [{"due_on": "2011-01-10", "amount": "1950000", "requires": ""}]
    awarded.act("contract.draft", contract, date(2010, 10, 14), **TERMS | {"instalments": one})
    contract = awarded.contract()
    assert (contract.state, contract.version) == (State.DRAFTED, 3)
    assert [(i.number, i.amount_fen) for i in contract.schedule] == [(1, 195_000_000)]


def test_one_contract_a_purchase(awarded: Line) -> None:
    stages.drafted(awarded)
    actor = awarded.actor("contract.draft")
    assert find("contract.draft", actor=actor, at=stages.moment(DRAFTED), purchase=awarded.purchase) is None


@pytest.mark.clause("GZ-P-3.3.2a")
@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("starts_on", "资助期起"),
        ("ends_on", "资助期止"),
        ("service_requirements", "服务要求"),
        ("quality_standard", "质量标准"),
        ("payment_method", "支付方式"),
        ("rights_duties", "双方权利义务"),
    ],
)
def test_a_contract_with_a_gap_is_not_signed(awarded: Line, field: str, name: str) -> None:
    contract = stages.accepted(awarded, **{field: ""})
    outcome = attempt(awarded, "contract.sign", contract, SIGNED)
    assert outcome.entry is None
    assert rules(outcome) == ["contract-complete"]
    assert outcome.findings[0].figures == {"contract.missing": [name]}
    assert outcome.findings[0].cite == "gz-procedure-2010#三(三)2"


@pytest.mark.clause("GZ-P-3.3.2b")
def test_approval_and_filing_leave_their_days_and_numbers_and_officers(awarded: Line) -> None:
    contract = stages.filed(awarded)
    assert (contract.approved_on, contract.approval_number) == (date(2010, 10, 14), "越民审〔2010〕7号")
    assert (contract.filed_on, contract.filing_number) == (stages.FILED, "穗民备〔2010〕3号")
    posts = dict(Entry.objects.filter(subject=contract.key).values_list("action", "post_id"))
    assert posts["contract.approve"] == awarded.actor("contract.approve").pk
    assert posts["contract.file"] == awarded.actor("contract.file").pk


@pytest.mark.clause("GZ-P-3.3.2b")
def test_an_unapproved_contract_is_neither_accepted_nor_signed(awarded: Line) -> None:
    contract = stages.drafted(awarded)
    for name in ("contract.accept", "contract.sign", "contract.file"):
        assert rules(attempt(awarded, name, contract, SIGNED)) == ["kernel.state"]


@pytest.mark.clause("GZ-P-3.3.2b")
def test_approval_and_filing_are_owed_by_district_and_city(awarded: Line) -> None:
    def owed() -> dict[str, tuple[str, str]]:
        rows = Obligation.objects.filter(purchase=awarded.purchase, is_open=True, action__startswith="contract.")
        return {row.action: (row.capacity, str(row.organisation)) for row in rows}

    contract = stages.drafted(awarded)
    assert owed()["contract.approve"] == ("district_bureau", "越秀区民政局")
    awarded.act("contract.approve", contract, date(2010, 10, 14))
    awarded.act("contract.accept", contract, date(2010, 10, 16))
    awarded.act("contract.sign", contract, SIGNED)
    assert owed() == {
        "contract.file": ("city_bureau", "广州市民政局"), "contract.copy_finance": ("purchaser", "越秀区民政局"),
    }  # fmt: skip


@pytest.mark.parametrize("accepted", [False, True])
def test_an_approval_withdrawn_leaves_no_trace_of_being_approved(accepted: bool, awarded: Line) -> None:
    contract = stages.drafted(awarded)
    awarded.act("contract.approve", contract, date(2010, 10, 14), approval_number="越民审〔2010〕7号")
    if accepted:
        awarded.act("contract.accept", contract, date(2010, 10, 16))
    awarded.act("contract.return", contract, date(2010, 10, 18), reason="审定依据有误，撤回审定")
    contract = awarded.contract()
    assert (contract.state, contract.approval_number, contract.approved_on, contract.accepted_on) == (
        State.RETURNED, "", None, None,
    )  # fmt: skip
    for name in ("contract.accept", "contract.sign", "contract.file"):
        assert rules(attempt(awarded, name, contract, SIGNED)) == ["kernel.state"]
    awarded.act("contract.draft", contract, date(2010, 10, 19), **TERMS)
    assert rules(attempt(awarded, "contract.sign", contract, SIGNED)) == ["kernel.state"]


@pytest.mark.clause("GZ-P-3.3.2b")
def test_each_examines_its_own_part(awarded: Line) -> None:
    """The city files and does not examine; the district examines, sends back and does not file."""
    contract = stages.drafted(awarded)
    for name in ("contract.approve", "contract.return"):
        outcome = attempt(awarded, name, contract, SIGNED, actor=awarded.actor("contract.file"), reason="缺附件")
        assert rules(outcome) == ["kernel.capacity"]
    awarded.act("contract.approve", contract, date(2010, 10, 14))
    awarded.act("contract.accept", contract, date(2010, 10, 16))
    awarded.act("contract.sign", contract, SIGNED)
    outcome = attempt(awarded, "contract.file", contract, SIGNED, actor=awarded.actor("contract.approve"))
    assert rules(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.3.2b")
def test_who_drafted_does_not_approve_though_the_bureau_does_both(awarded: Line) -> None:
    contract = stages.drafted(awarded)
    outcome = attempt(awarded, "contract.approve", contract, SIGNED, actor=awarded.actor("contract.draft"))
    assert rules(outcome) == ["kernel.incompatible"]


@pytest.mark.clause("GZ-P-3.3.2b")
def test_who_approved_does_not_sign(accepted: Contract, awarded: Line) -> None:
    outcome = attempt(awarded, "contract.sign", accepted, SIGNED, actor=awarded.actor("contract.approve"))
    assert rules(outcome) == ["kernel.incompatible"]


def test_only_the_provider_accepts(awarded: Line) -> None:
    contract = stages.drafted(awarded)
    awarded.act("contract.approve", contract, date(2010, 10, 14))
    others = [post for post in awarded.cast.social if post.organisation_id != contract.provider_id]
    assert rules(attempt(awarded, "contract.accept", contract, SIGNED, actor=others[0])) == ["kernel.capacity"]
    outcome = attempt(awarded, "contract.accept", contract, date(2010, 10, 16))
    assert outcome.entry is not None
    assert awarded.contract().accepted_on == date(2010, 10, 16)
    assert Role.objects.get(purchase=awarded.purchase, capacity="provider").organisation_id == contract.provider_id


@pytest.mark.clause("GZ-S-3.1a")
def test_no_contract_before_the_award(line: Line) -> None:
    line.open(stages.OPENED)
    outcome = attempt(line, "contract.draft", None, DRAFTED, bare=True, **TERMS)
    assert outcome.entry is None
    assert "award-before-contract" in rules(outcome)
    assert not Contract.objects.filter(purchase=line.purchase).exists()


@pytest.mark.clause("GZ-P-4.3")
def test_no_signature_without_the_money(accepted: Contract, awarded: Line) -> None:
    Share.objects.filter(purchase=awarded.purchase, payer=awarded.cast.finances[awarded.district].organisation).update(
        state="arranged"
    )
    outcome = attempt(awarded, "contract.sign", accepted, SIGNED)
    assert rules(outcome) == ["funds-committed"]
    assert outcome.findings[0].figures == {"contract.amount_fen": 195_000_000, "item.committed_fen": 100_000_000}


def test_the_contract_keeps_to_the_award(awarded: Line) -> None:
    rows = [{"due_on": "2010-12-01", "amount": "1960000", "requires": ""}]
    outcome = attempt(awarded, "contract.draft", None, DRAFTED, **TERMS | {"amount": "1960000", "instalments": rows})
    assert rules(outcome) == ["contract-at-award-price"]


def test_the_copy_to_finance_says_when_and_by_whom(awarded: Line) -> None:
    contract = stages.signed(awarded)
    copied = date(2010, 10, 25)
    data = {"copied_on": "2010-10-22", "receipt": "收文 88 号"}
    outcome = attempt(awarded, "contract.copy_finance", contract, copied, **data)
    assert outcome.entry is not None
    contract = awarded.contract()
    assert (contract.finance_copied_on, contract.finance_receipt) == (date(2010, 10, 22), "收文 88 号")
    assert contract.finance_copied_by == awarded.actor("contract.copy_finance")
    assert contract.state == State.SIGNED
    awarded.act("contract.file", contract, date(2010, 10, 27))
    assert awarded.contract().state == State.FILED


def test_no_copy_before_it_is_signed(accepted: Contract, awarded: Line) -> None:
    assert rules(attempt(awarded, "contract.copy_finance", accepted, SIGNED)) == ["kernel.state"]
