"""A project and a provider as the public sees them: five blocks, each from what has been published already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongyue.assessment.models import Assessment, Evaluation, Framework
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.findings import language
from gongyue.kernel.models import Document, Organisation, Purchase
from gongyue.needs.results import FEW, satisfaction
from gongyue.payments.models import Payment
from gongyue.policy.words import shown
from gongyue.programmes.models import ImplementationPlan
from gongyue.programmes.streets import modes_of
from gongyue.tendering.models import Tender

from .forms import years
from .models import ProjectFacts, ProviderFile, Publication
from .queries import _public, notices_of

if TYPE_CHECKING:
    from .queries import PublicNotice

SIGNED = (Contract.State.SIGNED, Contract.State.FILED)


@dataclass(frozen=True)
class Line:
    """A value by its name. `unit`: fen, bp or text; `url`: where more is told."""

    name: str
    value: Any
    unit: str = "text"
    organisation: int | None = None  # whose page tells more
    told: str = ""  # what it counts as among what is wanted, where its name says more


@dataclass(frozen=True)
class Block:
    """One of the five things the norm wants public; without lines nothing of it has been published yet."""

    id: str
    title: str
    lines: list[Line]
    wanted: Sequence[str] = ()

    @property
    def missing(self) -> list[str]:
        """What belongs into it and is not there yet."""
        names = {line.told or line.name for line in self.lines}
        return [name for name in self.wanted if name not in names]


@dataclass(frozen=True)
class Project:
    purchase: Purchase
    blocks: list[Block]
    notices: list[PublicNotice]
    channels: dict[int, list[Publication]]  # by the notice's entry


def projects(regime: str | None = None) -> QuerySet[Purchase]:
    """The purchases of which anything has been published, latest first."""
    published = _public(None, regime).order_by().values("purchase")
    return Purchase.objects.filter(pk__in=published).select_related("division__parent").order_by("-pk")


def project(purchase: Purchase, dossier: Dossier) -> Project:
    """What the public may know of a purchase. Nothing of a call that takes bids but what its notice says; no person."""
    channels: dict[int, list[Publication]] = {}
    for row in Publication.objects.filter(purchase=purchase).order_by("published_on", "pk"):
        channels.setdefault(row.notice, []).append(row)
    tender = dossier.latest(Tender)
    called = tender if tender is not None and tender.announced_at is not None else None
    contracts = [contract for contract in dossier.all(Contract) if contract.state in SIGNED]
    facts = dossier.all(ProjectFacts)
    blocks = [
        Block("scope", _("项目范围"), list(_scope(purchase, dossier, called, contracts, facts)),
              [_("服务需求"), _("资助期"), _("服务内容")]),
        Block("standard", _("执行标准"), list(_standard(called, contracts, facts)),
              [_("服务质量标准"), _("合同约定的质量标准"), _("服务方式")]),
        Block("parties", _("双方资料"), list(dict.fromkeys(_parties(called, contracts))),
              [_("购买主体"), _("承接主体")]),
        Block("method", _("评估方法"), list(_method(called, dossier)), [_("评估体系")]),
        Block("effect", _("效果跟踪"), list(_effect(dossier, facts)),
              [_("预期效果"), _("评估结果"), _("服务对象满意度")]),
    ]  # fmt: skip
    return Project(purchase, blocks, notices_of(purchase), channels)


def _scope(
    purchase: Purchase, dossier: Dossier, tender: Tender | None, contracts: list[Contract], facts: list[ProjectFacts]
) -> Iterable[Line]:
    plan = dossier.latest(ImplementationPlan)
    if plan is not None and plan.state == ImplementationPlan.State.APPROVED and plan.former_name:
        yield Line(_("前身"), plan.former_name)
    if mode := modes_of(dossier.regime).get(purchase.mode):
        yield Line(_("运作模式"), mode)
    yield Line(_("购买范围"), purchase.get_scope_display())
    if tender is not None:
        yield Line(_("服务需求"), tender.requirement)
        yield Line(_("最高限价"), tender.ceiling_fen, "fen")
    for contract in contracts:
        term = f"{contract.starts_on:%Y-%m-%d} — {contract.ends_on:%Y-%m-%d}"
        yield _yearly(contracts, contract, _("合同金额"), contract.amount_fen, "fen")
        yield _yearly(contracts, contract, _("资助期"), term)
    for one in facts:
        yield _told_of(one, _("服务内容"), one.content)


def _yearly(contracts: list[Contract], contract: Contract, name: str, value: Any, unit: str = "text") -> Line:
    """Of which year's contract a line tells, where there are several."""
    if len(contracts) < 2:
        return Line(name, value, unit)
    if contract.one_of_several:
        return Line(_("%(name)s（%(number)s）") % {"name": name, "number": contract.number}, value, unit, told=name)
    told = {"name": name, "year": contract.year_number, "number": contract.number}
    return Line(_("%(name)s（第 %(year)s 年，%(number)s）") % told, value, unit, told=name)


def _told_of(facts: ProjectFacts, name: str, value: str) -> Line:
    """Of which contract's project a provider tells, where there are several."""
    if not facts.seed:
        return Line(name, value)
    return Line(_("%(name)s（%(number)s）") % {"name": name, "number": facts.seed}, value, told=name)


def _standard(tender: Tender | None, contracts: list[Contract], facts: list[ProjectFacts]) -> Iterable[Line]:
    if tender is not None:
        yield Line(_("服务质量标准"), tender.quality_standard)
    for contract in contracts:
        yield _yearly(contracts, contract, _("合同约定的服务要求"), contract.service_requirements)
        yield _yearly(contracts, contract, _("合同约定的质量标准"), contract.quality_standard)
    for one in facts:
        yield _told_of(one, _("服务方式"), one.method)


def _parties(tender: Tender | None, contracts: list[Contract]) -> Iterable[Line]:
    called = _("成交供应商") if tender is not None and not tender.tendered else _("中标人")
    for bid in tender.winners if tender is not None and not contracts else ():
        yield Line(called, bid.organisation.name, organisation=bid.organisation_id)
    for contract in contracts:
        if contract.purchaser is not None:
            yield Line(_("购买主体"), contract.purchaser.name)
        if contract.provider is not None:
            yield Line(_("承接主体"), contract.provider.name, organisation=contract.provider.pk)
            yield Line(_("登记类型"), contract.provider.get_registration_display())
            yield Line(_("统一社会信用代码"), contract.provider.credit_code or "—")


def _method(tender: Tender | None, dossier: Dossier) -> Iterable[Line]:
    """How bidders were compared, and how the service is evaluated: the system the evaluators were given."""
    if tender is not None and tender.review_method == Tender.Review.LOWEST:
        yield Line(_("评审方法"), tender.get_review_method_display())
    for factor in tender.factors if tender is not None and tender.pointed else ():
        yield Line(_("评审因素：%(name)s") % {"name": factor["name"]}, _("%(n)s 分") % {"n": factor["points"]})
    framework = Framework.current(dossier.purchase.regime, dossier.purchase.scope)
    if framework is not None:
        yield Line(_("评估体系"), f"{framework}\n{framework.standard}")
        for row in framework.indicators:
            yield Line(f"{row['dimension']}：{row['indicator']}", row["weight"], "bp")


def _effect(dossier: Dossier, facts: list[ProjectFacts]) -> Iterable[Line]:
    for one in facts:
        yield _told_of(one, _("预期效果"), one.expected)
        if one.other:
            yield _told_of(one, _("其他情况"), one.other)
    yield from _evaluated(dossier)
    yield from _answered(dossier.purchase)
    paid: dict[str, int] = {}
    for payment in dossier.all(Payment):
        if payment.state == Payment.State.PAID:
            paid[payment.payer.name] = paid.get(payment.payer.name, 0) + payment.amount_fen
    for name, fen in paid.items():
        yield Line(_("%(payer)s已拨付") % {"payer": name}, fen, "fen")


def _evaluated(dossier: Dossier) -> Iterable[Line]:
    """What each evaluation came to, who made it and when; no reasons and no findings, which may name people."""
    for held in dossier.all(Assessment):
        if held.state == Assessment.State.CONCLUDED:
            yield _result(str(held.get_moment_display()), held, "")
    for one in dossier.all(Evaluation):
        if one.state == Evaluation.State.CONCLUDED:
            yield _result(str(one.get_series_display()), one, str(one.get_result_display()))


def _result(called: str, one: Assessment | Evaluation, result: str) -> Line:
    parts = [called, result]
    if one.quality_bp is not None:
        parts.append(_("质量得分 %(n)s") % {"n": _percent(bp=one.quality_bp)})
    if one.quantity_bp is not None:
        parts.append(_("数量完成 %(n)s") % {"n": _percent(bp=one.quantity_bp)})
    if one.evaluator is not None:
        parts.append(_("评估机构 %(name)s") % {"name": one.evaluator.name})
    parts.append(f"{one.concluded_on:%Y-%m-%d}")
    return Line(_("评估结果"), " · ".join(part for part in parts if part))


def _percent(*, bp: int) -> str:
    return shown(bp, "bp", language())


def _answered(purchase: Purchase) -> Iterable[Line]:
    """What those served answered; with too few answers their number only."""
    for survey, found in satisfaction(purchase):
        told = _("%(n)s 份答卷") % {"n": found.answers}
        mean = _("答卷太少") if found.answers < FEW else _percent(bp=found.mean_bp) if found.mean_bp is not None else ""
        parts = [survey.title, mean, told, f"{survey.closed_on:%Y-%m-%d}"]
        yield Line(_("服务对象满意度"), " · ".join(part for part in parts if part))


@dataclass(frozen=True)
class Year:
    """A year's three files: what stands, and what is missing."""

    year: int
    files: list[tuple[str, ProviderFile | None, list[Document]]]  # the item's name, its file, what is attached

    @property
    def missing(self) -> int:
        return sum(file is None for _name, file, _attached in self.files)


@dataclass(frozen=True)
class Provider:
    organisation: Organisation
    years: list[Year]
    contracts: list[Contract]
    running: list[Contract]
    facts: dict[int, ProjectFacts]  # by purchase


def provider(organisation: Organisation, today: date) -> Provider | None:
    """A social organisation that has signed a contract; None: none, so there is nothing to tell. Four queries."""
    signed = Contract.objects.filter(provider=organisation, state__in=SIGNED).select_related("purchase", "purchaser")
    contracts = list(signed.order_by("-signed_on", "-pk"))
    if not contracts:
        return None
    first = min(contract.signed_on or today for contract in contracts)
    own = Q(contract=None) | Q(contract__provider=organisation)
    facts = ProjectFacts.objects.filter(own, purchase__in=[c.purchase_id for c in contracts])
    return Provider(
        organisation=organisation, years=_years(organisation, years(first, today)), contracts=contracts,
        running=[c for c in contracts if c.ends_on is not None and c.ends_on >= today],
        facts={row.purchase_id: row for row in facts},
    )  # fmt: skip


def _years(organisation: Organisation, wanted: list[int]) -> list[Year]:
    files = list(ProviderFile.objects.filter(organisation=organisation))
    attached: dict[str, list[Document]] = {}
    for document in Document.objects.filter(subject__in=[file.key for file in files], restricted=False):
        attached.setdefault(document.subject, []).append(document)
    held = {(file.year, file.item): file for file in files}
    return [
        Year(year, [
            (str(label), held.get((year, item)), attached.get(held[year, item].key, []) if (year, item) in held else [])
            for item, label in ProviderFile.Item.choices
        ])
        for year in sorted({*wanted, *(file.year for file in files)}, reverse=True)
    ]  # fmt: skip


def ready_text(notice: PublicNotice) -> str:
    """A notice as plain text, to be pasted into the designated site."""
    head = f"{notice.purchase_title} {notice.title}".strip()
    lines = [f"{name}：{value}" for name, value in notice.fields]
    return "\n".join([head, *lines, f"{notice.published_at.astimezone(LOCAL):%Y-%m-%d}"])
