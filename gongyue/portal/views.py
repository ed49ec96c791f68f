"""The public site: what was published, under which rules, and how anyone can check it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongyue import clock
from gongyue.disclosure import queries as disclosure
from gongyue.kernel import regimes
from gongyue.kernel.models import RegimeVersion
from gongyue.ledger.models import TreeHead
from gongyue.oversight.queries import objections
from gongyue.policy import Regime

from .statute import Statute
from .streets import charts

LATEST = 8
DIGITS = 18  # what any database keeps in a whole number


def loaded() -> list[Regime]:
    """The current version of every loaded regime: one query, and one each."""
    codes = RegimeVersion.objects.order_by("code").values_list("code", flat=True).distinct()
    return [regimes.current(code) for code in codes]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what was published last, and the pilot streets."""
    found = loaded()
    context = {
        "notices": disclosure.public_notices(size=LATEST), "kinds": disclosure.kinds(), "charts": charts(found),
        "regimes": found, "head": TreeHead.objects.order_by("-size").first(),
    }  # fmt: skip
    return render(request, "portal/home.html", context)


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Notices, latest first, twenty entries a page; of one kind where asked."""
    kinds = disclosure.kinds()
    kind = request.GET.get("kind", "")
    before = request.GET.get("before", "")
    found = disclosure.public_notices(
        kind=kind if kind in kinds else None,
        before=int(before) if before.isdecimal() and len(before) <= DIGITS else None,
    )
    context = {
        "notices": found, "kinds": kinds, "kind": kind, "before": before,
        "next": found[-1].entry if len({n.entry for n in found}) >= disclosure.SIZE else None,
    }  # fmt: skip
    return render(request, "portal/notices.html", context)


@require_safe
def notice(request: HttpRequest, entry: int) -> HttpResponse:
    """What one entry of the ledger published, and the proof of it."""
    found = disclosure.notices_at(entry)
    if not found:
        raise Http404
    body = regimes.current(found[0].regime)
    context = {
        "notices": [(one, str(body.citation(one.cite))) for one in found], "first": found[0],
        "proof": disclosure.proof(entry), "entry": entry, "objections": objections(entry, body),
    }  # fmt: skip
    return render(request, "portal/notice.html", context)


@require_safe
def proof(request: HttpRequest, entry: int) -> HttpResponse:
    """The proof as a file."""
    found = disclosure.proof(entry)
    if found is None:
        raise Http404
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """The little program that checks a proof without this site."""
    return HttpResponse(disclosure.CHECKER.read_text(encoding="utf-8"), content_type="text/x-python; charset=utf-8")


@require_safe
def streets(request: HttpRequest) -> HttpResponse:
    """The pilot streets of every programme."""
    return render(request, "portal/streets.html", {"charts": charts(loaded())})


@require_safe
def regimes_list(request: HttpRequest) -> HttpResponse:
    """Every loaded regime."""
    today = clock.today()
    return render(request, "portal/regimes.html", {"statutes": [Statute(found, today) for found in loaded()]})


@require_safe
def regime(request: HttpRequest, code: str) -> HttpResponse:
    """A regime, article by article: what it says, and where the program carries it out."""
    if not RegimeVersion.objects.filter(code=code).exists():
        raise Http404
    found = regimes.current(code)
    statute = Statute(found, clock.today())
    return render(request, "portal/regime.html", {"statute": statute, "regime": found, "charts": charts([found])})
