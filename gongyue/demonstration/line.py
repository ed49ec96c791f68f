"""One street's purchase, told by performing the real actions in the regime's own order of milestones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from gongyue.assessment.models import Assessment, Evaluation
from gongyue.budget.models import PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.kernel import regimes
from gongyue.kernel.actions import Action, of
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, PurchaseSubject, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome
from gongyue.needs.models import NeedsAssessment, ResourceInventory, ServiceProposal
from gongyue.payments.models import Claim, Payment
from gongyue.policy import Regime
from gongyue.programmes.models import Authority, ImplementationPlan
from gongyue.tendering.models import Bid, ScoreSheet, StandardGroup, Tender

from .cast import Cast, must
from .papers import PAPERS

SECOND = ("review", "approve", "return")  # what the bureau's second officer does


class Line:
    """Walks one pilot street's purchase; every step takes the day it happens on. Input not given comes from PAPERS."""

    def __init__(self, cast: Cast, district: str, street: str) -> None:
        self.cast, self.district = cast, district
        self.street = Division.objects.get(pk=Division.street_code(district, street))
        self.unit = cast.programme.unit(district, street)
        self._purchase: Purchase | None = None

    @cached_property
    def regime(self) -> Regime:
        return regimes.current(self.cast.regime)

    @property
    def purchase(self) -> Purchase:
        assert self._purchase is not None, "the purchase is not open yet"
        self._purchase.refresh_from_db()
        return self._purchase

    def latest(self, kind: type[PurchaseSubject]) -> Any:
        return kind._default_manager.filter(purchase=self._purchase).order_by("pk").last()

    def actor(self, name: str) -> Post:
        """The post of the cast that does this under the regime, by what the capacity's organisation is."""
        who = self.regime.who(name)
        assert who is not None, f"{self.cast.regime} has no {name}"
        capacity = self.regime.capacities[who.capacities[0]]
        seat = 1 if name.rpartition(".")[2] in SECOND else 0
        cast = self.cast
        if capacity.by == "award":
            return next(p for p in cast.social if p.organisation_id == self.latest(Tender).winner.organisation_id)
        if capacity.by == "appointment":
            return self.evaluator
        places: dict[tuple[str, str], list[Post | None]] = {
            ("street_office", "street"): [cast.streets[self.street.pk]],
            ("civil_affairs", "district"): [*cast.bureaus[self.district]],
            ("civil_affairs", "city"): [*cast.city],
            ("finance", "district"): [cast.finances[self.district]],
            ("finance", "city"): [cast.city_finance],
            ("audit", "district"): [cast.audits.get(self.district)],
            ("audit", "city"): [cast.audits.get(self.regime.jurisdiction)],
            ("legal", "city"): [cast.legal],
            ("residents_committee", "street"): [cast.committees.get(self.street.pk)],
            ("public", "city"): [cast.public],
        }
        posts = places[(capacity.organisations[0], capacity.levels[0])]
        post = posts[min(seat, len(posts) - 1)]
        assert post is not None
        return post

    @property
    def evaluator(self) -> Post:
        assert self.cast.evaluator is not None
        return self.cast.evaluator

    def act(
        self, name: str, subject: Subject | None, on: date | datetime, /, *, actor: Post | None = None,
        seed: str = "", **data: Any,
    ) -> Outcome:  # fmt: skip
        """One action: on this subject, or on the unborn one; raises Refused where it is refused."""
        actor = actor or self.actor(name)
        at = on if isinstance(on, datetime) else datetime.combine(on, time(10), LOCAL)
        if subject is None:
            purchase = None if self._purchase is None else self.purchase
            subject = find(name, actor=actor, at=at, purchase=purchase, seed=seed)
            assert subject is not None, f"nothing to {name} (seed {seed!r})"
        paper = PAPERS[name](self, subject, at.astimezone(LOCAL).date()) if name in PAPERS else {}
        return must(name, subject, actor, at, paper | data)

    def open(self, on: date) -> Purchase:
        outcome = self.act("purchase.open", None, on)
        self._purchase = Purchase.objects.get(pk=outcome.subject.pk)
        return self.purchase

    def through(self, kind: type[PurchaseSubject], until: str, *days: date, **data: Any) -> Any:
        """Bring the latest subject of a kind to a milestone, one main-line action a day (the last day repeats)."""
        pace = iter(days)
        on = next(pace)
        for act in self.main_line(kind, until):
            subject = self.latest(kind)
            ended = subject is not None and subject.state in {"failed", "withdrawn"}
            self.act(act.name, None if ended else subject, on, **data.get(act.name, {}))
            on = next(pace, on)
        return self.latest(kind)

    def main_line(self, kind: type[PurchaseSubject], until: str) -> list[Action]:
        """The actions from where the kind's latest subject stands to a milestone, as the regime orders them."""
        subject = self.latest(kind)
        order = self.regime.order(kind.kind, subject.method if subject else "")
        assert order is not None
        done = order.milestones.index(subject.state) + 1 if subject and subject.state in order.milestones else 0
        wanted = order.milestones[done : order.milestones.index(until) + 1]
        method = subject.method if subject else ""
        by_milestone = {
            act.reaches: act for act in of(kind) if act.sources is None and act.reaches and act.serves(method)
        }
        return [by_milestone[step] for step in wanted if step in by_milestone]

    # --- the stages of a purchase, each in one call -----------------------------------------------------------

    def plan(self, submitted: date, reviewed: date, approved: date) -> ImplementationPlan:
        plan: ImplementationPlan = self.through(ImplementationPlan, "approved", submitted, reviewed, approved)
        return plan

    def assess_needs(self, started: date, concluded: date) -> NeedsAssessment:
        """Needs, and where the regime asks for it what is proposed and argued from them, on the day they are known."""
        needs: NeedsAssessment = self.through(NeedsAssessment, "concluded", started, concluded)
        if self.regime.acts(ServiceProposal.kind):
            self.through(ResourceInventory, "recorded", concluded)
            self.through(ServiceProposal, "argued", concluded)
        return needs

    def budget(self, proposed: date, approved: date, committed: date) -> PlanItem:
        item: PlanItem = self.through(PlanItem, "approved", proposed, approved)
        self.commit(committed)
        self.authorise(committed)
        return item

    def authorise(self, on: date) -> None:
        """On whose authority it is bought and by which quality standard, where the regime asks for it."""
        if self.regime.acts(Authority.kind):
            self.act("authority.record", None, on)
        if self.regime.acts(StandardGroup.kind):
            self.act("standardgroup.record", None, on)

    def commit(self, on: date, *, only: Callable[[Share], bool] = lambda share: True) -> None:
        rows = Share.objects.filter(purchase=self.purchase, state="arranged").select_related("payer")
        for share in rows.order_by("pk"):
            if only(share):
                self.act("share.commit", share, on, actor=self.payer(share.payer))

    def _payers(self) -> list[Post]:
        assert self.cast.city_finance is not None
        return [self.cast.city_finance, self.cast.finances[self.district]]

    def payer(self, organisation: Organisation) -> Post:
        """Whoever pays for this finance organisation."""
        return next(post for post in self._payers() if post.organisation_id == organisation.pk)

    def bid(self, on: date, prices: dict[int, str]) -> list[Bid]:
        """Organisations of the cast (by index) bid at these prices, in yuan."""
        for index, price in prices.items():
            self.act("bid.submit", None, on, actor=self.cast.social[index], price=price)
        return list(Bid.objects.filter(purchase=self.purchase, state="submitted"))

    def open_bids(self, on: datetime | date, *, unfit: int | None = None) -> None:
        """Every bidder is reviewed; the organisation of the cast with this index is found unfit."""
        self.act("tender.open", self.latest(Tender), on)
        for bid in Bid.objects.filter(purchase=self.purchase, tender=self.latest(Tender), state="submitted"):
            fit = unfit is None or bid.organisation_id != self.cast.social[unfit].organisation_id
            self.act("bid.qualify" if fit else "bid.disqualify", bid, on)

    def qualified(self) -> list[Bid]:
        """The bids that experts score, in the order they came."""
        return list(Bid.objects.filter(tender=self.latest(Tender), state="qualified").order_by("pk"))

    def score(self, on: date, experts: int = 3) -> None:
        for expert in self.cast.experts[:experts]:
            self.act("sheet.submit", None, on, actor=expert)

    def pay(self, claim: Claim, on: date, *, only: Callable[[Payment], bool] = lambda payment: True) -> None:
        for payment in Payment.objects.filter(claim=claim, state="due").select_related("payer").order_by("pk"):
            if only(payment):
                self.act("payment.pay", payment, on, actor=self.payer(payment.payer))

    def claim(self, number: int, submitted: date, checked: date) -> Claim:
        self.act("claim.submit", None, submitted, seed=str(number))
        self.act("claim.check", self.latest(Claim), checked)
        claim: Claim = self.latest(Claim)
        return claim

    def assess(self, moment: str, opened: date, concluded: date) -> Assessment:
        self.act("assessment.open", None, opened, seed=moment)
        self.act("assessment.conclude", self.latest(Assessment), concluded)
        assessment: Assessment = self.latest(Assessment)
        return assessment

    def assessment(self, moment: str) -> Assessment:
        """The latest one of a moment."""
        return Assessment.objects.filter(purchase=self.purchase, moment=moment).latest("pk")

    def evaluation(self, series: str) -> Evaluation:
        return Evaluation.objects.get(purchase=self.purchase, series=series)

    def dossier(self, on: date) -> Dossier:
        return Dossier(self.purchase, at=datetime.combine(on, time(10), LOCAL), regime=self.regime)

    def sheets(self) -> list[ScoreSheet]:
        return list(ScoreSheet.objects.filter(purchase=self.purchase))

    def contract(self) -> Contract:
        contract: Contract = self.latest(Contract)
        return contract


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)
