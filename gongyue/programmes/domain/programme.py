"""The programme as a whole: launched with its norms and named tasks, summed up at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm
from gongyue.kernel.models import Organisation, Post, Subject
from gongyue.policy import Assignment, Regime
from gongyue.programmes.facts import ProgrammeGate, StageGate, TaskGate
from gongyue.programmes.forms import AnswerForm, AssignForm, StageDraftForm, StageReportForm, SummaryForm
from gongyue.programmes.forms.city import offices
from gongyue.programmes.models import Norm, PilotProgramme, StageReport, Task


@action(
    "programme.launch", PilotProgramme, reaches=PilotProgramme.State.LAUNCHED, label=_("启动试点"), form=NoteForm,
    facts=ProgrammeGate,
    bears=[(Norm, Norm.State.PLANNED), (Task, Task.State.ASSIGNED), (StageReport, StageReport.State.AWAITED)],
)  # fmt: skip
def launch(
    programme: PilotProgramme, *, at: datetime, actor: Post, dossier: Dossier, opinion: str
) -> Iterable[Subject] | None:
    """Bring into the world the norms the programme asks for, the tasks it names and the stages it has reported on."""
    programme.launched_on = at.astimezone(LOCAL).date()
    programme.save()
    campaign = dossier.regime.programmes[programme.code].campaign
    norms: list[Subject] = [
        Norm.objects.create(programme=programme, code=norm.id, title=norm.name["zh"], state=Norm.State.PLANNED)
        for norm in campaign.norms
    ]
    reports: list[Subject] = [
        StageReport.objects.create(
            programme=programme, phase=phase.id, title=phase.name["zh"], starts_on=phase.starts, ends_on=phase.ends,
            state=StageReport.State.AWAITED,
        )
        for phase in campaign.phases
        if phase.report
    ]  # fmt: skip
    return [*norms, *reports] + [
        Task.objects.create(
            programme=programme, code=task.id, body=body, what=task.what["zh"], organisation=office,
            assigned_on=programme.launched_on, state=Task.State.ASSIGNED,
        )
        for task in campaign.tasks
        for body, office in _concerned(task, programme, dossier.regime)
    ]  # fmt: skip


def _concerned(task: Assignment, programme: PilotProgramme, regime: Regime) -> list[tuple[str, Organisation]]:
    """Who has a task: every holder of its capacity; else each body it names, by the organisation that is called so.

    A body that no registered organisation is called like falls to the bureau, which passes the task on.
    """
    if task.capacity:
        held = regime.capacities[task.capacity]
        found = offices(programme.division, *held.organisations).filter(division__level__in=held.levels)
        return [("", office) for office in found]
    city = list(offices(programme.division).filter(division=programme.division))
    return [(body, called(body, city) or programme.bureau) for body in task.bodies]


def called(body: str, among: Sequence[Organisation]) -> Organisation | None:
    """The organisation a short name means: one whose name ends so, else the first that has its characters in order."""
    exact = next((one for one in among if one.name.endswith(body)), None)
    return exact or next((one for one in among if _abbreviates(body, one.name)), None)


def _abbreviates(short: str, name: str) -> bool:
    """国土房管局 for 国土资源和房屋管理局; both end alike."""
    rest = iter(name)
    return len(short) > 1 and all(character in rest for character in short)


@action(
    "stagereport.draft", StageReport, reaches=StageReport.State.DRAFTED, also_from=[StageReport.State.DRAFTED],
    label=_("起草阶段报告"), form=StageDraftForm, facts=StageGate,
)  # fmt: skip
def draft_report(
    report: StageReport, *, at: datetime, actor: Post, dossier: Dossier, progress: str, functions: str, planning: str
) -> Iterable[Subject] | None:
    """What there is to say so far; written anew as the stage goes on."""
    report.progress, report.functions, report.planning = progress, functions, planning
    report.drafted_on = at.astimezone(LOCAL).date()
    return None


@action(
    "stagereport.submit", StageReport, reaches=StageReport.State.SUBMITTED, label=_("提交阶段报告"),
    form=StageReportForm, facts=StageGate,
)  # fmt: skip
def submit_report(
    report: StageReport, *, at: datetime, actor: Post, dossier: Dossier, progress: str, functions: str, planning: str,
    paper: Any,
) -> Iterable[Subject] | None:  # fmt: skip
    """What the stage came to: the work done, the basic function settled, how it entered the five-year plan."""
    report.progress, report.functions, report.planning = progress, functions, planning
    report.submitted_on = at.astimezone(LOCAL).date()
    return None


@action(
    "programme.summarise", PilotProgramme, reaches=PilotProgramme.State.SUMMARISED, label=_("总结试点、制定推广方案"),
    form=SummaryForm, facts=ProgrammeGate,
)  # fmt: skip
def summarise(
    programme: PilotProgramme, *, at: datetime, actor: Post, dossier: Dossier, summary: str, summary_paper: Any,
    rollout: str, rollout_paper: Any, layout: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """What the pilot taught, how it goes on, and how its sites entered the detailed control plans."""
    programme.summary, programme.rollout, programme.layout = summary, rollout, layout
    programme.summarised_on = at.astimezone(LOCAL).date()
    return None


@action(
    "task.assign", Task, reaches=Task.State.ASSIGNED, label=_("交办任务"), form=AssignForm, facts=TaskGate,
    also_from=[Task.State.ASSIGNED],
)  # fmt: skip
def assign(
    task: Task, *, at: datetime, actor: Post, dossier: Dossier, what: str, organisation: Organisation,
    due_on: date | None,
) -> Iterable[Subject] | None:  # fmt: skip
    """Hand out a task; whoever has one may pass it on to whom it concerns."""
    task.what, task.organisation, task.due_on = what, organisation, due_on
    task.assigned_on = at.astimezone(LOCAL).date()
    return None


@action(
    "task.answer", Task, reaches=Task.State.ANSWERED, label=_("答复任务"), form=AnswerForm, facts=TaskGate,
)  # fmt: skip
def answer_task(
    task: Task, *, at: datetime, actor: Post, dossier: Dossier, answer: str, paper: Any
) -> Iterable[Subject] | None:
    """What the body did about it."""
    task.answered_on, task.answer = at.astimezone(LOCAL).date(), answer
    return None
