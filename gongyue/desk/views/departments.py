"""部门预算中的购买服务资金: what share of their budgets departments spend on buying services, year on year."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongyue.budget.departments import departments, shares, together
from gongyue.budget.models import DepartmentBudget
from gongyue.desk.charts import Chart, Series
from gongyue.desk.context import opens
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.visible import may
from gongyue.kernel import regimes

RECORD, ADJUST = "departmentbudget.record", "departmentbudget.adjust"


@at_desk
def department_budgets(request: DeskRequest) -> HttpResponse:
    """Every department of the reader's place and below, and all of them together. Three queries."""
    post = request.post
    regime = regimes.current(post.organisation.regime_code)
    if not opens("departments", post.organisation) or not regime.acts(DepartmentBudget.kind):
        raise Http404
    rows = departments(post.organisation.division)
    all_years = together(rows)
    shown = list(reversed(all_years))
    drawing = Chart(
        title=_("购买服务资金占部门预算的比例"), categories=[str(one.year) for one in shown], unit="bp",
        series=[Series(_("比例"), [one.share_bp for one in shown])],
    )  # fmt: skip
    allowed = may([RECORD, ADJUST], post, regime)
    context = {
        "departments": [(one, ADJUST in allowed and one.finance == post.organisation_id) for one in shares(rows)],
        "together": all_years, "chart": drawing if len(shown) > 1 else None, "may_record": RECORD in allowed,
    }  # fmt: skip
    return render(request, "desk/departments.html", context)
