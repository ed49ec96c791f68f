"""A town under Chengdu's measures: one district's purchaser, its finance bureau, suppliers. Its rows are written here,
because its pack registers nobody; whatever is done to a purchase is done by the real actions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import Fund, ItemTable, PlanItem, Share
from gongyue.kernel import regimes
from gongyue.kernel.models import Division, Organisation, Person, Post, Purchase, Subject
from gongyue.kernel.perform import Outcome
from gongyue.needs.models import NeedsAssessment
from tests.playing import Playing

CODE = "cn-sc-chengdu"
DISTRICT = "510104"
SINCE = date(2017, 9, 1)

REQUIREMENT: Mapping[str, Any] = {
    "goal": "为辖内独居长者提供居家关怀，降低意外风险。", "policies": "预留份额面向中小企业采购。",
    "standards": [{"level": "national", "number": "GB/T 29353", "title": "养老机构基本规范"}],
    "quantity": "每年探访 2400 次", "term": "12 个月", "clients": "60 岁以上独居长者",
    "content": "居家探访、情绪疏导、紧急转介。", "quality": "探访后三日内有记录。", "team": "持证社工不少于 4 名。",
    "indicators": [
        {"name": "年探访次数", "number": "2400", "unit": "次"},
        {"name": "长者的安全感", "reason": "属主观感受，以问卷评价"},
    ],
    "nature": "continuing", "assessment": [{"item": "探访", "standard": "按计划完成九成以上", "cycle": "每季度"}],
    "payment_link": "按季度考核结果付款。", "service_time": "工作日 9 时至 17 时", "location": "辖内各社区",
    "handover": "合同期满前一个月向后任移交名册和记录。", "unforeseen": "因疫情停止探访的改为电话关怀。",
    "settlement": "按季度结算。", "other": "无",
    "uncertain": [{"factor": "名册变动", "explanation": "长者迁入迁出", "duty": "每月由社区核对"}],
}  # fmt: skip
WORDING = "。".join(REQUIREMENT[part] for part in ("quantity", "term", "clients", "content"))


@dataclass
class Chengdu(Playing):
    """Who plays: the purchaser's writer and reviewer, the finance bureau of the same level, three suppliers."""

    writer: Post
    reviewer: Post
    finance: Post
    social: list[Post] = field(default_factory=list)

    def attempt(
        self, name: str, subject: Subject | None, on: str, /, *, actor: Post | None = None, seed: str = "", **data: Any
    ) -> Outcome:
        """One try, by the writer where nobody is named."""
        return self.tried(name, subject, on, actor or self.writer, data, seed)

    def act(self, name: str, subject: Subject | None, on: str, /, **options: Any) -> Any:
        """The same, which must not be refused: the subject."""
        outcome = self.attempt(name, subject, on, **options)
        assert outcome.entry is not None, ([f.rule for f in outcome.findings], dict(outcome.form.errors))
        return type(outcome.subject)._default_manager.get(pk=outcome.subject.pk)

    def refused(self, name: str, subject: Subject | None, on: str, /, **options: Any) -> list[str]:
        """The rules that stood in the way; nothing was done, and the form had no fault."""
        outcome = self.attempt(name, subject, on, **options)
        assert outcome.entry is None and outcome.form.errors == {}, dict(outcome.form.errors)
        return [finding.rule for finding in outcome.findings]

    # --- the stages, each in one call -----------------------------------------------------------------------------

    def open(self, on: str = "2017-09-04", service_class: str = "public") -> Purchase:
        self.purchase = self.act(
            "purchase.start", None, on, title="独居长者关怀服务", place=DISTRICT, scope="project",
            service_class=service_class, project_origin="demand", supervisor=self.writer.organisation_id,
            exclusion_note="可由社会组织承担",
        )  # fmt: skip
        return self.purchase

    def research(self, on: str = "2017-09-05") -> None:
        self.act("needs.start", None, on, assessor="区民政局", method="survey")
        self.act(
            "needs.conclude", None if self.purchase is None else self._needs(), on, concluded_on=on, sample="320",
            summary="独居长者关怀最受关注。",
            services=[{"service": "居家探访", "target": "独居长者", "volume": "2400", "unit_cost": "150"}],
        )  # fmt: skip

    def _needs(self) -> Subject:
        needs: Subject = self.latest(NeedsAssessment)
        return needs

    def estimate_data(self, taxes: str = "10") -> dict[str, Any]:
        service = {"service": "居家探访", "category": "individual", "phase": "first", "ready": "on", "standard": ""}
        cost = {"service": "居家探访", "target": "独居长者", "volume": "2400", "unit": "次"}
        cost |= {"staff": "100", "activity": "30", "other": "10", "taxes": taxes}
        return {
            "content": "居家探访", "goals": "每年 2400 次", "basis": "需求评估", "services": [service], "costs": [cost],
            "estimated_with": "区社会工作协会",
        }  # fmt: skip

    def argued(self, on: str = "2017-09-06") -> dict[str, Any]:
        people = [{"name": "周敏", "organisation": "社会工作协会", "opinion": "合理"}]
        return {"argued_on": on, "participants": people, "result": "adopted", "conclusion": "测算合理。"}

    def estimate(self, on: str = "2017-09-06") -> None:
        row = self.act("service_proposal.submit", None, on, **self.estimate_data())
        self.act("service_proposal.argue", row, on, **self.argued(on))

    def propose(self, on: str = "2017-09-07", year: int = 2018) -> PlanItem:
        item: PlanItem = self.act(
            "item.propose", None, on, year=str(year), amount="360000", content="居家探访", goals="每年 2400 次"
        )
        return item

    def issue(self, on: str = "2017-10-09", year: int = 2018, closes_on: str = "2017-10-31") -> ItemTable:
        """Finance issues the year's table, to be filed in by the end of October."""
        table: ItemTable = self.act(
            "itemtable.open", None, on, actor=self.finance, year=str(year), requirements="以事定费，费随事转。",
            closes_on=closes_on,
        )  # fmt: skip
        return table

    def filing(self, table: ItemTable | None, budget: list[dict[str, str]] | None = None) -> dict[str, Any]:
        lines = [{"code": "C0801", "name": "社会服务", "quantity": "1 项", "amount": "360000"}]
        given = {"procurement": "on", "procurement_budget": lines if budget is None else budget}
        return given | {"table": table.pk if table else ""}

    def approve_item(self) -> PlanItem:
        """File the item, have it reviewed, and approved with the budget reply in February 2018."""
        table, item = self.issue(), self.latest(PlanItem)
        self.act("item.file", item, "2017-10-16", **self.filing(table))
        self.act("item.review", item, "2017-11-06", actor=self.finance, opinion="标准合理。")
        self.act("itemtable.close", table, "2017-11-07", actor=self.finance)
        self.act(
            "itemtable.approve", table, "2018-02-05", actor=self.finance, congress_on="2018-01-25",
            reply_number="锦财预〔2018〕1号",
        )  # fmt: skip
        approved: PlanItem = self.act("item.approve", item, "2018-02-06", actor=self.finance)
        return approved

    def fund(self, amount: str, on: str = "2018-02-07") -> Fund:
        fund: Fund = self.act(
            "fund.open", None, on, actor=self.finance, name="购买服务", year="2018", purpose="programme", programme="",
            indicator_number="锦财〔2018〕7号", amount=amount,
        )  # fmt: skip
        return fund

    def commit(self, amount: str) -> Fund:
        fund = self.fund(amount)
        self.act("share.commit", Share.objects.get(purchase=self.purchase), "2018-02-08", actor=self.finance)
        return fund

    def argue(self, on: str) -> None:
        """Research by argument with two experts and three suppliers."""
        asked = [{"name": f"供应商{n}", "sort": "supplier", "why": "同类项目", "opinion": "可行"} for n in (1, 2, 3)]
        asked += [{"name": f"专家{n}", "sort": "expert", "opinion": "需求明确"} for n in (1, 2)]
        self.act("research.record", None, on, way="argue", researched_on=on, asked=asked, findings="需求合理。")

    def ask_the_public(self, opened: str, closed: str) -> None:
        row = self.act(
            "outreach.open", None, opened, channel="site", text="拟定的需求", address="https://example.cn/1",
            closes_on=closed,
        )  # fmt: skip
        replies = [{"opinion": "增加夜间探访", "times": "3", "handling": "declined", "reason": "超出预算"}]
        self.act("outreach.close", row, closed, replies=replies, summary="一条意见不采纳，已说明理由。")

    def review_data(self, on: str, **data: Any) -> dict[str, Any]:
        members = [{"name": "周敏", "office": "business", "opinion": "同意"}]
        return {"review_kind": "internal", "reviewed_on": on, "members": members, "opinion": "需求完整。"} | data


def post(organisation: Organisation, title: str, username: str, name: str) -> Post:
    person = Person.objects.create_user(username, name)
    return Post.objects.create(
        organisation=organisation, person=person, title=title, since=SINCE, state="held", version=1
    )


def build(code: str = CODE) -> Chengdu:
    """Load the regime and write its people."""
    regimes.load(code)
    city = Division.objects.get(pk="510100")
    district, _new = Division.objects.get_or_create(
        code=DISTRICT,
        defaults={"name": "锦江区", "level": "district", "parent": city, "path": f"{city.path}{DISTRICT}/"},
    )

    def office(name: str, kind: str, place: Division = district, registration: str = "") -> Organisation:
        return Organisation.objects.create(
            name=name, organisation_kind=kind, division=place, registration=registration, state="registered", version=1
        )

    bureau = office("锦江区民政局", "civil_affairs")
    town = Chengdu(
        writer=post(bureau, "购买服务经办", "cd-writer", "罗敏"),
        reviewer=post(bureau, "购买服务审核", "cd-reviewer", "谢晴"),
        finance=post(office("锦江区财政局", "finance"), "政府采购岗", "cd-finance", "何川"),
    )
    for number in (1, 2, 3):
        body = office(f"蓉城社会工作中心{number}（测试）", "social_organisation", city, "private_non_enterprise")
        town.social.append(post(body, "项目主任", f"cd-social-{number}", f"杜{number}"))
    return town


@pytest.fixture
def chengdu(db: None) -> Iterator[Chengdu]:
    """Everybody of one district of Chengdu, as of September 2017; no purchase yet."""
    yield build()
