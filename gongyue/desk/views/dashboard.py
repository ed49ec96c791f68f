"""概览: the reader's own purchases in figures, each leading to the list behind it."""

from __future__ import annotations

from collections import Counter

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongyue.analytics.queries import LatePost, PlaceMoney, late_posts, money_by, stages
from gongyue.desk.charts import Chart, Series
from gongyue.desk.context import opens
from gongyue.desk.filters import stages as stage_kinds
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.words import kind_name
from gongyue.kernel import regimes
from gongyue.kernel.models import Division, Organisation, Purchase
from gongyue.kernel.queries import visible


@at_desk
def dashboard(request: DeskRequest) -> HttpResponse:
    """A city's by district, everybody else's by street. A fixed number of queries."""
    organisation = request.post.organisation
    if not opens("dashboard", organisation):
        raise Http404
    rows = visible(request.post, on=request.today)
    provider = organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
    wide = organisation.division.level == Division.Level.CITY and not provider
    money = money_by(rows, "division__parent" if wide else "division", today=request.today)
    late = late_posts(rows, today=request.today)
    counted = _stages(rows, request)
    context = {
        "money": money, "wide": wide, "total": _total(money), "late": late, "stages": counted,
        "purchases": sum(n for _kind, _label, n in counted),
        "money_chart": _money_chart(money), "late_chart": _late_chart(late),
        "stage_chart": Chart(
            _("采购项目所处阶段"), [label for _kind, label, _n in counted],
            [Series(_("项目"), [n for _kind, _label, n in counted])], lying=True,
        ),
    }  # fmt: skip
    return render(request, "desk/dashboard.html", context)


def _stages(rows: QuerySet[Purchase], request: DeskRequest) -> list[tuple[str, str, int]]:
    """(kind, its name, how many purchases are at it) in the order of the work; what is only opened comes first."""
    found: Counter[str] = Counter()
    for stage in stages(rows):
        found[stage.stage.partition(":")[0]] += stage.count
    regime = regimes.current(request.post.organisation.regime_code)
    order = [("", kind_name(Purchase.kind)), *stage_kinds(regime)]
    known = [(kind, label, found.pop(kind)) for kind, label in order if kind in found]
    return known + [(kind, kind_name(kind), n) for kind, n in sorted(found.items())]


def _total(money: list[PlaceMoney]) -> PlaceMoney:
    return PlaceMoney(
        "", "", sum(m.planned_fen for m in money), sum(m.committed_fen for m in money),
        sum(m.paid_fen for m in money), sum(m.late_fen for m in money),
    )  # fmt: skip


def _money_chart(money: list[PlaceMoney]) -> Chart:
    series = [
        Series(_("已安排"), [m.planned_fen for m in money]), Series(_("已落实"), [m.committed_fen for m in money]),
        Series(_("已拨付"), [m.paid_fen for m in money]), Series(_("逾期未付"), [m.late_fen for m in money]),
    ]  # fmt: skip
    return Chart(_("资金"), [m.name for m in money], series, unit="fen")


def _late_chart(late: list[LatePost]) -> Chart:
    rows = [(f"{one.organisation} {one.post}".strip(), one.count) for one in late]
    return Chart(
        _("逾期事项（按岗位）"), [name for name, _n in rows], [Series(_("件"), [n for _name, n in rows])], lying=True
    )
