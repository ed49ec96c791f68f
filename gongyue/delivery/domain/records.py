"""Records of service: one by one, or a file at once; corrected by a further act, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from gongyue.delivery import tallies
from gongyue.delivery.facts import DeliveryGate
from gongyue.delivery.forms.records import KEPT, CorrectForm, ImportForm, RecordForm
from gongyue.delivery.models import RecordImport, ServiceRecord, TeamMember
from gongyue.kernel import bulk
from gongyue.kernel.actions import action
from gongyue.kernel.batches import proven_rows
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Batch, Post
from gongyue.ledger.canonical import plain

State = ServiceRecord.State
TOLD = ("served_on", "service_kind", "item", "clients", "people", "times", "direct", "indirect")  # as a row says them


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
    """Every row of one file, by one act and within the database."""
    record_import.batch, record_import.rows, record_import.imported_on = batch, batch.rows, dossier.today
    rows = proven_rows(batch).annotate(code=bulk.Told("worker", TeamMember, "code"))
    worker = TeamMember.objects.filter(purchase=dossier.purchase, code=OuterRef("code"))
    bulk.insert_from(
        ServiceRecord,
        {
            "purchase": dossier.purchase.pk, "state": State.ENTERED.value, "version": 0, "note": "", "earlier": "[]",
            "entered_by": actor.pk, "batch": batch.pk, "worker": Subquery(worker.values("pk")),
        } | {name: bulk.Told(name, ServiceRecord, name) for name in TOLD},
        rows,
    )  # fmt: skip
    tallies.add(dossier.purchase, tallies.of_batch(batch))
