"""One subject beside the line, as its own page shows it."""

from __future__ import annotations

from functools import cached_property

from gongyue.kernel import regimes
from gongyue.kernel.capacities import in_purchase
from gongyue.kernel.models import Document, Obligation, PurchaseSubject, Role
from gongyue.kernel.offers import offers
from gongyue.ledger.models import Entry

from .panel import Panel, arrange
from .papers import Section, paper
from .session import DeskRequest
from .tabs import TABS, Tab
from .timeline import LATEST, Moment, moments
from .words import kind_name


class SubjectPage:
    """`page.paper`, `page.panel`, `page.timeline`, `page.documents`: each read once and only when it is shown."""

    def __init__(self, row: PurchaseSubject, request: DeskRequest) -> None:
        self.row, self.post, self.at, self.today = row, request.post, request.legal_now, request.today
        self.regime = regimes.current(row.regime_code)

    @property
    def title(self) -> str:
        return f"{kind_name(self.row.kind)} · {self.row}"

    @property
    def tab(self) -> Tab:
        return next(tab for tab in TABS if tab.name == self.row.section)

    @cached_property
    def paper(self) -> Section:
        return paper(self.row, self.regime, told_apart=True)

    @cached_property
    def panel(self) -> Panel:
        found = offers(self.row, actor=self.post, at=self.at)
        roles = Role.objects.filter(purchase=self.row.purchase).select_related("organisation")
        owed = Obligation.objects.filter(purchase=self.row.purchase, subject=self.row.key, is_open=True)
        return arrange(found, self.regime, roles, owed=owed, today=self.today)

    @cached_property
    def timeline(self) -> list[Moment]:
        rows = Entry.objects.filter(subject=self.row.key).select_related("leaf").order_by("-pk")[:LATEST]
        return moments(rows, self.regime, self.row.purchase)

    @cached_property
    def documents(self) -> list[Document]:
        return list(Document.objects.filter(subject=self.row.key, restricted=False).order_by("-pk"))

    @cached_property
    def capacities(self) -> frozenset[str]:
        """In which capacities the reader stands in the purchase."""
        return in_purchase(self.post, self.row.purchase, self.regime, self.today).capacities
