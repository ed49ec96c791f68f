from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.models import Obligation
from gongyue.kernel.queries import visible
from gongyue.oversight.models import Recommendation
from gongyue.oversight.queries import recommendations, trail
from tests.contracts.stages import attempt, rules

DAY = date(2010, 12, 1)
MAY = {"recommendation.make", "recommendation.close", "recommendation.return"}
# To stand aside; to answer what others asked of it; to read a copy.
ANYBODY = {"purchase.recuse", "task.answer", "cosignature.give", "copy.read", "post.mail"}


@pytest.mark.clause("GZ-P-4.4")
def test_audit_recommends_and_does_nothing_else(filed: Line) -> None:
    regime, audit = filed.regime, {"city_audit", "district_audit"}
    does = {name for name in ACTIONS if (who := regime.who(name)) and audit & set(who.capacities)}
    assert does - ANYBODY == MAY
    auditor = filed.cast.audits[filed.district]
    for name, subject in (("contract.copy_finance", filed.contract()), ("supervision.record", None)):
        assert rules(attempt(filed, name, subject, DAY, actor=auditor)) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-4.4")
def test_a_recommendation_is_answered_and_followed_up_until_closed(filed: Line) -> None:
    auditor, finance = filed.cast.audits[filed.district], filed.cast.finances[filed.district]
    made = filed.act("recommendation.make", Recommendation.unborn(None, auditor)[0], DAY, actor=auditor).subject
    owed = Obligation.objects.filter(action__startswith="recommendation", is_open=True)
    assert list(owed.values_list("action", "organisation", "due_on")) == [
        ("recommendation.answer", finance.organisation_id, date(2010, 12, 31))
    ]
    filed.act("recommendation.answer", made, DAY, actor=finance)
    assert list(owed.values_list("action", "organisation")) == [("recommendation.close", auditor.organisation_id)]
    filed.act("recommendation.return", made, DAY, actor=auditor)
    assert list(owed.values_list("rule", "due_on")) == [("answer-recommendation-again", date(2010, 12, 15))]
    filed.act("recommendation.answer", made, DAY, actor=finance)
    filed.act("recommendation.close", made, DAY, actor=auditor)
    assert [row.state for row in recommendations(finance)] == ["closed"]
    assert owed.count() == 0


@pytest.mark.clause("GZ-P-4.4")
def test_the_trail_holds_what_offices_of_the_place_did_beside_any_purchase(filed: Line) -> None:
    auditor, finance = filed.cast.audits[filed.district], filed.cast.finances[filed.district]
    found = trail(auditor, visible(auditor, on=DAY))
    beside = set(found.filter(purchase=None, action="fund.open").values_list("organisation_id", flat=True))
    assert beside == {finance.organisation_id}
    assert "contract.file" in found.values_list("action", flat=True)


def test_another_office_does_not_answer_it(filed: Line) -> None:
    auditor = filed.cast.audits[filed.district]
    made = filed.act("recommendation.make", Recommendation.unborn(None, auditor)[0], DAY, actor=auditor).subject
    bureau = filed.cast.bureaus[filed.district][0]
    assert rules(attempt(filed, "recommendation.answer", made, DAY, actor=bureau)) == ["kernel.owner"]


def test_only_organisations_of_the_auditors_place_are_addressed(filed: Line) -> None:
    auditor, city = filed.cast.audits[filed.district], filed.cast.city[0]
    outcome = attempt(
        filed, "recommendation.make", Recommendation.unborn(None, auditor)[0], DAY, actor=auditor,
        addressee=str(city.organisation_id),
    )  # fmt: skip
    assert list(outcome.form.errors) == ["addressee"]
