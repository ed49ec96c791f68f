"""Is the ledger still what it was? Every row is read; what does not fit is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .append import commitment
from .fault import Fault
from .models import Entry, Opening, Pending, TreeHead
from .reading import CHUNK, ORPHANS, PENDING, TWICE, entries, rows, snapshot
from .tree import Tree

__all__ = ["Fault", "summary", "verify"]


def verify(using: str = "default") -> Iterator[Fault]:
    """Every fault of the ledger; none: it is whole. Reads one state of the database while others go on writing.

    The caller must not write on the same connection before the last fault.
    """
    connection = connections[using]
    with snapshot(connection):
        record = _Record(connection)
        yield from record.faults()
        yield from Tree(connection, doubted=record.doubted).faults()
        yield from _openings(using, record.told)


class _Row(NamedTuple):
    """An entry as `reading.entries` gives it; `seq` and `leaf` None: it has no leaf."""

    pk: int
    digest: str
    subject: str
    version: int
    prev: str
    begin: str
    text: bytes
    seq: int | None
    leaf: str | None

    @property
    def fits(self) -> bool:
        """The text begins with what the columns say."""
        return self.text.startswith(self.begin.encode())

    def fault(self, reason: str) -> Fault:
        return Fault("changed", reason, self.subject, self.version, self.pk, self.seq)


class _Record:
    """The entries one by one: text against digest, columns against text, leaf against digest, link to the one before.

    `told`: entries with a fault of their own. `doubted`: seqs of leaves that may hold another hash than they did.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.told: set[int] = set()
        self.doubted: set[int] = set()
        self._leaves = 0
        self._waiting = {pk for (pk,) in rows(connection, PENDING)}
        self._strangers: list[_Row] = []  # entries whose leaf holds another digest
        self._last: dict[str, tuple[int, str | None, int, int | None]] = {}  # version, digest if sure, id, seq

    def faults(self) -> Iterator[Fault]:
        last, start = self._last, (0, "", 0, None)
        for row in entries(self.connection):
            pk, digest, subject, version, prev, begin, body, seq, leaf = row
            text = body if isinstance(body, bytes) else body.encode()
            actual = sha256(b"\0" + text).hexdigest()
            before = last.get(subject, start)
            sound = actual == digest == leaf and text.startswith(begin.encode())
            if sound and version == before[0] + 1 and prev == before[1]:
                last[subject] = (version, digest, pk, seq)
                self._leaves += 1
            else:
                yield from self._examine(_Row(*row)._replace(text=text), actual)
        yield from self._exchanged()
        yield from self._unpaired()

    def _examine(self, row: _Row, actual: str) -> list[Fault]:
        """What is wrong with this entry, or with its place among its subject's."""
        self._leaves += row.seq is not None
        found = self._itself(row, actual)
        unsure = any(fault.kind == "changed" for fault in found)
        if row.seq is not None and row.leaf not in (row.digest, actual):
            self.doubted.add(row.seq)
            if not unsure:
                self._strangers.append(row)
            unsure = True
        subject, version, prev = _meant(row) if actual == row.digest else (row.subject, row.version, row.prev)
        number, digest, pk, seq = self._last.get(subject, (0, "", 0, None))
        if version > number + 1:
            found.append(Fault("removed", f"缺少第 {number + 1} 至 {version - 1} 号记录", subject, number + 1))
        elif version <= number:
            found.append(Fault("reordered", f"排在第 {number} 号之后", subject, version, row.pk, row.seq))
        elif not unsure and digest is not None and prev != digest:
            found.append(self._rewritten(subject, number, pk or row.pk, seq))
        if unsure:
            self.told.add(row.pk)
        self._last[subject] = (version, None if unsure else row.digest, row.pk, row.seq)
        return found

    def _itself(self, row: _Row, actual: str) -> list[Fault]:
        found = []
        if actual != row.digest:
            found.append(row.fault("摘要与正文和叶不符" if actual == row.leaf else "正文与摘要不符"))
        elif not row.fits:
            found.append(row.fault(f"表中各列与正文不符：{_differing(row)}"))
        if row.seq is None and row.pk not in self._waiting:
            reason = "没有叶，也不在待排之列"
            found.append(Fault("added", reason, row.subject, row.version, row.pk))
        return found

    def _rewritten(self, subject: str, version: int, pk: int, seq: int | None) -> Fault:
        """The next entry still holds the digest that this one had: text, digest and leaf were replaced together."""
        self.told.add(pk)
        if seq is not None:
            self.doubted.add(seq)
        reason = "与下一号记录所载的摘要不符" if version else "首号记录不应有上一号的摘要"
        return Fault("changed", reason, subject, max(version, 1), pk, seq)

    def _exchanged(self) -> Iterator[Fault]:
        """A leaf that is not its entry's digest: another such entry's (they changed places) or nobody's."""
        owner = {row.digest: row for row in self._strangers}
        for row in self._strangers:
            other = owner.get(row.leaf or "")
            if other:
                reason = f"其叶是 {other.subject} 第 {other.version} 号（记录 {other.pk}）的"
                yield Fault("reordered", reason, row.subject, row.version, row.pk, row.seq)
            else:
                yield row.fault("记录与其叶不符")

    def _unpaired(self) -> Iterator[Fault]:
        """Leaves without an entry; entries with a leaf that wait for another."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ledger_leaf")
            (leaves,) = cursor.fetchone()
        if leaves != self._leaves:
            for seq, pk in rows(self.connection, ORPHANS):
                yield Fault("removed", "叶所指的记录已不存在", entry=pk, seq=seq)
        for found in rows(self.connection, TWICE):
            yield Fault("added", "已有叶，却又列为待排", *found)


def _meant(row: _Row) -> tuple[str, int, str]:
    """Subject, version and prev as a text that fits its digest says them, whatever became of the columns."""
    if not row.fits:
        with suppress(ValueError, TypeError, KeyError):  # raised by a text that is not ours
            said = json.loads(row.text)
            return str(said["subject"]), int(said["version"]), str(said["prev"])
    return row.subject, row.version, row.prev


def _differing(row: _Row) -> str:
    """The names of the columns that no longer say what the text says."""
    try:
        said, now = json.loads(row.text), json.loads(row.begin + "0}")
        return "、".join(name for name in now if name != "content" and now[name] != said.get(name))
    except (ValueError, TypeError, AttributeError):
        return "正文不成格式"


def _openings(using: str, told: set[int]) -> Iterator[Fault]:
    """A personal value that is still kept must open the commitment at its path."""
    fields = ("path", "salt", "value", "entry_id", "entry__subject", "entry__version", "entry__body")
    kept = Opening.objects.using(using).order_by("entry_id", "pk").values_list(*fields)
    for path, salt, value, pk, subject, version, body in kept.iterator(chunk_size=CHUNK):
        if pk not in told and not _opens(path, salt, value, body):
            yield Fault("changed", f"{path} 的原文与承诺不符", subject, version, pk)


def _opens(path: str, salt: str, value: Any, body: str) -> bool:
    try:
        place = json.loads(body)["content"]
        for name in path.split("."):
            place = place[name]
        return bool(place == {"commitment": commitment(salt, value)})
    except (ValueError, TypeError, KeyError):
        return False


def summary(using: str = "default") -> dict[str, Any]:
    """How many entries there are, how many of them wait for a leaf, and the latest tree head."""
    latest = TreeHead.objects.using(using).order_by("-size").first()
    return {
        "entries": Entry.objects.using(using).count(),
        "pending": Pending.objects.using(using).count(),
        "size": latest.size if latest else 0,
        "root": latest.root if latest else "",
    }
