"""批量办理: rows are staged in bulk and checked by SQL; one action accepts them, and its entry holds their Merkle root.

A batch holds nothing sealed: its rows are covered by a hash without salt. What is personal stands in a row as a salted
commitment, its value apart, where it can be deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import override

from gongyue.ledger import merkle
from gongyue.ledger.models import Entry

from . import bulk, checking
from .checking import chunks
from .models import Batch, BatchRow, Organisation, Post, Purchase

COLUMNS = ("batch", "number", "data", "digest", "fault")


@dataclass(frozen=True)
class BatchFacts:
    """Counts of a staged batch. `repeated`: rows that say what an earlier one of it, or an accepted one, says too."""

    rows: int
    faults: int
    repeated: int

    @classmethod
    def of(cls, batch: Batch) -> BatchFacts:
        """Three counts by the database, from the rows as they stand; accepted ones of its kind and purchase."""
        content = BatchRow.objects.filter(batch=batch)
        known = BatchRow.objects.filter(Q(batch=batch) | Q(batch__in=_accepted(batch))).values("digest")
        rows = content.count()
        new = known.annotate(earlier=Count("pk", filter=~Q(batch=batch))).filter(earlier=0).count()
        return cls(rows=rows, faults=content.exclude(fault="").count(), repeated=rows - new)


def stage(
    *, kind: str, row_form: type[forms.Form], rows: Iterable[Mapping[str, str]], post: Post, purchase: Purchase | None,
    source: str,
) -> Batch:  # fmt: skip
    """Check every row with its form and keep it, with what is wrong with it; nothing of the purchase changes.

    `rows` is read once and never held whole; each chunk is a transaction of its own, so that nobody waits for a long
    file. What `rows` raises is raised again and leaves nothing behind. The post's faulty batches of this kind are
    replaced. TypeError: the form has a sealed field.
    """
    batch = begin(kind=kind, row_form=row_form, post=post, purchase=purchase, source=source)
    try:
        fill(batch, row_form=row_form, rows=rows)
    except Exception:
        batch.delete()
        raise
    return batch


def begin(
    *, kind: str, row_form: type[forms.Form], post: Post, purchase: Purchase | None, source: str,
    expected: int | None = None,
) -> Batch:  # fmt: skip
    """A batch without rows yet, for whoever reads a long file apart from the page. TypeError: as for `stage`."""
    if any(getattr(f, "sealed", False) for f in row_form.base_fields.values()):
        raise TypeError(f"{row_form.__name__} has fields that must not stand in a batch")
    return Batch.objects.create(kind=kind, post=post, purchase=purchase, source=source[:200], expected=expected)


def fill(batch: Batch, *, row_form: type[forms.Form], rows: Iterable[Mapping[str, str]]) -> None:
    """Check and keep the rows of a batch that has none, chunk by chunk; then it replaces the post's faulty ones."""
    form = suited(row_form(), batch.purchase, batch.post)
    peaks: list[tuple[int, bytes]] = []
    apart = bool(checking.personal(form))
    checked: Iterator[tuple[Any, ...]] = checking.rows_apart(form, rows) if apart else checking.rows(form, rows)
    written_to = (*COLUMNS, "personal") if apart else COLUMNS
    for chunk in chunks(checked):
        leaves = [merkle.leaf_hash(row[0].encode()) for row in chunk]
        merkle.grow_by(peaks, leaves)
        numbered = enumerate(zip(chunk, leaves, strict=True), batch.rows + 1)
        written = [(batch.pk, number, row[0], leaf.hex(), *row[1:]) for number, (row, leaf) in numbered]
        batch.rows += len(chunk)
        batch.faults += sum(1 for row in chunk if row[1])
        with transaction.atomic():
            bulk.insert(BatchRow, written_to, written)
            batch.save(update_fields=["rows", "faults", "touched_at"])
    batch.root = _root(peaks)
    batch.save(update_fields=["rows", "faults", "root", "touched_at"])
    replaced = Batch.objects.filter(
        kind=batch.kind, post=batch.post, purchase=batch.purchase, accepted_by=None, faults__gt=0
    ).exclude(root="")
    replaced.exclude(pk=batch.pk).delete()


def suited(form: forms.Form, purchase: Purchase | None, post: Post) -> forms.Form:
    """A row form that knows its purchase (`about`) and who hands it in (`about_post`), where it asks for that: once
    for all rows."""
    about, about_post = getattr(form, "about", None), getattr(form, "about_post", None)
    if about is not None and purchase is not None:
        about(purchase)
    if about_post is not None:
        about_post(post)
    return form


def fail(batch: Batch, reason: str) -> None:
    """Its file could not be read to the end: nothing of it stays but the reason."""
    BatchRow.objects.filter(batch=batch).delete()
    batch.rows = batch.faults = 0
    batch.failed = reason[:300] or "—"
    batch.save(update_fields=["rows", "faults", "failed", "touched_at"])


def columns(row_form: type[forms.Form]) -> dict[str, str]:
    """The head of a file: the Chinese name of each column, whatever the reader's language, and the field it fills."""
    with override("zh-hans"):
        return {str(field.label or name): name for name, field in row_form.base_fields.items()}


def _root(peaks: list[tuple[int, bytes]]) -> str:
    return merkle.fold([peak for _size, peak in peaks]).hex()


def choices(*, kind: str, purchase: Purchase | None, organisation: Organisation) -> QuerySet[Batch]:
    """What an action may take: staged by this organisation for this purchase and not accepted yet, latest first."""
    staged = Batch.objects.filter(kind=kind, purchase=purchase, post__organisation=organisation, accepted_by=None)
    return staged.exclude(root="").order_by("-pk")


def accepted_before(batch: Batch) -> bool:
    """Whether the very same rows, in the same order, were accepted already for this purchase."""
    return _accepted(batch).filter(root=batch.root).exists()


def _accepted(batch: Batch) -> QuerySet[Batch]:
    return Batch.objects.filter(kind=batch.kind, purchase=batch.purchase_id, accepted_by__isnull=False)


def accepted_rows(batch: Batch) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows in order, each with its number, for the verb that takes them in.

    Personal values stand in their place. ValueError, at the latest at the end: they are not what was staged, and
    nothing of them may stay.
    """
    peaks: list[tuple[int, bytes]] = []
    for several in _kept(batch):
        merkle.grow_by(peaks, _leaves(several))
        rows = checking.read([text for _number, text, _digest in several])
        opened = _opened(batch, several)
        for (number, _text, _digest), row in zip(several, rows, strict=True):
            yield number, checking.revealed(row, opened[number]) if number in opened else row
    _prove(batch, peaks)


def _opened(batch: Batch, several: list[tuple[int, str, str]]) -> dict[int, Any]:
    """What is personal in these rows, by their numbers, as far as it was not deleted. One query."""
    among = (several[0][0], several[-1][0])
    rows = BatchRow.objects.filter(batch=batch, number__range=among, personal__isnull=False)
    return dict(rows.values_list("number", "personal"))


def proven_rows(batch: Batch) -> QuerySet[BatchRow]:
    """The rows in order, for a verb that takes them in within the database. ValueError: not what was staged."""
    peaks: list[tuple[int, bytes]] = []
    for several in _kept(batch):
        merkle.grow_by(peaks, _leaves(several))
    _prove(batch, peaks)
    return BatchRow.objects.filter(batch=batch).order_by("number")


def _kept(batch: Batch) -> Iterator[list[tuple[int, str, str]]]:
    """Number, text and digest of the rows as they stand."""
    rows = BatchRow.objects.filter(batch=batch).order_by("number").annotate(text=Cast("data", TextField()))
    return chunks(rows.values_list("number", "text", "digest").iterator(chunk_size=checking.CHUNK))


def _leaves(several: list[tuple[int, str, str]]) -> list[bytes]:
    """The leaves of rows as they stand. Their texts are taken as they are where they still have their digests; a
    database that writes JSON its own way (PostgreSQL) gives other texts, which are made canonical again.
    """
    leaves = [merkle.leaf_hash(text.encode()) for _number, text, _digest in several]
    if [leaf.hex() for leaf in leaves] == [digest for _number, _text, digest in several]:
        return leaves
    rows = checking.read([text for _number, text, _digest in several])
    return [merkle.leaf_hash(checking.written(row).encode()) for row in rows]


def _prove(batch: Batch, peaks: list[tuple[int, bytes]]) -> None:
    if _root(peaks) != batch.root:
        raise ValueError(f"the rows of batch {batch.pk} are not those that were staged")


def accept(given: Iterable[Any], entry: Entry) -> None:
    """The kernel writes which entry accepted the batches among an action's input. IntegrityError: another one has."""
    for batch in given:
        if isinstance(batch, Batch):
            if not Batch.objects.filter(pk=batch.pk, accepted_by=None).update(accepted_by=entry.pk):
                raise IntegrityError(f"batch {batch.pk} was accepted meanwhile")
            batch.accepted_by = entry.pk
