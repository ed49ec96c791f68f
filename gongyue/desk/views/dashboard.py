"""概览: the reader's own purchases in figures, each leading to the list behind it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongyue.analytics import service
from gongyue.analytics.queries import LatePost, PlaceMoney, late_posts, money_by, stages
from gongyue.delivery.models import ServiceKind
from gongyue.desk.charts import Chart, Series
from gongyue.desk.context import opens
from gongyue.desk.filters import stages as stage_kinds
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.words import kind_name
from gongyue.kernel import regimes
from gongyue.kernel.models import Division, Organisation, Purchase
from gongyue.kernel.queries import visible
from gongyue.needs.results import FEW


@at_desk
def dashboard(request: DeskRequest) -> HttpResponse:
    """A city's by district, everybody else's by street. A fixed number of queries."""
    organisation = request.post.organisation
    if not opens("dashboard", organisation):
        raise Http404
    rows = visible(request.post, on=request.today)
    provider = organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
    wide = organisation.division.level == Division.Level.CITY and not provider
    place = "division__parent" if wide else "division"
    money = money_by(rows, place, today=request.today)
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
    context |= _targets(rows, place, request) | _satisfaction(rows, place, request)
    return render(request, "desk/dashboard.html", context)


def _targets(rows: QuerySet[Purchase], place: str, request: DeskRequest) -> dict[str, Any]:
    """What the half-year plans say and what was done of it. Three queries."""
    found = service.targets(rows, place, today=request.today)
    places, items = service.by_place(found, today=request.today), service.by_item(found)
    return {
        "target_places": places, "target_items": items, "unplanned": service.without_plan(rows, today=request.today),
        "kinds": dict(ServiceKind.choices),
        "target_chart": Chart(
            _("计划服务量与完成（人次）"), [one.name for one in places],
            [
                Series(_("计划"), [one.times for one in places]), Series(_("完成"), [one.done_times for one in places]),
            ],
        ),
    }  # fmt: skip


def _satisfaction(rows: QuerySet[Purchase], place: str, request: DeskRequest) -> dict[str, Any]:
    """What those served answered, without the mean where too few did. Two queries."""
    found = service.satisfaction(rows, place)
    told = [one for one in found if one.mean_bp is not None]
    return {
        "satisfaction": found, "few": FEW, "unasked": service.unasked(rows, today=request.today),
        "satisfaction_chart": Chart(
            _("服务对象满意度"), [one.name for one in told], [Series(_("平均"), [one.mean_bp for one in told])],
            unit="bp",
        ),
    }  # fmt: skip


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
