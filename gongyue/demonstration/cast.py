"""Who plays: bureaus, streets, social organisations and people of a demonstration, entered by the real actions.

Organisations of government are those of the regime's own divisions and streets; everybody else is invented and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import cycle
from typing import Any
from uuid import uuid4

from stdnum.cn import uscc

from gongyue.clock import LOCAL
from gongyue.kernel import regimes
from gongyue.kernel.models import Division, Organisation, Post, Subject
from gongyue.kernel.perform import Outcome, perform
from gongyue.parties.domain.founding import found
from gongyue.policy import Programme

SURNAMES = cycle("陈李黄梁何林张刘吴罗冯郑谢曾邓潘叶杜苏蔡卢许钟温")
GIVEN = cycle(["志强", "婉仪", "俊杰", "丽华", "国栋", "嘉敏", "伟明", "淑贞", "建华", "美玲", "文辉", "晓彤", "子健"])
SOCIAL = [
    ("榕荫社会工作服务中心（演示）", "private_non_enterprise"),
    ("木棉家庭服务社（演示）", "private_non_enterprise"),
    ("骑楼社区服务中心（演示）", "private_non_enterprise"),
    ("云山社会工作协会（演示）", "social_group"),
    ("珠水关怀基金会（演示）", "foundation"),
]
EXPERTS = "南岭学院社会工作系（演示）"
EVALUATOR = "明镜社会评估中心（演示）"
DEPARTMENTS = {
    "planning": "规划局", "construction": "城乡建设委员会", "land": "国土资源和房屋管理局", "transport": "交通委员会",
    "labour": "人力资源和社会保障局", "health": "卫生局", "culture": "文化广电新闻出版局", "youth": "团市委",
    "women": "妇联", "disabled": "残联", "research": "政策研究室",
}  # fmt: skip


class Refused(Exception):
    """The script of a demonstration met a refusal: the script is wrong, or the rules are."""


def must(
    name: str, subject: Subject, actor: Post, on: date | datetime, data: Mapping[str, Any] | None = None
) -> Outcome:
    """Perform, as the page would, with the version just read; a refusal raises with its reasons."""
    at = on if isinstance(on, datetime) else datetime.combine(on, time(10), LOCAL)
    if subject.pk:
        subject.refresh_from_db()
    outcome = perform(
        name, subject, actor=actor, at=at, data=dict(data or {}), seen=subject.version, request_id=uuid4()
    )
    if outcome.entry is None:
        raise Refused(f"{name} on {at:%Y-%m-%d}: {[f.rule for f in outcome.findings]} {dict(outcome.form.errors)}")
    return outcome


@dataclass
class Cast:
    """The posts by what they are: `city`, `city_finance`, and by district or street code."""

    regime: str
    programme: Programme
    since: date
    prefix: str = ""
    city: list[Post] = field(default_factory=list)  # registrar and reviewer of the city bureau
    city_finance: Post | None = None
    bureaus: dict[str, list[Post]] = field(default_factory=dict)  # district -> [handler, reviewer]
    finances: dict[str, Post] = field(default_factory=dict)
    streets: dict[str, Post] = field(default_factory=dict)  # division code of the street
    social: list[Post] = field(default_factory=list)
    worker: Post | None = None  # of the first organisation: who serves, and records it on a phone
    experts: list[Post] = field(default_factory=list)
    evaluator: Post | None = None
    audits: dict[str, Post] = field(default_factory=dict)  # division code of the city or the district
    legal: Post | None = None
    departments: dict[str, Post] = field(default_factory=dict)  # by DEPARTMENTS
    committees: dict[str, Post] = field(default_factory=dict)  # division code of the street
    public: Post | None = None  # through which the public site acts for those who have no account

    @property
    def registrar(self) -> Post:
        return self.city[0]

    def register(
        self, name: str, kind: str, division: str, registration: str = "", *, body: str = ""
    ) -> Organisation:  # fmt: skip
        place = Division.objects.get(pk=division)
        data = {"name": name, "organisation_kind": kind, "registration": registration, "division": division}
        data |= {"body": body}
        if registration:
            data["credit_code"] = _credit_code(Organisation.objects.count())
        outcome = must("organisation.register", Organisation(division=place), self.registrar, self.since, data)
        return Organisation.objects.get(pk=outcome.subject.pk)

    def post(self, organisation: Organisation, title: str, username: str, since: date | None = None) -> Post:
        """A seat, since the first day or since the day it is entered on."""
        on = since or self.since
        data = {
            "organisation": organisation.pk, "username": f"{self.prefix}{username}",
            "name": next(SURNAMES) + next(GIVEN), "title": title, "since": on.isoformat(),
        }  # fmt: skip
        unborn = Post(organisation=self.registrar.organisation)
        outcome = must("post.assign", unborn, self.registrar, on, data)
        return Post.objects.select_related("organisation__division", "person").get(pk=outcome.subject.pk)


def assemble(
    regime: str, *, since: date, districts: list[str] | None = None, prefix: str = ""
) -> Iterator[tuple[str, Cast]]:
    """Found the city's bureau and enter everybody, yielding what is being done; the last yield holds the full cast.

    `prefix` goes before every username, so that two cities can live in one database.
    """
    body = regimes.current(regime)
    programme = next(iter(body.programmes.values()))
    cast = Cast(regime, programme, since, prefix)
    units = [u for u in programme.units if districts is None or u.district in districts]
    names = {d.code: d.name["zh"] for d in body.divisions}
    city = names[body.jurisdiction]
    yield f"{city}民政局", cast
    founder = found(
        division=body.jurisdiction, organisation=f"{city}民政局", kind=Organisation.Kind.CIVIL_AFFAIRS,
        person=next(SURNAMES) + next(GIVEN), username=f"{prefix}city", title="社会工作处经办", since=since,
        at=datetime.combine(since, time(9), LOCAL),
    )  # fmt: skip
    cast.city = [founder]
    cast.city.append(cast.post(founder.organisation, "社会工作处处长", "city-head"))
    cast.city_finance = cast.post(
        cast.register(f"{city}财政局", "finance", body.jurisdiction), "拨付岗", "city-finance"
    )
    _offices(cast, body.jurisdiction, city)
    for district in dict.fromkeys(unit.district for unit in units):
        yield names[district], cast
        _district(cast, district, names[district])
    for unit in units:
        code = Division.street_code(unit.district, unit.street)
        office = cast.register(f"{unit.street}道办事处", "street_office", code)
        number = len(cast.streets) + 1
        cast.streets[code] = cast.post(office, "社区服务岗", f"street-{number}")
        committee = cast.register(f"{unit.street}第一社区居民委员会（演示）", "residents_committee", code)
        cast.committees[code] = cast.post(committee, "居委会主任", f"committee-{number}")
    yield "社会组织、专家与评估机构", cast
    _others(cast, body.jurisdiction)
    yield "", cast


def _offices(cast: Cast, code: str, city: str) -> None:
    """Who checks, advises and cooperates at the city, and the seat that the public site acts from."""
    cast.audits[code] = cast.post(cast.register(f"{city}审计局", "audit", code), "专项资金审计岗", "audit")
    cast.legal = cast.post(cast.register(f"{city}法制办公室", "legal", code), "规范性文件审查岗", "legal")
    for name, title in DEPARTMENTS.items():
        office = cast.register(title if title.startswith("团") else f"{city}{title}", "department", code)
        cast.departments[name] = cast.post(office, "社区服务协作岗", name)
    cast.public = cast.post(cast.register("社会公众（门户网站）", "public", code), "公众留言", "public")


def _district(cast: Cast, code: str, name: str) -> None:
    number = len(cast.bureaus) + 1
    bureau = cast.register(f"{name}民政局", "civil_affairs", code)
    cast.bureaus[code] = [
        cast.post(bureau, "购买服务经办", f"district-{number}"),
        cast.post(bureau, "合同审定岗", f"district-{number}-reviewer"),
    ]
    cast.finances[code] = cast.post(cast.register(f"{name}财政局", "finance", code), "拨付岗", f"finance-{number}")
    audit = cast.register(f"{name}审计局", "audit", code)
    cast.audits[code] = cast.post(audit, "专项资金审计岗", f"audit-{number}")


def _others(cast: Cast, city: str) -> None:
    for number, (name, registration) in enumerate(SOCIAL, 1):
        organisation = cast.register(name, "social_organisation", city, registration)
        cast.social.append(cast.post(organisation, "项目主任", f"organisation-{number}"))
        if number == 1:
            cast.worker = cast.post(organisation, "一线社工", "worker-1")
    school = cast.register(EXPERTS, "expert_body", city)
    cast.experts = [cast.post(school, "评审专家", f"expert-{n}") for n in range(1, 6)]
    house = cast.register(EVALUATOR, "evaluator", city, "private_non_enterprise")
    cast.evaluator = cast.post(house, "评估主任", "evaluator")


def _credit_code(number: int) -> str:
    """A well-formed 统一社会信用代码 of nobody: registration authority 52, the city's code, a running number."""
    base = f"52440100MJ{number:07d}"
    return base + uscc.calc_check_digit(base)
