"""Who may not do what in oversight, and of whom each next step is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Subject
from gongyue.oversight.models import Feedback, FollowUp, Recommendation, SpotCheck
from tests.contracts.stages import attempt, rules

DAY = date(2010, 12, 1)


def refused(line: Line, action: str, subject: Subject, actor: Post, **data: Any) -> list[str]:
    return rules(attempt(line, action, subject, DAY, actor=actor, **data))


def owed(action: str) -> list[tuple[str, date | None]]:
    rows = Obligation.objects.filter(action=action, is_open=True).order_by("pk")
    return [(str(row.organisation), row.due_on) for row in rows]


@pytest.mark.clause("GZ-P-3.4.2c", "GZ-S-A1.9")
def test_the_provider_neither_draws_nor_reports_what_it_is_checked_by(filed: Line) -> None:
    provider, bureau = filed.cast.social[0], filed.cast.bureaus[filed.district][0]
    street = filed.cast.streets[filed.street.pk]
    unborn = SpotCheck.unborn(filed.dossier(DAY), bureau)[0]
    assert refused(filed, "spot_check.commit", unborn, provider) == ["kernel.capacity"]
    filed.act("spot_check.commit", None, DAY, actor=bureau)
    check = SpotCheck.objects.get()
    assert owed("spot_check.draw") == [(str(bureau.organisation), None)]
    assert refused(filed, "spot_check.draw", check, provider) == ["kernel.capacity"]
    filed.act("spot_check.draw", check, DAY, actor=bureau)
    assert owed("spot_check.report") == [(str(bureau.organisation), None)]
    check.refresh_from_db()
    found = [{"item": key, "result": "problem", "finding": "缺签到表"} for key in check.drawn]
    assert refused(filed, "spot_check.report", check, provider, findings=found) == ["kernel.capacity"]
    filed.act("spot_check.report", check, DAY, actor=bureau, findings=found, due_on="2010-12-08")
    assert owed("follow_up.answer") == [(str(provider.organisation), date(2010, 12, 8))] * len(found)
    follow_up = FollowUp.objects.order_by("pk")[0]
    assert refused(filed, "follow_up.answer", follow_up, street) == ["kernel.capacity"]
    filed.act("follow_up.answer", follow_up, DAY, actor=provider)
    assert owed("follow_up.close") == [(str(bureau.organisation), None)]
    assert refused(filed, "follow_up.close", follow_up, provider) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-2.4b")
def test_the_public_speaks_and_the_bureau_handles(filed: Line) -> None:
    provider, street = filed.cast.social[0], filed.cast.streets[filed.street.pk]
    unborn = Feedback.unborn(filed.dossier(DAY), filed.actor("feedback.submit"))[0]
    assert refused(filed, "feedback.submit", unborn, street) == ["kernel.capacity"]
    filed.act("feedback.submit", None, DAY)
    feedback = Feedback.objects.get()
    assert refused(filed, "feedback.accept", feedback, street) == ["kernel.capacity"]
    filed.act("feedback.accept", feedback, DAY)
    assert refused(filed, "feedback.answer", feedback, provider) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-4.4")
def test_only_audit_recommends_and_closes_and_it_does_not_answer_itself(filed: Line) -> None:
    auditor, finance = filed.cast.audits[filed.district], filed.cast.finances[filed.district]
    unborn = Recommendation.unborn(None, auditor)[0]
    assert refused(filed, "recommendation.make", unborn, finance) == ["kernel.capacity"]
    made = filed.act("recommendation.make", unborn, DAY, actor=auditor, due_on="").subject
    assert owed("recommendation.answer") == [(str(finance.organisation), None)]
    assert refused(filed, "recommendation.answer", made, auditor) == ["kernel.capacity"]
    filed.act("recommendation.answer", made, DAY, actor=finance)
    assert refused(filed, "recommendation.close", made, finance) == ["kernel.capacity"]
