"""What rules may ask of an amendment, and of the money that a payer adds for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.assessment.models import Assessment
from gongyue.budget import sharing
from gongyue.budget.facts import GrantFacts, ItemFacts, LineFacts, ShareFacts
from gongyue.budget.models import PlanItem, Share
from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import Amendment, Contract, Moment, TopUp
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.facts import AwardFacts

from ..models import UsePlan, YearlyReport


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    copied: Annotated[bool, "副本是否已送财政部门"]
    added_fen: Annotated[int, "本次追加金额（分）"]
    original_fen: Annotated[int, "原合同金额（分）"]
    used_fen: Annotated[int, "此前各补充协议追加的金额合计（分）"]
    amended_fen: Annotated[int, "本补充协议生效后的合同金额（分）"]
    committed_fen: Annotated[int, "该合同各出资方已落实的资金合计（分）"]
    needed_fen: Annotated[int, "尚须各出资方追加落实的金额（分）"]
    year: Annotated[int, "合同资金所属的预算年度；没有项目则为 0"]
    term_ends_on: Annotated[date | None, "本补充协议生效后的资助期止"]
    yearend_due: Annotated[bool, "该合同的年终评估是否尚未启动"]
    self_due: Annotated[bool, "该合同的年度服务自我评估是否尚未提交"]
    funds_due: Annotated[bool, "该合同的年度资金使用报告是否尚未提交"]
    use_planned: Annotated[bool, "该合同的经费预算是否已经核准"]

    @classmethod
    def of(cls, amendment: Amendment, dossier: Dossier) -> Self:
        contract = amendment.contract
        agreed = contract.amount_fen or 0
        amended = agreed if amendment.complete(dossier.regime) else agreed + amendment.added_fen
        committed = committed_fen(contract, dossier)
        item = contract.item or next(iter(dossier.all(PlanItem)), None)
        held = {row.moment for row in dossier.all(Assessment) if row.contract_id == contract.pk}
        told = {row.topic for row in dossier.all(YearlyReport) if row.contract_id == contract.pk}
        plans = [plan for plan in dossier.all(UsePlan) if plan.contract_id == contract.pk]
        return cls(
            copied=amendment.finance_copied_on is not None,
            added_fen=amendment.added_fen,
            original_fen=agreed - contract.added_fen,
            used_fen=contract.added_fen,
            amended_fen=amended,
            committed_fen=committed,
            needed_fen=max(0, amended - committed),
            year=item.year if item else 0,
            term_ends_on=amendment.ends_on or contract.ends_on,
            yearend_due=Moment.YEAREND not in held,
            self_due=YearlyReport.Topic.SELF not in told,
            funds_due=YearlyReport.Topic.FUNDS not in told,
            use_planned=any(plan.state == UsePlan.State.APPROVED for plan in plans),
        )


def committed_fen(contract: Contract, dossier: Dossier) -> int:
    """What the payers of a contract have committed in all."""
    shares = contract.shares(dossier.all(Share))
    return sum(share.amount_fen for share in shares if share.state == Share.State.COMMITTED)


@dataclass(frozen=True, slots=True)
class AmendmentGate:
    """What a rule on an amendment's action may name. `contract` is the one that is amended, as it stands."""

    purchase: PurchaseFacts
    award: AwardFacts
    grant: GrantFacts
    contract: ContractFacts
    amendment: AmendmentFacts

    @classmethod
    def of(cls, amendment: Amendment, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), AwardFacts.of(dossier), GrantFacts.of(dossier),
            ContractFacts.of(amendment.contract), AmendmentFacts.of(amendment, dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TopUpGate:
    """What a rule on the money added for an amendment may name: `share` is what is added, `fund` the line that holds
    the payer's share now."""

    purchase: PurchaseFacts
    item: ItemFacts
    share: ShareFacts
    fund: LineFacts

    @classmethod
    def of(cls, topup: TopUp, dossier: Dossier) -> Self:
        share = topup.share
        line = sharing.held_in(share.fund) if share.fund else None
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier, share.item),
            ShareFacts(topup.amount_fen, str(topup.payer.division.level), share.item.year),
            LineFacts(line.amount_fen if line else None, line.available_fen if line else None),
        )  # fmt: skip
