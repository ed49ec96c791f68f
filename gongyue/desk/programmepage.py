"""The pilot as a whole, as one post sees it: milestones, norms, tasks, the approval queue, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gongyue.kernel import regimes
from gongyue.kernel.findings import language
from gongyue.kernel.models import Document, Obligation, Subject
from gongyue.policy import Programme
from gongyue.programmes.coverage import coverage, provision
from gongyue.programmes.models import Norm, NormEdition, Opinion, PilotProgramme, SiteCandidate, StageReport, Task
from gongyue.programmes.queries import approval_queue

from .charts import Chart, Series
from .session import DeskRequest
from .templatetags.gongyue import Stage
from .visible import may
from .words import action_name

CITY = ("programme.summarise", "task.assign", "streetcount.record", "candidate.find")
FEW = 50  # rooms found that are shown, latest first


@dataclass(frozen=True)
class Deed:
    """A button: an action of the reader's on one subject."""

    label: str
    url: str


@dataclass(frozen=True)
class NormRow:
    norm: Norm
    edition: NormEdition | None
    opinions: list[Opinion]
    due_on: date | None
    deeds: list[Deed]
    files: list[Document]


@dataclass(frozen=True)
class ReportRow:
    report: StageReport
    name: str
    cite: str
    deeds: list[Deed]
    files: list[Document]


@dataclass(frozen=True)
class TaskRow:
    task: Task
    cite: str
    deeds: list[Deed]
    files: list[Document]


def files_of(subjects: Iterable[Subject]) -> dict[str, list[Document]]:
    """What was handed in about these, by key, in order. One query."""
    out: dict[str, list[Document]] = {}
    rows = Document.objects.filter(purchase=None, subject__in=[one.key for one in subjects], restricted=False)
    for row in rows.order_by("pk"):
        out.setdefault(row.subject, []).append(row)
    return out


class ProgrammePage:
    """Read by the template; a fixed number of queries, whatever the streets."""

    def __init__(self, request: DeskRequest) -> None:
        self.post, self.today = request.post, request.today
        self.regime = regimes.current(request.post.organisation.regime_code)
        self.programme: Programme | None = next(iter(self.regime.programmes.values()), None)
        code = self.programme.id if self.programme else ""
        rows = PilotProgramme.objects.filter(regime=self.regime.code, code=code).select_related("bureau")
        self.launched = rows.first()
        self.able = set(may(ACTS, request.post, self.regime))

    @property
    def name(self) -> str:
        return str(self.programme.name[language()]) if self.programme else ""

    @property
    def stages(self) -> list[Stage]:
        out = []
        for phase in self.programme.campaign.phases if self.programme else ():
            past, ahead = phase.ends < self.today, phase.starts is not None and phase.starts > self.today
            state = "done" if past else "later" if ahead else "now"
            out.append(Stage(phase.name[language()], state, phase.ends))
        return out

    @property
    def buttons(self) -> list[Deed]:
        """What the reader may begin for the city or its own district."""
        if self.launched is None:
            return [Deed(action_name("programme.launch"), self._begin("programme.launch"))] if (
                "programme.launch" in self.able and self.programme
            ) else []  # fmt: skip
        out = []
        for name in CITY:
            if name not in self.able or (name == "task.assign" and self.launched.bureau_id != self._own):
                continue
            if name == "programme.summarise":
                if self.launched.state == PilotProgramme.State.LAUNCHED:
                    out.append(Deed(action_name(name), reverse("desk:do", args=[name, self.launched.pk])))
            else:
                out.append(Deed(action_name(name), self._begin(name)))
        return out

    @property
    def _own(self) -> int:
        return self.post.organisation_id

    def _begin(self, name: str) -> str:
        seeded = name in {"programme.launch", "task.assign"} and self.programme is not None
        query = f"?{urlencode({'seed': self.programme.id})}" if seeded and self.programme else ""
        return reverse("desk:begin", args=[name]) + query

    def _deeds(self, subject: Subject, names: Iterable[str]) -> list[Deed]:
        mine = subject.owner is None or subject.owner.pk == self._own
        found = [name for name in names if name in self.able]
        return [Deed(action_name(name), reverse("desk:do", args=[name, subject.pk])) for name in found] if mine else []

    @property
    def norms(self) -> list[NormRow]:
        """Three queries, and one for the days they are due."""
        asked = Opinion.objects.select_related(*Opinion.related).order_by("-edition", "pk")
        rows = (
            Norm.objects.filter(programme=self.launched)
            .select_related(*Norm.related)
            .prefetch_related(
                Prefetch("editions", NormEdition.objects.order_by("-number")), Prefetch("opinions", asked)
            )
            .order_by("pk")
        )
        found = list(rows) if self.launched else []
        due = Obligation.objects.filter(subject__in=[n.key for n in found], action="norm.issue", is_open=True)
        days = dict(due.values_list("subject", "due_on"))
        files = files_of([*found, *(one for norm in found for one in norm.opinions.all())])
        return [self._norm(norm, days.get(norm.key), files) for norm in found]

    def _norm(self, norm: Norm, due_on: date | None, files: Mapping[str, list[Document]]) -> NormRow:
        names = {
            Norm.State.PLANNED: ("norm.draft",), Norm.State.DRAFTED: ("norm.issue", "norm.draft"),
            Norm.State.ISSUED: ("norm.evaluate", "norm.draft"),
        }  # fmt: skip
        deeds = self._deeds(norm, names[Norm.State(norm.state)])
        opinions = list(norm.opinions.all())
        for one in opinions:
            if one.state == Opinion.State.ASKED:
                deeds += self._deeds(one, ("opinion.give",))
        own = [file for one in (norm, *opinions) for file in files.get(one.key, ())]
        return NormRow(norm, next(iter(norm.editions.all()), None), opinions, due_on, deeds, own)

    @property
    def tasks(self) -> list[TaskRow]:
        """The reader's own first."""
        rows = Task.objects.filter(programme=self.launched).select_related(*Task.related).order_by("pk")
        found = sorted(rows, key=lambda task: task.organisation_id != self._own) if self.launched else []
        names, files = ("task.answer", "task.assign"), files_of(found)
        return [
            TaskRow(
                t, self._article(t.code), self._deeds(t, names) if t.state == Task.State.ASSIGNED else [],
                files.get(t.key, []),
            )
            for t in found
        ]  # fmt: skip

    @property
    def reports(self) -> list[ReportRow]:
        """What each stage that is reported on came to. Two queries."""
        rows = StageReport.objects.filter(programme=self.launched).select_related(*StageReport.related)
        found = list(rows.order_by("ends_on", "pk")) if self.launched else []
        names = {
            StageReport.State.AWAITED: ("stagereport.draft",),
            StageReport.State.DRAFTED: ("stagereport.submit", "stagereport.draft"), StageReport.State.SUBMITTED: (),
        }  # fmt: skip
        files = files_of(found)
        return [
            self._report(one, self._deeds(one, names[StageReport.State(one.state)]), files.get(one.key, []))
            for one in found
        ]

    def _report(self, report: StageReport, deeds: list[Deed], files: list[Document]) -> ReportRow:
        phase = self.programme.campaign.phase(report.phase) if self.programme else None
        name, cite = (phase.name[language()], str(self.regime.citation(phase.cite))) if phase else (report.title, "")
        return ReportRow(report, name, cite, deeds, files)

    @property
    def files(self) -> list[Document]:
        """What was handed in with the summary and the plan to go on."""
        return files_of([self.launched]).get(self.launched.key, []) if self.launched else []

    def _article(self, code: str) -> str:
        task = self.programme.campaign.task(code) if self.programme else None
        return str(self.regime.citation(task.cite)) if task else ""

    @property
    def queue(self) -> list[Deed]:
        """Plans that wait for the city, priority first; for the city only."""
        if "implementation.approve" not in self.able:
            return []
        return [
            Deed(
                f"{plan.purchase.title}" + (f" · {_('优先')}：{plan.priority_basis}" if plan.priority_basis else ""),
                reverse("desk:purchase", args=[plan.purchase_id]),
            )
            for plan in approval_queue(self.post, on=self.today)
        ]

    @property
    def charts(self) -> list[Chart]:
        if self.programme is None:
            return []
        year = self.today.year
        rows = coverage(self.programme, self.regime.code, year)
        names = [row.division.name if row.division else _("全市") for row in rows]
        target = self.programme.campaign.target(year)
        shares = [Series(_("已覆盖"), [row.share_bp for row in rows])]
        if target is not None:
            shares.append(Series(_("目标"), [target.share_bp for _row in rows]))
        years = range(self.programme.year, year + 1)
        bought = provision(self.regime.code, years)
        return [
            Chart(_("有中心的街道（个）"), names, [Series(_("街道"), [row.centres for row in rows])], lying=True),
            Chart(_("覆盖率（街道总数已登记的区）"), names, shares, unit="bp", lying=True),
            Chart(
                _("购买与直接提供的项目"), [str(row.year) for row in bought],
                [Series(_("购买"), [r.bought for r in bought]), Series(_("直接提供"), [r.direct for r in bought])],
                kind="stack",
            ),
        ]  # fmt: skip

    @property
    def rooms(self) -> list[tuple[SiteCandidate, list[Deed]]]:
        place = self.post.organisation.division
        rows = SiteCandidate.objects.filter(regime=self.regime.code, division__path__startswith=place.path)
        names = {"found": ("candidate.match", "candidate.drop"), "matched": ("candidate.drop",), "dropped": ()}
        found = rows.select_related(*SiteCandidate.related).order_by("-pk")[:FEW]
        return [(room, self._deeds(room, names[room.state])) for room in found]


ACTS = (
    "programme.launch", *CITY, "norm.draft", "norm.issue", "norm.evaluate", "opinion.give", "task.answer",
    "stagereport.draft", "stagereport.submit", "implementation.approve", "candidate.match", "candidate.drop",
)  # fmt: skip
