"""预警: what is overdue and whose, what was met late, how often, who paid late: narrowed, paged, drawn, exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongyue.analytics import lateness
from gongyue.analytics.queries import overdue
from gongyue.desk import columns
from gongyue.desk.charts import Chart, Series
from gongyue.desk.citations import Chip, chip
from gongyue.desk.context import opens
from gongyue.desk.export import export, told, wanted
from gongyue.desk.forms import WarningFind
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.todo import matter, place_of, subjects_of
from gongyue.desk.views.purchases import districts
from gongyue.desk.words import kind_name
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, kinds, of
from gongyue.kernel.findings import capacity_names
from gongyue.kernel.models import Obligation, Organisation, Purchase, Subject
from gongyue.kernel.queries import visible
from gongyue.oversight.models import RiskAlert
from gongyue.policy import Regime

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BARS = 12  # of a drawing
ALERTS = 20  # that stand, at the head of the page
VIEWS: tuple[tuple[str, StrOrPromise], ...] = (
    ("now", gettext_lazy("逾期未办")), ("met", gettext_lazy("逾期办结")),
    ("holders", gettext_lazy("逾期次数")), ("payers", gettext_lazy("付款逾期")),
)  # fmt: skip


@dataclass(frozen=True)
class Warned:
    """One obligation past its day, or met past it: `days` late, the page behind it."""

    row: Obligation
    what: str
    about: str
    holder: str
    days: int
    url: str
    cite: Chip


@dataclass(frozen=True)
class Held:
    """One line of the counts by holder or payer: `longest`, in days, of what is done and of what is still open."""

    row: Mapping[str, Any]
    longest: int


@at_desk
def warnings(request: DeskRequest) -> HttpResponseBase:
    """One of four lists at a time, over one set of filters. A fixed number of queries, whatever is late."""
    if not opens("warnings", request.post.organisation):
        raise Http404
    purchases = _purchases(request)
    regime = regimes.current(request.post.organisation.regime_code)
    form = WarningFind(request.GET, districts=districts(request), kinds=_kinds(regime))
    asked = form.cleaned_data if form.is_valid() else {}
    view = request.GET.get("view", "")
    view = view if view in LISTINGS else "now"
    listing = LISTINGS[view](request, _narrowed(lateness.owed(request.post, purchases), asked), purchases, asked)
    if wanted(request):
        name = str(dict(VIEWS)[view])
        return export(listing.found, listing.columns, request, name=name, filters=told(form) if asked else [])
    shown = page(listing.found, request)
    context = {
        "form": form, "view": view, "views": VIEWS, "page": shown, "rows": listing.lines(shown.rows),
        "chart": listing.chart(), "total": _total(listing.owed, request.today), "today": request.today,
        "by_post": asked.get("by") != "organisation",
        "alerts": _alerts(request, purchases) if regime.acts(RiskAlert.kind) else (),
    }  # fmt: skip
    return render(request, "desk/warnings.html", context)


def _alerts(request: DeskRequest, purchases: QuerySet[Purchase]) -> list[RiskAlert]:
    """The risks that stand in these purchases, the latest first: never for the provider whose risk it is. One query."""
    rows = RiskAlert.objects.filter(purchase__in=purchases.order_by().values("pk"), state=RiskAlert.State.RAISED)
    shown = rows.select_related("purchase", "body").order_by("-raised_on", "-pk")[:ALERTS]
    return [row for row in shown if row.visible_to(request.post)]


def _purchases(request: DeskRequest) -> QuerySet[Purchase]:
    """A provider's own contracts; of everybody else what the post may see."""
    rows, office = visible(request.post, on=request.today), request.post.organisation
    if office.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION:
        return rows
    return rows.filter(roles__organisation=office, roles__capacity="provider").distinct()


def _kinds(regime: Regime) -> list[tuple[str, str]]:
    """Kinds on which the regime has anything due, in the order of the rooms."""
    due = {ACTIONS[rule.do].subject for rule in regime.all_obligations()}
    return [(kind.kind, kind_name(kind.kind)) for kind in kinds() if kind in due]


def _narrowed(rows: QuerySet[Obligation], asked: Mapping[str, Any]) -> QuerySet[Obligation]:
    if code := asked.get("district"):
        beside = Q(purchase=None, organisation__division__path__contains=f"/{code}/")
        rows = rows.filter(Q(purchase__division__path__contains=f"/{code}/") | beside)
    if text := asked.get("organisation"):
        rows = rows.filter(organisation__name__icontains=text)
    if name := asked.get("kind"):
        rows = rows.filter(action__in=[act.name for kind in kinds() if kind.kind == name for act in of(kind)])
    if since := asked.get("since"):
        rows = rows.filter(due_on__gte=since)
    if until := asked.get("until"):
        rows = rows.filter(due_on__lte=until)
    return rows


@dataclass(frozen=True)
class Total:
    """Over all that was asked for: `days` is the longest, of what is open."""

    now: int
    organisations: int
    days: int
    met: int


def _total(rows: QuerySet[Obligation], today: date) -> Total:
    """One query."""
    late = overdue(today)
    row = rows.order_by().aggregate(
        now=Count("pk", filter=late), organisations=Count("organisation", distinct=True, filter=late),
        first=Min("due_on", filter=late), met=Count("pk", filter=Q(late_days__gt=0)),
    )  # fmt: skip
    return Total(row["now"], row["organisations"], _since(row["first"], today), row["met"])


def _since(first: date | None, today: date) -> int:
    return (today - first).days if first else 0


class Listing:
    """One of the lists: its rows, what they say on a page and in a workbook, and their drawing."""

    columns: ClassVar[Sequence[Any]] = ()
    found: QuerySet[Any, Any]

    def __init__(
        self, request: DeskRequest, owed: QuerySet[Obligation], purchases: QuerySet[Purchase], asked: Mapping[str, Any]
    ) -> None:
        self.today, self.owed, self.purchases = request.today, owed, purchases
        self.mine = request.post.organisation_id
        self.by: lateness.By = "organisation" if asked.get("by") == "organisation" else "post"
        self.found = self.read()

    def read(self) -> QuerySet[Any, Any]:
        raise NotImplementedError

    def lines(self, rows: Sequence[Any]) -> Sequence[Any]:
        return [Held(row, columns.longest(row, self.today)) for row in rows]

    def chart(self) -> Chart:
        """Who was late how often: what is still open and what is done."""
        rows = list(lateness.by_holder(self.owed, self.today, self.by)[:BARS])
        return Chart(
            _("逾期事项（按岗位）") if self.by == "post" else _("逾期事项（按单位）"),
            [columns.holder_of(row) for row in rows],
            [Series(_("逾期未办"), [r["open"] for r in rows]), Series(_("逾期办结"), [r["met"] for r in rows])],
            kind="stack", lying=True,
        )  # fmt: skip


class Obligations(Listing):
    """One line an obligation."""

    def lines(self, rows: Sequence[Obligation]) -> Sequence[Warned]:
        beside = subjects_of(row for row in rows if row.purchase_id is None)
        return [self._line(row, regimes.at_digest(row.regime), beside) for row in rows]

    def _line(self, row: Obligation, regime: Regime, beside: Mapping[str, Subject]) -> Warned:
        rule = next((r for r in regime.all_obligations() if r.id == row.rule), None)
        return Warned(
            row=row, what=matter(row), about=str(row.purchase or beside.get(row.subject) or ""),
            holder=columns.holder_in(row) or capacity_names([row.capacity], regime),
            days=row.days_late(self.today), url=place_of(row, regime, mine=row.organisation_id == self.mine),
            cite=chip(regime, rule.cite) if rule else {"label": "", "url": ""},
        )  # fmt: skip


class Now(Obligations):
    def read(self) -> QuerySet[Obligation]:
        self.columns = columns.overdue(self.today)  # type: ignore[misc]
        return lateness.late_now(self.owed, self.today)


class Met(Obligations):
    columns = columns.MET_LATE

    def read(self) -> QuerySet[Obligation]:
        return lateness.met_late(self.owed)


class Holders(Listing):
    def read(self) -> QuerySet[Any, Any]:
        self.columns = columns.holders(self.today)  # type: ignore[misc]
        return lateness.by_holder(self.owed, self.today, self.by)


class Payers(Listing):
    def read(self) -> QuerySet[Any, Any]:
        self.columns = columns.payers(self.today)  # type: ignore[misc]
        return lateness.by_payer(self.owed, self.purchases, self.today)

    def chart(self) -> Chart:
        """The money each payer was late with, in fen."""
        rows = list(self.found[:BARS])
        unpaid, paid = [row["unpaid_fen"] for row in rows], [row["late_fen"] for row in rows]
        return Chart(
            _("逾期付款金额"), [row["payer__name"] for row in rows],
            [Series(_("逾期未付"), unpaid), Series(_("逾期付清"), paid)], kind="stack", unit="fen", lying=True,
        )  # fmt: skip


LISTINGS: dict[str, type[Listing]] = {"now": Now, "met": Met, "holders": Holders, "payers": Payers}
