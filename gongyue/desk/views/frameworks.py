"""评估体系: the versions by which evaluations are marked, and one of them with its indicators and its authors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongyue.assessment.models import Evaluation, Framework
from gongyue.desk.charts import Chart, Series
from gongyue.desk.context import GOVERNMENT, opens
from gongyue.desk.paging import bounded, page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.visible import may
from gongyue.kernel import regimes
from gongyue.kernel.models import Organisation, Post, Purchase
from gongyue.kernel.offers import offers
from gongyue.kernel.queries import visible

DRAFT = "framework.draft"
WRITERS = GOVERNMENT | {Organisation.Kind.EXPERT_BODY}  # who reads what is not adopted yet


@dataclass(frozen=True)
class Dimension:
    """Its indicators in order, and their weights together in basis points."""

    name: str
    indicators: list[dict[str, Any]]

    @property
    def weight(self) -> int:
        return sum(row["weight"] for row in self.indicators)


def _seen(request: DeskRequest) -> QuerySet[Framework]:
    """The versions of the reader's city; those who are evaluated read what was adopted."""
    if not opens("frameworks", request.post.organisation):
        raise Http404
    rows = Framework.objects.filter(regime=request.post.organisation.regime_code).select_related("bureau")
    if request.post.organisation.organisation_kind not in WRITERS:
        rows = rows.filter(state=Framework.State.ADOPTED)
    return rows.order_by("-number")


def _current(rows: Sequence[Framework]) -> set[int]:
    """Of versions with the latest first: the one by which purchases of each scope are marked."""
    adopted = [one for one in rows if one.state == Framework.State.ADOPTED]
    found = (next((one.pk for one in adopted if one.scope in {"", scope}), 0) for scope in Purchase.Scope.values)
    return set(found)


@at_desk
def frameworks(request: DeskRequest) -> HttpResponse:
    """Latest version first; the next one can be begun once the last is adopted."""
    shown = page(_seen(request), request)
    regime = regimes.current(request.post.organisation.regime_code)
    beginning = bool(may([DRAFT], request.post, regime)) and bool(Framework.unborn(None, request.post))
    context = {"page": shown, "may_draft": beginning, "current": _current(shown.rows) if shown.number == 1 else set()}
    return render(request, "desk/frameworks.html", context)


@at_desk
def framework(request: DeskRequest, pk: int) -> HttpResponse:
    """One version: dimensions with their weights, indicators with the evidence they ask for, its authors."""
    found = _seen(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    parts = dimensions(found.indicators)
    used = Evaluation.objects.filter(framework=found, purchase__in=visible(request.post, on=request.today).order_by())
    context = {
        "framework": found, "dimensions": parts, "authors": _authors(found), "used": bounded(used),
        "weights": Chart(_("各维度权重"), [part.name for part in parts], [Series(_("权重"), [p.weight for p in parts])],
                         unit="bp", lying=True),
        "offers": [one for one in offers(found, actor=request.post, at=request.legal_now) if one.ready],
    }  # fmt: skip
    return render(request, "desk/framework.html", context)


def dimensions(indicators: Iterable[dict[str, Any]]) -> list[Dimension]:
    """In the order in which each is named first."""
    out: dict[str, Dimension] = {}
    for row in indicators:
        out.setdefault(row["dimension"], Dimension(row["dimension"], [])).indicators.append(row)
    return list(out.values())


def _authors(found: Framework) -> list[Post]:
    """The expert group as it was chosen."""
    return list(Post.objects.filter(pk__in=found.authors).select_related("person", "organisation").order_by("pk"))
