from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post
from gongyue.oversight.forms import RecordForm
from gongyue.oversight.models import FollowUp, SupervisionLog
from tests.contracts.stages import attempt, rules

DAY = date(2010, 12, 1)


def bodies(line: Line) -> list[Post]:
    cast = line.cast
    return [cast.streets[line.street.pk], cast.bureaus[line.district][0], cast.finances[line.district]]


@pytest.mark.clause("GZ-S-4.5b")
def test_closed_until_the_quality_standard_is_issued(filed: Line) -> None:
    assert rules(attempt(filed, "supervision.record", None, DAY)) == ["supervision-by-standard"]


@pytest.mark.clause("GZ-P-4.6b", "GZ-S-4.5g", "GZ-S-A1.9")
def test_three_bodies_each_look_at_plan_effect_and_money(running: Line) -> None:
    for body in bodies(running):
        running.act("supervision.record", None, DAY, actor=body)
    rows = SupervisionLog.objects.filter(purchase=running.purchase).order_by("pk")
    assert [(r.body, r.state, r.plan, r.effect, r.money) for r in rows] == [
        (b.organisation, "recorded", "按服务计划开展。", "小组出席率八成以上。", "专账核算，票据齐全。")
        for b in bodies(running)
    ]
    provider = running.cast.social[0]
    assert rules(attempt(running, "supervision.record", None, DAY, actor=provider)) == ["kernel.capacity"]


def test_no_result_is_chosen_before_somebody_has_looked() -> None:
    form = RecordForm(subject=SupervisionLog(), dossier=None, actor=None)
    blocks = [form[f"{block}_result"] for block in ("plan", "effect", "money")]
    assert [(block.initial, block.field.choices[0]) for block in blocks] == [(None, ("", "请选择"))] * 3


@pytest.mark.clause("GZ-P-4.6b", "GZ-S-4.5g")
@pytest.mark.parametrize("block", ["plan", "effect", "money"])
def test_no_block_may_be_left_out(running: Line, block: str) -> None:
    outcome = attempt(running, "supervision.record", None, DAY, **{f"{block}_result": ""})
    assert (outcome.entry, list(outcome.form.errors)) == (None, [f"{block}_result"])


@pytest.mark.clause("GZ-P-4.6b", "GZ-S-4.5g")
@pytest.mark.parametrize("observed", ["2010-10-31", "2010-12-02"])
def test_a_visit_lies_within_the_contract_and_not_ahead(running: Line, observed: str) -> None:
    assert rules(attempt(running, "supervision.record", None, DAY, observed_on=observed)) == [
        "supervision-within-contract"
    ]


@pytest.mark.clause("GZ-P-4.6b", "GZ-S-4.5g")
@pytest.mark.parametrize("block", ["plan", "effect", "money"])
def test_a_problem_is_told_and_has_a_day(running: Line, block: str) -> None:
    outcome = attempt(running, "supervision.record", None, DAY, **{f"{block}_result": "problem", block: ""})
    assert outcome.form.errors.get_json_data() == {
        block: [{"message": "请写明发现了什么问题", "code": "required"}],
        "due_on": [{"message": "有问题的，请定整改期限", "code": "required"}],
    }


@pytest.mark.clause("GZ-S-4.5g")
def test_what_is_wrong_is_the_providers_until_the_body_closes_it(running: Line) -> None:
    finance, provider = running.cast.finances[running.district], running.cast.social[0]
    running.act(
        "supervision.record", None, DAY, actor=finance, money_result="problem", money="票据缺三张", due_on="2010-12-10"
    )
    follow_up = FollowUp.objects.get()
    owed = Obligation.objects.filter(purchase=running.purchase, action__startswith="follow_up", is_open=True)
    assert list(owed.values_list("action", "organisation", "due_on")) == [
        ("follow_up.answer", provider.organisation_id, date(2010, 12, 10))
    ]
    assert rules(attempt(running, "follow_up.answer", follow_up, DAY, actor=running.cast.social[1])) == [
        "kernel.capacity"
    ]
    running.act("follow_up.answer", follow_up, date(2010, 12, 12), actor=provider)
    assert list(owed.values_list("action", "organisation")) == [("follow_up.close", finance.organisation_id)]
    street = running.cast.streets[running.street.pk]
    assert rules(attempt(running, "follow_up.close", follow_up, date(2010, 12, 12), actor=street)) == ["kernel.owner"]
    running.act("follow_up.return", follow_up, date(2010, 12, 13), actor=finance)
    assert list(owed.values_list("rule", "due_on")) == [("answer-again", date(2010, 12, 20))]
    running.act("follow_up.answer", follow_up, date(2010, 12, 15), actor=provider)
    running.act("follow_up.close", follow_up, date(2010, 12, 16), actor=finance)
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.closed_on, owed.count()) == ("closed", date(2010, 12, 16), 0)


def test_nothing_to_supervise_before_the_contract(line: Line) -> None:
    line.open(date(2010, 8, 6))
    assert SupervisionLog.unborn(line.dossier(DAY), line.actor("supervision.record")) == []
