"""What rules may ask of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.facts import AwardFacts, DisputeFacts

from ..models import Checkpoint, Contract
from ..models.checkpoint import looks


@dataclass(frozen=True, slots=True)
class ContractFacts:
    state: Annotated[str, "合同所处的步骤；尚无合同时为空"]
    year_number: Annotated[int, "第几年的协议"]
    number: Annotated[str | None, "合同编号"]
    purchaser: Annotated[str | None, "购买主体名称"]
    provider: Annotated[str | None, "承接主体名称"]
    amount_fen: Annotated[int | None, "合同金额（分）"]
    starts_on: Annotated[date | None, "资助期起"]
    ends_on: Annotated[date | None, "资助期止"]
    mid_on: Annotated[date | None, "资助期的中间一日"]
    approved_on: Annotated[date | None, "审定日期；未审定则无"]
    accepted_on: Annotated[date | None, "承接主体确认日期；未确认则无"]
    signed_on: Annotated[date | None, "签订日期；未签订则无"]
    filed_on: Annotated[date | None, "备案日期；未备案则无"]
    finance_copied_on: Annotated[date | None, "抄送财政部门日期；未抄送则无"]
    missing: Annotated[list[str], "仍为空的必备条款"]
    unstated: Annotated[list[str], "范围、标的、数量、验收考核、违约责任、争议解决中仍为空的条款"]
    instalments_fen: Annotated[int, "各期金额合计（分）"]
    apart: Annotated[bool, "是否多家入选、各有合同的采购的合同"]
    others_due: Annotated[int, "同一采购中还没有拟订合同的其他入选单位数"]

    @classmethod
    def of(cls, contract: Contract | None, dossier: Dossier | None = None) -> Self:
        """An absent contract reads as a blank one. `dossier`: where the other contracts of its call count."""
        contract = contract or Contract()
        return cls(
            state=contract.state,
            year_number=contract.year_number,
            number=contract.number or None,
            purchaser=contract.purchaser.name if contract.purchaser else None,
            provider=contract.provider.name if contract.provider else None,
            amount_fen=contract.amount_fen,
            starts_on=contract.starts_on,
            ends_on=contract.ends_on,
            mid_on=contract.mid_on,
            approved_on=contract.approved_on,
            accepted_on=contract.accepted_on,
            signed_on=contract.signed_on,
            filed_on=contract.filed_on,
            finance_copied_on=contract.finance_copied_on,
            missing=contract.missing,
            unstated=contract.unstated,
            instalments_fen=sum(line.amount_fen for line in contract.schedule),
            apart=contract.one_of_several,
            others_due=_others_due(contract, dossier) if dossier is not None and contract.one_of_several else 0,
        )


def _others_due(contract: Contract, dossier: Dossier) -> int:
    """How many of those chosen with its provider have no contract yet."""
    tender = contract.tender
    drawn = {row.provider_id for row in dossier.all(Contract) if row.tender_id == contract.tender_id}
    won = tender.winners if tender is not None else []
    return len({bid.organisation_id for bid in won} - drawn - {contract.provider_id})


@dataclass(frozen=True, slots=True)
class CheckpointFacts:
    """What each look at the project came to: passed, failed, "" while it has none; and which one is being recorded."""

    stage: Annotated[str, "正在办理的阶段评估的阶段：before 事前，during 事中，after 事后；不在办理为空"]
    side: Annotated[str, "正在办理的阶段评估：internal 内部，external 外部；不在办理为空"]
    before_internal: Annotated[str, "事前资质评估（内部）的结论：passed 合格，failed 不合格；没有则为空"]
    before_external: Annotated[str, "事前资质评估（外部）的结论"]
    during_internal: Annotated[str, "事中监督管理（内部）的结论"]
    during_external: Annotated[str, "事中监督管理（外部）的结论"]
    after_internal: Annotated[str, "事后绩效评估（内部）的结论"]
    after_external: Annotated[str, "事后绩效评估（外部）的结论"]

    @classmethod
    def of(cls, dossier: Dossier, checkpoint: Checkpoint | None = None) -> Self:
        found = {row.seed: str(row.result) for row in looks(dossier)}
        seeds = [f"{stage}-{side}" for stage in Checkpoint.Stage for side in Checkpoint.Side]
        stage, side = (str(checkpoint.stage), str(checkpoint.side)) if checkpoint is not None else ("", "")
        return cls(stage, side, *(found.get(seed, "") for seed in seeds))


@dataclass(frozen=True, slots=True)
class ContractGate:
    """What a rule on a contract's action may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    award: AwardFacts
    contract: ContractFacts
    dispute: DisputeFacts
    checkpoint: CheckpointFacts

    @classmethod
    def of(cls, contract: Contract, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier, contract.item), 
            AwardFacts.of(dossier, contract.provider_id), ContractFacts.of(contract, dossier), DisputeFacts.of(dossier),
            CheckpointFacts.of(dossier),
        )  # fmt: skip
