"""The tree of a ledger under verification: leaves without gaps, and every head the root of what it covers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from . import merkle
from .fault import Fault
from .models import Leaf
from .reading import HEADS, LEAVES, rows

Peaks = list[tuple[int, bytes]]
_OF_ENTRY = ("entry__subject", "entry__version")
_MOST = 200_000  # leaves hashed to find out what changed places; beyond it the run is named, not the leaf


@dataclass(frozen=True)
class _Head:
    size: int
    root: str
    text: str

    @property
    def peaks(self) -> Peaks | None:
        """The perfect subtrees it holds; None: they do not give its root, so the head itself was changed."""
        try:
            peaks = merkle.regrown(self.size, [bytes.fromhex(node) for node in json.loads(self.text)])
        except (ValueError, TypeError):
            return None
        return peaks if _root(peaks) == self.root else None


class _Place(NamedTuple):
    seq: int
    hash: str
    entry: int
    subject: str
    version: int

    def fault(self, reason: str) -> Fault:
        return Fault("reordered", reason, self.subject, self.version, self.entry, self.seq)


class _Run:
    """The leaves of one sequencing, from the head before to a head they do not give."""

    def __init__(self, base: Peaks, start: int, head: _Head, alias: str) -> None:
        self.base, self.start, self.head = base, start, head
        found = Leaf.objects.using(alias).filter(seq__gte=start, seq__lt=head.size).order_by("seq")
        self.places = [_Place(*row) for row in found.values_list(*_Place._fields[:3], *_OF_ENTRY)]

    def gives(self, places: list[_Place]) -> bool:
        peaks = list(self.base)
        for place in places:
            merkle.grow(peaks, _node(place.hash))
        return _root(peaks) == self.head.root

    def suspects(self) -> list[int]:
        """Positions that may hold a leaf of another run: a run is numbered in the order of its entries."""
        last = len(self.places) - 1
        entries = [place.entry for place in self.places]
        return [n for n, entry in enumerate(entries) if n in (0, last) or not entries[n - 1] < entry < entries[n + 1]]


class Tree:
    """Leaves and heads read side by side. After a fault it goes on from what the head says, so one fault is one.

    `doubted`: seqs of leaves already told to hold another hash than they did.
    """

    def __init__(self, connection: BaseDatabaseWrapper, *, doubted: set[int]) -> None:
        self.connection, self.doubted = connection, doubted
        self._trails: list[Peaks] = [[]]  # what the tree may be so far; none after a gap
        self._base: Peaks = []
        self._start = 0
        self._unexplained: list[_Run] = []

    def faults(self) -> Iterator[Fault]:
        heads = (_Head(*row) for row in rows(self.connection, HEADS))
        head, expected = next(heads, None), 0
        for seq, stored in rows(self.connection, LEAVES):
            if seq != expected:
                yield Fault("removed", f"缺少第 {expected} 至 {seq - 1} 号叶", seq=expected)
                self._trails = []
                while head and head.size <= seq:
                    self._adopt(head, whole=head.size == seq)
                    head = next(heads, None)
            expected = seq + 1
            node = _node(stored)
            for peaks in self._trails:
                merkle.grow(peaks, node)
            if head and head.size == expected:
                yield from self._compare(head)
                head = next(heads, None)
        if expected > self._start and head is None:
            yield Fault("head", f"第 {self._start} 号起的叶没有树头", seq=expected)
        if head:
            size = max([head.size, *(later.size for later in heads)])
            yield Fault("removed", f"树头记有 {size} 片叶，现只有 {expected} 片", seq=expected)
        yield from self._explain()

    def _compare(self, head: _Head) -> Iterator[Fault]:
        """A head must be the root of the leaves so far. Where it is not, both it and the leaves are followed on."""
        fits, own = [peaks for peaks in self._trails if _root(peaks) == head.root], head.peaks
        if own is None:
            yield Fault("head", "树头的根与子树根不符", seq=head.size)
            self._set(head, fits or self._trails)
            return
        if not fits and self._trails and not any(self._start <= seq < head.size for seq in self.doubted):
            self._unexplained.append(_Run(self._base, self._start, head, self.connection.alias))
        self._set(head, fits or [own, *self._trails])

    def _adopt(self, head: _Head, *, whole: bool) -> None:
        own = head.peaks if whole else None
        self._set(head, [own] if own else [])

    def _set(self, head: _Head, trails: list[Peaks]) -> None:
        self._trails, self._start = trails[:2], head.size
        self._base = list(trails[0]) if trails else []

    def _explain(self) -> Iterator[Fault]:
        """Leaves that changed places are told from leaves that were changed."""
        for run in self._unexplained:
            ordered = sorted(run.places, key=lambda place: place.entry)
            if run.gives(ordered):
                for place, right in zip(run.places, ordered, strict=True):
                    if place.seq != right.seq:
                        yield place.fault(f"此处原为第 {right.seq} 号叶")
            elif moved := self._moved(run):
                yield moved
            else:
                yield _changed(run)

    def _moved(self, run: _Run) -> Fault | None:
        """The leaf of another such run that, put in a place of this one, gives this one's head."""
        left = _MOST
        for other in self._unexplained:
            for stranger in other.places if other is not run else ():
                for n in run.suspects():
                    left -= len(run.places)
                    if left < 0:
                        return None
                    if run.gives([*run.places[:n], stranger, *run.places[n + 1 :]]):
                        return run.places[n].fault(f"此处原为第 {stranger.seq} 号叶")
        return None


def _changed(run: _Run) -> Fault:
    last = run.head.size - 1
    if run.start == last and run.places:
        only = run.places[0]
        reason = f"叶与前 {run.head.size} 片叶的树头不符"
        return Fault("changed", reason, only.subject, only.version, only.entry, only.seq)
    return Fault("changed", f"第 {run.start} 至 {last} 号叶与前 {run.head.size} 片叶的树头不符", seq=run.start)


def _root(peaks: Peaks) -> str:
    return merkle.fold([node for _size, node in peaks]).hex()


def _node(text: str) -> bytes:
    """A leaf's hash; of one that is no hash any more, something that fits no head."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return sha256(text.encode()).digest()
