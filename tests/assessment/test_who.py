"""Who may not do what about an evaluation, and of whom each next step is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.assessment.models import Evaluation, Framework, Improvement, SelfCheck
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Subject
from gongyue.kernel.offers import find
from tests.contracts.stages import FILED, attempt, moment, rules

YEAR_OVER = date(2011, 11, 1)


def refused(line: Line, action: str, subject: Subject, actor: Post, on: date, **data: Any) -> list[str]:
    return rules(attempt(line, action, subject, on, actor=actor, **data))


def owed(line: Line, action: str) -> list[str]:
    rows = Obligation.objects.filter(purchase=line.purchase, action=action, is_open=True).order_by("pk")
    return [str(row.organisation) for row in rows]


@pytest.mark.clause("GZ-P-3.4.1", "GZ-P-3.4.2a")
def test_the_city_bureau_drafts_and_adopts_the_system(filed: Line) -> None:
    bureau, finance = filed.actor("framework.draft"), filed.cast.city_finance
    assert finance is not None
    unborn = Framework.unborn(None, bureau)[0]
    assert refused(filed, "framework.draft", unborn, finance, FILED) == ["kernel.capacity"]
    filed.act("framework.draft", unborn, FILED)
    assert refused(filed, "framework.adopt", Framework.objects.get(), finance, FILED) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-4.3f", "GZ-S-4.5h", "GZ-S-4.5i")
def test_the_city_commissions_and_signs_the_evaluator_reports(filed: Line) -> None:
    street, evaluator = filed.cast.streets[filed.street.pk], filed.evaluator
    city = filed.actor("evaluation.commission")
    unborn = find(
        "evaluation.commission", actor=city, at=moment(YEAR_OVER), purchase=filed.purchase, seed="comprehensive"
    )
    assert unborn is not None
    assert refused(filed, "evaluation.commission", unborn, street, YEAR_OVER) == ["kernel.capacity"]
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    evaluation = filed.latest(Evaluation)
    assert owed(filed, "evaluation.report") == [str(evaluator.organisation)]
    assert refused(filed, "evaluation.report", evaluation, street, YEAR_OVER) == ["kernel.capacity"]
    filed.act("evaluation.report", evaluation, YEAR_OVER)
    assert owed(filed, "evaluation.conclude") == ["广州市民政局"]
    assert refused(filed, "evaluation.conclude", evaluation, evaluator, YEAR_OVER) == ["kernel.capacity"]
    filed.act("evaluation.conclude", evaluation, YEAR_OVER, result="continue")
    assert owed(filed, "contract.renew") == ["越秀区民政局"]
    assert refused(filed, "contract.renew", filed.contract(), street, YEAR_OVER) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-4.5i")
def test_the_provider_improves_and_does_not_accept_it_itself(filed: Line) -> None:
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    filed.act("evaluation.report", filed.latest(Evaluation), YEAR_OVER)
    filed.act("evaluation.conclude", filed.latest(Evaluation), YEAR_OVER, result="improve")
    provider, street = filed.actor("improvement.submit"), filed.cast.streets[filed.street.pk]
    unborn = Improvement.unborn(filed.dossier(YEAR_OVER), provider)[0]
    assert refused(filed, "improvement.submit", unborn, street, YEAR_OVER) == ["kernel.capacity"]
    filed.act("improvement.submit", None, YEAR_OVER)
    improvement = filed.latest(Improvement)
    assert refused(filed, "improvement.accept", improvement, provider, YEAR_OVER) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.4.3a")
def test_the_purchaser_sets_the_cycle_and_the_provider_checks_itself(filed: Line) -> None:
    assert owed(filed, "selfcheck.schedule") == ["越秀区民政局"]
    filed.act("selfcheck.schedule", None, FILED, cycle_months="3", first_on="2011-01-31")
    check, street = filed.latest(SelfCheck), filed.cast.streets[filed.street.pk]
    assert refused(filed, "selfcheck.submit", check, street, date(2011, 1, 20)) == ["kernel.capacity"]
