"""Documents follow the requirement and the buying plan that were passed, and these stay while the documents stand."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase
from gongyue.kernel.regimes import current
from gongyue.needs.models import BuyingPlan, Requirement
from gongyue.tendering.models import Tender
from tests.chengdu import CODE, REQUIREMENT, WORDING, Chengdu, chengdu

__all__ = ["chengdu"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys
DRAWN: dict[str, Any] = {
    "title": "独居长者关怀", "ceiling": "360000", "requirement": WORDING, "quality_standard": "探访后三日内有记录。",
    "factors": [
        {"name": "报价", "points": "20", "is_price": "on"},
        {"name": "服务方案", "points": "80", "bands": "5以上得80分；不足5得20分"},
    ],
    "contract_draft": "合同草案。", "conditions": [{"name": "登记证书", "proof": "副本"}],
}  # fmt: skip
ANOTHER = "acknowledge-documents-follow-requirement"


@pytest.fixture
def passed(chengdu: Chengdu) -> Chengdu:
    """March 2018: the requirement of a procurement item was passed, and an open tender chosen."""
    town = chengdu
    town.open()
    town.research()
    town.estimate()
    town.propose()
    town.approve_item()
    town.commit("9000000")
    town.act("requirement.draft", None, "2018-02-26", **REQUIREMENT)
    town.argue("2018-02-27")
    town.ask_the_public("2018-02-27", "2018-03-06")
    review = town.review_data("2018-03-08")
    town.act("requirement.review", town.latest(Requirement), "2018-03-08", actor=town.reviewer, **review)
    town.act("method.choose", None, "2018-03-09", category="社会工作服务", way="open", year_fen="360000")
    return town


def test_documents_begin_with_the_words_that_were_passed(passed: Chengdu) -> None:
    assert passed.purchase is not None
    passed.purchase.refresh_from_db()
    dossier = Dossier(passed.purchase, at=passed.at("2018-03-10"), regime=current(CODE))
    form = ACTIONS["tender.draft"].form(
        subject=Tender(purchase=passed.purchase, way="open"), dossier=dossier, actor=passed.writer
    )
    said = form.initial["requirement"]
    assert said == passed.latest(Requirement).wording
    assert f"数量或者范围：{REQUIREMENT['quantity']}\n服务期限：{REQUIREMENT['term']}" in said
    drawn = passed.act("tender.draft", None, "2018-03-10", **DRAWN | {"requirement": said})
    assert drawn.requirement == said


def test_other_documents_are_explained(passed: Chengdu) -> None:
    other = DRAWN | {"requirement": "买一座楼"}
    assert passed.refused("tender.draft", None, "2018-03-10", **other) == ["documents-follow-requirement"]
    assert passed.act("tender.draft", None, "2018-03-10", **other, **{ANOTHER: "措辞不同"}).state == "drafted"


def test_spaces_and_lines_make_no_other_requirement(passed: Chengdu) -> None:
    spaced = WORDING.replace("。", " 。\n ")
    assert passed.act("tender.draft", None, "2018-03-10", **DRAWN | {"requirement": spaced}).state == "drafted"


@pytest.mark.clause("CD-11a")
@pytest.mark.parametrize("issued", [False, True])
def test_a_requirement_is_not_sent_back_from_under_its_documents(passed: Chengdu, issued: bool) -> None:
    tender = passed.act("tender.draft", None, "2018-03-10", **DRAWN)
    if issued:  # what else an issue asks is tested elsewhere
        Tender.objects.filter(pk=tender.pk).update(state="announced", announced_at=passed.at("2018-03-13"))
    row, given = passed.latest(Requirement), {"actor": passed.reviewer, "reason": "增加夜间服务"}
    assert passed.refused("requirement.return", row, "2018-03-14", **given) == ["requirement-under-documents"]
    Tender.objects.filter(pk=tender.pk).update(state="failed")
    assert passed.act("requirement.return", row, "2018-03-14", **given).state == "returned"


@pytest.mark.parametrize(("ceiling", "found"), [(35_999_999, ["ceiling-within-plan"]), (36_000_000, [])])
def test_the_ceiling_stays_within_the_plan_that_was_passed(passed: Chengdu, ceiling: int, found: list[str]) -> None:
    """From July 2021 on; the purchase of 2018 has its plan written beside it."""
    BuyingPlan.objects.create(purchase=passed.purchase, state="drafted", version=1, ceiling_fen=ceiling)
    Purchase.objects.filter(pk=passed.latest(Requirement).purchase_id).update(kinds=None)
    outcome = passed.attempt("tender.draft", None, "2021-07-05", **DRAWN)
    assert ([finding.rule for finding in outcome.findings], outcome.entry is None) == (found, bool(found))
