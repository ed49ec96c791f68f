"""What the list of purchases can be narrowed by; the address carries it, so that a list can be passed on."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _

from gongyue import clock
from gongyue.analytics.queries import overdue
from gongyue.kernel.actions import kinds
from gongyue.kernel.models import Division, Obligation, Purchase
from gongyue.policy import Regime
from gongyue.tendering.secrecy import disputed

from .words import kind_name


class PurchaseFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Over what a post may see."""

    title = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("名称"))
    stage = django_filters.ChoiceFilter(method="of_stage", label=_("阶段"), empty_label=_("全部"))
    division = django_filters.ChoiceFilter(method="in_division", label=_("所在区"), empty_label=_("全部"))
    mode = django_filters.ChoiceFilter(field_name="mode", label=_("运作模式"), empty_label=_("全部"))

    late = django_filters.ChoiceFilter(
        method="is_late", label=_("逾期"), empty_label=_("全部"), choices=[("yes", _("有逾期"))]
    )

    place = django_filters.CharFilter(method="in_division", widget=HiddenInput)  # a link's: any place, by its code

    class Meta:
        model = Purchase
        fields: ClassVar[list[str]] = []

    def __init__(
        self, *args: Any, regime: Regime, language: str, districts: list[Division], office: int, **options: Any
    ) -> None:
        """`office`: key of the reader's organisation."""
        super().__init__(*args, **options)
        self.office = office
        self.filters["stage"].extra["choices"] = stages(regime)
        self.filters["division"].extra["choices"] = [(d.code, d.name) for d in districts]
        self.filters["mode"].extra["choices"] = modes(regime, language)
        if not regime.programmes:
            del self.filters["mode"]

    def of_stage(self, rows: QuerySet[Purchase], name: str, value: str) -> QuerySet[Purchase]:
        return rows.filter(stage__startswith=f"{value}:")

    def in_division(self, rows: QuerySet[Purchase], name: str, value: str) -> QuerySet[Purchase]:
        return rows.filter(division__path__contains=f"/{value}/")

    def is_late(self, rows: QuerySet[Purchase], name: str, value: str) -> QuerySet[Purchase]:
        owed = Obligation.objects.filter(overdue(clock.today()), purchase=OuterRef("pk")).exclude(others(self.office))
        return rows.filter(Exists(owed))

    @property
    def asked(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.form.cleaned_data.values()) if self.form.is_valid() else False


def others(office: int) -> Q:
    """Obligations of other organisations that would tell of a dispute before its time. For `exclude`."""
    return disputed() & ~Q(organisation=office)


def stages(regime: Regime) -> list[tuple[str, str]]:
    """Kinds that make a purchase's stage, in the order of the rooms."""
    return [
        (kind.kind, kind_name(kind.kind)) for kind in kinds() if kind.staged and regime.order(kind.kind) is not None
    ]


def modes(regime: Regime, language: str) -> list[tuple[str, str]]:
    """The ways a centre may be run, over all programmes."""
    return [(name, mode.name[language]) for p in regime.programmes.values() for name, mode in p.modes.items()]
