"""What the catalogue of a level holds for whoever cites it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from gongyue.kernel.models import Purchase
from gongyue.policy import Regime

from . import sharing
from .models import Catalogue, CatalogueEntry

KIND = "service_class"  # of the pack's entries under which services are listed


def classes(regime: Regime) -> dict[str, Mapping[str, Any]]:
    """The classes of service, under which the catalogue lists what may be bought, by id, in the pack's order."""
    return {key: entry for key, entry in regime.catalogue.items() if entry.get("kind") == KIND}


def class_of(written: str, regime: Regime) -> str | None:
    """The class that is meant by its id, its name, or the number its name begins with; None: none is."""
    wanted = "".join(written.split())
    for key, entry in classes(regime).items():
        name = str(entry["name"]["zh"])
        if wanted in (key, name.split(maxsplit=1)[0], "".join(name.split())):
            return key
    return None


def in_use(purchase: Purchase) -> QuerySet[CatalogueEntry]:
    """What a purchase may cite now: the latest published edition of the finance bureaus that pay for it."""
    payers = {office.pk for office in sharing.payers(purchase).values()}
    published = Catalogue.objects.filter(state=Catalogue.State.PUBLISHED)
    newer = published.filter(finance=OuterRef("catalogue__finance"), edition__gt=OuterRef("catalogue__edition"))
    rows = CatalogueEntry.objects.filter(catalogue__in=published, catalogue__finance__in=payers)
    return rows.exclude(Exists(newer)).select_related("catalogue").order_by("catalogue", "code")
