"""One view for every action: it shows the form, sends what was typed through the doorway, and says what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongyue.desk.context import opens
from gongyue.desk.drafts import keep, restored
from gongyue.desk.livecheck import LIVE, live
from gongyue.desk.reach import REGISTERS
from gongyue.desk.session import DeskRequest, at_desk, see_other, whole
from gongyue.desk.sheet import Sheet, request_number
from gongyue.desk.timeline import body_of
from gongyue.desk.timetable import schedule_beside
from gongyue.desk.words import action_name
from gongyue.kernel import findings, regimes
from gongyue.kernel.actions import ACTIONS, kinds
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.fields import BatchField
from gongyue.kernel.findings import kernel
from gongyue.kernel.models import Obligation, Purchase, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import perform
from gongyue.kernel.queries import seated_purchase, visible_purchase
from gongyue.ledger.models import Entry

NEXT = 3  # steps named after something was done
CALLS = frozenset(
    {"bid", "enquiry", "package", "changereceipt", "consortium", "consortiummember", "question", "challenge"}
)  # kinds that organisations without a capacity in the purchase bring into the world


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def do(request: DeskRequest, name: str, pk: int) -> HttpResponse:
    """An action on a subject that exists."""
    subject = find(name, actor=request.post, at=request.legal_now, pk=pk) if name in ACTIONS else None
    if subject is None:
        raise Http404
    return _answer(request, _reachable(Sheet(name, subject, request)))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def begin(request: DeskRequest, name: str) -> HttpResponse:
    """An action that brings its subject into the world: `?purchase=` says in which, `?seed=` which of several."""
    if name not in ACTIONS:
        raise Http404
    number = whole(request.GET.get("purchase", ""))
    purchase = get_object_or_404(Purchase.objects.select_related("division"), pk=number) if number else None
    subject = find(name, actor=request.post, at=request.legal_now, purchase=purchase, seed=request.GET.get("seed", ""))
    if subject is not None:
        return _answer(request, _reachable(Sheet(name, subject, request)))
    if repeated := _before(request, name):
        return _done(request, repeated)
    if purchase is None or not seated_purchase(request.post, purchase.pk, on=request.today):
        raise Http404
    return _elsewhere(request, name, purchase)


def _elsewhere(request: DeskRequest, name: str, purchase: Purchase) -> HttpResponse:
    """To where the step is chosen, if several of its kind are due; else to where the purchase stands now."""
    kind = ACTIONS[name].subject
    dossier = Dossier(purchase, at=request.legal_now, regime=regimes.current(purchase.regime))
    several = len(kind.unborn(dossier, request.post)) > 1
    if request.method == "POST":
        messages.warning(request, findings.say(kernel("stale"), None))
    elif several:
        messages.info(request, _("“%(act)s”有几项可以办，请在下面选一项") % {"act": ACTIONS[name].label})
    else:
        messages.warning(request, _("这一步已经办过，或者现在还不能办；下面是最新情况"))
    section = ACTIONS[name].section
    if several and section != Purchase.section:
        return see_other(reverse("desk:purchase-tab", args=[purchase.pk, section]))
    return see_other(reverse("desk:purchase", args=[purchase.pk]))


def _reachable(sheet: Sheet) -> Sheet:
    """What a post may neither see nor do does not exist (404); what is another's own affair does not exist either."""
    owner, purchase = sheet.subject.owner, sheet.purchase
    shown = getattr(sheet.subject, "visible_to", None)
    if shown is not None and not shown(sheet.post):
        raise Http404
    seen = purchase is not None and visible_purchase(sheet.post, purchase.pk, on=sheet.today) is not None
    if not seen and not sheet.mine:
        raise Http404
    if not seen and owner is not None and owner.pk != sheet.post.organisation_id:
        raise Http404
    return sheet


def _answer(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    if request.method == "POST":
        return _whither(request, _send(request, sheet))
    objections, checks = sheet.before()
    form = sheet.form(restored(sheet, request.post) | _chosen(request, sheet))
    return _page(request, sheet, form, objections, checks=checks)


def _whither(request: DeskRequest, answer: HttpResponse) -> HttpResponse:
    """For a page that sends its files itself, so as to keep them when it is refused: where to go, not yet gone."""
    if answer.status_code != 303 or not _by_page(request):
        return answer
    return HttpResponse(status=204, headers={"X-Location": answer["Location"]})


def _by_page(request: DeskRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _chosen(request: DeskRequest, sheet: Sheet) -> dict[str, Any]:
    """The batch that the page of its upload leads here with."""
    fields = sheet.act.form.base_fields.items()
    return {name: request.GET[name] for name, f in fields if isinstance(f, BatchField) and name in request.GET}


def _send(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    """Through the doorway. Refused: the same page with what stands in the way (422), under the version now shown."""
    sent = sent_by(request)
    outcome = perform(
        sheet.act.name, sheet.subject, actor=request.post, at=request.legal_now, data=sent,
        seen=version(sent.get("seen", "")), request_id=request_number(sent.get("request_id", "")),
    )  # fmt: skip
    if outcome.entry is not None:
        return _done(request, outcome.entry, outcome.subject)
    fresh = Sheet(sheet.act.name, outcome.subject, request)
    checks = [] if outcome.findings else fresh.before()[1]  # only the form is wrong: the rules are still to be asked
    return _page(request, fresh, outcome.form, outcome.findings, checks=checks, sent=sent, status=422)


@require_POST
@at_desk
def check(request: DeskRequest, name: str) -> HttpResponse:
    """What of a paper being written would not hold (`?purchase=`): its own faults, and the rules that will be asked of
    it. Nothing is kept and nothing changes."""
    number = whole(request.GET.get("purchase", ""))
    purchase = visible_purchase(request.post, number, on=request.today) if number and name in LIVE else None
    subject = find(name, actor=request.post, at=request.legal_now, purchase=purchase) if purchase else None
    if subject is None:
        raise Http404
    return render(request, "desk/parts/live.html", {"told": live(Sheet(name, subject, request), request.POST)})


def version(text: str) -> int:
    """The version a page showed; what is no number is none that there ever was."""
    number = whole(text)
    return -1 if number is None else number


def sent_by(request: HttpRequest) -> QueryDict:
    """What was typed and the files with it, as one mapping: forms read both from there."""
    sent = request.POST.copy()
    for name, file in request.FILES.items():
        sent[name] = file  # type: ignore[assignment]
    return sent


def _page(
    request: DeskRequest, sheet: Sheet, form: Any, objections: Any, *, checks: Any = (), sent: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    found = sheet.findings(objections, sent)
    stale = any(f["rule"] == "kernel.stale" for f in found)
    closed = sheet.closed(objections)
    context = {
        "sheet": sheet, "form": form, "findings": found, "checks": checks, "closed": closed, "stale": stale,
        "latest": _latest(sheet) if stale else None, "draft": bool(form.initial) and not form.is_bound and _kept(sheet),
        "back": _whence(sheet.subject, request), "purchase": sheet.purchase,
        "live": sheet.act.name in LIVE and sheet.purchase is not None and not closed,
        "unkept": _unkept(request),
        "schedule": schedule_beside(sheet.subject, sheet.dossier),
    }  # fmt: skip
    return render(request, "desk/act.html", context, status=status)


def _unkept(request: DeskRequest) -> list[str]:
    """Names of the files that came with what was refused: no browser sends one a second time by itself. A page that
    sent them itself has kept them."""
    if _by_page(request):
        return []
    return [file.name or "" for name in request.FILES for file in request.FILES.getlist(name)]


def _latest(sheet: Sheet) -> dict[str, Any] | None:
    """What happened meanwhile, for a reader whose page was overtaken."""
    entry = sheet.latest()
    if entry is None:
        return None
    return {"what": action_name(entry.action), "at": entry.at, "state": sheet.subject.get_state_display()}


def _kept(sheet: Sheet) -> bool:
    return bool(restored(sheet, sheet.post))


def _before(request: DeskRequest, name: str) -> Entry | None:
    """The entry of this very submission, where it was sent twice."""
    if request.method != "POST":
        return None
    number = request_number(request.POST.get("request_id", ""))
    return Entry.objects.filter(request_id=number, action=name, post_id=request.post.pk).first()


def _done(request: DeskRequest, entry: Entry, subject: Subject | None = None) -> HttpResponse:
    """Say what was done, how late, and what comes next; then look at it."""
    messages.success(request, _("已办理“%(action)s”，记入台账") % {"action": action_name(entry.action, subject)})
    for late in body_of(entry).get("late", ()):
        messages.warning(request, _("本次办理已逾期 %(days)s 天，已如实记录") % {"days": late["days"]})
    opened = Obligation.objects.filter(opened_by=entry.pk, is_open=True).select_related("organisation").order_by("pk")
    for row in sorted(opened, key=_beside)[:NEXT]:
        messages.info(request, _next(row, subject))
    if entry.purchase is None:
        return see_other(_register(entry.subject.partition(":")[0], request))
    return see_other(_part(entry.purchase, entry.subject.partition(":")[0], request))


def purchase_part(purchase: int, kind: str) -> str:
    """The part of a purchase's page on which a kind of subject is found."""
    section = next((one.section for one in kinds() if one.kind == kind), Purchase.section)
    if section == Purchase.section:
        return reverse("desk:purchase", args=[purchase])
    return reverse("desk:purchase-tab", args=[purchase, section])


def _beside(row: Obligation) -> bool:
    """What goes on along the line is named first."""
    return row.action in ACTIONS and ACTIONS[row.action].section != Purchase.section


def _next(row: Obligation, subject: Subject | None) -> str:
    words = {"action": action_name(row.action, subject), "who": row.organisation or "", "day": row.due_on}
    return (_("下一步：%(who)s %(action)s，期限 %(day)s") if row.due_on else _("下一步：%(who)s %(action)s")) % words


def _whence(subject: Subject, request: DeskRequest) -> str:
    purchase = subject if isinstance(subject, Purchase) and subject.pk else subject.parent_purchase
    return _part(purchase.pk, subject.kind, request) if purchase is not None else _register(subject.kind, request)


def _part(purchase: int, kind: str, request: DeskRequest) -> str:
    """Where one comes from and goes back to; who may not see the purchase yet asks from the list of calls."""
    if kind in CALLS and seated_purchase(request.post, purchase, on=request.today) is None:
        return reverse("desk:calls")
    return purchase_part(purchase, kind)


def _register(kind: str, request: DeskRequest) -> str:
    """The list a subject without a purchase is found in; the workbench for whom there is no such list."""
    name = REGISTERS.get(kind, "purchases")
    return reverse(f"desk:{name if opens(name, request.post.organisation) else 'workbench'}")


@require_POST
@at_desk
def draft(request: DeskRequest) -> HttpResponse:
    """Keep what is typed in an action's form (`?action=&subject=`); nothing of the purchase changes."""
    name, subject = request.GET.get("action", ""), request.GET.get("subject", "")
    if name not in ACTIONS or not subject or len(subject) > 120:
        raise Http404
    keep(name, subject, request.post, request.POST)
    return HttpResponse(status=204)
