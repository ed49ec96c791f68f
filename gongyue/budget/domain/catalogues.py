"""The catalogue: drafted by finance with others, approved by the government of its level, published; then the next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.budget.catalogues import class_of
from gongyue.budget.facts import CatalogueGate
from gongyue.budget.forms import ApproveCatalogueForm, DraftCatalogueForm, PublishCatalogueForm, listed
from gongyue.budget.models import Catalogue, CatalogueEntry
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Batch, Post


@action(
    "catalogue.draft", Catalogue, reaches=Catalogue.State.DRAFTED, also_from=[Catalogue.State.RETURNED],
    label=_("拟订购买服务目录"), form=DraftCatalogueForm, facts=CatalogueGate,
)  # fmt: skip
def draft(
    catalogue: Catalogue, *, at: datetime, actor: Post, dossier: Dossier, year: int, title: str, drafted_with: str,
    transfer_list: str, entries: list[dict[str, Any]], batch: Batch | None,
) -> None:  # fmt: skip
    """Write an edition; of one that was returned, write it anew."""
    catalogue.year, catalogue.title, catalogue.drafted_with = year, title, drafted_with
    catalogue.transfer_list, catalogue.drafted_on = transfer_list, dossier.today
    catalogue.save()
    catalogue.entries.all().delete()
    CatalogueEntry.objects.bulk_create(
        CatalogueEntry(
            catalogue=catalogue, code=row["code"], name=row["name"], sort=row["sort"], department=row["department"],
            service_class=class_of(row["service_class"], dossier.regime) or "", transfer=row["transfer"],
            central=row["central"] == "yes", note=row["note"],
        )
        for row in listed(entries, batch)
    )  # fmt: skip


@action(
    "catalogue.approve", Catalogue, reaches=Catalogue.State.APPROVED, label=_("批准购买服务目录"),
    form=ApproveCatalogueForm, facts=CatalogueGate,
)  # fmt: skip
def approve(
    catalogue: Catalogue, *, at: datetime, actor: Post, dossier: Dossier, number: str, approved_on: date, paper: Any
) -> None:
    """By the government of the same level: without that it takes no effect."""
    catalogue.approval_number, catalogue.approved_on = number, approved_on


@action(
    "catalogue.return", Catalogue, reaches=Catalogue.State.RETURNED, sources=[Catalogue.State.DRAFTED],
    label=_("退回购买服务目录"), form=ReasonForm, facts=CatalogueGate,
)  # fmt: skip
def send_back(catalogue: Catalogue, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Send it back with a reason; it is drafted again."""


@action(
    "catalogue.publish", Catalogue, reaches=Catalogue.State.PUBLISHED, label=_("公布购买服务目录"),
    form=PublishCatalogueForm, facts=CatalogueGate,
)  # fmt: skip
def publish(catalogue: Catalogue, *, at: datetime, actor: Post, dossier: Dossier, address: str) -> None:
    """From now on it may be cited; the edition before it no longer may."""
    catalogue.published_on, catalogue.published_at = dossier.today, address
