from __future__ import annotations

from datetime import date

import pytest

from gongyue.assessment.facts import AssessmentFacts
from gongyue.assessment.models import Assessment
from gongyue.contracts.models import Moment
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Organisation, Role
from tests.contracts.stages import FILED, attempt, rules

MIDTERM = date(2011, 5, 2)


def unborn(line: Line, on: date) -> list[str]:
    return [assessment.moment for assessment in Assessment.unborn(line.dossier(on), line.actor("assessment.open"))]


@pytest.mark.clause("GZ-P-3.4.2b")
def test_both_moments_come_from_the_contract_once_it_is_filed(filed: Line) -> None:
    assert unborn(filed, FILED) == ["midterm", "yearend"]
    rows = Obligation.objects.filter(purchase=filed.purchase, action="assessment.open", is_open=True)
    assert sorted(rows.values_list("subject", "due_on")) == [
        ("assessment#midterm", date(2011, 5, 3)),  # the day in the middle was a holiday
        ("assessment#yearend", date(2011, 10, 31)),
    ]
    filed.act("assessment.open", None, MIDTERM, seed="midterm")
    assert unborn(filed, MIDTERM) == ["yearend"]
    assert list(rows.values_list("subject", flat=True)) == ["assessment#yearend"]


def test_nothing_to_assess_before_the_contract_is_filed(signed: Line) -> None:
    assert unborn(signed, FILED) == []


@pytest.mark.clause("GZ-P-3.4.2b")
def test_the_city_opens_and_the_evaluator_owes_the_conclusion(filed: Line) -> None:
    district = filed.actor("contract.approve")
    assert rules(attempt(filed, "assessment.open", None, MIDTERM, seed="midterm", actor=district)) == [
        "kernel.capacity"
    ]
    filed.act("assessment.open", None, MIDTERM, seed="midterm")
    owed = Obligation.objects.get(purchase=filed.purchase, action="assessment.conclude", is_open=True)
    assert (owed.subject, owed.organisation) == (
        filed.latest(Assessment).key, filed.actor("assessment.conclude").organisation,
    )  # fmt: skip


@pytest.mark.clause("GZ-P-3.4.2b", "GZ-P-1.1c")
def test_the_evaluator_is_appointed_and_alone_concludes(filed: Line) -> None:
    filed.act("assessment.open", None, MIDTERM, seed="midterm")
    assessment = filed.latest(Assessment)
    evaluator = filed.actor("assessment.conclude")
    assert (assessment.state, assessment.seed, assessment.owner) == ("opened", "midterm", evaluator.organisation)
    role = Role.objects.get(purchase=filed.purchase, capacity="evaluator")
    assert (role.organisation, role.since, role.post) == (evaluator.organisation, MIDTERM, None)
    stranger = filed.actor("assessment.open")
    assert rules(attempt(filed, "assessment.conclude", assessment, MIDTERM, actor=stranger)) == ["kernel.capacity"]
    day = date(2011, 5, 20)
    data = {"quality": "86.55", "quantity": "104.1", "conclusion": "良好"}
    assert attempt(filed, "assessment.conclude", assessment, day, **data).entry is not None
    assessment = filed.latest(Assessment)
    assert (assessment.state, assessment.concluded_on, assessment.conclusion) == ("concluded", day, "良好")
    assert (assessment.quality_bp, assessment.quantity_bp) == (8655, 10410)


def test_an_evaluator_of_the_other_moment_does_not_conclude_this_one(filed: Line) -> None:
    registrar = filed.cast.registrar.organisation
    other = Organisation.objects.create(
        name="另一评估机构", organisation_kind="evaluator", division=registrar.division, state="registered"
    )
    filed.act("assessment.open", None, MIDTERM, seed="midterm", evaluator=str(other.pk))
    filed.act("assessment.open", None, MIDTERM, seed="yearend")
    midterm = Assessment.objects.get(purchase=filed.purchase, moment="midterm")
    assert rules(attempt(filed, "assessment.conclude", midterm, MIDTERM)) == ["kernel.owner"]


def test_the_provider_is_no_evaluator_whatever_it_is_registered_as(filed: Line) -> None:
    provider = filed.contract().provider
    assert provider is not None
    Organisation.objects.filter(pk=provider.pk).update(organisation_kind="evaluator")
    outcome = attempt(filed, "assessment.open", None, MIDTERM, seed="midterm", evaluator=str(provider.pk))
    assert outcome.entry is None
    assert list(outcome.form.errors) == ["evaluator"]
    offered = list(outcome.form.fields["evaluator"].queryset)  # type: ignore[attr-defined]
    assert offered == [filed.actor("assessment.conclude").organisation]


def test_a_moment_is_assessed_once(filed: Line) -> None:
    filed.act("assessment.open", None, MIDTERM, seed="midterm")
    again = Assessment(purchase=filed.purchase, contract=filed.contract(), moment=Moment.MIDTERM)
    outcome = attempt(filed, "assessment.open", again, MIDTERM)
    assert rules(outcome) == ["kernel.conflict"]
    assert Assessment.objects.filter(purchase=filed.purchase).count() == 1


@pytest.mark.clause("GZ-P-1.1c")
def test_facts_know_each_moment_by_its_conclusion(filed: Line) -> None:
    filed.assess("yearend", date(2011, 11, 1), date(2011, 11, 20))
    name = filed.actor("assessment.conclude").organisation.name
    dossier = filed.dossier(date(2011, 11, 21))
    assert AssessmentFacts.of(dossier, "yearend") == AssessmentFacts("yearend", None, date(2011, 11, 20), name)
    assert AssessmentFacts.of(dossier, "midterm") == AssessmentFacts("midterm", None, date(2011, 11, 20), None)
