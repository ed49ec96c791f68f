"""静安区 buys: the people of one district of Shanghai, and a purchase outside any programme, by the real actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongyue.budget.models import DepartmentBudget, Fund, PlanItem, Share
from gongyue.demonstration.cast import must
from gongyue.kernel.models import Post, Purchase, Subject
from gongyue.kernel.perform import Outcome
from tests.outside import City, Office, city
from tests.playing import Playing

REGIME, CITY, DISTRICT = "cn-sh", "310000", "310106"
REGISTRAR: Office = ("上海市民政局", "civil_affairs", CITY, "")
OFFICES: list[Office] = [
    ("静安区民政局", "civil_affairs", DISTRICT, ""), ("静安区社会建设办公室", "department", DISTRICT, ""),
    ("静安区财政局", "finance", DISTRICT, ""), ("上海市财政局", "finance", CITY, ""),
]  # fmt: skip
WATCHERS = (
    ("audit", "静安区审计局", DISTRICT), ("congress", "静安区人民代表大会", DISTRICT),
    ("consultative", "政协静安区委员会", DISTRICT), ("public", "社会公众（沪门户网站）", CITY),
)  # fmt: skip


@dataclass
class Town(Playing):
    """Whoever takes part, and the purchase they are at."""

    cast: City
    purchaser: Post
    reviewer: Post
    committee: Post
    finance: Post
    city_finance: Post
    social: list[Post] = field(default_factory=list)
    experts: list[Post] = field(default_factory=list)
    watchers: dict[str, Post] = field(default_factory=dict)  # who supervises from elsewhere, by kind of organisation

    def act(self, name: str, subject: Subject | None, on: date | datetime, actor: Post, /, **data: Any) -> Any:
        """Do it; a refusal raises. What it was done to comes back."""
        return must(name, subject or self.unborn(name, on, actor), actor, on, data).subject

    def attempt(self, name: str, subject: Subject | None, on: date | datetime, actor: Post, /, **data: Any) -> Outcome:
        """As `act`, but a refusal comes back as the value it is."""
        return self.tried(name, subject, on, actor, data)

    def open(self, on: date, title: str = "静安寺街道独居老人关怀服务", **data: Any) -> Purchase:
        self.purchase = None
        given = {
            "title": title, "scope": "project", "service_class": "community-service", "project_origin": "demand",
            "place": self.purchaser.organisation.division_id, "supervisor": str(self.purchaser.organisation_id),
        }  # fmt: skip
        self.purchase = self.act("purchase.start", None, on, self.purchaser, **(given | data))
        return self.purchase

    def budget(self, on: date, yuan: str, source: str = "general") -> PlanItem:
        """Proposed, decided on and paid for, on one day."""
        self.fund(on, nature=source)
        self.department(on)
        words = {"content": "独居老人探访", "goals": "服务两百名老人", "requirements": "每月探访两次"}
        self.act("item.propose", None, on, self.purchaser, year=on.year, amount=yuan, source=source, **words)
        item: PlanItem = self.act("item.approve", self.latest(PlanItem), on, self.committee)
        self.act("share.commit", self.latest(Share), on, self.finance)
        return item

    def fund(self, on: date, yuan: str = "90000000", nature: str = "general") -> None:
        """The year's line of this nature, once; a special fund comes from three sides."""
        if Fund.objects.filter(payer=self.finance.organisation, year=on.year, nature=nature).exists():
            return
        line = {"name": "购买服务专项", "year": on.year, "indicator_number": f"静财〔{on.year}〕1号", "amount": yuan}
        giver = {"giver": "静安区财政局", "sort": "government", "amount": yuan}
        given = {"nature": nature, "contributors": [giver] if nature == "special" else []}
        self.act("fund.open", None, on, self.finance, purpose="programme", programme="", **line, **given)

    def department(self, on: date, yuan: str = "90000000") -> None:
        """What the bureau's own budget of the year has for purchases, once; a greater share every year."""
        bureau = self.purchaser.organisation
        if not DepartmentBudget.objects.filter(department=bureau, year=on.year).exists():
            self.act(
                "departmentbudget.record", None, on, self.finance, department=str(bureau.pk), year=on.year,
                total=str(3_000_000_000 - 1_000_000 * on.year), purchase=yuan, number=f"静财预〔{on.year}〕8号",
            )  # fmt: skip

    def watch(self) -> Town:
        """Enter those who look on: audit, congress, consultative conference and the public; before a purchase opens."""
        for kind, name, place in WATCHERS:
            body = self.cast.register(name, kind, place)
            self.watchers[kind] = self.cast.post(body, "经办", kind.replace("_", "-"))
        return self

    def look(self, on: date, stage: str, result: str = "passed", outside: str = "") -> None:
        """Look at it before, during or after its service, from inside and by an evaluator from outside."""
        found = {"checked_on": on.isoformat(), "opinion": "逐项核对。", "paper": None}
        rows = [{"item": "登记和资质", "found": "齐全", "result": result}]
        inside = self.unborn("checkpoint.record", on, self.purchaser, seed=f"{stage}-internal")
        self.act("checkpoint.record", inside, on, self.purchaser, items=rows, result=result, **found)
        row = self.unborn("checkpoint.commission", on, self.purchaser, seed=f"{stage}-external")
        row = self.act("checkpoint.commission", row, on, self.purchaser, evaluator=str(self.outsider.organisation_id))
        self.act("checkpoint.record", row, on, self.outsider, items=rows, result=outside or result, **found)

    @property
    def outsider(self) -> Post:
        """The evaluator from outside, entered when first asked for."""
        if "evaluator" not in self.watchers:
            body = self.cast.register("沪明镜评估中心（演示）", "evaluator", CITY, "private_non_enterprise")
            self.watchers["evaluator"] = self.cast.post(body, "评估员", "evaluator")
        return self.watchers["evaluator"]


def settle(since: date = date(2012, 1, 4)) -> Town:
    """Enter everybody."""
    cast = city(REGIME, REGISTRAR, OFFICES, since)
    (purchaser, reviewer), *others = (cast.seats[name] for name, *_rest in OFFICES)
    committee, finance, city_finance = (seats[0] for seats in others)
    return Town(cast, purchaser, reviewer, committee, finance, city_finance, cast.social, cast.experts)


def choice(way: str, ground: str = "", *, yuan: str = "300000", **data: Any) -> dict[str, Any]:
    """What choosing a method takes, with limits typed and their source named."""
    return {
        "way": way, "ground": ground, "reason": "" if way == "open" else "按附件说明", "category": "养老服务",
        "year_fen": yuan, "limit_fen": "100000", "open_limit_fen": "2000000", "limit_source": "沪府〔2011〕1号（演示）",
    } | data  # fmt: skip


def rules(outcome: Outcome) -> list[str]:
    """What stood in the way, in order of its name; nothing may have been done."""
    assert outcome.entry is None, outcome.entry
    assert outcome.findings, dict(outcome.form.errors)
    return sorted(finding.rule for finding in outcome.findings)
