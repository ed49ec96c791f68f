"""Is the ledger still what it was? Every row is read; what does not fit is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from django.db import connection

from . import merkle
from .append import commitment, head
from .models import Entry, Leaf, Opening, Pending, TreeHead

Kind = Literal["changed", "removed", "added", "reordered", "head"]
_CHUNK = 2000


@dataclass(frozen=True)
class Fault:
    """One row that is not what it was. `entry` and `seq` are its keys in the tables, where it has them."""

    kind: Kind
    reason: str
    subject: str = ""
    version: int = 0
    entry: int | None = None
    seq: int | None = None

    def __str__(self) -> str:
        where = [f"entry {self.entry}" if self.entry else "", f"leaf {self.seq}" if self.seq is not None else ""]
        row = f"{self.subject} v{self.version}" if self.subject else ""
        return f"[{self.kind}] {' '.join(w for w in [*where, row] if w)}：{self.reason}"


def verify() -> Iterator[Fault]:
    """Every fault of the ledger, in the order found; nothing: it is whole."""
    chains: dict[str, tuple[int, str]] = {}
    yield from _tree(chains)
    if Entry.objects.count() != Leaf.objects.count():
        yield from _outside(chains)
    yield from _openings()


@dataclass(frozen=True)
class _Dialect:
    """How a database is asked whether a text begins with what its columns say: sparing a row its conversions."""

    moment: str
    uuid: str
    starts: str
    body: str


_DIALECTS = {
    "sqlite": _Dialect(
        moment="replace({0}, ' ', 'T') || CASE length({0}) WHEN 19 THEN '.000000Z' ELSE 'Z' END",
        uuid="substr({0},1,8)||'-'||substr({0},9,4)||'-'||substr({0},13,4)||'-'||substr({0},17,4)||'-'||substr({0},21)",
        starts="instr({0}, {1}) = 1",
        body="CAST(e.body AS BLOB)",
    ),
    "postgresql": _Dialect(
        moment="to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        uuid="{0}::text",
        starts="starts_with({0}, {1})",
        body="e.body",
    ),
}


def _columns() -> str:
    """The columns of an entry, its text, and whether the text begins with `append.head` of the columns."""
    say = _DIALECTS[connection.vendor]
    names = ("organisation_id", "person_id", "post_id", "purchase")
    by, person, post, purchase = (f"'||coalesce(CAST(e.{name} AS text), 'null')||'" for name in names)
    at, recorded, request = (
        say.moment.format("e.at"),
        say.moment.format("e.recorded_at"),
        say.uuid.format("e.request_id"),
    )
    begin = head(
        "'||e.action||'", f"'||{at}||'", by, person, post, "'||e.prev||'", purchase, f"'||{recorded}||'",
        "'||e.regime||'", f"'||{request}||'", "'||e.subject||'", "'||e.version||'",
    )  # fmt: skip
    fits = say.starts.format("e.body", f"('{begin}')")
    return f"e.id, e.digest, e.subject, e.version, e.prev, {fits}, {say.body}"


def _sequenced() -> str:
    return (
        f"SELECT l.seq, l.hash, l.entry_id, {_columns()} FROM ledger_leaf l "
        "LEFT JOIN ledger_entry e ON e.id = l.entry_id ORDER BY l.seq"
    )


def _unsequenced() -> str:
    return (
        f"SELECT p.entry_id, {_columns()} FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id "
        "LEFT JOIN ledger_pending p ON p.entry_id = e.id WHERE l.id IS NULL ORDER BY e.id"
    )


def _rows(statement: str) -> Iterator[tuple[Any, ...]]:
    """Straight from the driver: every row of the ledger is read, so what a row costs is what verifying costs."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _tree(chains: dict[str, tuple[int, str]]) -> Iterator[Fault]:
    """Leaves without gaps, each its entry's digest; entries true to their text and chain; heads the roots of it all."""
    heads = dict(TreeHead.objects.order_by("size").values_list("size", "root"))
    peaks: list[tuple[int, bytes]] = []
    expected = 0
    misplaced: list[tuple[int, str, int, str, int]] = []
    for row in _rows(_sequenced()):
        seq, stored, leaf_of, pk, digest, subject, version = row[:7]
        if seq != expected:
            yield Fault("removed", f"缺少第 {expected} 至 {seq - 1} 号叶", seq=seq)
        expected = seq + 1
        if pk is None:
            yield Fault("removed", "叶所指的记录已不存在", entry=leaf_of, seq=seq)
        else:
            yield from _entry(row[3:], chains)
            if digest != stored:
                misplaced.append((seq, stored, pk, subject, version))
        merkle.grow(peaks, bytes.fromhex(stored))
        if expected in heads:
            actual = merkle.fold([node for _size, node in peaks]).hex()
            if heads.pop(expected) != actual:
                yield Fault("head", f"前 {expected} 片叶的根与树头不符", seq=seq)
    yield from _misplaced(misplaced)
    for size in heads:
        yield Fault("removed", f"树头记有 {size} 片叶，现只有 {expected} 片", seq=expected)


def _entry(columns: tuple[Any, ...], chains: dict[str, tuple[int, str]]) -> list[Fault]:
    """Text against digest, columns against text, and the link to the subject's entry before."""
    pk, digest, subject, version, prev, fits, body = columns
    before, chained = chains.get(subject, (0, ""))
    chains[subject] = (version, digest)
    found = []
    data = body if isinstance(body, bytes) else body.encode()
    if sha256(b"\0" + data).hexdigest() != digest:
        found.append(Fault("changed", "正文与摘要不符", subject, version, pk))
    elif not fits:
        found.append(Fault("changed", "表中各列与正文不符", subject, version, pk))
    if version > before + 1:
        found.append(Fault("removed", f"缺少第 {before + 1} 至 {version - 1} 号记录", subject, version, pk))
    elif version <= before:
        found.append(Fault("reordered", f"第 {version} 号排在第 {before} 号之后", subject, version, pk))
    elif prev != chained:
        found.append(Fault("changed", "与上一条记录的链接不符", subject, version, pk))
    return found


def _outside(chains: dict[str, tuple[int, str]]) -> Iterator[Fault]:
    """Entries without a leaf: waiting for one, or come in beside the door."""
    for waiting, *columns in _rows(_unsequenced()):
        yield from _entry(tuple(columns), chains)
        if waiting is None:
            yield Fault("added", "没有经过排序的记录", columns[2], columns[3], columns[0])


def _misplaced(found: list[tuple[int, str, int, str, int]]) -> Iterator[Fault]:
    """A leaf that is not its entry's digest: another entry's (the order was changed) or nobody's (the leaf was)."""
    for seq, stored, entry, subject, version in found:
        other = Entry.objects.filter(digest=stored).values_list("pk", "subject", "version").first()
        if other:
            reason = f"此处原为 {other[1]} 第 {other[2]} 号（entry {other[0]}）"
            yield Fault("reordered", reason, subject, version, entry, seq)
        else:
            yield Fault("changed", "叶与记录的摘要不符", subject, version, entry, seq)


def _openings() -> Iterator[Fault]:
    """A personal value that is still kept must open its commitment."""
    rows = Opening.objects.select_related("entry").order_by("pk")
    for opening in rows.iterator(chunk_size=_CHUNK):
        if f'"{commitment(opening.salt, opening.value)}"' not in opening.entry.body:
            entry = opening.entry
            yield Fault("changed", f"{opening.path} 的原文与承诺不符", entry.subject, entry.version, entry.pk)


def summary() -> dict[str, Any]:
    """How many entries there are, and the latest tree head."""
    latest = TreeHead.objects.order_by("-size").first()
    return {
        "entries": Entry.objects.count(),
        "pending": Pending.objects.count(),
        "size": latest.size if latest else 0,
        "root": latest.root if latest else "",
    }
