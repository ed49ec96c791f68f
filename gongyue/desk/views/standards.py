"""需求标准: what a service has to be, by whom it was set, edition by edition."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.desk.context import opens
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.visible import may
from gongyue.kernel import regimes
from gongyue.kernel.findings import language
from gongyue.needs.models import ServiceStandard
from gongyue.programmes.classes import service_classes

SET = "servicestandard.set"


@at_desk
def standards(request: DeskRequest) -> HttpResponse:
    """Those set in the reader's place, above and below it; whoever set one may adjust its latest edition."""
    post = request.post
    regime = regimes.current(post.organisation.regime_code)
    if not opens("standards", post.organisation) or not regime.acts(ServiceStandard.kind):
        raise Http404
    here = post.organisation.division
    near = Q(body__division__path__startswith=here.path) | Q(body__division__in=here.path.strip("/").split("/"))
    later = ServiceStandard.objects.filter(replaces=OuterRef("pk"))
    rows = ServiceStandard.objects.filter(near).annotate(replaced=Exists(later)).select_related("body")
    context = {
        "page": page(rows.order_by("service", "body", "-edition"), request), "may_set": bool(may([SET], post, regime)),
        "classes": {key: words[language()] for key, words in service_classes(regime).items()},
    }  # fmt: skip
    return render(request, "desk/standards.html", context)
