"""What a spot check may draw from: one small protocol, so that any room's records can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import current
from gongyue.kernel.actions import kinds
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import PurchaseSubject

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SECTIONS = frozenset({"founding", "service"})  # what a centre is and does
MOST = 200_000


class Population(Protocol):
    """An ordered list of keys that name what can be looked at; keys say nothing of any person."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> StrOrPromise: ...

    def keys(self, dossier: Dossier) -> list[str]: ...


@dataclass(frozen=True)
class Instalments:
    """The instalments of the contract in force."""

    name: str = "instalment"
    label: StrOrPromise = _("合同各期资金")

    def keys(self, dossier: Dossier) -> list[str]:
        contract = current(dossier)
        return [f"instalment:{line.number}" for line in contract.schedule] if contract else []


@dataclass(frozen=True)
class Records:
    """The rows of one kind within the purchase, oldest first: service records, sites."""

    kind: type[PurchaseSubject]

    @property
    def name(self) -> str:
        return self.kind.kind

    @property
    def label(self) -> StrOrPromise:
        return self.kind.called

    def keys(self, dossier: Dossier) -> list[str]:
        rows = self.kind._default_manager.filter(purchase=dossier.purchase).order_by("pk").values_list("pk", flat=True)
        return [f"{self.kind.kind}:{pk}" for pk in rows[:MOST]]


def populations(dossier: Dossier) -> Iterator[Population]:
    """Everything the regime knows that can be drawn from."""
    yield Instalments()
    for kind in kinds():
        if issubclass(kind, PurchaseSubject) and kind.section in SECTIONS and dossier.regime.acts(kind.kind):
            yield Records(kind)


def population(dossier: Dossier, name: str) -> Population | None:
    return next((one for one in populations(dossier) if one.name == name), None)


def record_name(key: str) -> str:
    """A key of a population in words: `case:12` → 个案 12; an instalment, which is no subject, by its number."""
    name, _colon, number = key.partition(":")
    if name == Instalments.name:
        return gettext("第 %(n)s 期") % {"n": number}
    called = next((str(kind.called) for kind in kinds() if kind.kind == name), name)
    return f"{called} {number}"
