"""What a street cannot do alone: site problems put to planning and land bodies, departments brought into a purchase."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Subject
from gongyue.programmes.facts import FoundingGate
from gongyue.programmes.forms import AnswerForm
from gongyue.programmes.forms.centre import CooperateForm, EscalateForm, ProblemForm
from gongyue.programmes.models import Cooperation, SiteProblem

DEPARTMENT = "department"  # the capacity a department then holds in the purchase
Problem = SiteProblem.State


@action(
    "siteproblem.raise", SiteProblem, reaches=Problem.RAISED, label=_("提出场地问题"), form=ProblemForm,
    facts=FoundingGate,
)  # fmt: skip
def put_forward(
    problem: SiteProblem, *, at: datetime, actor: Post, dossier: Dossier, what: str, paper: Any
) -> Iterable[Subject] | None:
    problem.what, problem.raised_on = what, at.astimezone(LOCAL).date()
    return None


@action(
    "siteproblem.escalate", SiteProblem, reaches=Problem.ESCALATED, label=_("提请部门协调场地"), form=EscalateForm,
    facts=FoundingGate,
)  # fmt: skip
def escalate(
    problem: SiteProblem, *, at: datetime, actor: Post, dossier: Dossier, organisation: Organisation, request: str,
    due_on: date | None,
) -> Iterable[Subject] | None:  # fmt: skip
    """The city puts it to the body that can solve it, which sees this matter from now on."""
    problem.organisation, problem.request = organisation, request
    problem.escalated_on = at.astimezone(LOCAL).date()
    appoint(dossier.purchase, DEPARTMENT, organisation, since=problem.escalated_on, partial=True)
    return None


@action(
    "siteproblem.answer", SiteProblem, reaches=Problem.ANSWERED, label=_("答复场地问题"), form=AnswerForm,
    facts=FoundingGate,
)  # fmt: skip
def answer_problem(
    problem: SiteProblem, *, at: datetime, actor: Post, dossier: Dossier, answer: str, paper: Any
) -> Iterable[Subject] | None:
    problem.answer, problem.answered_on = answer, at.astimezone(LOCAL).date()
    return None


@action(
    "cooperation.ask", Cooperation, reaches=Cooperation.State.ASKED, label=_("请部门协作"), form=CooperateForm,
    facts=FoundingGate,
)  # fmt: skip
def ask(
    cooperation: Cooperation, *, at: datetime, actor: Post, dossier: Dossier, what: str, organisation: Organisation,
    due_on: date | None,
) -> Iterable[Subject] | None:  # fmt: skip
    """A department is brought in with a task of its own; it sees that task from now on."""
    cooperation.what, cooperation.organisation, cooperation.due_on = what, organisation, due_on
    cooperation.asked_on = at.astimezone(LOCAL).date()
    appoint(dossier.purchase, DEPARTMENT, organisation, since=cooperation.asked_on, partial=True)
    return None


@action(
    "cooperation.answer", Cooperation, reaches=Cooperation.State.ANSWERED, label=_("答复协作任务"), form=AnswerForm,
    facts=FoundingGate,
)  # fmt: skip
def answer_task(
    cooperation: Cooperation, *, at: datetime, actor: Post, dossier: Dossier, answer: str, paper: Any
) -> Iterable[Subject] | None:
    cooperation.answer, cooperation.answered_on = answer, at.astimezone(LOCAL).date()
    return None
