"""购买服务指导性目录: the editions of the reader's level and of those above and below it, and one of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.budget.catalogues import classes
from gongyue.budget.models import Catalogue, CatalogueEntry
from gongyue.desk.citations import Chip, all_findings, chip
from gongyue.desk.context import opens
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.visible import may
from gongyue.kernel import regimes
from gongyue.kernel.findings import language
from gongyue.kernel.offers import offers
from gongyue.policy import Regime

DRAFT = "catalogue.draft"


@dataclass(frozen=True)
class Class:
    """A class of the catalogue with what is listed under it, and the article that names it."""

    name: str
    cite: Chip
    rows: list[CatalogueEntry]


def _seen(request: DeskRequest) -> QuerySet[Catalogue]:
    """Finance and the government it answers to read drafts; everybody else what is published."""
    if not opens("catalogues", request.post.organisation):
        raise Http404
    here = request.post.organisation.division
    near = Q(finance__division__path__startswith=here.path) | Q(finance__division__in=here.path.strip("/").split("/"))
    known = Q(state=Catalogue.State.PUBLISHED) | Q(finance__division=here)
    return Catalogue.objects.filter(near, known).select_related("finance__division")


@at_desk
def catalogues(request: DeskRequest) -> HttpResponse:
    """The latest edition of each level first."""
    rows = _seen(request).annotate(size=Count("entries")).order_by("finance__division__path", "-edition")
    regime = regimes.current(request.post.organisation.regime_code)
    beginning = bool(may([DRAFT], request.post, regime)) and bool(Catalogue.unborn(None, request.post))
    return render(request, "desk/catalogues.html", {"page": page(rows, request), "may_draft": beginning})


@at_desk
def catalogue(request: DeskRequest, pk: int) -> HttpResponse:
    """One edition, class by class; who approved it and where it was made public."""
    found = _seen(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    regime = regimes.current(found.regime_code)
    mine = [one for one in offers(found, actor=request.post, at=request.legal_now) if one.mine]
    context = {
        "catalogue": found, "classes": _classes(found, regime), "offers": [one for one in mine if one.ready],
        "waiting": [(one.action.label, all_findings(one.findings, regime)) for one in mine if not one.ready],
    }  # fmt: skip
    return render(request, "desk/catalogue.html", context)


def _classes(found: Catalogue, regime: Regime) -> list[Class]:
    """Those under which something is listed, in the pack's order."""
    rows = list(found.entries.order_by("code"))
    known = {key: (one["name"][language()], one["cite"]) for key, one in classes(regime).items()}
    return [
        Class(name, chip(regime, cite), under)
        for key, (name, cite) in known.items()
        if (under := [row for row in rows if row.service_class == key])
    ]
