"""Jing'an starts a purchase: whose idea it is, in which field, and who supervises it."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.kernel.models import Role
from tests.tendering.shanghai import Town, settle

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2012, 3, 5)


@pytest.fixture
def town() -> Town:
    return settle()


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("demand", "部门提出的需求项目"),
        pytest.param("design", "社会组织自行设计的项目", marks=pytest.mark.clause("SH-2.4b")),
    ],
)
def test_a_project_is_a_departments_demand_or_an_organisations_design(town: Town, origin: str, words: str) -> None:
    purchase = town.open(DAY, project_origin=origin)
    purchase.refresh_from_db()
    assert (purchase.origin, purchase.get_origin_display()) == (origin, words)
    assert purchase.service_class == "community-service"


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("project_origin", marks=pytest.mark.clause("SH-2.4b")),
        pytest.param("supervisor", marks=pytest.mark.clause("SH-2.5b")),
    ],
)
def test_neither_origin_nor_supervisor_is_left_open(town: Town, field: str) -> None:
    given = {
        "title": "独居老人关怀", "scope": "project", "service_class": "community-service", "project_origin": "demand",
        "place": town.purchaser.organisation.division_id, "supervisor": str(town.purchaser.organisation_id),
    }  # fmt: skip
    outcome = town.attempt("purchase.start", None, DAY, town.purchaser, **(given | {field: ""}))
    assert outcome.entry is None
    assert outcome.form is not None
    assert list(outcome.form.errors) == [field]
    assert outcome.form.initial["supervisor"] == town.purchaser.organisation_id


@pytest.mark.clause("SH-2.5b")
def test_whoever_buys_supervises_unless_another_unit_is_named(town: Town) -> None:
    bureau, office = town.purchaser.organisation, town.committee.organisation
    own, other = town.open(DAY), town.open(DAY, title="社区矫正服务", supervisor=str(office.pk))
    named = {
        purchase.pk: list(
            Role.objects.filter(purchase=purchase, capacity="supervisor").values_list("organisation__name", flat=True)
        )
        for purchase in (own, other)
    }
    assert named == {own.pk: [bureau.name], other.pk: [office.name]}
    own.refresh_from_db()
    assert own.supervisor == bureau


def test_a_complaint_reaches_the_districts_finance(town: Town) -> None:
    purchase = town.open(DAY)
    supervisor = Role.objects.get(purchase=purchase, capacity="procurement_supervisor")
    assert supervisor.organisation == town.finance.organisation
