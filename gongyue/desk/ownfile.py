"""A purchase as an office sees it that was let in for a matter of its own: that matter, and what is public."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from gongyue.circulation.queries import Sheet, reached, sheets
from gongyue.disclosure.queries import PublicNotice, notices_of
from gongyue.kernel import regimes
from gongyue.kernel.actions import kinds
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Purchase, PurchaseSubject
from gongyue.kernel.offers import panel
from gongyue.kernel.queries import own_matters

from .citations import Chip, chip
from .panel import Panel, arrange
from .papers import Section, paper
from .session import DeskRequest
from .timeline import holder
from .todo import work_url
from .words import action_name


@dataclass(frozen=True)
class Matter:
    """A subject this office was asked about, or has acted on."""

    paper: Section
    url: str  # its own page; "" for what stands on the line of the purchase


@dataclass(frozen=True)
class Owed:
    """An open obligation of this office."""

    row: Obligation
    what: str
    holder: str
    url: str
    cite: Chip


class OwnFile:
    """`file.panel`, `file.matters`, `file.owed`, `file.sheets`, `file.notices`: read by the template."""

    def __init__(self, purchase: Purchase, request: DeskRequest) -> None:
        self.purchase, self.post, self.at, self.today = purchase, request.post, request.legal_now, request.today
        self.regime = regimes.current(purchase.regime)
        self.dossier = Dossier(purchase, at=self.at, regime=self.regime)

    @cached_property
    def panel(self) -> Panel:
        """What this office may do, and nothing of what others may."""
        found = panel(self.purchase, actor=self.post, at=self.at, dossier=self.dossier)
        owed = [one.row for one in self.owed]
        return arrange([offer for offer in found if offer.mine], self.regime, (), owed=owed, today=self.today)

    @cached_property
    def matters(self) -> list[Matter]:
        """One query a kind, by their keys alone: latest first."""
        wanted: dict[str, list[str]] = {}
        for key in own_matters(self.purchase, self.post):
            name, _colon, pk = key.partition(":")
            wanted.setdefault(name, []).append(pk)
        found: list[PurchaseSubject] = []
        for kind in kinds():
            if issubclass(kind, PurchaseSubject) and kind.kind in wanted:
                rows = kind._default_manager.filter(purchase=self.purchase, pk__in=wanted[kind.kind])
                rows = rows.select_related(*getattr(kind, "related", ()))
                for row in rows.order_by("-pk"):
                    row.purchase = self.purchase
                    if row.visible_to(self.post):
                        found.append(row)
        return [self._matter(row) for row in found]

    def _matter(self, row: PurchaseSubject) -> Matter:
        row.purchase = self.purchase
        url = ""
        if row.section != Purchase.section:
            url = reverse("desk:subject", args=[self.purchase.pk, row.kind, row.pk])
        return Matter(paper(row, self.regime, told_apart=True), url)

    @cached_property
    def owed(self) -> list[Owed]:
        rows = Obligation.objects.filter(
            purchase=self.purchase, organisation=self.post.organisation_id, is_open=True
        ).select_related("post", "post__person", "post__organisation", "purchase")
        rules = {rule.id: rule for rule in self.regime.all_obligations()}
        nothing: Chip = {"label": "", "url": ""}
        return [
            Owed(
                row, action_name(row.action), holder(row.post), work_url(row, self.regime),
                chip(self.regime, rules[row.rule].cite) if row.rule in rules else nothing,
            )
            for row in rows.order_by("queue_on", "pk")
            if not row.personal or row.post_id == self.post.pk
        ]  # fmt: skip

    @cached_property
    def sheets(self) -> list[Sheet]:
        """Papers whose opinion was asked of this office, or that were sent to it."""
        own = reached(self.purchase, self.post.organisation_id)
        return [one for one in sheets(self.dossier) if one.signoff.pk in own] if own else []

    @cached_property
    def notices(self) -> list[PublicNotice]:
        return notices_of(self.purchase)
