"""What rules may ask of the catalogue, and of what an item cites from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier

from .. import catalogues
from ..models import Catalogue, CatalogueEntry, PlanItem


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """One edition."""

    edition: Annotated[int, "目录的版本"]
    entries: Annotated[int, "目录的条目数"]
    special: Annotated[int, "其中部门特有需求的条目数"]
    approved_on: Annotated[date | None, "目录的批准日期"]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        rows = list(catalogue.entries.values_list("sort", flat=True)) if catalogue.pk else []
        special = sum(sort == CatalogueEntry.Sort.SPECIAL for sort in rows)
        return cls(catalogue.edition, len(rows), special, catalogue.approved_on)


@dataclass(frozen=True, slots=True)
class CatalogueGate:
    """What rules on the catalogue may name."""

    catalogue: CatalogueFacts

    @classmethod
    def of(cls, catalogue: Catalogue, dossier: Dossier) -> Self:
        return cls(CatalogueFacts.of(catalogue))


@dataclass(frozen=True, slots=True)
class CitedFacts:
    """What a plan item cites; None where it cites nothing. No query without a catalogue."""

    years: Annotated[list[str], "本级现行目录的年度（没有公布的为空）"]
    code: Annotated[str | None, "所引目录条目的编码"]
    service_class: Annotated[str | None, "所引目录条目的类别（规则包所列类别的代码）"]
    edition: Annotated[int | None, "所引目录的版本"]
    year: Annotated[int | None, "所引目录的年度"]

    @classmethod
    def of(cls, dossier: Dossier, item: PlanItem) -> Self:
        known = dossier.regime.acts(Catalogue.kind)
        years = sorted({str(row.catalogue.year) for row in catalogues.in_use(dossier.purchase)}) if known else []
        entry = item.entry
        if entry is None:
            return cls(years, None, None, None, None)
        return cls(years, entry.code, entry.service_class, entry.catalogue.edition, entry.catalogue.year)
