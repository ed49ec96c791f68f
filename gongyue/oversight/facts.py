"""What rules may ask about supervision, checks, feedback and recommendations. Never a person, never a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self

from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import current
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import NormFacts, PurchaseFacts

from .models import AlertMeasure, Audit, Feedback, Recommendation, RiskAlert, Violation, ViolationReply


@dataclass(frozen=True, slots=True)
class SupervisionGate:
    """What a rule on supervision, a check or a follow-up may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    norms: NormFacts

    @classmethod
    def of(cls, subject: Any, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), ContractFacts.of(current(dossier)), NormFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class FeedbackFacts:
    nature: Annotated[str, "类别：complaint 投诉，suggestion 意见建议，praise 表扬，objection 对招投标结果的异议"]
    received_on: Annotated[date | None, "收到日期"]
    transferred: Annotated[bool, "是否转给其他单位办理"]
    notice: Annotated[int | None, "所异议的公告在台账中的记录号，不是异议的没有"]

    @classmethod
    def of(cls, feedback: Feedback) -> Self:
        return cls(str(feedback.nature), feedback.received_on, feedback.transferred_on is not None, feedback.notice)


@dataclass(frozen=True, slots=True)
class FeedbackGate:
    """What a rule on feedback may name."""

    purchase: PurchaseFacts
    feedback: FeedbackFacts

    @classmethod
    def of(cls, feedback: Feedback, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), FeedbackFacts.of(feedback))


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    made_on: Annotated[date | None, "提出日期"]
    due_on: Annotated[date | None, "请于何日前答复；未定则无"]

    @classmethod
    def of(cls, recommendation: Recommendation) -> Self:
        return cls(recommendation.made_on, recommendation.due_on)


@dataclass(frozen=True, slots=True)
class RecommendationGate:
    """What a rule on a recommendation may name."""

    recommendation: RecommendationFacts

    @classmethod
    def of(cls, recommendation: Recommendation, dossier: Dossier) -> Self:
        return cls(RecommendationFacts.of(recommendation))


@dataclass(frozen=True, slots=True)
class AuditFacts:
    scope: Annotated[str, "正在办理的审计：project 项目审计，extended 延伸审计"]
    project_done: Annotated[bool, "项目审计是否已有结果"]

    @classmethod
    def of(cls, audit: Audit, dossier: Dossier) -> Self:
        return cls(str(audit.scope), any(row.scope == Audit.Scope.PROJECT for row in dossier.all(Audit)))


@dataclass(frozen=True, slots=True)
class AuditGate:
    """What a rule on an audit may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    audit: AuditFacts

    @classmethod
    def of(cls, audit: Audit, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), ContractFacts.of(current(dossier)), AuditFacts.of(audit, dossier))


@dataclass(frozen=True, slots=True)
class AlertFacts:
    level: Annotated[str, "预警级别（规则包中的代码）；尚未发出为空"]
    departments: Annotated[int, "预警发往的部门数"]
    unanswered: Annotated[int, "尚未报告处置措施的部门数"]

    @classmethod
    def of(cls, alert: RiskAlert, dossier: Dossier) -> Self:
        rows = [row for row in dossier.all(AlertMeasure) if row.alert_id == alert.pk] if alert.pk else []
        open_ones = sum(row.state == AlertMeasure.State.SENT for row in rows)
        return cls(level=alert.level, departments=len(rows), unanswered=open_ones)


@dataclass(frozen=True, slots=True)
class AlertGate:
    """What a rule on a risk alert may name."""

    purchase: PurchaseFacts
    alert: AlertFacts

    @classmethod
    def of(cls, subject: RiskAlert | AlertMeasure, dossier: Dossier) -> Self:
        alert = subject.alert if isinstance(subject, AlertMeasure) else subject
        return cls(PurchaseFacts.of(dossier), AlertFacts.of(alert, dossier))


@dataclass(frozen=True, slots=True)
class ViolationFacts:
    """The case in question."""

    heard: Annotated[bool, "当事单位是否已经陈述"]

    @classmethod
    def of(cls, violation: Violation, dossier: Dossier) -> Self:
        replies = [row for row in dossier.all(ViolationReply) if row.violation_id == violation.pk]
        heard = any(row.state == ViolationReply.State.GIVEN for row in replies)
        return cls(heard=heard)


@dataclass(frozen=True, slots=True)
class ViolationGate:
    """What a rule on a case may name."""

    purchase: PurchaseFacts
    violation: ViolationFacts

    @classmethod
    def of(cls, subject: Violation | ViolationReply, dossier: Dossier) -> Self:
        case = subject.violation if isinstance(subject, ViolationReply) else subject
        return cls(PurchaseFacts.of(dossier), ViolationFacts.of(case, dossier))
