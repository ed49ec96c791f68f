"""What rules may ask of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Self

from gongyue.budget.models import Fund, Share
from gongyue.contracts.facts import AcceptanceFacts, ContractFacts
from gongyue.contracts.models import Contract, Moment, current
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Tender

from .models import Assessment, Evaluation, Framework, Improvement, Performance, PerformanceView, SelfCheck
from .models.evaluation import comprehensive, first_contract, pilot_days


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    moment: Annotated[str, "评估时点：midterm 中期，yearend 年终"]
    midterm_concluded_on: Annotated[date | None, "中期评估结论日期；未有结论则无"]
    yearend_concluded_on: Annotated[date | None, "年终评估结论日期；未有结论则无"]
    evaluator: Annotated[str | None, "评估机构名称；未委托则无"]

    @classmethod
    def of(cls, dossier: Dossier, moment: str, contract: Contract | None = None) -> Self:
        """`moment`: the one in question; "" where none is. `contract`: the year's; left out: the one in force."""
        contract = contract or current(dossier)
        year = contract.pk if contract else None
        held = {row.moment: row for row in dossier.all(Assessment) if row.contract_id == year}
        concluded = {name: assessment.concluded_on for name, assessment in held.items()}
        evaluator = held[moment].evaluator if moment in held else None
        return cls(
            moment, concluded.get(Moment.MIDTERM), concluded.get(Moment.YEAREND), evaluator.name if evaluator else None
        )


@dataclass(frozen=True, slots=True)
class AssessmentGate:
    """What a rule on an assessment's action may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    assessment: AssessmentFacts

    @classmethod
    def of(cls, assessment: Assessment, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier),
            ContractFacts.of(assessment.contract),
            AssessmentFacts.of(dossier, assessment.moment, assessment.contract),
        )


@dataclass(frozen=True, slots=True)
class FrameworkFacts:
    number: Annotated[int, "评估体系的版本"]
    standard: Annotated[str, "所依据的服务质量参照标准"]
    weights_bp: Annotated[int, "各指标权重合计（基点，全部为10000）"]
    authors: Annotated[int, "专家组人数"]


@dataclass(frozen=True, slots=True)
class FrameworkGate:
    """What a rule on the evaluation system may name."""

    framework: FrameworkFacts

    @classmethod
    def of(cls, framework: Framework, dossier: Dossier) -> Self:
        weights = sum(row["weight"] for row in framework.indicators)
        return cls(FrameworkFacts(framework.number, framework.standard, weights, len(framework.authors)))


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    series: Annotated[str, "评估类别：plan 方案，midpilot 试点中期，endpilot 试点末期，comprehensive 一年期满综合"]
    evaluator: Annotated[str | None, "评估机构名称；未委托则无"]
    framework: Annotated[int, "已采用的评估体系的最新版本；没有则为 0"]
    pilot_mid_on: Annotated[date | None, "试点期的中间一日"]
    pilot_ends_on: Annotated[date | None, "试点期的最后一日"]
    line_available_fen: Annotated[int, "评估经费指标中可用的金额（分）"]
    fee_fen: Annotated[int | None, "约定的评估费（分）"]
    fee_paid_on: Annotated[date | None, "评估费支付日期；未支付则无"]
    reported_on: Annotated[date | None, "评估报告日期；未提交则无"]
    quality_bp: Annotated[int | None, "质量得分（万分比）；未提交报告则无"]
    quantity_bp: Annotated[int | None, "数量完成（万分比）；未提交报告则无"]
    result: Annotated[str, "签署的结论：continue 延续，improve 改进，exit 退出；未签署为空"]


def evaluation_line(dossier: Dossier) -> Fund | None:
    """The programme's own line for evaluations, beside the grants. One query."""
    code = dossier.purchase.programme
    lines = Fund.objects.filter(programme=code, purpose=Fund.Purpose.EVALUATION) if code else Fund.objects.none()
    return lines.order_by("year", "pk").first()


@dataclass(frozen=True, slots=True)
class EvaluationGate:
    """What a rule on a commissioned evaluation may name. `contract` is the first year's."""

    purchase: PurchaseFacts
    contract: ContractFacts
    evaluation: EvaluationFacts

    @classmethod
    def of(cls, evaluation: Evaluation, dossier: Dossier) -> Self:
        middle, end = pilot_days(dossier.regime, dossier.purchase.programme)
        line, framework = evaluation_line(dossier), Framework.current(dossier.purchase.regime, dossier.purchase.scope)
        return cls(
            PurchaseFacts.of(dossier),
            ContractFacts.of(first_contract(dossier)),
            EvaluationFacts(
                series=evaluation.series,
                evaluator=evaluation.evaluator.name if evaluation.evaluator else None,
                framework=framework.number if framework else 0,
                pilot_mid_on=middle,
                pilot_ends_on=end,
                line_available_fen=line.available_fen if line else 0,
                fee_fen=evaluation.fee_fen,
                fee_paid_on=evaluation.fee_paid_on,
                reported_on=evaluation.reported_on,
                quality_bp=evaluation.quality_bp,
                quantity_bp=evaluation.quantity_bp,
                result=evaluation.result,
            ),
        )


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """The comprehensive evaluation and what came of it."""

    result: Annotated[str, "综合评估已签署的结论：continue 延续，improve 改进，exit 退出；没有则为空"]
    concluded_on: Annotated[date | None, "综合评估结论签署日期"]
    improved: Annotated[bool, "结论为改进的，改进是否已验收"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        found = comprehensive(dossier)
        signed = found is not None and found.state == Evaluation.State.CONCLUDED
        improved = any(row.state == Improvement.State.ACCEPTED for row in dossier.all(Improvement))
        return cls(found.result if found and signed else "", found.concluded_on if found else None, improved)


@dataclass(frozen=True, slots=True)
class ImprovementGate:
    """What a rule on an improvement may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    verdict: VerdictFacts

    @classmethod
    def of(cls, improvement: Improvement, dossier: Dossier) -> Self:
        contract = ContractFacts.of(first_contract(dossier))
        return cls(PurchaseFacts.of(dossier), contract, VerdictFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    """What a second-year agreement rests on besides the verdict."""

    announced: Annotated[bool, "招标文件是否载明可续签"]
    renewed: Annotated[bool, "这份合同是否已经续签"]
    first_starts_on: Annotated[date | None, "第一份合同的资助期起；没有写明则无"]
    year: Annotated[int, "第二年协议所用资金的预算年度；合同没有截止日则为 0"]
    available_fen: Annotated[int, "各出资方该年度资金指标中可用的金额合计（分）"]
    payers_without_line: Annotated[int, "该年度还没有资金指标的出资方数目"]

    @classmethod
    def of(cls, contract: Contract, dossier: Dossier) -> Self:
        tender = dossier.latest(Tender)
        year = (contract.ends_on + timedelta(days=1)).year if contract.ends_on else 0
        payers = {share.payer_id for share in contract.shares(dossier.all(Share))}
        lines = Fund.objects.filter(
            payer__in=payers, year=year, programme=dossier.purchase.programme, purpose=Fund.Purpose.PROGRAMME
        )
        found = {line.payer_id: line.available_fen for line in lines}
        contracts = {other.pk: other for other in dossier.all(Contract)}
        renewed = any(other.renews_id == contract.pk for other in contracts.values())
        first = contract
        while first.renews_id is not None:
            first = contracts[first.renews_id]
        announced = bool(tender and tender.renewal_announced)
        return cls(announced, renewed, first.starts_on, year, sum(found.values()), len(payers - set(found)))


@dataclass(frozen=True, slots=True)
class RenewalGate:
    """What a rule on the second-year agreement may name. `contract` is the one that is renewed."""

    purchase: PurchaseFacts
    contract: ContractFacts
    verdict: VerdictFacts
    renewal: RenewalFacts
    acceptance: AcceptanceFacts

    @classmethod
    def of(cls, contract: Contract, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ContractFacts.of(contract), VerdictFacts.of(dossier),
            RenewalFacts.of(contract, dossier), AcceptanceFacts.of(contract, dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SelfCheckFacts:
    number: Annotated[int, "第几次自查"]
    due_on: Annotated[date | None, "应提交日期"]
    next_on: Annotated[date | None, "下一次应提交日期；服务期内没有下一次则无"]


@dataclass(frozen=True, slots=True)
class SelfCheckGate:
    """What a rule on a self-check may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    selfcheck: SelfCheckFacts

    @classmethod
    def of(cls, check: SelfCheck, dossier: Dossier) -> Self:
        told = SelfCheckFacts(check.number, check.due_on, check.following(dossier))
        return cls(PurchaseFacts.of(dossier), ContractFacts.of(current(dossier)), told)


@dataclass(frozen=True, slots=True)
class PerformanceFacts:
    """The evaluation in question."""

    by: Annotated[str, "绩效评价的实施方式：finance 财政部门，third_party 第三方；尚未启动为空"]
    saving_fen: Annotated[int | None, "比自行承办节省的成本（分），多支出的为负；没有测算则无"]
    views_open: Annotated[int, "尚未提出意见的参与部门数"]
    reported_on: Annotated[date | None, "绩效评价报告日期"]

    @classmethod
    def of(cls, performance: Performance, dossier: Dossier) -> Self:
        views = [row for row in dossier.all(PerformanceView) if row.performance_id == performance.pk]
        return cls(
            by=str(performance.by), saving_fen=performance.saving_fen,
            views_open=sum(row.state == PerformanceView.State.ASKED for row in views),
            reported_on=performance.reported_on,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PerformanceGate:
    """What rules on an evaluation of performance may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    acceptance: AcceptanceFacts
    performance: PerformanceFacts

    @classmethod
    def of(cls, subject: Performance | PerformanceView, dossier: Dossier) -> Self:
        row = subject if isinstance(subject, Performance) else subject.performance
        return cls(
            PurchaseFacts.of(dossier), ContractFacts.of(row.contract), AcceptanceFacts.of(row.contract, dossier),
            PerformanceFacts.of(row, dossier),
        )  # fmt: skip
