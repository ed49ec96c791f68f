"""Records of service: one by one, or a file at once; corrected by a further act, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.delivery import tallies
from gongyue.delivery.facts import DeliveryGate
from gongyue.delivery.forms.records import KEPT, CorrectForm, ImportForm, RecordForm
from gongyue.delivery.models import RecordImport, ServiceRecord, TeamMember
from gongyue.kernel import bulk
from gongyue.kernel.actions import action
from gongyue.kernel.batches import accepted_rows, chunks
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Batch, Post
from gongyue.ledger.canonical import plain

State = ServiceRecord.State
COLUMNS = (
    "purchase", "state", "version", "served_on", "service_kind", "worker", "item", "clients", "people", "times",
    "direct", "indirect", "note", "entered_by", "batch", "earlier",
)  # fmt: skip


@action("record.enter", ServiceRecord, reaches=State.ENTERED, label=_("登记服务记录"), form=RecordForm,
        facts=DeliveryGate)  # fmt: skip
def enter(
    record: ServiceRecord, *, at: datetime, actor: Post, dossier: Dossier, served_on: date, service_kind: str,
    worker: TeamMember, item: str, clients: str, people: int, times: int, direct: int, indirect: int, note: str,
    sheet: File[bytes] | None,
) -> None:  # fmt: skip
    """What was done for whom on a day."""
    _write(record, served_on, service_kind, worker, item, clients, people, times, direct, indirect, note)
    record.entered_by = actor
    tallies.add(record.purchase, [tallies.of(record)])


@action(
    "record.correct", ServiceRecord, reaches=None, sources=[State.ENTERED], label=_("更正服务记录"), form=CorrectForm,
    facts=DeliveryGate,
)  # fmt: skip
def correct(
    record: ServiceRecord, *, at: datetime, actor: Post, dossier: Dossier, served_on: date, service_kind: str,
    worker: TeamMember, item: str, clients: str, people: int, times: int, direct: int, indirect: int, note: str,
    sheet: File[bytes] | None, reason: str,
) -> None:  # fmt: skip
    """Say it right; what it said before is kept with the reason."""
    before = {name: getattr(record, f"{name}_id" if name == "worker" else name) for name in KEPT}
    record.earlier = [*record.earlier, plain(before | {"until": dossier.today, "reason": reason})]
    taken = tallies.of(record, sign=-1)
    _write(record, served_on, service_kind, worker, item, clients, people, times, direct, indirect, note)
    tallies.add(record.purchase, [taken, tallies.of(record)])


@action(
    "record.void", ServiceRecord, reaches=State.VOIDED, sources=[State.ENTERED], label=_("作废服务记录"),
    form=ReasonForm, facts=DeliveryGate,
)  # fmt: skip
def void(record: ServiceRecord, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """It counts no longer; it can still be read."""
    tallies.add(record.purchase, [tallies.of(record, sign=-1)])


def _write(record: ServiceRecord, *said: Any) -> None:
    for name, value in zip(KEPT, said, strict=True):
        setattr(record, name, value)


@action("records.import", RecordImport, reaches=RecordImport.State.IMPORTED, label=_("导入服务记录"), form=ImportForm,
        facts=DeliveryGate)  # fmt: skip
def take_in(record_import: RecordImport, *, at: datetime, actor: Post, dossier: Dossier, batch: Batch) -> None:
    """Every row of one file, by one act."""
    record_import.batch, record_import.rows, record_import.imported_on = batch, batch.rows, dossier.today
    workers = dict(TeamMember.objects.filter(purchase=dossier.purchase).values_list("code", "pk"))
    sums: dict[tallies.Key, list[int]] = {}
    head, tail = (dossier.purchase.pk, State.ENTERED.value, 0), (actor.pk, batch.pk, "[]")

    def rows() -> Iterator[tuple[Any, ...]]:
        for _number, row in accepted_rows(batch):
            on, kind, worker, item = row["served_on"], row["service_kind"], workers[row["worker"]], row["item"]
            figures = (row["people"], row["times"], row["direct"], row["indirect"])
            tallies.sum_up(sums, (on[:7], kind, worker, item), figures)
            yield (*head, on, kind, worker, item, row["clients"], *figures, row["note"], *tail)

    for several in chunks(rows()):
        bulk.insert(ServiceRecord, COLUMNS, several)
    tallies.add(
        dossier.purchase,
        [((date.fromisoformat(f"{month}-01"), *rest), tuple(found)) for (month, *rest), found in sums.items()],
    )  # fmt: skip
