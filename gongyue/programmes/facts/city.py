"""What rules may ask of a programme, of its norms, of the opinions on them and of the tasks handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.models import Norm, NormEdition, Opinion, PilotProgramme, StageReport, Task

PROCEDURE, QUALITY, AGREEMENT = "procedure", "quality", "agreement"  # ids of the norms in the programmes of the packs


@dataclass(frozen=True, slots=True)
class NormFacts:
    """The norms of the purchase's regime that are in force. One query a purchase, for gates of any room."""

    procedure_issued_on: Annotated[date | None, "购买服务流程规范的颁布日期，未颁布的不详"]
    quality_standard_issued_on: Annotated[date | None, "服务质量标准的颁布日期，未颁布的不详"]
    agreement_issued_on: Annotated[date | None, "资助及服务协议的颁布日期，未颁布的不详"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        issued = dossier.beside("norms", lambda: issued_days(dossier.regime.code))
        return cls(issued.get(PROCEDURE), issued.get(QUALITY), issued.get(AGREEMENT))


@dataclass(frozen=True, slots=True)
class ValidityFacts:
    """How long the purchase procedure norm of a regime is valid, as far as anybody knows. One query.

    What the regime gives comes first, then the norm's period counted from the day its issue was first recorded: a later
    edition is another text than the regime's. The end reckoned from an assumed day ends nothing.
    """

    ends_on: Annotated[date | None, "流程规范有效期的届满日；规则包没有载明、又没有登记颁布日期的不详"]
    reckoned_on: Annotated[date | None, "届满日不详时，按推定施行日推算的届满日"]
    asked_on: Annotated[date, "办理当日；有效期已届满的取届满日"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        regime = dossier.regime
        norms = [norm for programme in regime.programmes.values() for norm in programme.campaign.norms]
        became = next((norm.became for norm in norms if norm.id == PROCEDURE and norm.became), "")
        if not became:
            return cls(None, None, dossier.today)
        text, issued = regime.instruments[became], first_issued(regime.code)
        ends = text.ends_from(issued) if text.expiry_unknown and issued else text.expires
        return cls(ends, None if ends else text.reckoned, min(dossier.today, ends or dossier.today))


def first_issued(regime: str) -> date | None:
    """The day the procedure norm of a regime was issued in its first edition."""
    rows = NormEdition.objects.filter(norm__programme__regime=regime, norm__code=PROCEDURE, issued_on__isnull=False)
    return rows.order_by("number", "pk").values_list("issued_on", flat=True).first()


def issued_days(regime: str) -> dict[str, date]:
    """The day each norm of a regime was issued, by its id; those not issued are left out."""
    rows = Norm.objects.filter(programme__regime=regime, issued_on__isnull=False)
    return {code: on for code, on in rows.values_list("code", "issued_on") if on is not None}


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    code: Annotated[str, "试点代码"]
    ends_on: Annotated[date | None, "试点结束日期"]
    launched_on: Annotated[date | None, "试点启动日期"]
    reports_missing: Annotated[int, "尚未提交的阶段报告份数"]

    @classmethod
    def of(cls, programme: PilotProgramme, dossier: Dossier) -> Self:
        found = dossier.regime.programmes.get(programme.code)
        missing = programme.stagereports.exclude(state=StageReport.State.SUBMITTED).count() if programme.pk else 0
        return cls(programme.code, found.ends if found else None, programme.launched_on, missing)


@dataclass(frozen=True, slots=True)
class ProgrammeGate:
    """What rules on a programme may name."""

    programme: ProgrammeFacts

    @classmethod
    def of(cls, programme: PilotProgramme, dossier: Dossier) -> Self:
        return cls(ProgrammeFacts.of(programme, dossier))


@dataclass(frozen=True, slots=True)
class OneNormFacts:
    """One norm and the opinions on its latest edition."""

    code: Annotated[str, "规范代码：procedure 流程规范，quality 服务质量标准，agreement 资助及服务协议"]
    edition: Annotated[int, "最新稿次"]
    issued_on: Annotated[date | None, "颁布日期，未颁布的不详"]
    legal_agreed: Annotated[bool, "法制机构是否已审定同意最新一稿"]

    @classmethod
    def of(cls, norm: Norm) -> Self:
        agreed = norm.opinions.filter(edition=norm.edition, role=Opinion.Role.LEGAL, result=Opinion.Result.AGREED)
        return cls(norm.code, norm.edition, norm.issued_on, bool(norm.pk and norm.edition and agreed.exists()))


@dataclass(frozen=True, slots=True)
class NormGate:
    """What rules on a norm may name."""

    norm: OneNormFacts

    @classmethod
    def of(cls, norm: Norm, dossier: Dossier) -> Self:
        return cls(OneNormFacts.of(norm))


@dataclass(frozen=True, slots=True)
class OpinionFacts:
    role: Annotated[str, "性质：legal 法制审定，theory 理论指导"]

    @classmethod
    def of(cls, opinion: Opinion) -> Self:
        return cls(str(opinion.role))


@dataclass(frozen=True, slots=True)
class OpinionGate:
    """What rules on an opinion may name."""

    opinion: OpinionFacts

    @classmethod
    def of(cls, opinion: Opinion, dossier: Dossier) -> Self:
        return cls(OpinionFacts.of(opinion))


@dataclass(frozen=True, slots=True)
class TaskFacts:
    code: Annotated[str, "任务代码，方案分工以外的为空"]

    @classmethod
    def of(cls, task: Task) -> Self:
        return cls(task.code)


@dataclass(frozen=True, slots=True)
class TaskGate:
    """What rules on a task may name."""

    task: TaskFacts

    @classmethod
    def of(cls, task: Task, dossier: Dossier) -> Self:
        return cls(TaskFacts.of(task))


@dataclass(frozen=True, slots=True)
class StageFacts:
    starts_on: Annotated[date | None, "本阶段的开始日期，从头开始的不详"]
    ends_on: Annotated[date, "本阶段的结束日期"]

    @classmethod
    def of(cls, report: StageReport) -> Self:
        return cls(report.starts_on, report.ends_on)


@dataclass(frozen=True, slots=True)
class StageGate:
    """What rules on the report of a stage may name."""

    stage: StageFacts

    @classmethod
    def of(cls, report: StageReport, dossier: Dossier) -> Self:
        return cls(StageFacts.of(report))
