"""采购需求: written by one and reviewed by another, in six parts, asked of suppliers, experts and the public first."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.budget.models import PlanItem
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation
from gongyue.kernel.offers import panel
from gongyue.kernel.regimes import current
from gongyue.needs.models import BuyingPlan, MarketResearch, NeedsSurvey, Outreach, Requirement
from tests.chengdu import REQUIREMENT, Chengdu, chengdu
from tests.parties.acts import content, errors

__all__ = ["chengdu"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys


@pytest.fixture
def town(chengdu: Chengdu) -> Chengdu:
    """Needs are known; the requirement is to be written."""
    chengdu.open()
    chengdu.research()
    return chengdu


def without(name: str, value: Any = "") -> dict[str, Any]:
    return {**REQUIREMENT, name: value}


@pytest.mark.clause("CD-13.1", "CD-13.3", "CD-13.5", "CD-13.7")
def test_six_parts_are_kept_as_they_were_written(town: Chengdu) -> None:
    row = town.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    assert (row.state, row.edition, str(row)) == ("drafted", 1, "采购需求（第 1 稿）")
    texts = [name for name, value in REQUIREMENT.items() if isinstance(value, str)]
    assert {name: getattr(row, name) for name in texts} == {name: REQUIREMENT[name] for name in texts}
    assert row.standards == list(REQUIREMENT["standards"])
    assert row.indicators == [
        {"name": "年探访次数", "number": "2400", "unit": "次", "reason": ""},
        {"name": "长者的安全感", "number": "", "unit": "", "reason": "属主观感受，以问卷评价"},
    ]
    assert (row.assessment, row.acceptance, row.uncertain) == (
        list(REQUIREMENT["assessment"]), [], list(REQUIREMENT["uncertain"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        pytest.param("goal", "", "requirement-goal", marks=pytest.mark.clause("CD-13.1")),
        pytest.param("policies", "", "requirement-goal", marks=pytest.mark.clause("CD-13.1")),
        pytest.param("standards", [], "requirement-standards", marks=pytest.mark.clause("CD-13.2")),
        pytest.param(
            "standards",
            [{"level": "trade", "number": "", "title": "行业规范"}],
            "requirement-standards",
            marks=pytest.mark.clause("CD-13.2"),
        ),
        pytest.param("team", "", "requirement-services", marks=pytest.mark.clause("CD-13.3")),
        pytest.param("clients", "", "requirement-services", marks=pytest.mark.clause("CD-13.3")),
        pytest.param("assessment", [], "requirement-check", marks=pytest.mark.clause("CD-13.4")),
        pytest.param("nature", "one_off", "requirement-check", marks=pytest.mark.clause("CD-13.4")),
        pytest.param("nature", "", "requirement-check", marks=pytest.mark.clause("CD-13.4")),
        pytest.param(
            "acceptance",
            [{"item": "报告", "standard": "完整", "way": "评审"}],
            "requirement-check",
            marks=pytest.mark.clause("CD-13.4"),
        ),
        pytest.param("handover", "", "requirement-arrangements", marks=pytest.mark.clause("CD-13.5")),
        pytest.param("other", "", "requirement-other", marks=pytest.mark.clause("CD-13.7")),
        pytest.param("payment_link", "", "requirement-paid-by-result", marks=pytest.mark.clause("CD-13.6")),
        pytest.param(
            "uncertain",
            [{"factor": "人数", "explanation": "变动", "duty": ""}],
            "requirement-uncertain",
            marks=pytest.mark.clause("CD-13.6"),
        ),
        pytest.param(
            "uncertain",
            [{"factor": "人数", "explanation": "", "duty": "社区"}],
            "requirement-uncertain",
            marks=pytest.mark.clause("CD-13.6"),
        ),
        pytest.param("indicators", [], "requirement-measured", marks=pytest.mark.clause("CD-12")),
        pytest.param(
            "indicators",
            [{"name": "次数", "number": "2400", "unit": "", "reason": ""}],
            "requirement-measured",
            marks=pytest.mark.clause("CD-12"),
        ),
        pytest.param(
            "indicators",
            [{"name": "次数", "number": "", "unit": "次", "reason": ""}],
            "requirement-measured",
            marks=pytest.mark.clause("CD-12"),
        ),
        pytest.param("indefinite", True, "requirement-indefinite", marks=pytest.mark.clause("CD-11b")),
    ],
)
def test_what_a_part_lacks_stands_in_the_way(town: Chengdu, name: str, value: Any, rule: str) -> None:
    assert town.refused("requirement.draft", None, "2017-09-11", **without(name, value)) == [rule]


def test_what_is_delivered_once_is_accepted(town: Chengdu) -> None:
    given = {**REQUIREMENT, "nature": "one_off", "assessment": []}
    given["acceptance"] = [{"item": "调查报告", "standard": "数据完整", "way": "专家评审"}]
    row = town.act("requirement.draft", None, "2017-09-11", **given)
    assert (row.nature, row.assessment, row.acceptance) == ("one_off", [], given["acceptance"])


@pytest.mark.clause("CD-15")
def test_experts_and_the_public_are_asked_before_it_is_reviewed(town: Chengdu) -> None:
    row = town.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    on = "2017-09-25"
    review = town.review_data(on)
    tried = town.refused("requirement.review", row, on, actor=town.reviewer, **review)
    assert tried == ["public-asked"]
    town.ask_the_public("2017-09-13", "2017-09-22")
    reviewed = town.act("requirement.review", row, on, actor=town.reviewer, **review)
    assert (reviewed.state, reviewed.reviewed_on.isoformat(), reviewed.opinion) == ("reviewed", on, "需求完整。")
    assert reviewed.members == [{"name": "周敏", "office": "business", "opinion": "同意"}]


@pytest.mark.parametrize(
    ("service_class", "found"),
    [pytest.param("public", ["public-asked"], marks=pytest.mark.clause("CD-15")), ("support", [])],
)
def test_only_a_public_service_is_put_to_the_public(chengdu: Chengdu, service_class: str, found: list[str]) -> None:
    chengdu.open(service_class=service_class)
    chengdu.research()
    row = chengdu.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    review = chengdu.review_data("2017-09-11")
    tried = chengdu.attempt("requirement.review", row, "2017-09-11", actor=chengdu.reviewer, **review)
    assert [finding.rule for finding in tried.findings] == found
    owed = Obligation.objects.filter(purchase=chengdu.purchase, rule="ask-the-public")
    assert owed.count() == len(found)


@pytest.mark.clause("CD-14")
def test_a_procurement_item_is_argued_with_experts(town: Chengdu) -> None:
    town.estimate("2017-09-08")
    town.propose("2017-09-08")
    town.act("item.file", town.latest(PlanItem), "2017-09-11", **town.filing(town.issue("2017-09-11")))
    row = town.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    town.ask_the_public("2017-09-13", "2017-09-22")
    review = town.review_data("2017-09-25")
    assert town.refused("requirement.review", row, "2017-09-25", actor=town.reviewer, **review) == [
        "requirement-argued"
    ]
    town.argue("2017-09-25")
    assert town.act("requirement.review", row, "2017-09-25", actor=town.reviewer, **review).state == "reviewed"


def test_nothing_stands_in_the_way_before_a_form_is_filled(town: Chengdu) -> None:
    """Rules about what the form holds wait for it: each of these can be begun."""
    town.estimate("2017-09-08")
    town.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    assert town.purchase is not None
    town.purchase.refresh_from_db()
    for actor, at in ((town.writer, "2017-09-11"), (town.reviewer, "2021-07-05")):
        blocked = {
            one.action.name: [finding.rule for finding in one.findings if finding.blocks]
            for one in panel(town.purchase, actor=actor, at=town.at(at), section="planning")
            if one.mine and any(finding.blocks for finding in one.findings)
        }
        assert blocked == ({"requirement.review": ["kernel.incompatible"]} if actor == town.writer else {
            "requirement.review": ["public-asked"],
        })  # fmt: skip


@pytest.mark.clause("CD-17")
def test_whoever_wrote_it_does_not_review_it(town: Chengdu) -> None:
    row = town.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    town.argue("2017-09-12")
    town.ask_the_public("2017-09-13", "2017-09-22")
    review = town.review_data("2017-09-25")
    assert town.refused("requirement.review", row, "2017-09-25", **review) == ["kernel.incompatible"]
    assert town.act("requirement.review", row, "2017-09-25", actor=town.reviewer, **review).state == "reviewed"


def test_one_sent_back_is_written_and_reviewed_again(town: Chengdu) -> None:
    row = town.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    town.argue("2017-09-12")
    town.ask_the_public("2017-09-13", "2017-09-22")
    town.act("requirement.review", row, "2017-09-25", actor=town.reviewer, **town.review_data("2017-09-25"))
    back = town.act("requirement.return", row, "2017-09-26", actor=town.reviewer, reason="增加夜间服务")
    assert back.state == "returned"
    again = town.act("requirement.draft", row, "2017-09-27", **without("content", "居家探访，含夜间。"))
    assert (again.state, again.edition, again.content) == ("drafted", 2, "居家探访，含夜间。")
    assert (again.reviewed_on, again.members, again.opinion) == (None, [], "")
    owed = Obligation.objects.filter(purchase=town.purchase, rule="review-requirement", is_open=True)
    assert owed.count() == 1


@pytest.mark.clause("CD-14")
def test_whom_was_asked_and_what_they_said_is_recorded(town: Chengdu) -> None:
    town.argue("2017-09-12")
    row: MarketResearch = town.latest(MarketResearch)
    assert (row.state, row.way, row.findings, len(row.asked)) == ("recorded", "argue", "需求合理。", 5)
    assert row.asked[3] == {"name": "专家1", "sort": "expert", "why": "", "opinion": "需求明确"}


@pytest.mark.clause("CD-15")
@pytest.mark.parametrize("lacking", ["handling", "reason"])
def test_every_reply_has_a_decision_and_its_reason(town: Chengdu, lacking: str) -> None:
    row = town.act(
        "outreach.open", None, "2017-09-13", channel="media", text="拟定的需求", address="区民政局公众号",
        closes_on="2017-09-22",
    )  # fmt: skip
    reply = {"opinion": "增加夜间探访", "times": "3", "handling": "declined", "reason": "超出预算"}
    given = {"replies": [reply | {lacking: ""}], "summary": "见上"}
    assert town.refused("outreach.close", row, "2017-09-22", **given) == ["replies-handled"]
    done = town.act("outreach.close", row, "2017-09-22", replies=[reply], summary="见上")
    assert (done.state, done.replies) == ("closed", [reply | {"times": 3}])


@pytest.mark.clause("CD-15")
def test_another_edition_than_the_public_was_asked_about_is_explained(town: Chengdu) -> None:
    row = town.act("requirement.draft", None, "2017-09-11", **REQUIREMENT)
    town.argue("2017-09-12")
    town.ask_the_public("2017-09-13", "2017-09-22")
    assert town.latest(Outreach).edition == 1
    town.act("requirement.return", row, "2017-09-23", actor=town.reviewer, reason="改服务内容")
    town.act("requirement.draft", row, "2017-09-23", **without("content", "企业团建活动"))
    who, review = {"actor": town.reviewer}, town.review_data("2017-09-25")
    found = town.refused("requirement.review", row, "2017-09-25", **who, **review)
    assert found == ["public-asked-of-this-edition"]
    town.ask_the_public("2017-09-25", "2017-09-29")
    later = town.review_data("2017-09-30")
    assert town.act("requirement.review", row, "2017-09-30", **who, **later).state == "reviewed"


@pytest.mark.clause("CD-15")
def test_the_public_is_asked_until_the_day_it_was_told(town: Chengdu) -> None:
    given = {"channel": "site", "text": "拟定的需求", "address": "https://example.cn/1", "closes_on": "2017-09-22"}
    row = town.act("outreach.open", None, "2017-09-13", **given)
    close: dict[str, Any] = {"replies": [], "summary": "没有反馈意见"}
    assert town.refused("outreach.close", row, "2017-09-21", **close) == ["public-asked-to-the-end"]
    assert town.act("outreach.close", row, "2017-09-22", **close).state == "closed"


@pytest.mark.clause("CD-15")
def test_a_questionnaire_is_one_of_the_three_channels(town: Chengdu) -> None:
    assert Outreach.Channel.values == ["site", "media", "questionnaire"]
    given = {"channel": "questionnaire", "text": "拟定的需求", "closes_on": "2017-09-22"}
    assert errors(town.attempt("outreach.open", None, "2017-09-13", **given)) == {
        "survey": ["请选择正在填答的需求问卷"]
    }  # fmt: skip
    questions = [{"text": "需要哪些服务", "kind": "text", "options": "", "required": "on"}]
    survey = town.act("needs_survey.draft", None, "2017-09-13", title="需求问卷", questions=questions)
    town.act("needs_survey.open", survey, "2017-09-13")
    row = town.act("outreach.open", None, "2017-09-13", **given, survey=survey.pk)
    assert row.survey == NeedsSurvey.objects.get(pk=survey.pk)
    early = town.attempt("outreach.close", row, "2017-09-22", replies=[], summary="没有")
    assert errors(early) == {"__all__": ["请先截止需求问卷"]}
    town.act("needs_survey.close", survey, "2017-09-22")
    assert town.act("outreach.close", row, "2017-09-22", replies=[], summary="没有反馈意见").answers == 0


def test_a_channel_that_is_no_questionnaire_has_an_address(town: Chengdu) -> None:
    tried = town.attempt("outreach.open", None, "2017-09-13", channel="site", text="需求", closes_on="2017-09-12")
    assert errors(tried) == {"address": ["请填写公布的网址或者媒体"], "closes_on": ["征求意见截止日不能早于公布当日"]}


# --- the ministry's measures of 2021 ------------------------------------------------------------------------------

PLAN: dict[str, Any] = {
    "ceiling": "360000", "schedule": "八月招标", "organised": "agent", "lots": "一个包，不分包",
    "qualification": "独立承担民事责任", "way": "竞争性磋商，需求须协商", "rules": "综合评分",
    "contract_kind": "承揽合同", "pricing": "total", "pricing_reason": "需求明确", "terms": "见需求",
    "check_plan": "按季度考核", "controls": "分期付款",
}  # fmt: skip
OFFICES = ("procurement", "finance", "business", "supervision")
SINCE = "2021-07-05"


def members(*offices: str) -> list[dict[str, str]]:
    return [{"name": f"成员{n}", "office": office, "opinion": "同意"} for n, office in enumerate(offices)]


def checks(of: Any, result: str = "passed") -> list[dict[str, str]]:
    return [{"check": str(label), "result": result, "note": ""} for label in of.labels]


def key_review(**changed: Any) -> dict[str, Any]:
    given = {"review_kind": "key", "reviewed_on": SINCE, "members": members(*OFFICES), "opinion": "通过"}
    return given | {"general": checks(Requirement.General), "key_checks": checks(Requirement.Key)} | changed


def begun(town: Chengdu) -> None:
    """July 2021, with a procurement item filed in the year's table."""
    town.open("2021-07-01")
    town.research("2021-07-01")
    town.estimate("2021-07-01")
    town.propose("2021-07-01", 2022)
    table = town.issue("2021-07-01", 2022, closes_on="2021-07-31")
    town.act("item.file", town.latest(PlanItem), "2021-07-01", **town.filing(table))


@pytest.fixture
def later(chengdu: Chengdu) -> Chengdu:
    """July 2021: an intricate requirement is written, experts and the public were asked."""
    begun(chengdu)
    chengdu.argue("2021-07-01")
    chengdu.act("requirement.draft", None, "2021-07-01", **REQUIREMENT, intricate=True)
    chengdu.ask_the_public("2021-07-01", "2021-07-02")
    return chengdu


def plan(town: Chengdu, **changed: Any) -> BuyingPlan:
    risks = [{"risk": "投标不足", "likelihood": "中", "duty": "采购岗", "measures": "延长公告"}]
    row: BuyingPlan = town.act("buyingplan.draft", None, "2021-07-02", **PLAN | {"risks": risks} | changed)
    return row


def test_an_intricate_service_is_researched_within_a_year_before(chengdu: Chengdu) -> None:
    begun(chengdu)
    given = {**REQUIREMENT, "intricate": True}
    assert chengdu.refused("requirement.draft", None, "2021-07-01", **given) == ["research-due"]
    assert chengdu.act("requirement.draft", None, "2021-07-01", **given, urgent_reason="洪水").urgent_reason == "洪水"


def test_fewer_than_three_suppliers_want_a_reason(chengdu: Chengdu) -> None:
    chengdu.open("2021-07-01")
    given = {"way": "consult", "researched_on": "2021-07-01", "findings": "有供应"}
    given["asked"] = [{"name": "供应商", "sort": "supplier", "opinion": "可行"}]
    assert chengdu.refused("research.record", None, "2021-07-01", **given) == ["research-three"]
    row = chengdu.attempt("research.record", None, "2021-07-01", **given, **{"acknowledge-research-three": "只有一家"})
    assert content(row.entry)["acknowledged"] == {"research-three": "只有一家"}


def test_the_plan_is_whole_and_weighs_the_risks(later: Chengdu) -> None:
    assert later.refused("buyingplan.draft", None, "2021-07-02", **PLAN | {"terms": ""}) == [
        "plan-complete",
        "plan-risks",
    ]
    row = plan(later)
    assert (row.state, row.ceiling_fen, len(row.risks)) == ("drafted", 36_000_000, 1)
    again = later.act("buyingplan.revise", row, "2021-07-02", **PLAN | {"risks": row.risks, "controls": "履约保证"})
    assert (again.controls, again.version) == ("履约保证", 2)


def test_a_key_review_looks_at_nine_contents_with_four_offices(later: Chengdu) -> None:
    row = later.latest(Requirement)
    actor = later.reviewer
    assert later.refused("requirement.review", row, SINCE, actor=actor, **key_review()) == ["plan-with-requirement"]
    plan(later)
    inside = key_review(review_kind="internal", members=members("business"), general=[], key_checks=[])
    found = later.refused("requirement.review", row, SINCE, actor=actor, **inside)
    assert found == ["review-general-or-key", "review-key-due"]
    few = inside | {"review_kind": "general", "members": members("business", "outside")}
    found = later.refused("requirement.review", row, SINCE, actor=actor, **few)
    assert found == ["review-key-due", "review-offices", "review-general-contents"]
    partly = key_review(key_checks=checks(Requirement.Key)[:3])
    assert later.refused("requirement.review", row, SINCE, actor=actor, **partly) == ["review-key-contents"]
    failed = key_review(general=checks(Requirement.General, "failed"))
    assert later.refused("requirement.review", row, SINCE, actor=actor, **failed) == ["review-failed"]
    done = later.act("requirement.review", row, SINCE, actor=actor, **key_review())
    assert [one["check"] for one in done.general + done.key_checks] == [
        "budget", "reasons", "approvals", "plan", "fair", "open", "policy", "risk", "other",
    ]  # fmt: skip


def test_a_plan_that_was_passed_is_changed_only_after_it_is_sent_back(later: Chengdu) -> None:
    row, drawn = later.latest(Requirement), plan(later)
    later.act("requirement.review", row, SINCE, actor=later.reviewer, **key_review())
    given = PLAN | {"risks": drawn.risks, "way": "单一来源，直接委托", "lots": "分为三个包"}
    assert later.refused("buyingplan.revise", drawn, "2021-07-06", **given) == ["reviewed-plan-stands"]
    later.act("requirement.return", row, "2021-07-06", actor=later.reviewer, reason="改为分包")
    assert later.act("buyingplan.revise", drawn, "2021-07-06", **given).lots == "分为三个包"


def test_a_content_nobody_knows_is_refused(later: Chengdu) -> None:
    tried = later.attempt(
        "requirement.review", later.latest(Requirement), SINCE, actor=later.reviewer,
        **key_review(general=[{"check": "别的", "result": "passed"}]),
    )  # fmt: skip
    assert errors(tried) == {"general": ["“别的”不在审查内容中"]}


@pytest.mark.parametrize(("on", "shown"), [("2017-09-11", False), ("2021-07-05", True)])
def test_the_contents_of_a_review_are_shown_once_a_rule_asks_for_them(chengdu: Chengdu, on: str, shown: bool) -> None:
    chengdu.open()
    assert chengdu.purchase is not None
    dossier = Dossier(chengdu.purchase, at=chengdu.at(on), regime=current("cn-sc-chengdu"))
    form = ACTIONS["requirement.review"].form(
        subject=Requirement(purchase=chengdu.purchase), dossier=dossier, actor=chengdu.reviewer
    )
    visible = {field.name for field in form.visible_fields()} & {"general", "key_checks"}
    assert visible == ({"general", "key_checks"} if shown else set())
    assert set(form.initial) == visible
