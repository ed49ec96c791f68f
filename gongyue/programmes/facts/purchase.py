"""What rules may ask of a purchase, of its street and of its implementation plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase
from gongyue.policy import Regime
from gongyue.programmes.models import Authority, ImplementationPlan
from gongyue.programmes.streets import programme_for, unit_in

from .city import ValidityFacts


@dataclass(frozen=True, slots=True)
class PurchaseFacts:
    """The purchase itself; every gate above this room carries it."""

    mode: Annotated[str, "运作模式（试点规定的模式代码）"]
    scope: Annotated[str, "购买范围：centre 整体营办，project 单项服务"]
    bought: Annotated[bool, "是否属购买服务项目"]
    by_reference: Annotated[bool, "是否参照执行"]
    programme: Annotated[str, "所属试点，参照执行的为空"]
    opened_on: Annotated[date | None, "立项日期"]
    service_class: Annotated[str, "服务类别（规则包所列类别的代码），未分类的为空"]
    excluded: Annotated[list[str], "立项时声明涉及的不得购买事项（规则包所列事项的代码）"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        return cls.about(dossier.purchase)

    @classmethod
    def about(cls, purchase: Purchase) -> Self:
        """Also of a purchase that is not open yet, which has no dossier of its own."""
        opened = purchase.opened_at
        return cls(
            mode=purchase.mode, scope=str(purchase.scope), bought=purchase.bought, by_reference=purchase.by_reference,
            programme=purchase.programme, opened_on=opened.astimezone(LOCAL).date() if opened else None,
            service_class=purchase.service_class, excluded=list(purchase.excluded),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StreetFacts:
    """The place the purchase is opened for, as the pilot's list has it. One query."""

    listed: Annotated[bool, "是否列入试点街道名单"]
    mode: Annotated[str | None, "名单规定的运作模式"]
    projects: Annotated[int, "该街道在同一试点中的其他项目数"]

    @classmethod
    def of(cls, purchase: Purchase, regime: Regime) -> Self:
        street = purchase.division
        programme = regime.programmes.get(purchase.programme) if purchase.pk else programme_for(street, regime)
        if programme is None:
            return cls(listed=False, mode=None, projects=0)
        unit = unit_in(programme, street)
        others = Purchase.objects.filter(programme=programme.id, division=street).exclude(pk=purchase.pk)
        return cls(listed=unit is not None, mode=unit.mode if unit else None, projects=others.count())


@dataclass(frozen=True, slots=True)
class ImplementationFacts:
    """The purchase's implementation plan; state "" while there is none."""

    state: Annotated[str, "实施方案所处环节"]
    submitted_on: Annotated[date | None, "实施方案提交日期"]
    reviewed_on: Annotated[date | None, "实施方案审核日期"]
    approved_on: Annotated[date | None, "实施方案批准日期"]
    has_goals: Annotated[bool, "实施方案是否写明服务目标"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        plan = dossier.latest(ImplementationPlan)
        if plan is None:
            return cls(state="", submitted_on=None, reviewed_on=None, approved_on=None, has_goals=False)
        return cls(
            state=plan.state, submitted_on=plan.submitted_on, reviewed_on=plan.reviewed_on,
            approved_on=plan.approved_on, has_goals=bool(plan.goals.strip()),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """For whom the purchase is made and who represents that government, as the latest paper has it."""

    recorded: Annotated[bool, "是否已登记实施主体、代表机构和授权文件"]
    level: Annotated[str, "实施主体层级：city 市政府，district 区政府；未登记的为空"]
    issued_on: Annotated[date | None, "授权文件日期"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        authority = dossier.latest(Authority)
        if authority is None:
            return cls(recorded=False, level="", issued_on=None)
        return cls(recorded=True, level=authority.level, issued_on=authority.issued_on)


@dataclass(frozen=True, slots=True)
class PurchaseGate:
    """What rules on opening a purchase may name."""

    purchase: PurchaseFacts
    street: StreetFacts
    validity: ValidityFacts

    @classmethod
    def of(cls, purchase: Purchase, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.about(purchase), StreetFacts.of(purchase, dossier.regime), ValidityFacts.of(dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImplementationGate:
    """What rules on an implementation plan may name."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts

    @classmethod
    def of(cls, plan: ImplementationPlan, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), ImplementationFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class AuthorityGate:
    """What rules on the authority of a purchase may name."""

    purchase: PurchaseFacts
    authority: AuthorityFacts

    @classmethod
    def of(cls, authority: Authority, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), AuthorityFacts.of(dossier))
