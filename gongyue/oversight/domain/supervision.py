"""Supervising daily, drawing and reporting checks, and following up what was found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.contracts.models import in_force
from gongyue.kernel import drawing
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.ledger.canonical import plain
from gongyue.oversight.facts import SupervisionGate
from gongyue.oversight.forms import (
    AnswerForm,
    CommitForm,
    OpenSeedForm,
    RecordForm,
    ReopenForm,
    ReportForm,
    VerdictForm,
)
from gongyue.oversight.models import FollowUp, SpotCheck, SupervisionLog
from gongyue.oversight.populations import population

Log, Check, Follow = SupervisionLog.State, SpotCheck.State, FollowUp.State
BORN = [(FollowUp, Follow.OPENED)]


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


def _provider(dossier: Dossier) -> Organisation:
    contract = in_force(dossier)
    assert contract is not None and contract.provider is not None, "a contract in force names its provider"
    return contract.provider


def _follow_up(subject: SupervisionLog | SpotCheck, what: str, due_on: date | None, dossier: Dossier) -> FollowUp:
    return FollowUp.objects.create(
        purchase=dossier.purchase, body=subject.body, found_in=subject.key, what=what, due_on=due_on,
        responsible=_provider(dossier), state=Follow.OPENED,
    )  # fmt: skip


@action("supervision.record", SupervisionLog, reaches=Log.RECORDED, label=_("登记日常监督"), form=RecordForm,
        facts=SupervisionGate, bears=BORN)  # fmt: skip
def record(
    log: SupervisionLog, *, at: datetime, actor: Post, dossier: Dossier, observed_on: date, plan_result: str, plan: str,
    effect_result: str, effect: str, money_result: str, money: str, photo: File[bytes] | None, due_on: date | None,
) -> list[FollowUp]:  # fmt: skip
    """Plan, effect and money, each looked at; whatever is wrong becomes the provider's to put right."""
    log.body, log.observed_on = actor.organisation, observed_on
    log.plan_result, log.plan = plan_result, plan
    log.effect_result, log.effect = effect_result, effect
    log.money_result, log.money = money_result, money
    log.state = Log.RECORDED
    log.save()  # its key stands in what is followed up
    blocks = [(plan_result, plan), (effect_result, effect), (money_result, money)]
    problem = SupervisionLog.Result.PROBLEM
    return [_follow_up(log, what, due_on, dossier) for result, what in blocks if result == problem]


@action("spot_check.commit", SpotCheck, reaches=Check.COMMITTED, label=_("准备抽查"), form=CommitForm,
        facts=SupervisionGate)  # fmt: skip
def commit(
    check: SpotCheck, *, at: datetime, actor: Post, dossier: Dossier, occasion: str, cycle: str, source: str, size: int,
    secret: str, seed_sha256: str, population_sha256: str,
) -> None:  # fmt: skip
    """Fix the list and the seed's digest before anything is chosen."""
    found = population(dossier, source)
    check.body, check.committed_on = actor.organisation, _day(at)
    check.occasion, check.cycle, check.source, check.size = occasion, cycle, source, size
    check.seed_value, check.seed_sha256, check.population_sha256 = secret, seed_sha256, population_sha256
    check.population = found.keys(dossier) if found else []


@action("spot_check.draw", SpotCheck, reaches=Check.DRAWN, label=_("公布种子并抽取"), form=OpenSeedForm,
        facts=SupervisionGate)  # fmt: skip
def draw(check: SpotCheck, *, at: datetime, actor: Post, dossier: Dossier, opened_seed: str) -> None:
    """Open the seed; it alone chooses."""
    check.opened_seed, check.drawn_on = opened_seed, _day(at)
    check.drawn = drawing.draw(opened_seed, check.population, check.size)


@action("spot_check.report", SpotCheck, reaches=Check.REPORTED, label=_("登记抽查结果"), form=ReportForm,
        facts=SupervisionGate, bears=BORN)  # fmt: skip
def report(
    check: SpotCheck, *, at: datetime, actor: Post, dossier: Dossier, findings: list[dict[str, Any]], result: str,
    due_on: date | None,
) -> list[FollowUp]:  # fmt: skip
    """What was found in each drawn record; what is wrong is followed up until it is closed."""
    check.findings, check.result, check.reported_on = plain(findings), result, _day(at)
    wrong = [row for row in findings if row["result"] == SupervisionLog.Result.PROBLEM]
    return [_follow_up(check, f"{row['item']}：{row['finding']}", due_on, dossier) for row in wrong]


@action("follow_up.answer", FollowUp, reaches=Follow.ANSWERED, label=_("答复整改"), form=AnswerForm,
        facts=SupervisionGate)  # fmt: skip
def answer(
    follow_up: FollowUp, *, at: datetime, actor: Post, dossier: Dossier, answer: str, evidence: File[bytes] | None
) -> None:
    """The provider says what it put right."""
    follow_up.answer, follow_up.answered_on = answer, _day(at)


@action("follow_up.close", FollowUp, reaches=Follow.CLOSED, label=_("核实办结"), form=VerdictForm,
        facts=SupervisionGate)  # fmt: skip
def close(follow_up: FollowUp, *, at: datetime, actor: Post, dossier: Dossier, verdict: str) -> None:
    """The body that found it is satisfied."""
    follow_up.verdict, follow_up.closed_on = verdict, _day(at)


@action("follow_up.return", FollowUp, reaches=Follow.OPENED, sources=[Follow.ANSWERED], label=_("退回继续整改"),
        form=ReopenForm, facts=SupervisionGate)  # fmt: skip
def reopen(follow_up: FollowUp, *, at: datetime, actor: Post, dossier: Dossier, reason: str, due_on: date) -> None:
    """Not put right yet: a further day."""
    follow_up.verdict, follow_up.due_on = reason, due_on
