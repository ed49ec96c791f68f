"""The city launches the pilot, makes its three norms, and the departments answer their tasks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongyue.assessment.models import Framework
from gongyue.demonstration.cast import Cast, must
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.streets import Told
from gongyue.kernel.models import Organisation, Post, Purchase, Subject
from gongyue.programmes.models import Norm, Opinion, PilotProgramme, SiteCandidate, StageReport, StreetCount, Task


class City:
    """Whoever acts for the city as a whole; input not given comes from PAPERS."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def act(self, name: str, subject: Subject, actor: Post, on: date, /, **data: Any) -> Any:
        written: Any = PAPERS[name]
        return must(name, subject, actor, on, written(self, subject, on) | data).subject

    def launch(self, on: date) -> PilotProgramme:
        bureau = self.cast.city[0]
        programme: PilotProgramme = self.act("programme.launch", PilotProgramme.unborn(None, bureau)[0], bureau, on)
        return programme

    def norm(self, code: str) -> Norm:
        return Norm.objects.select_related(*Norm.related).get(code=code, programme__regime=self.cast.regime)

    def draft(self, code: str, on: date, /, **data: Any) -> list[Opinion]:
        """The opinions that are now asked for."""
        norm = self.norm(code)
        self.act("norm.draft", norm, self.cast.city[0], on, **data)
        rows = Opinion.objects.filter(norm=norm, state=Opinion.State.ASKED).select_related(*Opinion.related)
        return list(rows.order_by("pk"))

    def answer(self, opinion: Opinion, on: date, /, **data: Any) -> None:
        self.act("opinion.give", opinion, self.post_of(opinion.organisation), on, **data)

    def issue(self, code: str, on: date, /, **data: Any) -> Norm:
        self.act("norm.issue", self.norm(code), self.cast.city[1], on, **data)
        return self.norm(code)

    def post_of(self, office: Organisation) -> Post:
        return Post.objects.select_related("organisation__division", "person").filter(organisation=office)[0]


def norms_issued(cast: Cast, launched: date, issued: date) -> City:
    """Launched, and all three norms drafted, reviewed and issued: what supervision and contracts may rest on."""
    city = City(cast)
    city.launch(launched)
    for code in ("procedure", "quality", "agreement"):
        for opinion in city.draft(code, launched):
            city.answer(opinion, issued)
        city.issue(code, issued)
    return city


def tasks_answered(city: City, on: date, *codes: str) -> None:
    """The bodies that have these tasks answer them."""
    for task in Task.objects.filter(code__in=codes, state=Task.State.ASSIGNED).select_related(*Task.related):
        if task.organisation is not None:
            city.act("task.answer", task, city.post_of(task.organisation), on)


def stage_written_up(cast: Cast, on: date) -> Told:
    """A year into the pilot stage its report is begun; it is due when the stage ends."""
    yield on
    report = StageReport.objects.select_related(*StageReport.related).get(programme__regime=cast.regime)
    City(cast).act("stagereport.draft", report, cast.city[0], on)


def measured_apart(cast: Cast, on: date) -> Told:
    """Experts write indicators for single projects; those of the whole centre stay as they are."""
    yield on
    City(cast).act(
        "framework.draft", Framework.unborn(None, cast.city[0])[0], cast.city[0], on, scope="project",
        title="单项服务评估体系（演示）",
    )  # fmt: skip


def places_counted(cast: Cast, on: date) -> Told:
    """Streets are counted, rooms found in built-up areas: one goes to a centre, one will not do."""
    city, land, bureau = City(cast), cast.departments["land"], cast.city[0]
    yield on
    for district, name, streets in (("440104", "越秀区", 22), ("440105", "海珠区", 18), ("440103", "荔湾区", 22)):
        count = StreetCount.unborn(None, bureau)[0]
        source = f"{name}区划统计（演示数）"
        city.act("streetcount.record", count, bureau, on, district=district, streets=str(streets), source=source)
    good = city.act("candidate.find", SiteCandidate.unborn(None, land)[0], land, on)
    bad = city.act("candidate.find", SiteCandidate.unborn(None, land)[0], land, on, address="纺织路旧车间", area="900")
    yield (now := on + timedelta(days=14))
    purchase = Purchase.objects.get(division__name="江南中街")
    city.act("candidate.match", SiteCandidate.objects.get(pk=good.pk), bureau, now, purchase=str(purchase.pk))
    city.act("candidate.drop", SiteCandidate.objects.get(pk=bad.pk), bureau, now)


def second_thoughts(cast: Cast, on: date) -> Told:
    """The first agreements have ended: their model is evaluated and drafted anew; a task goes to the health office."""
    city, bureau = City(cast), cast.city[0]
    yield on
    city.act("norm.evaluate", city.norm("agreement"), bureau, on)
    office = cast.departments["health"].organisation_id
    city.act("task.assign", Task.unborn(None, bureau)[0], bureau, on, organisation=office)
    yield (now := on + timedelta(days=14))
    city.draft(
        "agreement", now, text="一、资助范围。二、服务指标。三、拨付与监管。四、续签条件。五、违约责任。（演示文本）"
    )
