"""The result of an evaluation is published: what came of it, by whom, when; whose duty it is; and nobody's name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue import clock
from gongyue.assessment.models import Assessment
from gongyue.demonstration.line import Line
from gongyue.disclosure.models import Publication
from gongyue.disclosure.projects import project
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.models import Obligation
from gongyue.ledger.sequence import sequence
from gongyue.programmes.models import ImplementationPlan
from tests.contracts import stages
from tests.contracts.stages import attempt
from tests.disclosure.test_publishing import page

MIDTERM, LOGGED = date(2011, 5, 10), date(2011, 5, 16)


@pytest.fixture
def concluded(line: Line, settings: Any) -> Line:
    """The mid-term assessment has its conclusion on 10 May 2011."""
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(LOGGED)
    stages.filed(stages.awarded(line))
    line.act("assessment.open", None, date(2011, 5, 3), seed="midterm")
    line.act("assessment.conclude", line.latest(Assessment), MIDTERM)
    sequence()
    return line


def owed(line: Line) -> list[Obligation]:
    rows = Obligation.objects.filter(purchase=line.purchase, action="publication.log", subject="publication#evaluation")
    return list(rows.filter(is_open=True))


@pytest.mark.clause("GZ-P-2.3a")
def test_the_result_is_a_notice_with_evaluator_and_day_and_without_reasons(concluded: Line) -> None:
    notice = next(one for one in notices_of(concluded.purchase) if one.kind == "evaluation")
    held = concluded.latest(Assessment)
    told = dict(notice.fields)
    assert (notice.title, notice.published_at.date()) == ("考核评估结果公告", MIDTERM)
    assert told["评估机构"] == held.evaluator.name
    assert told["评估时点"] == "中期评估"
    assert "数量完成" in told
    assert held.conclusion not in page(f"/notices/{notice.entry}/")


@pytest.mark.clause("GZ-P-2.3a")
def test_publishing_it_is_the_purchasers_duty_without_a_day(concluded: Line) -> None:
    (duty,) = owed(concluded)
    purchaser = concluded.contract().purchaser
    assert (duty.organisation, duty.due_on) == (purchaser, None)
    said = {"channel": "site", "channel_name": "区民政局网站", "address": "https://example.org/1",
            "published_on": LOGGED.isoformat()}  # fmt: skip
    results = [str(one.entry) for one in notices_of(concluded.purchase) if one.kind == "evaluation"]
    other = attempt(concluded, "publication.log", None, LOGGED, bare=True, notice=results[0], **said)
    assert list(other.form.errors) == ["notice"]  # the result has a duty of its own
    done = attempt(concluded, "publication.log", None, LOGGED, bare=True, seed="evaluation", notice=results[0], **said)
    assert done.entry is not None, done.form.errors
    assert concluded.latest(Publication).about == "evaluation"
    assert owed(concluded) == []


@pytest.mark.clause("GZ-P-2.3a")
def test_the_project_page_says_what_came_of_it_and_what_is_missing(concluded: Line) -> None:
    shown = project(concluded.purchase, concluded.dossier(LOGGED))
    effect = next(block for block in shown.blocks if block.id == "effect")
    held = concluded.latest(Assessment)
    (line,) = [one for one in effect.lines if one.name == "评估结果"]
    assert line.value.startswith("中期评估 · 质量得分 ")
    assert line.value.endswith(f"评估机构 {held.evaluator.name} · 2011-05-10")
    assert effect.missing == ["预期效果", "服务对象满意度"]
    scope = next(block for block in shown.blocks if block.id == "scope")
    assert [one.name for one in scope.lines] == [
        "运作模式", "购买范围", "服务需求", "最高限价", "合同金额", "资助期",
    ]  # fmt: skip
    assert scope.missing == ["服务内容"]
    assert [block.missing for block in shown.blocks if block.id == "method"] == [["评估体系"]]
    assert "尚未公开：预期效果、服务对象满意度" in page(f"/projects/{concluded.purchase.pk}/")


@pytest.mark.clause("GZ-S-3.0")
def test_the_project_page_says_what_the_centre_was_called_before_and_how_it_is_run(concluded: Line) -> None:
    plan = ImplementationPlan.objects.create(
        purchase=concluded.purchase, former_name="广卫街社区服务中心", content="家庭服务", site_kind="new",
        site_address="一号", state="reviewed",
    )  # fmt: skip

    def said() -> dict[str, Any]:
        return {one.name: one.value for one in project(concluded.purchase, concluded.dossier(LOGGED)).blocks[0].lines}

    assert ("前身" in said(), said()["运作模式"]) == (False, "模式一：购买服务")
    ImplementationPlan.objects.filter(pk=plan.pk).update(state="approved")
    assert said()["前身"] == "广卫街社区服务中心"
    assert "广卫街社区服务中心" in page(f"/projects/{concluded.purchase.pk}/")
