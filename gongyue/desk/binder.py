"""汇编: a purchase's papers in order, as they are laid before an assessor: parts, kinds, papers, files.

Left out: files that are sealed or personal, subjects the reader must not know of (`tendering.queries.secrets`,
`visible_to`), bids that the reader may not read in full, and the registers of clients, referrals and complaints.
Kinds with very many rows give their number and the latest twenty. The number of queries depends on the kinds of the
regime, not on their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gongyue.kernel.actions import kinds
from gongyue.kernel.models import Document, Organisation, PurchaseSubject, Subject
from gongyue.ledger.models import Entry
from gongyue.tendering.models import Bid

from .casefile import CaseFile
from .papers import Section, paper
from .tabs import tabs_of
from .words import kind_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LATEST = 20  # rows shown of a numerous kind
CHUNK = 500  # keys asked for at once


@dataclass(frozen=True)
class Paper:
    """One subject: `number` is its place in the binder ("2.3.1"), `leaf` its latest entry in the ledger's tree."""

    number: str
    key: str
    about: str
    section: Section
    at: datetime | None = None
    leaf: int | None = None
    digest: str = ""
    files: list[Document] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """A kind of paper. `count`: all there are of it, of which a numerous kind shows the latest."""

    number: str
    title: str
    papers: list[Paper]
    numerous: bool
    count: int

    @property
    def files(self) -> int:
        return sum(len(paper.files) for paper in self.papers)


@dataclass(frozen=True)
class Part:
    """A part of the purchase's page."""

    number: int
    name: str
    label: StrOrPromise
    chapters: list[Chapter]


class Binder:
    """`binder.parts`, and what its cover says."""

    def __init__(self, case: CaseFile) -> None:
        self.case, self.purchase, self.regime = case, case.purchase, case.regime

    @property
    def provider(self) -> Organisation | None:
        return self.case.contract.provider if self.case.contract else None

    @cached_property
    def parts(self) -> list[Part]:
        rows = {tab.name: list(self._of(tab.name)) for tab in tabs_of(self.regime, self.case.today)}
        keys = [row.key for chapters in rows.values() for _kind, found, _count in chapters for row in found]
        entries, files = _entries(keys), self._files(keys)
        out: list[Part] = []
        for tab in tabs_of(self.regime, self.case.today):
            number = len(out) + 1
            chapters = [
                self._chapter(f"{number}.{n}", kind, found, count, entries, files)
                for n, (kind, found, count) in enumerate(rows[tab.name], 1)
            ]
            if chapters:
                out.append(Part(number, tab.name, tab.label, chapters))
        return out

    def _of(self, section: str) -> Iterator[tuple[type[PurchaseSubject], list[PurchaseSubject], int]]:
        """The kinds of one section that have anything to show."""
        for kind in ordered():
            if kind.section != section or not self.regime.acts(kind.kind):
                continue
            found, count = self._many(kind) if kind.numerous else self._few(kind)
            if found:
                yield kind, found, count

    def _few(self, kind: type[PurchaseSubject]) -> tuple[list[PurchaseSubject], int]:
        found = [row for row in self.case.dossier.all(kind) if self._open(row)]
        return found, len(found)

    def _many(self, kind: type[PurchaseSubject]) -> tuple[list[PurchaseSubject], int]:
        """The latest of them; none of a kind that is about single people (clients, complaints)."""
        if kind.visible_to is not Subject.visible_to:
            return [], 0
        rows: Any = kind._default_manager.filter(purchase=self.purchase)
        related = getattr(kind, "related", ())
        return list(rows.select_related(*related).order_by("-pk")[:LATEST]), rows.count()

    def _open(self, row: PurchaseSubject) -> bool:
        """Whether this reader may have the whole paper."""
        if isinstance(row, Bid):
            return row.pk in self._bids
        return row.visible_to(self.case.post) and row.key not in self.case.hidden

    @cached_property
    def _bids(self) -> frozenset[int]:
        return frozenset(bid.pk for bid in self.case.bids if bid.plan is not None)

    def _files(self, keys: list[str]) -> dict[str, list[Document]]:
        """By subject, in the order they came in."""
        out: dict[str, list[Document]] = {}
        for some in _several(keys):
            rows = Document.objects.filter(purchase=self.purchase, subject__in=some, restricted=False)
            for row in rows.order_by("pk"):
                out.setdefault(row.subject, []).append(row)
        return out

    def _chapter(
        self, number: str, kind: type[PurchaseSubject], rows: list[PurchaseSubject], count: int,
        entries: dict[str, Entry], files: dict[str, list[Document]],
    ) -> Chapter:  # fmt: skip
        papers = [
            self._paper(f"{number}.{n}", row, entries.get(row.key), files.get(row.key, []), len(rows) > 1)
            for n, row in enumerate(rows, 1)
        ]
        return Chapter(number, kind_name(kind.kind), papers, kind.numerous, count)

    def _paper(
        self, number: str, row: PurchaseSubject, entry: Entry | None, files: list[Document], told_apart: bool
    ) -> Paper:
        shown = paper(row, self.regime, told_apart=told_apart)
        leaf = getattr(entry, "leaf", None)
        return Paper(
            number, row.key, shown.about, shown, entry.at if entry else None, leaf.seq if leaf else None,
            entry.digest if entry else "", files,
        )  # fmt: skip


def ordered() -> list[type[PurchaseSubject]]:
    """Every kind in the order the rooms declare them, but none before the one it follows."""
    out: list[type[PurchaseSubject]] = []

    def put(kind: type[PurchaseSubject]) -> None:
        if kind.follows is not None and kind.follows not in out:
            put(kind.follows)
        if kind not in out:
            out.append(kind)

    for kind in kinds():
        if issubclass(kind, PurchaseSubject):
            put(kind)
    return out


def _several(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _entries(keys: list[str]) -> dict[str, Entry]:
    """The latest entry of each subject."""
    out: dict[str, Entry] = {}
    for some in _several(keys):
        for entry in Entry.objects.filter(subject__in=some).select_related("leaf").defer("body").order_by("pk"):
            out[entry.subject] = entry
    return out
