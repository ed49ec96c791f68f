"""What rules may ask of a centre's founding: its sites, its old staff, its operator, changes of its plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import PurchaseSubject
from gongyue.programmes.models import OperatorEntity, Secondment, Site, StaffTransfer

from .purchase import ImplementationFacts, PurchaseFacts


@dataclass(frozen=True, slots=True)
class SitesFacts:
    """The sites in use, and the head offices among them."""

    open: Annotated[int, "未停用的场地数"]
    ready: Annotated[int, "其中已就绪的场地数"]
    heads: Annotated[int, "其中的总部数"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        used = [site for site in dossier.all(Site) if site.state != Site.State.CLOSED]
        ready = sum(site.state == Site.State.READY for site in used)
        return cls(len(used), ready, sum(site.is_head for site in used))


@dataclass(frozen=True, slots=True)
class SiteFacts:
    is_head: Annotated[bool, "本场地是否总部"]
    planned_on: Annotated[date | None, "本场地的计划就绪日期"]

    @classmethod
    def of(cls, site: Site) -> Self:
        return cls(site.is_head, site.planned_on)


@dataclass(frozen=True, slots=True)
class SiteGate:
    """What rules on a site may name."""

    purchase: PurchaseFacts
    site: SiteFacts
    sites: SitesFacts

    @classmethod
    def of(cls, site: Site, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), SiteFacts.of(site), SitesFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """Posts and people of the old centre. Who was seconded counts for no provider."""

    posts_left: Annotated[int | None, "原中心尚未转出的事业编制数，未登记的不详"]
    seconded: Annotated[int, "在中心派驻的原编制人员数"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        transfer = dossier.latest(StaffTransfer)
        away = sum(row.state == Secondment.State.SECONDED for row in dossier.all(Secondment))
        return cls(transfer.posts_left if transfer else None, away)


@dataclass(frozen=True, slots=True)
class StaffGate:
    """What rules on the old centre's staff may name."""

    purchase: PurchaseFacts
    staff: StaffFacts

    @classmethod
    def of(cls, subject: PurchaseSubject, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), StaffFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class EntityFacts:
    """The body that runs a mode-two centre."""

    registered: Annotated[bool, "承办实体是否已登记在案"]
    conflict: Annotated[bool, "业务主管单位是否就是举办者"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        entity = dossier.latest(OperatorEntity)
        return cls(entity is not None, entity is not None and entity.conflict)


@dataclass(frozen=True, slots=True)
class EntityGate:
    """What rules on the operator may name."""

    purchase: PurchaseFacts
    entity: EntityFacts

    @classmethod
    def of(cls, entity: OperatorEntity, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), EntityFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class FoundingGate:
    """What rules on anything else of the founding may name."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts

    @classmethod
    def of(cls, subject: PurchaseSubject, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), ImplementationFacts.of(dossier))
